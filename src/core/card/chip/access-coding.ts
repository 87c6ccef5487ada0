import { concat } from '../../../kernel/bytes.ts';
import { type Access, free, holderPin, type Manner, never, rights } from '../structure.ts';
import { buildTlv, type Tlv } from '../tlv.ts';

/** An access in one byte: a rights byte of FMCOS, or in an SSC directory F0 free, FF never, else the key to be shown. */
export function accessOfByte(manner: Manner, byte: number): Access {
  if (manner === 'pboc') return rights(byte);
  return byte === 0xf0 ? free : byte === 0xff ? never : { rule: 'all', of: [byte] };
}

export function byteOfAccess(access: Access): number {
  if (access.rule === 'state') return (access.upper << 4) | access.lower;
  return access.of[0] ?? (access.rule === 'all' ? 0xf0 : 0xff);
}

/** What an access rule is about: bits of the access mode byte (ISO 7816-4, expanded format; directories: create, erase). */
export const mode = { read: 0x01, update: 0x06, create: 0x06, erase: 0x01 } as const;

const [always, nobody, reference, anyOf, allOf] = [0x90, 0x97, 0xa4, 0xa0, 0xaf];

/** Access rules as template AB: mode 80, then always, never, or OR/AND of references 83 with usage 95. */
export const buildRules = (rules: readonly (readonly [bits: number, access: Access])[]): Uint8Array =>
  buildTlv(0xab, ...rules.flatMap(([bits, access]) => [buildTlv(0x80, Uint8Array.of(bits)), conditionOf(access)]));

function conditionOf(access: Access): Uint8Array {
  if (access.rule === 'state' || (access.rule === 'all' && access.of.length === 0)) return buildTlv(always);
  if (access.of.length === 0) return buildTlv(nobody);
  const references = access.of.map((id) => {
    const usage = id === holderPin ? 0x08 : 0x80;
    return buildTlv(reference, buildTlv(0x83, Uint8Array.of(id)), buildTlv(0x95, Uint8Array.of(usage)));
  });
  return buildTlv(access.rule === 'any' ? anyOf : allOf, concat(...references));
}

/** The access for a mode in a parsed template AB; never where it says nothing, null where it cannot be read. */
export function ruleOf(template: Tlv, bits: number): Access | null {
  const { parts } = template;
  const at = parts.findIndex(({ tag, value }) => tag === 0x80 && value.length === 1 && value[0] === bits);
  const condition = parts[at + 1];
  if (at < 0) return never;
  if (condition?.tag === always) return free;
  if (condition?.tag === nobody) return never;
  if (condition?.tag !== anyOf && condition?.tag !== allOf) return null;
  const ids = condition.parts.map(({ tag, parts: inner }) =>
    tag === reference ? inner.find((it) => it.tag === 0x83)?.value : undefined,
  );
  if (ids.length === 0 || ids.some((id) => id?.length !== 1)) return null;
  return { rule: condition.tag === anyOf ? 'any' : 'all', of: ids.map((id) => id?.[0] as number) };
}
