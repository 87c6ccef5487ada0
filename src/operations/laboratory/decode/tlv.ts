import { describeTlv, parseElements, parseTlv, type Tlv, type TlvFault } from '../../../core/card/index.ts';
import type { Words } from '../../../core/keys/explain/contract.ts';
import { icDataTags } from '../../../core/switch/contract.ts';
import { hex } from '../../../kernel/bytes.ts';
import { read } from './forms.ts';
import { type DecodedLine, line, say } from './line.ts';
import { tagNamed } from './tags.ts';

/** A private tag means what the system that writes it says: our switch in its field 55, PBOC elsewhere. */
export type Dialect = 'emv' | 'switch';

const switchTags = new Map<string, Words>(
  Object.values(icDataTags).map(({ tag, zh, en }) => [tag.toString(16).toUpperCase(), { zh, en }]),
);

const unknownTag = say('未知标签', 'unknown tag');

/**
 * TLV taken apart: BER-TLV of EMV and PBOC when it is that, otherwise the elements of a social-security card's file, whose
 * tags and lengths are one byte each. What is neither says where reading stopped.
 */
export function decodeTlv(bytes: Uint8Array, depth = 0, dialect: Dialect = 'emv'): readonly DecodedLine[] {
  const parsed = parseTlv(bytes);
  const elements = parseElements(bytes);
  if (parsed.ok && (!elements || known(parsed.value) >= 0.5 || isSelection(bytes)))
    return objects(parsed.value, depth, dialect);
  if (elements) return describeTlv(bytes, depth).map(({ depth: at, label, value }) => line(at, label, value));
  if (parsed.ok) return objects(parsed.value, depth, dialect);
  return [line(depth, say('不是 TLV', 'not TLV'), hex(bytes), { meaning: faultWords(parsed), broken: true })];
}

const isSelection = (bytes: Uint8Array): boolean => bytes[0] === 0x6f || bytes[0] === 0x61;

/** The share of objects whose tag the dictionary has: elements of a card file read as BER-TLV have few. */
const known = (parsed: readonly Tlv[]): number =>
  parsed.length === 0 ? 0 : parsed.filter(({ tag }) => tagNamed(idOf(tag)) && tag !== 0x06).length / parsed.length;

const idOf = (tag: number): string => {
  const digits = tag.toString(16).toUpperCase();
  return digits.length % 2 === 0 ? digits : `0${digits}`;
};

function objects(parsed: readonly Tlv[], depth: number, dialect: Dialect): readonly DecodedLine[] {
  return parsed.flatMap(({ tag, value, parts }) => {
    const id = idOf(tag);
    const own = dialect === 'switch' ? switchTags.get(id) : undefined;
    return [...decodeTag(id, value, depth, own), ...objects(parts, depth + 1, dialect)];
  });
}

/** One tag and its value, with the lines its form puts below it; `own` is a name that goes before the dictionary's. */
export function decodeTag(id: string, value: Uint8Array, depth: number, own?: Words): readonly DecodedLine[] {
  const tag = own ? null : tagNamed(id);
  const reading = tag ? read(tag, value) : { meaning: null };
  const head = line(depth, own ?? tag?.name ?? unknownTag, hex(value), {
    id,
    meaning: reading.meaning,
    bits: reading.bits ?? [],
  });
  const below = (reading.below ?? []).map((each) => ({ ...each, depth: depth + 1 + each.depth }));
  return [head, ...below];
}

const faults: Readonly<Record<TlvFault['fault'], Words>> = {
  'cut-short': say('数据不够长', 'the data end too early'),
  'tag-too-long': say('标签超过三个字节', 'a tag longer than three bytes'),
  'length-too-long': say('长度超过两个字节或不定长', 'a length longer than two bytes, or indefinite'),
  'too-deep': say('嵌套过深', 'nested too deep'),
};

function faultWords({ fault, at }: TlvFault): Words {
  const { zh, en } = faults[fault];
  return say(`第 ${at + 1} 字节：${zh}`, `byte ${at + 1}: ${en}`);
}
