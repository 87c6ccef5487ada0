import { concat, xor } from '../../kernel/bytes.ts';
import { blockLength, type Cipher, cbcLastBlock, encrypt, padWith80 } from './cipher.ts';
import type { Trace } from './trace.ts';

/** Twice the block in the field of CMAC: shifted left by one, 87 (or 1B for 8-byte blocks) added when a bit falls out. */
function double(block: Uint8Array): Uint8Array {
  const doubled = block.map((byte, i) => (byte << 1) | ((block[i + 1] ?? 0) >> 7));
  if ((block[0] as number) & 0x80)
    doubled[block.length - 1] = (doubled.at(-1) as number) ^ (block.length === 8 ? 0x1b : 0x87);
  return doubled;
}

/** CMAC (NIST SP 800-38B, RFC 4493; algorithm 5 of ISO 9797-1): a whole block, 8 or 16 bytes. */
export function cmac(cipher: Cipher, key: Uint8Array, data: Uint8Array, trace?: Trace): Uint8Array {
  const size = blockLength(cipher);
  const zero = encrypt(cipher, key, new Uint8Array(size));
  trace?.('cmac.zero', { key }, zero);
  const k1 = double(zero);
  trace?.('cmac.k1', { block: zero }, k1);
  const whole = data.length > 0 && data.length % size === 0;
  const k2 = whole ? k1 : double(k1);
  if (!whole) trace?.('cmac.k2', { block: k1 }, k2);
  const padded = whole ? data : padWith80(data, size);
  const last = xor(padded.slice(-size), k2);
  trace?.('cmac.last', { block: padded.slice(-size), key: k2 }, last);
  return cbcLastBlock(cipher, key, concat(padded.slice(0, -size), last), undefined, trace);
}
