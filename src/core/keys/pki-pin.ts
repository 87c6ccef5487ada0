import { createHash } from 'node:crypto';
import { concat, uint, xor } from '../../kernel/bytes.ts';
import { encrypt } from './cipher.ts';
import type { Trace } from './trace.ts';

/** SM3 (GB/T 32905): 32 bytes. */
export function sm3(data: Uint8Array, trace?: Trace): Uint8Array {
  const zeros = (119 - (data.length % 64)) % 64;
  trace?.('sm3.pad', { data }, concat(data, Uint8Array.of(0x80), new Uint8Array(zeros), uint(data.length * 8, 8)));
  const digest = new Uint8Array(createHash('sm3').update(data).digest());
  trace?.('sm3.digest', { data }, digest);
  return digest;
}

/** Which 16 bytes of the digest serve as key; cards take the first. */
export type DigestPart = 'first' | 'last' | 'xor';

/**
 * What a third-generation card's PKI application takes for its PIN (card.md V16): SM4-ECB of its challenge (16 bytes)
 * under the first half of SM3 over the PIN as packed digits.
 */
export function pkiPin(pin: Uint8Array, challenge: Uint8Array, part: DigestPart = 'first', trace?: Trace): Uint8Array {
  const digest = sm3(pin, trace);
  const [first, last] = [digest.slice(0, 16), digest.slice(16)];
  const key = part === 'first' ? first : part === 'last' ? last : xor(first, last);
  trace?.('pki.key', { digest }, key);
  const answer = encrypt('sm4', key, challenge);
  trace?.('pki.answer', { key, challenge }, answer);
  return answer;
}
