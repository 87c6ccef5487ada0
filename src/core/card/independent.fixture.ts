import { createCipheriv, createDecipheriv } from 'node:crypto';
import { bytes, concat, hex } from '../../kernel/bytes.ts';

/**
 * Ciphers and MACs for tests, on plain OpenSSL: nothing here uses the code of cards or of the key store, so that both
 * sides agree only if both follow the rules of card.md.
 */
type Blocks = (data: Uint8Array, iv?: Uint8Array) => Uint8Array;

const triple = (key: Uint8Array) => (key.length === 8 ? concat(key, key, key) : concat(key, key.slice(0, 8)));
const plain = (buffer: Uint8Array) => Uint8Array.from(buffer);

export const des3: (key: Uint8Array) => Blocks = (key) => (data) =>
  plain(createCipheriv('des-ede3', triple(key), null).setAutoPadding(false).update(data));
export const des3Back: (key: Uint8Array) => Blocks = (key) => (data) =>
  plain(createDecipheriv('des-ede3', triple(key), null).setAutoPadding(false).update(data));
const des3Cbc: (key: Uint8Array) => Blocks = (key) => (data, iv) =>
  plain(
    createCipheriv('des-ede3-cbc', triple(key), iv ?? new Uint8Array(8))
      .setAutoPadding(false)
      .update(data),
  );
export const sm4: (key: Uint8Array) => Blocks = (key) => (data) =>
  plain(createCipheriv('sm4-ecb', key, null).setAutoPadding(false).update(data));
export const sm4Back: (key: Uint8Array) => Blocks = (key) => (data) =>
  plain(createDecipheriv('sm4-ecb', key, null).setAutoPadding(false).update(data));
const sm4Cbc: (key: Uint8Array) => Blocks = (key) => (data, iv) =>
  plain(
    createCipheriv('sm4-cbc', key, iv ?? new Uint8Array(16))
      .setAutoPadding(false)
      .update(data),
  );

export const pad80 = (data: Uint8Array, block: number): Uint8Array =>
  concat(data, bytes('80'), new Uint8Array((2 * block - 1 - (data.length % block)) % block));

/** CBC over whole blocks, last block; single DES with 8 bytes, ISO 9797-1 algorithm 3 with 16. */
export function desMac(key: Uint8Array, data: Uint8Array, iv: Uint8Array = new Uint8Array(8)): Uint8Array {
  const last = des3Cbc(key.slice(0, 8))(data, iv).slice(-8);
  return key.length === 8 ? last : des3(key.slice(0, 8))(des3Back(key.slice(8))(last));
}

/** CBC over whole blocks; the four words of the last block added. */
export function sm4Mac(key: Uint8Array, data: Uint8Array, iv?: Uint8Array): Uint8Array {
  const last = sm4Cbc(key)(data, iv).slice(-16);
  return Uint8Array.from({ length: 4 }, (_, i) => last[i]! ^ last[i + 4]! ^ last[i + 8]! ^ last[i + 12]!);
}

export const turned = (factor: Uint8Array): Uint8Array => factor.map((byte) => byte ^ 0xff);

/** Sends hex, follows 61xx and 6Cxx, and gives data and status word as hex. */
export function say(card: { transmit(apdu: Uint8Array): Uint8Array }, text: string): string {
  const apdu = bytes(text);
  let answer = hex(card.transmit(apdu));
  if (/^6C..$/.test(answer)) answer = hex(card.transmit(concat(apdu.slice(0, 4), bytes(answer.slice(2)))));
  return /^61..$/.test(answer) ? hex(card.transmit(bytes(`00C00000${answer.slice(2)}`))) : answer;
}
