import {
  describeMessage,
  isResponseCode,
  type MessageKind,
  messageKinds,
  responseCodes,
  unpack,
  type WireRow,
  wireOfTrace,
} from '../../core/switch/index.ts';
import { hex } from '../../kernel/bytes.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { WireMessage } from './contract.ts';

/** The messages of a trace, taken apart field by field. They were masked before they were stored. */
export async function wireStation(sql: Sql, trace_id: string): Promise<WireMessage[]> {
  return (await wireOfTrace(sql, trace_id)).map(toMessage);
}

function toMessage({ at, direction, mti, kind, body, fault }: WireRow): WireMessage {
  const bytes = Uint8Array.from(body);
  const about = { at: at.toISOString(), direction, mti: mti ?? '', what: nameOf(kind, direction), hex: hex(bytes) };
  const unpacked = fault ? null : unpack(bytes);
  if (!unpacked?.ok) return { ...about, what: { zh: '无法解析的报文', en: fault ?? 'not readable' }, fields: [] };
  const fields = describeMessage(unpacked.message).map(({ number, zh, en, value, parts }) => ({
    field: number,
    name: { zh, en },
    value,
    meaning: number === 39 ? responseWords(value) : parts.map((part) => `${part.en} ${part.value}`).join(' · ') || null,
  }));
  return { ...about, fields };
}

function nameOf(kind: MessageKind | null, direction: 'in' | 'out'): WireMessage['what'] {
  const { zh, en } = kind ? messageKinds[kind] : { zh: '未知报文', en: 'unknown message' };
  return direction === 'in' ? { zh: `${zh}请求`, en: `${en} request` } : { zh: `${zh}应答`, en: `${en} answer` };
}

const responseWords = (code: string): string | null => (isResponseCode(code) ? responseCodes[code].en : null);
