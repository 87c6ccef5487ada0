import { assert } from '../../src/kernel/assert.ts';
import { citizenCheck, creditCheck, luhnCheck, organisationCheck } from '../../src/kernel/identifiers.ts';
import type { IsoDay } from './calendar.ts';
import type { Random } from './random.ts';

/** Ids in the shape of UUID version 7 (RFC 9562 §5.7), but from the seed: the same city has the same ids. */
export function idMaker(random: Random, day: IsoDay): () => string {
  const start_ms = Date.parse(`${day}T00:00:00Z`) - 86_400_000;
  let made = 0;
  return () => {
    const time = (start_ms + Math.floor(made / 4096)).toString(16).padStart(12, '0');
    const order = (made++ % 4096).toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-8${random.hex(3)}-${random.hex(12)}`;
  };
}

/** Citizen numbers (GB 11643) in sequence per area, birth and sex: odd for men, even for women. */
export function citizenNumberMaker(): (area: string, birth: IsoDay, sex: 1 | 2) => string {
  const last = new Map<string, number>();
  return (area, birth, sex) => {
    const key = `${area}${birth}${sex}`;
    const sequence = (last.get(key) ?? sex - 2 + 10) + 2;
    assert(sequence < 1000, 'one day of one district has no more than 495 births of a sex');
    last.set(key, sequence);
    const first17 = `${area}${birth.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
    return first17 + citizenCheck(first17);
  };
}

/** Credit code (GB 32100): 91 enterprise or 52 private non-enterprise unit, area, organisation code, check character. */
export function creditCode(kind: '91' | '52', area: string, sequence: number): string {
  const organisation = `MA${String(900_000 + sequence)}`;
  const first17 = `${kind}${area}${organisation}${organisationCheck(organisation)}`;
  return first17 + creditCheck(first17);
}

/** Social-security card number: a letter, 7 digits that do not tell their order, a check character. */
export function cardNumber(sequence: number): string {
  assert(sequence < 10_000_000, 'ten million cards');
  const first8 = `L${String((sequence * 7_654_321 + 1_234_567) % 10_000_000).padStart(7, '0')}`;
  return first8 + organisationCheck(first8);
}

/** Card account of 19 digits; the issuer's prefix is made up from the city's area code. */
export function accountNumber(prefix: string, sequence: number): string {
  const first18 = `${prefix}${String(sequence + 100_000_001).padStart(12, '0')}`;
  return first18 + luhnCheck(first18);
}
