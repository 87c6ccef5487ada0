import { createHash } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { concat, xor } from '../../kernel/bytes.ts';
import { encrypt } from './cipher.ts';
import { retailMac } from './mac.ts';

const inverted = (block: Uint8Array): Uint8Array => block.map((byte) => ~byte);

/** Every byte with an odd number of ones, by its last bit. */
function withOddParity(key: Uint8Array): Uint8Array {
  return key.map((byte) => {
    let ones = 0;
    for (let rest = byte >> 1; rest > 0; rest >>= 1) ones += rest & 1;
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
  });
}

/** The 16 digits of option B: decimal digits of a SHA-1, then its letters as 0 to 5 (EMV Book 2 A1.4.2). */
function hashedDigits(digits: string): string {
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const hash = createHash('sha1').update(Uint8Array.fromHex(even)).digest('hex');
  const letters = hash.replace(/\d/g, '').replace(/[a-f]/g, (letter) => String(letter.charCodeAt(0) - 97));
  return (hash.replace(/\D/g, '') + letters).slice(0, 16);
}

/**
 * A card's master key from the issuer's (16 bytes), by account number and its sequence number of two digits (EMV Book 2
 * A1.4): option A takes their last 16 digits, B hashes account numbers longer than 16 first. 16 bytes, odd parity.
 */
export function emvMasterKey(of: {
  readonly key: Uint8Array;
  readonly pan: string;
  readonly sequence: string;
  readonly option: 'A' | 'B';
}): Uint8Array {
  assert(
    /^\d{8,19}$/.test(of.pan) && /^\d{2}$/.test(of.sequence),
    'an account number of 8 to 19 digits, a sequence of 2',
  );
  const digits = of.pan + of.sequence;
  const chosen = of.option === 'B' && of.pan.length > 16 ? hashedDigits(digits) : digits.slice(-16).padStart(16, '0');
  const block = Uint8Array.fromHex(chosen);
  return withOddParity(concat(encrypt('des', of.key, block), encrypt('des', of.key, inverted(block))));
}

/**
 * The key of one transaction, 16 bytes; `atc` has 2 bytes. `common` is EMV's, `mchip` takes the terminal's unpredictable
 * number of 4 bytes as well, `pboc` JR/T 0025.7, `none` uses the card's key itself.
 */
export function emvSessionKey(of: {
  readonly scheme: 'common' | 'none' | 'mchip' | 'pboc';
  readonly key: Uint8Array;
  readonly atc: Uint8Array;
  readonly unpredictable?: Uint8Array;
}): Uint8Array {
  assert(of.atc.length === 2, 'a transaction counter has 2 bytes');
  const both = (left: Uint8Array, right: Uint8Array) => encrypt('des', of.key, concat(left, right));
  switch (of.scheme) {
    case 'none':
      return of.key;
    case 'common':
      return both(concat(of.atc, tail(0xf0)), concat(of.atc, tail(0x0f)));
    case 'mchip': {
      assert(of.unpredictable?.length === 4, 'this scheme takes an unpredictable number of 4 bytes');
      const part = (byte: number) => concat(of.atc, Uint8Array.of(byte, 0), of.unpredictable as Uint8Array);
      return both(part(0xf0), part(0x0f));
    }
    case 'pboc':
      return both(concat(new Uint8Array(6), of.atc), concat(new Uint8Array(6), inverted(of.atc)));
  }
}

const tail = (first: number): Uint8Array => Uint8Array.of(first, 0, 0, 0, 0, 0);

/** Application cryptogram, or the MAC of a script before it is shortened: ISO 9797-1 algorithm 3, 8 bytes. */
export const emvCryptogram = (key: Uint8Array, data: Uint8Array, padding: 'zeros' | '80'): Uint8Array =>
  retailMac(key, data, padding);

/**
 * The issuer's answer to an ARQC (EMV Book 2 §8.2). Method 1: `code` is the response code of 2 bytes, the answer 8 bytes;
 * method 2: `code` is the card status update of 4 bytes, with proprietary data of up to 8, the answer 4 bytes.
 */
export function emvResponseCryptogram(of: {
  readonly method: 1 | 2;
  readonly key: Uint8Array;
  readonly arqc: Uint8Array;
  readonly code: Uint8Array;
  readonly proprietary?: Uint8Array;
}): Uint8Array {
  if (of.method === 1) return encrypt('des', of.key, xor(of.arqc, concat(of.code, new Uint8Array(6))));
  return retailMac(of.key, concat(of.arqc, of.code, of.proprietary ?? new Uint8Array()), '80').slice(0, 4);
}
