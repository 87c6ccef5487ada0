import type { Id } from '../kernel/identifiers.ts';
import { epochMilliseconds } from './clock.ts';

const random = new Uint8Array(4096);
let at = random.length;
let last_ms = 0;
let counter = 0;

function draw(length: number): Uint8Array {
  if (at + length > random.length) {
    crypto.getRandomValues(random);
    at = 0;
  }
  at += length;
  return random.subarray(at - length, at);
}

/**
 * A fresh UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then a counter that keeps ids of one process in
 * the order of their birth, then random bits. Sorting by id is sorting by time, which keeps B-tree inserts at one end.
 */
export function newId<Of extends string>(): Id<Of> {
  const now_ms = Math.max(epochMilliseconds(), last_ms);
  counter = now_ms === last_ms ? counter + 1 : (draw(1)[0] as number);
  last_ms = counter > 0xfff ? now_ms + 1 : now_ms;
  if (counter > 0xfff) counter = 0;
  const tail = draw(8);
  tail[0] = ((tail[0] as number) & 0x3f) | 0x80;
  const digits = `${last_ms.toString(16).padStart(12, '0')}7${counter.toString(16).padStart(3, '0')}${tail.toHex()}`;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}` as Id<Of>;
}

export const isId = (text: string): text is Id<string> =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
