import { type FieldValues, posFields } from './fields.ts';

/**
 * One ISO 8583 message of the POS profile. On the wire (card.md 4.1): length 2 | TPDU 5 | header 6 | MTI 2 | bitmap 8
 * or 16 | fields. A *frame* has the length in front, a *body* begins with the TPDU.
 */
export type Message = {
  /** 10 hex digits: 60, destination, source. */
  readonly tpdu: string;
  /** 12 hex digits: application class and software version. */
  readonly header: string;
  readonly mti: string;
  readonly fields: FieldValues;
};

/** Bytes of TPDU and header, then MTI. */
export const mtiOffset = 11;
export const bitmapOffset = 13;

/** Wire types by number; the digits come first, so that `type <= wire.z` asks for digits. */
export const wire = { n: 1, z: 2, an: 3, ans: 4, b: 5 } as const;

// The field table as flat arrays, so that the loops of the codec touch no objects. Type 0: not in the profile.
export const typeOf = new Uint8Array(129);
export const prefixOf = new Uint8Array(129);
export const maxOf = new Uint16Array(129);
for (const { number, type, length, max } of posFields) {
  typeOf[number] = wire[type];
  prefixOf[number] = { fixed: 0, LL: 1, LLL: 2 }[length];
  maxOf[number] = max;
}

/** Bit set of what a byte may stand for: 1 two digits, 2 two track digits, 4 `an` character, 8 `ans` character. */
export const allowed = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  const digits = byte.toString(16).padStart(2, '0');
  // Blanks fill up `an` fields; bytes from 80 on carry GBK text in `ans` fields.
  allowed[byte] =
    (/^\d\d$/.test(digits) ? 1 : 0) |
    (/^[\dd]{2}$/.test(digits) ? 2 : 0) |
    (/^[A-Za-z0-9 ]$/.test(character) ? 4 : 0) |
    ((byte >= 0x20 && byte <= 0x7e) || byte >= 0x80 ? 8 : 0);
}
/** The bit of `allowed` by wire type; 0 allows everything. */
export const bitOf = new Uint8Array([0, 1, 2, 4, 8, 0]);

/** Reads a BCD length of `size` bytes; −1 when it is not BCD. */
export function bcdLength(body: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = at; i < at + size; i++) {
    const byte = body[i] as number;
    if (!((allowed[byte] as number) & 1)) return -1;
    value = value * 100 + (byte >> 4) * 10 + (byte & 15);
  }
  return value;
}

/** Bytes a field of `length` digits or bytes takes. */
export const bytesOf = (type: number, length: number): number => (type <= wire.z ? (length + 1) >> 1 : length);

export const bodyOf = (frame: Uint8Array): Uint8Array => frame.subarray(2);

/** What the MAC covers: MTI through the last field before it. The body must end in field 64 or 128. */
export const macInput = (body: Uint8Array): Uint8Array => body.subarray(mtiOffset, body.length - 8);

/** Calls `visit` with number, first byte and byte after the last of every field of a body that `unpack` accepted. */
export function eachField(body: Uint8Array, visit: (number: number, from: number, to: number) => void): void {
  const last = (body[bitmapOffset] as number) & 0x80 ? 128 : 64;
  let at = bitmapOffset + (last >> 3);
  for (let n = 2; n <= last; n++) {
    if (!((body[bitmapOffset + ((n - 1) >> 3)] as number) & (0x80 >> ((n - 1) & 7)))) continue;
    const prefix = prefixOf[n] as number;
    const length = prefix === 0 ? (maxOf[n] as number) : bcdLength(body, at, prefix);
    at += prefix;
    const to = at + bytesOf(typeOf[n] as number, length);
    visit(n, at, to);
    at = to;
  }
}
