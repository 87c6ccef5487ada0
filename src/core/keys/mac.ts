import { assert } from '../../kernel/assert.ts';
import { xor } from '../../kernel/bytes.ts';
import { blockLength, type Cipher, cbcLastBlock, decrypt, type Encrypt, encrypt, encryptor } from './cipher.ts';
import type { CipherFamily } from './contract.ts';
import { type Padding, pad } from './padding.ts';
import type { Trace } from './trace.ts';

/** First 4 bytes of E(key, 0): field 62 carries all four, people compare the first three. */
export const checkBytes = (cipher: Cipher, key: Uint8Array): Uint8Array => zeroBlock(cipher, key).slice(0, 4);

/** E(key, 0), a whole block: check values are its first bytes. */
export function zeroBlock(cipher: Cipher, key: Uint8Array, trace?: Trace): Uint8Array {
  const block = encrypt(cipher, key, new Uint8Array(blockLength(cipher)));
  trace?.('check.zeros', { key }, block);
  return block;
}

/** Key check value as people read it: first 3 bytes of E(key, 0), hex. */
export const keyCheckValue = (family: CipherFamily, key: Uint8Array): string =>
  checkBytes(family, key).subarray(0, 3).toHex().toUpperCase();

/** ISO 9797-1 algorithm 3 (ANSI X9.19) with a 16-byte key: 8 bytes; IV zero unless given. */
export function retailMac(
  key: Uint8Array,
  data: Uint8Array,
  padding: Padding,
  trace?: Trace,
  iv?: Uint8Array,
): Uint8Array {
  assert(key.length === 16, 'a retail MAC takes a 16-byte key');
  const [left, right] = [key.slice(0, 8), key.slice(8)];
  const last = cbcLastBlock('des', left, pad(data, 8, padding, trace), iv, trace);
  const opened = decrypt('des', right, last);
  trace?.('retail.decrypt', { key: right, block: last }, opened);
  const mac = encrypt('des', left, opened);
  trace?.('retail.encrypt', { key: left, block: opened }, mac);
  return mac;
}

/** ISO 9797-1 algorithm 1 (ANSI X9.9 with DES): the last block of CBC, 8 or 16 bytes; IV zero unless given. */
export const cbcMac = (
  cipher: Cipher,
  key: Uint8Array,
  data: Uint8Array,
  padding: Padding,
  trace?: Trace,
  iv?: Uint8Array,
): Uint8Array => cbcLastBlock(cipher, key, pad(data, blockLength(cipher), padding, trace), iv, trace);

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
 * UnionPay's "ECB" MAC (card.md 4.4 a): fold to a block by XOR, write it as hex characters, encrypt the first half, XOR
 * the second, encrypt; the first 8 hex characters of the result are field 64. SM4 folds to 16 bytes and 32 characters.
 */
export function unionpayMacWith(
  encryptBlock: Encrypt,
  message: Uint8Array,
  block: 8 | 16 = 8,
  trace?: Trace,
): Uint8Array {
  const folded = new Uint8Array(block);
  const last = block - 1;
  for (let i = 0; i < message.length; i++) folded[i & last] = (folded[i & last] as number) ^ (message[i] as number);
  trace?.('unionpay.fold', { data: message }, folded);
  const characters = hexCharacters(folded);
  trace?.('unionpay.characters', { block: folded }, characters);
  const [left, right] = [characters.subarray(0, block), characters.subarray(block)];
  const first = encryptBlock(left);
  trace?.('unionpay.first', { block: left }, first);
  const mixed = xor(first, right);
  trace?.('unionpay.xor', { left: first, right }, mixed);
  const second = encryptBlock(mixed);
  trace?.('unionpay.second', { block: mixed }, second);
  const field = hexCharacters(second.subarray(0, 4));
  trace?.('unionpay.field', { block: second }, field);
  return field;
}

/** The same with an 8- or 16-byte MAK, or a 16-byte SM4 one. */
export const unionpayMac = (
  key: Uint8Array,
  message: Uint8Array,
  family: CipherFamily = 'des',
  trace?: Trace,
): Uint8Array => unionpayMacWith(encryptor(family, key), message, blockLength(family), trace);
