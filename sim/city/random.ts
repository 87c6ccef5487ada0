import { assert, defined } from '../../src/kernel/assert.ts';

/**
 * A small seeded generator (sfc32). The same seed gives the same numbers on every machine; `fork` gives each part of
 * the city its own stream, so that one more pharmacy does not rename every citizen.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  readonly seed: string;

  constructor(seed: string) {
    this.seed = seed;
    [this.#a, this.#b, this.#c] = [hash(`${seed}/a`), hash(`${seed}/b`), hash(`${seed}/c`)];
    for (let i = 0; i < 12; i++) this.next();
  }

  fork(name: string): Random {
    return new Random(`${this.seed}/${name}`);
  }

  /** 0 ≤ x < 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  int(from: number, through: number): number {
    return from + Math.floor(this.next() * (through - from + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(from: readonly T[]): T {
    return defined(from[Math.floor(this.next() * from.length)], 'something to pick from');
  }

  /** Around 0, deviation 1 (Irwin–Hall: twelve uniform numbers). */
  bell(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.next();
    return sum;
  }

  digits(length: number): string {
    let text = '';
    while (text.length < length) text += this.int(0, 9);
    return text;
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length) text += this.int(0, 15).toString(16);
    return text;
  }
}

/** Draws in proportion to weights, in logarithmic time. */
export function weighted<T>(choices: readonly T[], weight: (choice: T) => number): (random: Random) => T {
  let total = 0;
  const ends = choices.map((choice) => {
    total += weight(choice);
    return total;
  });
  assert(total > 0, 'something to draw from');
  return (random) => {
    const at = random.next() * total;
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (defined(ends[middle], 'weight') > at) high = middle;
      else low = middle + 1;
    }
    return defined(choices[low], 'choice');
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
