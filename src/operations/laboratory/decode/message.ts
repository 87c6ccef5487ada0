import type { Words } from '../../../core/keys/explain/contract.ts';
import { type Field, isResponseCode, posFields, responseCodes } from '../../../core/switch/contract.ts';
import { type CodecFault, type CodecFaultCode, type Message, unpack } from '../../../core/switch/index.ts';
import { concat, hex } from '../../../kernel/bytes.ts';
import { read } from './forms.ts';
import { both, type DecodedLine, line, say } from './line.ts';
import { tagNamed } from './tags.ts';
import { decodeTlv } from './tlv.ts';

/** TPDU and header before a message that was given without them. */
const emptyHead = Uint8Array.fromHex('6000000000000000000000');

/** An ISO 8583 message of the terminal profile, with its length in front, from the TPDU on, or from the MTI on. */
export function decodeMessage(given: Uint8Array): readonly DecodedLine[] {
  const body = bodyOf(given);
  const unpacked = unpack(body);
  if (!unpacked.ok)
    return [
      line(0, say('不能解析', 'cannot be taken apart'), hex(given), {
        meaning: faultWords(unpacked.fault),
        broken: true,
      }),
    ];
  const { message } = unpacked;
  const head =
    body === given || given.length - body.length === 2 ? [`TPDU ${message.tpdu}`, `header ${message.header}`] : [];
  return [
    line(0, say('报文类型', 'message type (MTI)'), message.mti, {
      meaning: head.length > 0 ? both(head.join(', ')) : null,
    }),
    ...posFields.flatMap((field) => decodeField(field, message)),
  ];
}

/** A frame says its own length; a body begins with a TPDU; what begins with an MTI gets an empty head. */
function bodyOf(given: Uint8Array): Uint8Array {
  const length = ((given[0] ?? 0) << 8) | (given[1] ?? 0);
  if (given[2] === 0x60 && length === given.length - 2) return given.subarray(2);
  return given[0] === 0x60 ? given : concat(emptyHead, given);
}

export const looksLikeMessage = (given: Uint8Array): boolean => unpack(bodyOf(given)).ok;

function decodeField(field: Field, message: Message): readonly DecodedLine[] {
  const value = message.fields[field.number as keyof Message['fields']];
  if (value === undefined) return [];
  const { zh, en } = field;
  const id = `F${field.number}`;
  if (typeof value !== 'string') {
    const head = line(1, { zh, en }, hex(value), { id, meaning: asText(value) });
    return field.number === 55 ? [head, ...decodeTlv(value, 2, 'switch')] : [head];
  }
  return [line(1, { zh, en }, value, { id, meaning: meaningOf(field.number, value) }), ...partsOf(field, value)];
}

/** Bytes that are text, as field 62 carries it beside keys. */
function asText(value: Uint8Array): Words | null {
  const text = value.length > 0 && value.every((byte) => byte >= 0x20 && byte < 0x7f);
  return text ? both(`"${new TextDecoder('ascii').decode(value)}"`) : null;
}

function meaningOf(number: number, value: string): Words | null {
  if (number === 39 && isResponseCode(value)) return { zh: responseCodes[value].zh, en: responseCodes[value].en };
  const digits = /^(\d\d)*$/.test(value) ? Uint8Array.fromHex(value) : null;
  const form = { 4: '9F02', 12: '9F21' }[number];
  const tag = form ? tagNamed(form) : null;
  if (tag && digits) return read(tag, digits).meaning;
  const currency = tagNamed('5F2A');
  return number === 49 && currency && /^\d{3}$/.test(value)
    ? read(currency, Uint8Array.fromHex(`0${value}`)).meaning
    : null;
}

function partsOf(field: Field, value: string): DecodedLine[] {
  const lines: DecodedLine[] = [];
  let at = 0;
  for (const { id, length, zh, en } of field.parts) {
    if (at >= value.length) break;
    lines.push(line(2, { zh, en }, value.slice(at, at + length), { id }));
    at += length;
  }
  return lines;
}

const faults: Readonly<Record<CodecFaultCode, string>> = {
  too_short: '过短',
  tpdu: 'TPDU 应以 60 开头',
  mti: '报文类型应为四位数字',
  unknown_field: '此域不在终端规范中',
  field_length: '域长度不对',
  field_cut: '域不完整',
  digits: '域中有非数字',
  characters: '域中有不允许的字符',
  padding: '填充半字节应为 0',
  rest: '末域之后还有数据',
};

function faultWords({ code, field, at, what }: CodecFault): Words {
  const where = field === null ? '' : `${field} 域，`;
  return say(
    `${where}第 ${at + 1} 字节：${faults[code]}`,
    `${field === null ? '' : `field ${field}, `}byte ${at + 1}: ${what}`,
  );
}
