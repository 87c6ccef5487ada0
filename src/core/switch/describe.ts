import { hex } from '../../kernel/bytes.ts';
import { maskNumber } from '../../kernel/identifiers.ts';
import { type Field, type FieldNumber, posFields } from './fields.ts';
import { icDataTag } from './ic-data.ts';
import type { Message } from './layout.ts';
import { parseTlv } from './tlv.ts';

export type DescribedPart = { readonly id: string; readonly zh: string; readonly en: string; readonly value: string };
export type DescribedField = {
  readonly number: FieldNumber;
  readonly zh: string;
  readonly en: string;
  /** Masked as the field table says. */
  readonly value: string;
  readonly parts: readonly DescribedPart[];
};

/** A message field by field, secrets masked: for logs, the trace page and `tessera decode`. */
export function describeMessage(message: Message): DescribedField[] {
  const described: DescribedField[] = [];
  for (const field of posFields) {
    const value = message.fields[field.number];
    if (value === undefined) continue;
    const { number, zh, en } = field;
    const hidden = field.mask === 'secret' || (field.mask === 'keys' && message.mti === '0810');
    const parts = hidden ? [] : partsOf(field, value);
    described.push({ number, zh, en, value: hidden ? `*** (${value.length})` : shown(field, value), parts });
  }
  return described;
}

function shown(field: Field, value: string | Uint8Array): string {
  if (typeof value === 'string') return field.mask === 'account' ? maskNumber(value) : value;
  return field.mask === 'keys' && isText(value) ? new TextDecoder('ascii').decode(value) : hex(value);
}

const isText = (value: Uint8Array): boolean => value.length > 0 && value.every((byte) => byte >= 0x20 && byte < 0x7f);

function partsOf(field: Field, value: string | Uint8Array): DescribedPart[] {
  if (typeof value !== 'string') return field.number === 55 ? tagsOf(value) : [];
  const parts: DescribedPart[] = [];
  let at = 0;
  for (const { id, length, zh, en } of field.parts) {
    if (at >= value.length) break;
    parts.push({ id, zh, en, value: value.slice(at, at + length) });
    at += length;
  }
  return parts;
}

function tagsOf(value: Uint8Array): DescribedPart[] {
  return (parseTlv(value) ?? []).map(({ tag, value: bytes }) => {
    const { zh, en } = icDataTag(tag) ?? { zh: '未知标签', en: 'unknown tag' };
    return { id: tag.toString(16).toUpperCase(), zh, en, value: hex(bytes) };
  });
}

/** The same as text, one line a field. */
export function dump(message: Message, language: 'zh' | 'en' = 'en'): string {
  const lines = [`TPDU ${message.tpdu}  header ${message.header}  MTI ${message.mti}`];
  for (const field of describeMessage(message)) {
    lines.push(`  F${String(field.number).padEnd(4)}${field[language]}: ${field.value}`);
    for (const part of field.parts) lines.push(`        ${part.id.padEnd(6)}${part[language]}: ${part.value}`);
  }
  return lines.join('\n');
}
