import { createHash } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { bytes, concat, xor } from '../../kernel/bytes.ts';
import { encrypt } from './cipher.ts';
import { retailMac } from './mac.ts';
import { oddParity } from './parity.ts';
import type { Trace } from './trace.ts';

/** Session keys: EMV common, none (the card key itself), the older M/Chip rule, PBOC debit and credit. */
export type EmvScheme = 'common' | 'none' | 'mchip' | 'pboc';

const invert = (block: Uint8Array): Uint8Array => block.map((byte) => ~byte);

/** The first 16 decimal digits of a digest; letters A to F count 0 to 5 once the digits run out (EMV Book 2 A1.4.2). */
function decimalised(digest: Uint8Array): string {
  const text = digest.toHex();
  const digits = text.replace(/[a-f]/g, '');
  const letters = text.replace(/\d/g, '').replace(/[a-f]/g, (letter) => String(Number.parseInt(letter, 16) - 10));
  return (digits + letters).slice(0, 16);
}

/**
 * The 8 bytes a card key is diversified with. Option A: the last 16 digits of account number and sequence number. Option
 * B: the same up to 16 digits of account number, beyond that 16 digits of their SHA-1.
 */
export function emvDiversifier(pan: string, sequence: string, option: 'A' | 'B', trace?: Trace): Uint8Array {
  assert(/^\d{1,19}$/.test(pan) && /^\d{2}$/.test(sequence), 'an account number and 2 digits of sequence');
  const digits = pan + sequence;
  if (option === 'A' || pan.length <= 16) {
    const block = bytes(digits.slice(-16).padStart(16, '0'));
    trace?.('emv.digits', { pan, pan_sequence: sequence }, block);
    return block;
  }
  const input = bytes(digits.length % 2 === 0 ? digits : `0${digits}`);
  const digest = new Uint8Array(createHash('sha1').update(input).digest());
  trace?.('emv.digest', { data: input }, digest);
  const decimal = bytes(decimalised(digest));
  trace?.('emv.decimal', { digest }, decimal);
  return decimal;
}

/** ICC master key (EMV Book 2 A1.4): 16 bytes with odd parity, from a 16-byte issuer master key. */
export function emvMasterKey(
  given: {
    readonly key: Uint8Array;
    readonly pan: string;
    readonly sequence: string;
    readonly option: 'A' | 'B';
  },
  trace?: Trace,
): Uint8Array {
  const { key } = given;
  const block = emvDiversifier(given.pan, given.sequence, given.option, trace);
  const inverted = invert(block);
  const derived = encrypt('des', key, concat(block, inverted));
  trace?.('emv.left', { key, block }, derived.slice(0, 8));
  trace?.('emv.right', { key, block: inverted }, derived.slice(8));
  return oddParity(derived, trace);
}

/**
 * Session key of 16 bytes from the card key; parity is left as it falls. `atc` has 2 bytes; the common rule also takes
 * 8, the cryptogram from which keys of scripts are made (EMV Book 2 A1.3.1). M/Chip needs 4 bytes of `unpredictable`.
 */
export function emvSessionKey(
  given: {
    readonly scheme: EmvScheme;
    readonly key: Uint8Array;
    readonly atc: Uint8Array;
    readonly unpredictable?: Uint8Array;
  },
  trace?: Trace,
): Uint8Array {
  const { scheme, key, atc } = given;
  if (scheme === 'none') {
    trace?.('emv.session.none', { key }, key);
    return key;
  }
  const [left, right] = sessionBlocks(scheme, atc, given.unpredictable);
  const session = encrypt('des', key, concat(left, right));
  trace?.('emv.session.left', { key, block: left }, session.slice(0, 8));
  trace?.('emv.session.right', { key, block: right }, session.slice(8));
  return session;
}

function sessionBlocks(
  scheme: Exclude<EmvScheme, 'none'>,
  atc: Uint8Array,
  unpredictable?: Uint8Array,
): readonly [Uint8Array, Uint8Array] {
  assert(atc.length === 2 || (atc.length === 8 && scheme !== 'pboc'), 'a counter of 2 bytes, or a cryptogram of 8');
  if (scheme === 'pboc') return [concat(new Uint8Array(6), atc), concat(new Uint8Array(6), invert(atc))];
  const block = new Uint8Array(8);
  block.set(atc);
  if (scheme === 'mchip' && atc.length === 2) {
    assert(unpredictable?.length === 4, 'M/Chip takes 4 bytes of unpredictable number');
    block.set(unpredictable, 4);
  }
  const marked = (mark: number) => block.with(2, mark);
  return [marked(0xf0), marked(0x0f)];
}

/** Visa's key of secure messaging: the card key XOR the counter (left half) and its inverse (right half). */
export function visaMessagingKey(
  given: { readonly key: Uint8Array; readonly atc: Uint8Array },
  trace?: Trace,
): Uint8Array {
  const mask = concat(new Uint8Array(6), given.atc, new Uint8Array(6), invert(given.atc));
  const session = xor(given.key, mask);
  trace?.('emv.session.xor', { key: given.key, mask }, session);
  return session;
}

/** Application cryptogram (ARQC, TC, AAC) or script MAC: ISO 9797-1 algorithm 3, 8 bytes (EMV Book 2 8.1.2, 9.2.3). */
export const emvCryptogram = (key: Uint8Array, data: Uint8Array, padding: 'zeros' | '80', trace?: Trace): Uint8Array =>
  retailMac(key, data, padding, trace);

/**
 * Response cryptogram (EMV Book 2 8.2). Method 1: 3DES of ARQC XOR the 2-byte response code, 8 bytes. Method 2: the left
 * 4 bytes of the MAC over ARQC, 4 bytes of card status update and up to 8 proprietary bytes.
 */
export function emvResponseCryptogram(
  given: {
    readonly method: 1 | 2;
    readonly key: Uint8Array;
    readonly arqc: Uint8Array;
    readonly code: Uint8Array;
    readonly proprietary?: Uint8Array;
  },
  trace?: Trace,
): Uint8Array {
  const { key, arqc, code } = given;
  assert(arqc.length === 8 && code.length === (given.method === 1 ? 2 : 4), 'ARQC of 8 bytes, code of 2 or 4');
  if (given.method === 1) {
    const mixed = xor(arqc, concat(code, new Uint8Array(6)));
    trace?.('arpc.xor', { arqc, code }, mixed);
    const answer = encrypt('des', key, mixed);
    trace?.('arpc.encrypt', { key, block: mixed }, answer);
    return answer;
  }
  const proprietary = given.proprietary ?? new Uint8Array(0);
  const input = concat(arqc, code, proprietary);
  trace?.('arpc.input', { arqc, code, proprietary: proprietary.length > 0 ? proprietary : undefined }, input);
  const mac = retailMac(key, input, '80', trace);
  trace?.('mac.left', { block: mac, length: 4 }, mac.slice(0, 4));
  return mac.slice(0, 4);
}
