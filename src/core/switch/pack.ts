import { assert } from '../../kernel/assert.ts';
import { allowed, bitmapOffset, bitOf, type Message, maxOf, prefixOf, typeOf, wire } from './layout.ts';

/** Longest body: every field of the profile at its maximum stays below this. */
const scratch = new Uint8Array(4096);

/** Puts a message together as a frame, length first. What does not fit its field is a bug of the caller. */
export function pack(message: Message): Uint8Array {
  const fields = message.fields as Readonly<Record<number, string | Uint8Array | undefined>>;
  const last = fields[128] === undefined ? 64 : 128;
  const bitmap = 2 + bitmapOffset;
  const start = message.tpdu + message.header + message.mti;
  assert(start.length === 26, 'TPDU 10, header 12 and MTI 4 hex digits');
  putDigits(scratch, 2, start, 26, hexDigits);
  let at = bitmap + (last >> 3);
  scratch.fill(0, bitmap, at);
  if (last === 128) scratch[bitmap] = 0x80;
  for (let n = 2; n <= last; n++) {
    const value = fields[n];
    if (value === undefined) continue;
    const type = typeOf[n] as number;
    assert(type !== 0, `field ${n} is not in the profile`);
    scratch[bitmap + ((n - 1) >> 3)] = (scratch[bitmap + ((n - 1) >> 3)] as number) | (0x80 >> ((n - 1) & 7));
    at = putField(n, type, value, at);
  }
  scratch[0] = (at - 2) >> 8;
  scratch[1] = (at - 2) & 0xff;
  return scratch.slice(0, at);
}

function putField(n: number, type: number, value: string | Uint8Array, start: number): number {
  const max = maxOf[n] as number;
  const prefix = prefixOf[n] as number;
  const numeric = type === wire.n && prefix === 0;
  const length = value.length;
  // Reported only when it fails: building the words costs more than the whole field.
  if (length > max || (prefix === 0 && !numeric && length !== max)) assert(false, `field ${n}: ${length} of ${max}`);
  let at = start;
  if (prefix === 2) scratch[at++] = Math.trunc(length / 100);
  if (prefix !== 0) scratch[at++] = (Math.trunc((length % 100) / 10) << 4) | (length % 10);
  if (type === wire.b) {
    assert(typeof value !== 'string', 'binary field');
    scratch.set(value, at);
    return at + length;
  }
  assert(typeof value === 'string', 'text field');
  if (type <= wire.z)
    return putDigits(scratch, at, value, numeric ? max : length, type === wire.n ? decimalDigits : trackDigits);
  const bit = bitOf[type] as number;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code > 255 || !((allowed[code] as number) & bit)) assert(false, `field ${n} does not allow character ${code}`);
    scratch[at + i] = code;
  }
  return at + length;
}

/** Value of each character of `alphabet` by code; 255 elsewhere. */
function digitTable(alphabet: Readonly<Record<string, number>>): Uint8Array {
  const table = new Uint8Array(256).fill(255);
  for (const [character, value] of Object.entries(alphabet)) table[character.charCodeAt(0)] = value;
  return table;
}
const decimal = Object.fromEntries([...'0123456789'].map((digit, value) => [digit, value]));
const decimalDigits = digitTable(decimal);
const trackDigits = digitTable({ ...decimal, '=': 13 });
const hexDigits = digitTable({
  ...decimal,
  a: 10,
  b: 11,
  c: 12,
  d: 13,
  e: 14,
  f: 15,
  A: 10,
  B: 11,
  C: 12,
  D: 13,
  E: 14,
  F: 15,
});

/** Packs `digits`, zero-filled on the left to `length`; an odd length leaves a trailing 0 nibble. */
function putDigits(into: Uint8Array, start: number, digits: string, length: number, table: Uint8Array): number {
  const lead = length - digits.length;
  let at = start;
  for (let i = 0; i < length; i += 2) {
    const high = i < lead ? 0 : (table[digits.charCodeAt(i - lead)] as number);
    const low = i + 1 < lead || i + 1 >= length ? 0 : (table[digits.charCodeAt(i + 1 - lead)] as number);
    if (!(high < 16 && low < 16)) assert(false, 'digits only');
    into[at++] = (high << 4) | low;
  }
  return at;
}
