import type { Trace } from './trace.ts';

/** The DES key with the lowest bit of every byte set so that each byte has an odd number of ones. */
export function oddParity(key: Uint8Array, trace?: Trace): Uint8Array {
  const adjusted = key.map((byte) => {
    let ones = byte >> 1;
    ones ^= ones >> 4;
    ones ^= ones >> 2;
    ones ^= ones >> 1;
    return (byte & 0xfe) | (~ones & 1);
  });
  trace?.('parity', { key }, adjusted);
  return adjusted;
}
