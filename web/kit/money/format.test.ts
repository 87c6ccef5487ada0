import { expect, it } from 'vitest';
import { addFen, yuanText } from './format.ts';

it.each([
  ['0', '0.00'],
  ['5', '0.05'],
  ['99999', '999.99'],
  ['100000', '1,000.00'],
  ['123456789', '1,234,567.89'],
  ['-123450', '\u22121,234.50'],
  ['900719925474099267', '9,007,199,254,740,992.67'],
])('%s fen read %s yuan', (fen, text) => {
  expect(yuanText(fen)).toBe(text);
});

it('shows the sign of a movement', () => {
  expect(yuanText('100', 'always')).toBe('+1.00');
  expect(yuanText('-100', 'always')).toBe('\u22121.00');
  expect(yuanText('0', 'always')).toBe('0.00');
});

it('adds beyond what a float can hold', () => {
  expect(addFen('900719925474099267', '1')).toBe('900719925474099268');
});
