import { assert } from '../../kernel/assert.ts';
import { xor } from '../../kernel/bytes.ts';
import { decrypt, encrypt } from './cipher.ts';
import type { Trace } from './trace.ts';

/** PIN block formats of ISO 9564-1: 0 and 3 with the account number, 1 and 2 without, 4 for AES (16 bytes). */
export type PinFormat = 0 | 1 | 2 | 3 | 4;

/** Why a PIN block cannot be read; `fill` is what stands behind the PIN, as `pinField` takes it. */
export type PinBlockFault = 'length' | 'format' | 'pin_length' | 'digits' | 'fill';
export type PinRead =
  | { readonly ok: true; readonly pin: string; readonly fill: string }
  | { readonly ok: false; readonly fault: PinBlockFault };

const fromDigits = (digits: string): Uint8Array => Uint8Array.fromHex(digits);

/** The 12 account digits before the check digit, as formats 0 and 3 take them. */
export const accountDigits = (pan: string): string => pan.slice(0, -1).slice(-12).padStart(12, '0');

/** Account field of formats 0 and 3: 0000 and 12 digits. */
export const accountField = (digits: string): Uint8Array => fromDigits(`0000${digits}`);

/**
 * The PIN field in the clear: format, length, PIN, fill; 8 bytes, or 16 in format 4. `fill` is what follows the PIN in
 * formats 1 (hex digits), 3 (A to F) and 4 (16 hex digits); formats 0 and 2 fill with F, format 4 with A before it.
 */
export function pinField(format: PinFormat, pin: string, fill: string): Uint8Array {
  assert(/^\d{4,12}$/.test(pin), 'a PIN has 4 to 12 digits');
  const head = `${format}${pin.length.toString(16)}${pin}`;
  if (format === 4) {
    assert(fill.length === 16, 'format 4 takes 8 random bytes');
    return fromDigits(head.padEnd(16, 'a') + fill);
  }
  const random = format === 1 || format === 3;
  assert(!random || fill.length >= 16 - head.length, 'the fill is too short');
  return fromDigits(random ? head + fill.slice(0, 16 - head.length) : head.padEnd(16, 'f'));
}

/** PAN field of format 4: length over 12, the whole account number, zeros. */
export function panField(pan: string): Uint8Array {
  assert(/^\d{1,19}$/.test(pan), 'an account number has up to 19 digits');
  const digits = pan.padStart(12, '0');
  return fromDigits(`${(digits.length - 12).toString(16)}${digits}`.padEnd(32, '0'));
}

/** A clear PIN block of formats 0 to 3: 8 bytes. `account` are the 12 digits of `accountDigits` (0 and 3). */
export function clearPinBlock(
  format: Exclude<PinFormat, 4>,
  pin: string,
  account: string,
  fill: string,
  trace?: Trace,
): Uint8Array {
  const field = pinField(format, pin, fill);
  trace?.('pin.field', { pin, fill: fill || undefined }, field);
  if (format === 1 || format === 2) return field;
  const digits = accountField(account);
  trace?.('pin.account', { pan: account }, digits);
  const block = xor(field, digits);
  trace?.('pin.xor', { pin_field: field, account_field: digits }, block);
  return block;
}

/**
 * ISO 9564 format 0: the PIN field XOR the account field, 8 bytes in the clear. `account` is the card number with its
 * check digit; the 12 digits before the check digit are taken.
 */
export const pinBlock = (pin: string, account: string): Uint8Array => clearPinBlock(0, pin, accountDigits(account), '');

/** The PIN in a clear block of formats 0 to 3. */
export function readPinBlock(
  format: Exclude<PinFormat, 4>,
  block: Uint8Array,
  account: string,
  trace?: Trace,
): PinRead {
  if (block.length !== 8) return { ok: false, fault: 'length' };
  let field = block;
  if (format === 0 || format === 3) {
    const digits = accountField(account);
    trace?.('pin.account', { pan: account }, digits);
    field = xor(block, digits);
    trace?.('pin.xor', { block, account_field: digits }, field);
  }
  return readField(format, field, trace);
}

const fills = { 0: /^f*$/, 1: /^[0-9a-f]*$/, 2: /^f*$/, 3: /^[a-f]*$/, 4: /^a*$/ } as const;

function readField(format: PinFormat, field: Uint8Array, trace?: Trace): PinRead {
  const text = field.toHex();
  const length = Number.parseInt(text.charAt(1), 16);
  if (text.charAt(0) !== String(format)) return { ok: false, fault: 'format' };
  if (length < 4 || length > 12) return { ok: false, fault: 'pin_length' };
  const pin = text.slice(2, 2 + length);
  if (!/^\d+$/.test(pin)) return { ok: false, fault: 'digits' };
  if (!fills[format].test(text.slice(2 + length, 16))) return { ok: false, fault: 'fill' };
  trace?.('pin.digits', { pin_field: field, length }, pin);
  return { ok: true, pin, fill: (format === 4 ? text.slice(16) : text.slice(2 + length)).toUpperCase() };
}

/** Format 4: AES(AES(PIN field) XOR PAN field), 16 bytes (ISO 9564-1:2017 9.4.2). */
export function encryptPinBlock4(key: Uint8Array, pin: string, pan: string, fill: string, trace?: Trace): Uint8Array {
  const field = pinField(4, pin, fill);
  trace?.('pin.field', { pin, fill }, field);
  const account = panField(pan);
  trace?.('pin.account', { pan }, account);
  const inner = encrypt('aes', key, field);
  trace?.('pin4.inner', { key, pin_field: field }, inner);
  const mixed = xor(inner, account);
  trace?.('pin4.xor', { block: inner, account_field: account }, mixed);
  const block = encrypt('aes', key, mixed);
  trace?.('pin4.outer', { key, block: mixed }, block);
  return block;
}

/** The PIN of an enciphered block of format 4. */
export function decryptPinBlock4(key: Uint8Array, block: Uint8Array, pan: string, trace?: Trace): PinRead {
  if (block.length !== 16) return { ok: false, fault: 'length' };
  const mixed = decrypt('aes', key, block);
  trace?.('pin4.open', { key, block }, mixed);
  const account = panField(pan);
  trace?.('pin.account', { pan }, account);
  const inner = xor(mixed, account);
  trace?.('pin4.xor', { block: mixed, account_field: account }, inner);
  const field = decrypt('aes', key, inner);
  trace?.('pin4.open', { key, block: inner }, field);
  return readField(4, field, trace);
}

/** A clear block under a DES or 3DES key: 8 bytes. */
export function encipherPinBlock(key: Uint8Array, block: Uint8Array, trace?: Trace): Uint8Array {
  const enciphered = encrypt('des', key, block);
  trace?.('pin.encipher', { key, block }, enciphered);
  return enciphered;
}

export function decipherPinBlock(key: Uint8Array, enciphered: Uint8Array, trace?: Trace): Uint8Array {
  const block = decrypt('des', key, enciphered);
  trace?.('pin.decipher', { key, block: enciphered }, block);
  return block;
}
