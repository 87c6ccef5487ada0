import { blockLength, type Cipher } from '../cipher.ts';
import type { Padding } from '../padding.ts';
import type { Given } from './given.ts';
import { LaboratoryRefusal } from './refusal.ts';

/** What one parameter alone cannot tell: whether values fit each other. */

const keyLengths: Readonly<Record<Cipher, readonly number[]>> = { des: [8, 16, 24], sm4: [16], aes: [16, 24, 32] };

export function refuseLength(parameter: string, lengths: readonly number[], length: number): never {
  throw new LaboratoryRefusal(parameter, 'wrong_length', {
    zh: `此时应为 ${lengths.join(' 或 ')} 字节，现为 ${length} 字节`,
    en: `takes ${lengths.join(' or ')} bytes here, not ${length}`,
  });
}

/** The bytes of a parameter, of one of these lengths. */
export function bytesOf(given: Given, parameter: string, lengths: readonly number[]): Uint8Array {
  const bytes = given.bytes(parameter);
  return lengths.includes(bytes.length) ? bytes : refuseLength(parameter, lengths, bytes.length);
}

export const cipherKey = (given: Given, cipher: Cipher, parameter = 'key'): Uint8Array =>
  bytesOf(given, parameter, keyLengths[cipher]);

/** The IV as given, of the cipher's block; undefined when none was. */
export const ivFor = (given: Given, cipher: Cipher): Uint8Array | undefined =>
  given.has('iv') ? bytesOf(given, 'iv', [blockLength(cipher)]) : undefined;

/** The padding chosen, if the data can be padded so. */
export function paddingFor(given: Given, data: Uint8Array, block: number): Padding {
  const padding = given.text('padding') as Padding;
  if (padding === 'none') wholeBlocks('data', data, block);
  return padding;
}

export function wholeBlocks(parameter: string, data: Uint8Array, block: number): void {
  if (data.length === 0 || data.length % block !== 0)
    throw new LaboratoryRefusal(parameter, 'not_whole_blocks', {
      zh: `不填充时长度须为 ${block} 字节的倍数，现为 ${data.length} 字节`,
      en: `without padding it must fill blocks of ${block} bytes; it has ${data.length}`,
    });
}

/** Bytes of the result that were asked for, no more than there are. */
export function lengthOf(given: Given, most: number): number {
  const length = given.has('length') ? given.number('length') : most;
  if (length >= 1 && length <= most) return length;
  throw new LaboratoryRefusal('length', 'wrong_length', {
    zh: `结果只有 ${most} 字节`,
    en: `the result has 1 to ${most} bytes`,
  });
}

export const empty = new Uint8Array(0);
