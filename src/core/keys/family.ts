import { concat, uint, xor } from '../../kernel/bytes.ts';
import { blockLength, cbcLastBlock, decrypt, type Encrypt, encrypt, encryptor } from './cipher.ts';
import type { CipherFamily } from './contract.ts';
import { retailMac } from './mac.ts';
import { pad } from './padding.ts';
import type { Trace } from './trace.ts';

/** The rules of LD4 §8-9 for one family of ciphers (card.md 3.7). Card keys have 16 bytes in both. */
export type FamilyRules = {
  readonly family: CipherFamily;
  readonly block: 8 | 16;
  /** Algorithm byte of commands and key attributes: 00 3DES, 03 SM4 (the value of third-generation cards). */
  readonly algorithm: number;
  /** The key one level down: province, city or card; `factor` has 8 bytes. */
  diversify(encrypt: Encrypt, factor: Uint8Array): Uint8Array;
  /** Session key from a random of 4, 8 or 16 bytes: 8 bytes for DES, 16 for SM4. */
  sessionKey(encrypt: Encrypt, random: Uint8Array): Uint8Array;
  /** 8 bytes that prove knowledge of the session key. */
  authentication(session: Uint8Array, original: Uint8Array, trace?: Trace): Uint8Array;
  /** The 4 bytes of a MAC from the last cipher block. */
  shorten(block: Uint8Array, trace?: Trace): Uint8Array;
  /** The key of the TAC, from DTK. */
  tacKey(key: Uint8Array, trace?: Trace): Uint8Array;
};

const invert = (factor: Uint8Array): Uint8Array => factor.map((byte) => ~byte);

function padRight(data: Uint8Array, length: number): Uint8Array {
  const padded = new Uint8Array(length);
  padded.set(data);
  return padded;
}

const des: FamilyRules = {
  family: 'des',
  block: 8,
  algorithm: 0x00,
  diversify: (encrypt, factor) => encrypt(concat(factor, invert(factor))),
  sessionKey: (encrypt, random) => encrypt(padRight(random, 8)),
  authentication(session, original, trace) {
    const answer = encrypt('des', session, original);
    trace?.('authentication', { key: session, block: original }, answer);
    return answer;
  },
  shorten(block, trace) {
    const mac = block.slice(0, 4);
    trace?.('mac.left', { block, length: 4 }, mac);
    return mac;
  },
  tacKey(key, trace) {
    const folded = xor(key.slice(0, 8), key.slice(8));
    trace?.('tac.key', { left: key.slice(0, 8), right: key.slice(8) }, folded);
    return folded;
  },
};

const sm4: FamilyRules = {
  family: 'sm4',
  block: 16,
  algorithm: 0x03,
  diversify: (encrypt, factor) => encrypt(concat(factor, invert(factor))),
  sessionKey: (encrypt, random) => encrypt(padRight(random, 16)),
  authentication(session, original, trace) {
    const padded = padRight(original, 16);
    const block = encrypt('sm4', session, padded);
    trace?.('authentication', { key: session, block: padded }, block);
    const answer = foldAuthentication(block);
    trace?.('authentication.fold', { left: block.slice(0, 8), right: block.slice(8) }, answer);
    return answer;
  },
  shorten(block, trace) {
    const mac = xor(xor(block.slice(0, 4), block.slice(4, 8)), xor(block.slice(8, 12), block.slice(12)));
    trace?.('mac.words', { block }, mac);
    return mac;
  },
  tacKey: (key) => key,
};

const families = { des, sm4 } as const;

export const familyRules = (family: CipherFamily): FamilyRules => families[family];

/** The family an algorithm byte stands for; null when we do not speak it. */
export const familyOfAlgorithm = (algorithm: number): CipherFamily | null =>
  algorithm === des.algorithm ? 'des' : algorithm === sm4.algorithm ? 'sm4' : null;

/** What a terminal makes of the block a PSAM gives it: 16-byte ciphers XOR both halves. */
export const foldAuthentication = (block: Uint8Array): Uint8Array =>
  block.length === 16 ? xor(block.subarray(0, 8), block.subarray(8)) : block;

/** The key one level down the hierarchy. A single-length DES master gives a single-length key (LD9 §7.1.1). */
export function diversify(family: CipherFamily, key: Uint8Array, factor: Uint8Array, trace?: Trace): Uint8Array {
  const inverted = invert(factor);
  if (key.length === 8) {
    const single = encrypt(family, key, factor);
    trace?.('diversify.single', { key, factor }, single);
    return single;
  }
  const derived = families[family].diversify(encryptor(family, key), factor);
  if (family === 'des') {
    trace?.('diversify.left', { key, factor }, derived.slice(0, 8));
    trace?.('diversify.right', { key, inverted }, derived.slice(8));
  } else trace?.('diversify.whole', { key, factor, inverted }, derived);
  return derived;
}

export function sessionKey(family: CipherFamily, key: Uint8Array, random: Uint8Array, trace?: Trace): Uint8Array {
  const session = families[family].sessionKey(encryptor(family, key), random);
  trace?.('session.key', { key, input: padRight(random, blockLength(family)) }, session);
  return session;
}

/** Authentication data for `original` under the session key of `factor`: 8 bytes. */
export const authenticationData = (
  family: CipherFamily,
  key: Uint8Array,
  factor: Uint8Array,
  original: Uint8Array,
  trace?: Trace,
): Uint8Array => families[family].authentication(sessionKey(family, key, factor, trace), original, trace);

/** MAC of 4 bytes under a session key, IV zero. */
export const cardMac = (family: CipherFamily, session: Uint8Array, input: Uint8Array, trace?: Trace): Uint8Array =>
  families[family].shorten(
    cbcLastBlock(family, session, pad(input, blockLength(family), '80', trace), undefined, trace),
    trace,
  );

/**
 * MAC of line protection (PBOC, FMCOS; PSAM key loading of LD9 §7.1.3 and 7.2.3), 4 bytes. The IV is the challenge,
 * filled with zeros; a 16-byte DES key works by ISO 9797-1 algorithm 3.
 */
export function lineMac(
  family: CipherFamily,
  key: Uint8Array,
  challenge: Uint8Array,
  input: Uint8Array,
  trace?: Trace,
): Uint8Array {
  const iv = padRight(challenge, blockLength(family));
  trace?.('line.iv', { challenge }, iv);
  const block =
    family === 'des' && key.length === 16
      ? retailMac(key, input, '80', trace, iv)
      : cbcLastBlock(family, key, pad(input, blockLength(family), '80', trace), iv, trace);
  return families[family].shorten(block, trace);
}

/** Transaction authentication code under DTK: never a session key (LD7 §15). */
export const transactionCode = (family: CipherFamily, key: Uint8Array, input: Uint8Array, trace?: Trace): Uint8Array =>
  cardMac(family, families[family].tacKey(key, trace), input, trace);

/** LD1 ‖ data, padded only if it does not fill its blocks, ECB. */
export function encryptData(family: CipherFamily, session: Uint8Array, data: Uint8Array): Uint8Array {
  return encrypt(family, session, pad(concat(uint(data.length, 1), data), blockLength(family), '80-if-needed'));
}

/** The data inside an encrypted field; null when the length byte makes no sense. */
export function decryptData(family: CipherFamily, session: Uint8Array, blocks: Uint8Array): Uint8Array | null {
  if (blocks.length === 0 || blocks.length % blockLength(family) !== 0) return null;
  const counted = decrypt(family, session, blocks);
  const length = counted[0] as number;
  return length < counted.length ? counted.slice(1, 1 + length) : null;
}
