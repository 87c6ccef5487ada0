import { expect, test } from 'vitest';
import { Bug, defined } from '../../kernel/assert.ts';
import { yuan } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { loadPolicy } from './load.ts';
import { lookup } from './lookup.ts';
import { PolicyGap } from './policy-fault.ts';

const policy = loadPolicy('policy');
const on = (date: string, region = '990100') => lookup(policy, day(date), region);
const deductible = 'medical.outpatient.deductible';

function gap(ask: () => unknown): string {
  try {
    ask();
    return 'none';
  } catch (fault) {
    if (fault instanceof PolicyGap) return fault.message;
    throw fault;
  }
}

test('a figure carries its law, its version and whether it was checked', () => {
  expect(on('2025-03-01').fen(deductible, { insurance: 'employee', status: 'retired' })).toEqual({
    value: yuan('300'),
    law: { source: 'linlan-medical-2024-36', article: 'art. 2' },
    parameter: { key: deductible, value: '300.00', from: '2025-01-01', confirmed: true },
  });
});

test('a city falls back to its province, then to the nation', () => {
  const law = on('2025-03-01');
  expect(law.rate('medical.civil_servant.share', { status: 'retired' }).law.source).toBe('yunlan-medical-2023-17');
  expect(law.rate('contributions.pension.employer_rate').law.source).toBe('gbf-2019-13');
  expect(gap(() => on('2025-03-01', '990000').fen(deductible))).toMatch(/^policy\.unknown_key: .* 990000, national/);
});

test('a question without an answer says which question it was', () => {
  expect(gap(() => on('2023-12-31').fen(deductible, { status: 'retired' }))).toBe(
    'policy.outside_dates: medical.outpatient.deductible (990100) on 2023-12-31; known: 2024-01-01…, 2025-01-01…, 2026-01-01…',
  );
  expect(gap(() => on('2025-03-01').fen('medical.no_such'))).toMatch(/^policy\.unknown_key: medical\.no_such/);
  expect(gap(() => on('2025-03-01').fen(deductible, {}))).toMatch(/^policy\.missing_dimension: .* by status/);
  expect(gap(() => on('2025-03-01').fen(deductible, { status: 'x' }))).toMatch(/^policy\.unknown_case: .* no case x/);
  expect(gap(() => on('2025-03-01', '123456'))).toMatch(/^policy\.unknown_region: 123456/);
});

test('a value that ends by itself is not stretched', () => {
  const key = 'contributions.unemployment.employer_rate';
  const parameter = defined(policy.parameters.get('990100')?.get(key), key);
  const shortened = { ...parameter, values: parameter.values.slice(0, 1) };
  const city = new Map(policy.parameters.get('990100')).set(key, shortened);
  const ended = { ...policy, parameters: new Map(policy.parameters).set('990100', city) };
  expect(lookup(ended, day('2025-12-31'), '990100').rate(key).parameter.value).toBe('0.5%');
  expect(gap(() => lookup(ended, day('2026-01-01'), '990100').rate(key))).toMatch(
    /outside_dates.*2024-01-01…2025-12-31/,
  );
});

test('after the day until which somebody looked, nothing counts as confirmed', () => {
  expect(on('2026-12-31').fen(deductible, { status: 'retired' }).parameter.confirmed).toBe(true);
  expect(on('2027-01-01').fen(deductible, { status: 'retired' }).parameter.confirmed).toBe(false);
  expect(on('2025-03-01').rate('contributions.medical.employee_rate').parameter.confirmed).toBe(false);
});

test('a figure asked in another unit is a bug', () => {
  expect(() => on('2025-03-01').rate(deductible, { status: 'retired' })).toThrow(Bug);
  expect(() => on('2025-03-01').rate('medical.inpatient.share', { status: 'retired', level: '3' })).toThrow(Bug);
  expect(() => on('2025-03-01').code('medical.rounding', ['other'])).toThrow(/no rule understands the code half-up/);
});
