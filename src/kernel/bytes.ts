import { assert } from './assert.ts';

export const hex = (bytes: Uint8Array): string => bytes.toHex().toUpperCase();

/** Reads hex with or without blanks; a bug on malformed text. Outside input goes through `parseHex`. */
export function bytes(text: string): Uint8Array {
  const parsed = parseHex(text);
  assert(parsed, `not hex: ${text}`);
  return parsed;
}

/** Reads hex with or without blanks; null when it is not hex. */
export function parseHex(text: string): Uint8Array | null {
  const digits = text.replace(/\s+/g, '');
  return digits.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(digits) ? Uint8Array.fromHex(digits) : null;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  assert(a.length === b.length, 'xor of equal lengths');
  return a.map((byte, i) => byte ^ (b[i] as number));
}

/** Equal in content; takes the same time wherever they differ. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** Big-endian unsigned integer of `length` bytes. */
export function uint(value: number | bigint, length: number): Uint8Array {
  let rest = BigInt(value);
  assert(rest >= 0n && rest < 1n << BigInt(8 * length), `${value} does not fit ${length} bytes`);
  const out = new Uint8Array(length);
  for (let i = length - 1; i >= 0; i--) {
    out[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return out;
}

/** Big-endian unsigned integer, up to 6 bytes. */
export function readUint(from: Uint8Array, at = 0, length = from.length): number {
  let value = 0;
  for (let i = at; i < at + length; i++) value = value * 256 + (from[i] as number);
  return value;
}
