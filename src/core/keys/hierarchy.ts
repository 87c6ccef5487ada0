import { assert } from '../../kernel/assert.ts';
import type { CardFactors, CardKeyName, CipherFamily } from './contract.ts';

/** Every key of a user card. The order is part of the chip's image: new names go to the end. */
export const cardKeyNames: readonly CardKeyName[] = [
  'IRK',
  'STK',
  'BK',
  'PUK',
  'UKSSSE',
  'RK1DF04',
  'UK1DF04',
  'DSK',
  'DLK',
  'DPK',
  'DTK',
  'RKSSSE',
  'PPK',
];

/**
 * What a payment terminal's PSAM carries at city level: enough to know a genuine card, read and write its medical files
 * and take a purchase. Loading, blocking, unblocking a PIN and TACs stay with the centre.
 */
export const psamKeyNames: readonly CardKeyName[] = ['IRK', 'STK', 'RKSSSE', 'RK1DF04', 'UK1DF04', 'DPK', 'PPK'];

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/**
 * The factors of LD9 §7.3.3: province "51" 0000 "sh", city "510100" "sx", and the last 8 of the 13 historical bytes of
 * the ATR (card maker, city, serial number).
 */
export function cardFactors(cityCode: string, history: Uint8Array, family: CipherFamily = 'sm4'): CardFactors {
  assert(history.length === 13, 'an ATR of this family has 13 historical bytes');
  return { ...cityFactors(cityCode, family), card: history.slice(5) };
}

/** The two factors that lead to a city's keys; `cityCode` is the 6-digit administrative code. */
export function cityFactors(cityCode: string, family: CipherFamily = 'sm4'): Omit<CardFactors, 'card'> {
  assert(/^\d{6}$/.test(cityCode), 'a city code has 6 digits');
  return { province: ascii(`${cityCode.slice(0, 2)}0000sh`), city: ascii(`${cityCode}sx`), family };
}
