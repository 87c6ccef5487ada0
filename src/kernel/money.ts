import { assert } from './assert.ts';

declare const unit: unique symbol;

/** Money in fen (1/100 yuan), exact, may be negative. */
export type Fen = bigint & { readonly [unit]: 'fen' };

/** An exact share in millionths: 65 % is 650_000. */
export type Rate = bigint & { readonly [unit]: 'millionths' };

/** A price in millionths of a yuan (the national interface allows six decimals: N16,6). */
export type Price = bigint & { readonly [unit]: 'micro-yuan' };

/** A quantity in ten-thousandths of its unit (the national interface allows four decimals: N16,4). */
export type Quantity = bigint & { readonly [unit]: 'ten-thousandths' };

export const zero = 0n as Fen;

/** Rounding is part of the law, so it is always written down: there is no default. */
export type Rounding =
  /** 四舍五入: half away from zero. */
  | 'half-up'
  /** Cut toward zero. */
  | 'down'
  /** 见厘进分: away from zero. */
  | 'up';

export function fen(amount: bigint | number): Fen {
  assert(typeof amount === 'bigint' || Number.isSafeInteger(amount), `fen must be whole: ${amount}`);
  return BigInt(amount) as Fen;
}

/** Reads an exact decimal such as "1234.5" into an integer of `places` decimals; null when it is not one. */
export function parseDecimal(text: string, places: number): bigint | null {
  const match = /^(-?)(\d{1,18})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const fraction = match[3] ?? '';
  if (fraction.length > places && /[1-9]/.test(fraction.slice(places))) return null;
  const digits = BigInt(`${match[2]}${fraction.slice(0, places).padEnd(places, '0')}`);
  return match[1] === '-' ? -digits : digits;
}

/** Writes an integer of `places` decimals, with at least `least` of them shown. */
export function formatDecimal(value: bigint, places: number, least = 0): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits
    .slice(digits.length - places)
    .replace(/0+$/, '')
    .padEnd(least, '0');
  return fraction ? `${sign}${whole}.${fraction}` : `${sign}${whole}`;
}

function parsed(text: string, places: number, what: string): bigint {
  const value = parseDecimal(text, places);
  assert(value !== null, `not ${what}: ${text}`);
  return value;
}

/** "1234.50" yuan → 123450 fen. A bug on malformed text: parse outside input with `parseDecimal(text, 2)`. */
export const yuan = (text: string): Fen => parsed(text, 2, 'an amount of yuan') as Fen;
/** "65%" or "0.65" → a rate. */
export const rate = (text: string): Rate =>
  (text.endsWith('%') ? parsed(text.slice(0, -1), 4, 'a percentage') : parsed(text, 6, 'a rate')) as Rate;
export const price = (text: string): Price => parsed(text, 6, 'a price') as Price;
export const quantity = (text: string): Quantity => parsed(text, 4, 'a quantity') as Quantity;

/** 123450 fen → "1234.50". */
export const formatYuan = (amount: Fen): string => formatDecimal(amount, 2, 2);
/** 650000 millionths → "65%". */
export const formatRate = (value: Rate): string => `${formatDecimal(value, 4)}%`;

/** Integer division with the rounding said aloud. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  assert(denominator > 0n, 'division by a positive number');
  const negative = numerator < 0n;
  const n = negative ? -numerator : numerator;
  const floor = n / denominator;
  const rest = n % denominator;
  const up = rounding === 'up' ? rest > 0n : rounding === 'half-up' ? rest * 2n >= denominator : false;
  const result = up ? floor + 1n : floor;
  return negative ? -result : result;
}

/** amount × rate. */
export const share = (amount: Fen, part: Rate, rounding: Rounding): Fen =>
  divide(amount * part, 1_000_000n, rounding) as Fen;

/** price × quantity in fen. */
export const extend = (unitPrice: Price, count: Quantity, rounding: Rounding): Fen =>
  divide(unitPrice * count, 100_000_000n, rounding) as Fen;

export const add = (...amounts: readonly Fen[]): Fen => amounts.reduce((a, b) => (a + b) as Fen, zero);
export const subtract = (from: Fen, amount: Fen): Fen => (from - amount) as Fen;
export const negate = (amount: Fen): Fen => -amount as Fen;
export const least = (first: Fen, ...rest: readonly Fen[]): Fen => rest.reduce((a, b) => (b < a ? b : a), first);
export const most = (first: Fen, ...rest: readonly Fen[]): Fen => rest.reduce((a, b) => (b > a ? b : a), first);
