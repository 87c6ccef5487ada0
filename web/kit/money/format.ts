import { type Fen, formatYuan } from '../../../src/kernel/money.ts';

/** "−123450" fen as it comes over the wire → "−1,234.50": fen always shown, a true minus sign. */
export function yuanText(fen: string | bigint, sign: 'minus' | 'always' = 'minus'): string {
  const amount = BigInt(fen) as Fen;
  const [whole = '', cents = ''] = formatYuan((amount < 0n ? -amount : amount) as Fen).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const mark = amount < 0n ? '\u2212' : sign === 'always' && amount > 0n ? '+' : '';
  return `${mark}${grouped}.${cents}`;
}

/** Sum of amounts as the wire carries them. */
export const addFen = (...amounts: readonly string[]): string =>
  amounts.reduce((sum, amount) => sum + BigInt(amount), 0n).toString();
