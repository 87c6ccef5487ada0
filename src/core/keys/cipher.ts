import { createCipheriv, createDecipheriv } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { concat, xor } from '../../kernel/bytes.ts';
import type { CipherFamily } from './contract.ts';
import type { Trace } from './trace.ts';

/** Block ciphers: the two of cards and terminals, and AES of newer PIN blocks, DUKPT and key blocks. */
export type Cipher = CipherFamily | 'aes';

/** Encrypts whole blocks, ECB. */
export type Encrypt = (blocks: Uint8Array) => Uint8Array;

/** OpenSSL 3 keeps single DES in its legacy provider; three-key EDE with equal keys is the same function. */
function tripleKey(key: Uint8Array): Uint8Array {
  assert(key.length === 8 || key.length === 16 || key.length === 24, 'a DES key has 8 bytes, a 3DES key 16 or 24');
  if (key.length === 24) return key;
  return key.length === 8 ? concat(key, key, key) : concat(key, key.subarray(0, 8));
}

const asItIs = (key: Uint8Array): Uint8Array => key;

const ciphers = {
  des: { block: 8, keyed: tripleKey, ecb: () => 'des-ede3', cbc: () => 'des-ede3-cbc' },
  sm4: { block: 16, keyed: asItIs, ecb: () => 'sm4-ecb', cbc: () => 'sm4-cbc' },
  aes: {
    block: 16,
    keyed: asItIs,
    ecb: (key: Uint8Array) => `aes-${key.length * 8}-ecb`,
    cbc: (key: Uint8Array) => `aes-${key.length * 8}-cbc`,
  },
} as const;

export const blockLength = (cipher: Cipher): 8 | 16 => ciphers[cipher].block;

/**
 * A key made ready for many encryptions. ECB carries no state from block to block, so one OpenSSL context serves every
 * call: 570,000 3DES and 690,000 SM4 blocks/s against 280,000 and 255,000 with a context per call.
 */
export function encryptor(cipher: Cipher, key: Uint8Array): Encrypt {
  const { ecb, block, keyed } = ciphers[cipher];
  const context = createCipheriv(ecb(key), keyed(key), null).setAutoPadding(false);
  return (blocks) => {
    assert(blocks.length % block === 0, 'whole blocks');
    return plain(context.update(blocks));
  };
}

export const encrypt = (cipher: Cipher, key: Uint8Array, blocks: Uint8Array): Uint8Array =>
  encryptor(cipher, key)(blocks);

export function decrypt(cipher: Cipher, key: Uint8Array, blocks: Uint8Array): Uint8Array {
  const { ecb, block, keyed } = ciphers[cipher];
  assert(blocks.length % block === 0, 'whole blocks');
  return plain(createDecipheriv(ecb(key), keyed(key), null).setAutoPadding(false).update(blocks));
}

const zeros = (cipher: Cipher): Uint8Array => new Uint8Array(ciphers[cipher].block);

/** CBC over whole blocks; IV zero unless given. */
export function encryptCbc(
  cipher: Cipher,
  key: Uint8Array,
  blocks: Uint8Array,
  iv: Uint8Array = zeros(cipher),
  trace?: Trace,
): Uint8Array {
  const { cbc, block, keyed } = ciphers[cipher];
  assert(blocks.length % block === 0, 'whole blocks');
  const encrypted = plain(createCipheriv(cbc(key), keyed(key), iv).setAutoPadding(false).update(blocks));
  if (trace)
    for (let at = 0; at < blocks.length; at += block) {
      const chain = at === 0 ? iv : encrypted.slice(at - block, at);
      const own = blocks.slice(at, at + block);
      trace('cbc.block', { key, block: own, chain, input: xor(own, chain) }, encrypted.slice(at, at + block));
    }
  return encrypted;
}

export function decryptCbc(
  cipher: Cipher,
  key: Uint8Array,
  blocks: Uint8Array,
  iv: Uint8Array = zeros(cipher),
): Uint8Array {
  const { cbc, block, keyed } = ciphers[cipher];
  assert(blocks.length % block === 0, 'whole blocks');
  return plain(createDecipheriv(cbc(key), keyed(key), iv).setAutoPadding(false).update(blocks));
}

/** The last block of CBC over whole blocks; IV zero unless given. */
export function cbcLastBlock(
  cipher: Cipher,
  key: Uint8Array,
  blocks: Uint8Array,
  iv?: Uint8Array,
  trace?: Trace,
): Uint8Array {
  assert(blocks.length > 0, 'at least one block');
  return encryptCbc(cipher, key, blocks, iv, trace).slice(-ciphers[cipher].block);
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
