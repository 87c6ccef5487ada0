import { assert } from '../../kernel/assert.ts';
import { concat, uint } from '../../kernel/bytes.ts';
import { padWith80, padWithZeros } from './cipher.ts';
import type { Trace } from './trace.ts';

/**
 * Ways to fill the last block: `zeros`, `80` and `length` are paddings 1, 2 and 3 of ISO 9797-1; `80-if-needed` leaves
 * whole blocks alone (encrypted command data); `pkcs7` writes the number of bytes; `none` takes whole blocks only.
 */
export type Padding = 'zeros' | '80' | 'length' | '80-if-needed' | 'pkcs7' | 'none';

export function pad(data: Uint8Array, block: number, padding: Padding, trace?: Trace): Uint8Array {
  const padded = fill(data, block, padding);
  trace?.('pad', { data, padding }, padded);
  return padded;
}

function fill(data: Uint8Array, block: number, padding: Padding): Uint8Array {
  switch (padding) {
    case 'zeros':
      return padWithZeros(data, block);
    case '80':
      return padWith80(data, block);
    case 'length':
      return concat(uint(data.length * 8, block), data.length === 0 ? data : padWithZeros(data, block));
    case '80-if-needed':
      return data.length > 0 && data.length % block === 0 ? data : padWith80(data, block);
    case 'pkcs7': {
      const missing = block - (data.length % block);
      return concat(data, new Uint8Array(missing).fill(missing));
    }
    case 'none':
      assert(data.length > 0 && data.length % block === 0, 'whole blocks');
      return data;
  }
}
