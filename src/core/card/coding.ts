import { decodeGbk, encodeGbk } from './gbk.ts';

/** How a data element is written (card.md 3.4): packed digits padded F, text in GBK padded 00, or binary as hex. */
export type Coding = 'cn' | 'an' | 'b';

/** The bytes of a data element; null when the text does not fit or cannot be written so. */
export function encodeElement(coding: Coding, text: string, length: number): Uint8Array | null {
  if (coding === 'an') return fill(encodeGbk(text), length, 0x00);
  const digits = text.toUpperCase();
  if (coding === 'cn') {
    if (!/^[0-9A-F]*$/.test(digits) || digits.length > 2 * length) return null;
    return Uint8Array.fromHex(digits.padEnd(2 * length, 'F'));
  }
  return /^([0-9A-F]{2})*$/.test(digits) ? fill(Uint8Array.fromHex(digits), length, 0x00) : null;
}

/** The text of a data element without its padding. */
export function decodeElement(coding: Coding, bytes: Uint8Array): string {
  if (coding === 'an') return decodeGbk(bytes).replace(/[\0 ]+$/, '');
  const digits = bytes.toHex().toUpperCase();
  return coding === 'cn' ? digits.replace(/F+$/, '') : digits;
}

/** An element nobody has written yet. */
export const emptyElement = (coding: Coding, length: number): Uint8Array =>
  new Uint8Array(length).fill(coding === 'cn' ? 0xff : 0x00);

function fill(bytes: Uint8Array | null, length: number, padding: number): Uint8Array | null {
  if (!bytes || bytes.length > length) return null;
  const filled = new Uint8Array(length).fill(padding);
  filled.set(bytes);
  return filled;
}
