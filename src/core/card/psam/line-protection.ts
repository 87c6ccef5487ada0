import { concat, equal, xor } from '../../../kernel/bytes.ts';
import { type CipherFamily, cbcLastBlock, decryptData, familyRules, padWith80, retailMac } from '../../keys/index.ts';
import { type Command, macHeader } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { type PsamKey, type Sam, type SamOutcome, withTries } from './memory.ts';
import { cipherOf } from './psam-keys.ts';

function initialVector(family: CipherFamily, challenge: Uint8Array): Uint8Array<ArrayBuffer> {
  const vector = new Uint8Array(familyRules(family).block);
  vector.set(challenge.subarray(0, vector.length));
  return vector;
}

/**
 * MAC of line protection, 4 bytes (LD9 §7.1.3 and 7.2.3): IV is the challenge filled up with 00; a 16-byte DES key works
 * as in ISO 9797-1 algorithm 3, a 16-byte cipher folds its last block.
 */
export function lineMac(of: { algorithm: number; value: Uint8Array }, challenge: Uint8Array, data: Uint8Array) {
  const { family, length } = cipherOf(of.algorithm) ?? { family: 'des', length: 16 };
  const { block, shorten } = familyRules(family);
  const padded = padWith80(data, block);
  const iv = initialVector(family, challenge);
  if (family === 'sm4' || length === 8) return shorten(cbcLastBlock(family, of.value, padded, iv));
  // CBC adds the IV to the first block only: added beforehand, a MAC that begins with zeros gives the same.
  padded.set(xor(padded.subarray(0, block), iv));
  return retailMac(of.value, padded, 'zeros').slice(0, 4);
}

/** What a protected command says, and the memory in which its key has all its tries again; or why it is not trusted. */
type Trusted = { readonly ok: true; readonly data: Uint8Array; readonly memory: Sam['memory'] };

/** Checks the MAC at the end of a command under a key that bears so many wrong ones. */
export function checkLine(sam: Sam, command: Command, key: PsamKey | null | undefined): Trusted | SamOutcome {
  if (!key) return { status: sw.keyNotFound };
  if (key.tries === 0) return { status: sw.blocked };
  const { challenge } = sam.session;
  if (!challenge) return { status: sw.noChallenge };
  const data = command.data.slice(0, -4);
  const expected = lineMac(key, challenge, concat(macHeader(command, command.data.length), data));
  if (!equal(expected, command.data.subarray(-4)))
    return { status: sw.macWrong, memory: withTries(sam.memory, key, key.tries - 1) };
  return { ok: true, data, memory: withTries(sam.memory, key, key.limit) };
}

/** The clear data of a protected command; null when they were not enciphered under this key. */
export function decipherLine(key: PsamKey, data: Uint8Array): Uint8Array | null {
  const cipher = cipherOf(key.algorithm);
  return cipher && decryptData(cipher.family, key.value, data);
}
