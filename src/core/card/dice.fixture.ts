/** A small generator (mulberry32): one seed, one run. Returns whole numbers below `limit`. */
export function generator(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor(((t ^ (t >>> 14)) >>> 0) * (limit / 4294967296));
  };
}

export type Dice = ReturnType<typeof generator>;
export const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice(from.length)] as T;
export const randomBytes = (dice: Dice, length: number): Uint8Array => Uint8Array.from({ length }, () => dice(256));
