import { assert } from '../../kernel/assert.ts';
import { xor } from '../../kernel/bytes.ts';
import { cbcLastBlock, decrypt, type Encrypt, encrypt, encryptor, padWith80, padWithZeros } from './cipher.ts';
import type { CipherFamily } from './contract.ts';

/** First 4 bytes of E(key, 0): field 62 carries all four, people compare the first three. */
export const checkBytes = (family: CipherFamily, key: Uint8Array): Uint8Array =>
  encrypt(family, key, new Uint8Array(family === 'sm4' ? 16 : 8)).slice(0, 4);

/** Key check value as people read it: first 3 bytes of E(key, 0), hex. */
export const keyCheckValue = (family: CipherFamily, key: Uint8Array): string =>
  checkBytes(family, key).subarray(0, 3).toHex().toUpperCase();

/** ISO 9797-1 algorithm 3 (ANSI X9.19) with a 16-byte key: 8 bytes. */
export function retailMac(key: Uint8Array, data: Uint8Array, padding: 'zeros' | '80'): Uint8Array {
  assert(key.length === 16, 'a retail MAC takes a 16-byte key');
  const left = key.subarray(0, 8);
  const blocks = padding === 'zeros' ? padWithZeros(data, 8) : padWith80(data, 8);
  const last = cbcLastBlock('des', left, blocks);
  return encrypt('des', left, decrypt('des', key.subarray(8), last));
}

const digits = '0123456789ABCDEF';

function hexCharacters(block: Uint8Array): Uint8Array {
  const characters = new Uint8Array(block.length * 2);
  for (let i = 0; i < block.length; i++) {
    characters[2 * i] = digits.charCodeAt((block[i] as number) >> 4);
    characters[2 * i + 1] = digits.charCodeAt((block[i] as number) & 15);
  }
  return characters;
}

/**
 * UnionPay's "ECB" MAC (card.md 4.4 a): fold to 8 bytes by XOR, write them as 16 hex characters, encrypt the first half,
 * XOR the second, encrypt; the first 8 hex characters of the result are field 64.
 */
export function unionpayMacWith(encryptBlock: Encrypt, message: Uint8Array): Uint8Array {
  const folded = new Uint8Array(8);
  for (let i = 0; i < message.length; i++) folded[i & 7] = (folded[i & 7] as number) ^ (message[i] as number);
  const characters = hexCharacters(folded);
  const first = encryptBlock(characters.subarray(0, 8));
  return hexCharacters(encryptBlock(xor(first, characters.subarray(8))).subarray(0, 4));
}

/** The same with an 8- or 16-byte MAK. */
export const unionpayMac = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  unionpayMacWith(encryptor('des', key), message);
