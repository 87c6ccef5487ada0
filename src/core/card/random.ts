import { randomFillSync } from 'node:crypto';

export type Random = (length: number) => Uint8Array;

/** Filled at once for many commands: a call for four bytes costs as much as one for a thousand (5 % of a purchase). */
const pool = new Uint8Array(2048);
let used = pool.length;

/** Random bytes of the operating system, at most 2048 a call; none is given twice or stays behind. */
export const secureRandom: Random = (length) => {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const given = pool.slice(used, used + length);
  pool.fill(0, used, used + length);
  used += length;
  return given;
};
