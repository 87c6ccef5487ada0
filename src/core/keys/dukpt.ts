import { assert } from '../../kernel/assert.ts';
import { bytes, concat, readUint, xor } from '../../kernel/bytes.ts';
import { encrypt } from './cipher.ts';
import type { Trace } from './trace.ts';

/** What a DUKPT key of a transaction is for; the data key also enciphers itself (ANSI X9.24-1:2009 A.4.1). */
export type DukptUse = 'pin' | 'mac-request' | 'mac-response' | 'data-request' | 'data-response';

const counterBits = 21;
/** Turns a key into the one for the other half of what is derived. */
const otherHalf = bytes('C0C0C0C000000000 C0C0C0C000000000');

const variants: Readonly<Record<DukptUse, Uint8Array>> = {
  pin: bytes('00000000000000FF 00000000000000FF'),
  'mac-request': bytes('000000000000FF00 000000000000FF00'),
  'mac-response': bytes('00000000FF000000 00000000FF000000'),
  'data-request': bytes('0000000000FF0000 0000000000FF0000'),
  'data-response': bytes('000000FF00000000 000000FF00000000'),
};

/** The serial number with its 21 counter bits cleared: 10 bytes. */
export function clearCounter(serial: Uint8Array): Uint8Array {
  assert(serial.length === 10, 'a key serial number of DUKPT has 10 bytes');
  const cleared = serial.slice();
  cleared[7] = (cleared[7] as number) & 0xe0;
  cleared[8] = 0;
  cleared[9] = 0;
  return cleared;
}

/** Transaction counter of a serial number. */
export const dukptCounter = (serial: Uint8Array): number => readUint(serial, 7, 3) & 0x1fffff;

/** The key a terminal starts with: 16 bytes, from a 16-byte base key and a 10-byte serial number (ANSI X9.24-1 A.6). */
export function dukptInitialKey(base: Uint8Array, serial: Uint8Array, trace?: Trace): Uint8Array {
  const block = clearCounter(serial).slice(0, 8);
  trace?.('dukpt.serial', { serial }, block);
  const left = encrypt('des', base, block);
  trace?.('dukpt.left', { key: base, block }, left);
  const other = xor(base, otherHalf);
  const right = encrypt('des', other, block);
  trace?.('dukpt.right', { key: other, block }, right);
  return concat(left, right);
}

/** Half of a future key: DES under the left half between two additions of the right half. */
function half(key: Uint8Array, register: Uint8Array, trace?: Trace): Uint8Array {
  const [left, right] = [key.slice(0, 8), key.slice(8)];
  const made = xor(encrypt('des', left, xor(register, right)), right);
  trace?.('dukpt.half', { left, right, block: register }, made);
  return made;
}

/** The key of one transaction, 16 bytes, from the initial key: one derivation for each set bit of the counter. */
export function dukptKey(initial: Uint8Array, serial: Uint8Array, trace?: Trace): Uint8Array {
  const counter = dukptCounter(serial);
  const register = clearCounter(serial);
  let key = initial;
  for (let bit = 1 << (counterBits - 1); bit > 0; bit >>= 1) {
    if (!(counter & bit)) continue;
    const at = bit > 0xffff ? 7 : bit > 0xff ? 8 : 9;
    register[at] = (register[at] as number) | (bit >> (8 * (9 - at)));
    const block = register.slice(2);
    trace?.('dukpt.register', { counter: bit.toString(16).toUpperCase() }, block);
    const right = half(key, block, trace);
    const left = half(xor(key, otherHalf), block, trace);
    key = concat(left, right);
    trace?.('dukpt.key', { left, right }, key);
  }
  return key;
}

/** The key of a transaction for one use: 16 bytes. */
export function dukptUseKey(key: Uint8Array, use: DukptUse, trace?: Trace): Uint8Array {
  const mask = variants[use];
  const variant = xor(key, mask);
  trace?.('dukpt.variant', { key, mask }, variant);
  if (use !== 'data-request' && use !== 'data-response') return variant;
  const data = encrypt('des', variant, variant);
  trace?.('dukpt.data', { key: variant }, data);
  return data;
}
