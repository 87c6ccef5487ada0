import { createCipheriv, createDecipheriv } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { concat } from '../../kernel/bytes.ts';
import type { CipherFamily } from './contract.ts';

/** Encrypts whole blocks, ECB. */
export type Encrypt = (blocks: Uint8Array) => Uint8Array;

/** OpenSSL 3 keeps single DES in its legacy provider; three-key EDE with equal keys is the same function. */
function tripleKey(key: Uint8Array): Uint8Array {
  assert(key.length === 8 || key.length === 16, 'a DES key has 8 bytes, a 3DES key 16');
  return key.length === 8 ? concat(key, key, key) : concat(key, key.subarray(0, 8));
}

const ciphers = {
  des: { ecb: 'des-ede3', cbc: 'des-ede3-cbc', block: 8, keyed: tripleKey },
  sm4: { ecb: 'sm4-ecb', cbc: 'sm4-cbc', block: 16, keyed: (key: Uint8Array) => key },
} as const;

export const blockLength = (family: CipherFamily): 8 | 16 => ciphers[family].block;

/**
 * A key made ready for many encryptions. ECB carries no state from block to block, so one OpenSSL context serves every
 * call: 570,000 3DES and 690,000 SM4 blocks/s against 280,000 and 255,000 with a context per call.
 */
export function encryptor(family: CipherFamily, key: Uint8Array): Encrypt {
  const { ecb, block, keyed } = ciphers[family];
  const context = createCipheriv(ecb, keyed(key), null).setAutoPadding(false);
  return (blocks) => {
    assert(blocks.length % block === 0, 'whole blocks');
    return plain(context.update(blocks));
  };
}

export const encrypt = (family: CipherFamily, key: Uint8Array, blocks: Uint8Array): Uint8Array =>
  encryptor(family, key)(blocks);

export function decrypt(family: CipherFamily, key: Uint8Array, blocks: Uint8Array): Uint8Array {
  const { ecb, block, keyed } = ciphers[family];
  assert(blocks.length % block === 0, 'whole blocks');
  return plain(createDecipheriv(ecb, keyed(key), null).setAutoPadding(false).update(blocks));
}

/** The last block of CBC over whole blocks; IV zero unless given. */
export function cbcLastBlock(
  family: CipherFamily,
  key: Uint8Array,
  blocks: Uint8Array,
  iv = new Uint8Array(ciphers[family].block),
): Uint8Array {
  const { cbc, block, keyed } = ciphers[family];
  assert(blocks.length > 0 && blocks.length % block === 0, 'whole blocks');
  return plain(createCipheriv(cbc, keyed(key), iv).setAutoPadding(false).update(blocks)).slice(-block);
}

/** ISO 9797-1 padding 2: 80 00… up to a whole block; a full block gets another one. */
export function padWith80(data: Uint8Array, block: number): Uint8Array {
  const padded = new Uint8Array((Math.floor(data.length / block) + 1) * block);
  padded.set(data);
  padded[data.length] = 0x80;
  return padded;
}

/** ISO 9797-1 padding 1: zeros up to a whole block, at least one block. */
export function padWithZeros(data: Uint8Array, block: number): Uint8Array {
  const padded = new Uint8Array(Math.max(1, Math.ceil(data.length / block)) * block);
  padded.set(data);
  return padded;
}

/** Node's Buffer prints and compares differently from the arrays the rest of the house uses. */
const plain = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
