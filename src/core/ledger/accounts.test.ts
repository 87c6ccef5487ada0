import { expect, test } from 'vitest';
import {
  cardAccount,
  chart,
  fundAccount,
  institutionPayable,
  normalSide,
  parseAccountCode,
  personalAccount,
} from './contract.ts';

test.each([
  [fundAccount('injury', '3201'), 'injury:3201'],
  [personalAccount('medical-employee', 'p1'), 'medical-employee:3001.02:p1'],
  [cardAccount('medical-employee', 'c1'), 'medical-employee:3001.03:c1'],
  [institutionPayable('medical-resident', 'H0001'), 'medical-resident:2001.01:H0001'],
])('%s', (built, code) => {
  expect(built).toBe(code);
  const parts = parseAccountCode(built);
  expect([parts?.book, parts?.gl_code, parts?.owner].filter(Boolean).join(':')).toBe(code);
});

test.each([
  '',
  'injury',
  'injury:9999',
  'church:3201',
  'injury:3201:',
  'injury:3201:a b',
  'injury:3201:a:b',
  'injury:toString',
])('"%s" is no account code', (text) => {
  expect(parseAccountCode(text)).toBeNull();
});

test('an owner that would change the meaning of the code is a bug', () => {
  expect(() => personalAccount('injury', 'a:b')).toThrow(/one word/);
});

test('assets and expenses grow on the debit side, all else on the credit side', () => {
  expect(normalSide('1004')).toBe('debit');
  expect(normalSide('5001.03')).toBe('debit');
  expect(normalSide('3001.02')).toBe('credit');
});

test('every code of detail lies under an element of its own first digit', () => {
  const first = { asset: '1', liability: '2', 'net-assets': '3', income: '4', expense: '5' };
  for (const [code, { element }] of Object.entries(chart)) expect(code.charAt(0)).toBe(first[element]);
});
