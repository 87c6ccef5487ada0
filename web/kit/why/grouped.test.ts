import { expect, it } from 'vitest';
import { grouped } from './grouped.ts';

it.each([
  ['Of 12345.60 the fund pays 60%: 7407.36.', 'Of 12,345.60 the fund pays 60%: 7,407.36.'],
  ['1234567.00', '1,234,567.00'],
  ['999.99 on 2026-03-01', '999.99 on 2026-03-01'],
  ['20260301', '20260301'],
  ['price 1234.5678', 'price 1234.5678'],
])('%s', (text, expected) => {
  expect(grouped(text)).toBe(expected);
});
