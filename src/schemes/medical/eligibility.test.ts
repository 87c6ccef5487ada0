import { expect, test } from 'vitest';
import { quantity } from '../../kernel/money.ts';
import { day, days } from '../../kernel/time.ts';
import { eligibility } from './eligibility.rules.ts';
import type { EligibilityFacts } from './facts.ts';

const sound: EligibilityFacts = {
  begun_on: day('2025-07-01'),
  ended_on: day('2025-07-05'),
  deceased_on: null,
  insurance: '310',
  institution: { designations: [days(day('2024-01-01'), day('2025-07-01'))], departments: ['A01'] },
  department: 'A01',
  card: 'usable',
  lines: [{ item_code: 'X1', known: true, quantity: quantity('1') }],
  already_settled: false,
};

const outcome = (facts: Partial<EligibilityFacts>): string => {
  const decision = eligibility({ ...sound, ...facts });
  return decision.granted ? 'granted' : decision.refusal.code;
};

test('who is insured, alive and at a designated institution is granted', () => {
  expect(outcome({})).toBe('granted');
  expect(outcome({ card: null, department: null })).toBe('granted');
});

/** In order of precedence. */
const failing: readonly [code: string, facts: Partial<EligibilityFacts>][] = [
  ['medical.person_deceased', { deceased_on: day('2025-06-30') }],
  ['medical.not_insured_on_day', { insurance: null }],
  ['medical.institution_not_designated', { institution: { ...sound.institution, designations: [] } }],
  ['medical.department_unknown', { department: 'A02' }],
  ['medical.card_not_usable', { card: 'lost' }],
  ['medical.visit_after_death', { deceased_on: day('2025-07-04') }],
  ['medical.unknown_item', { lines: [{ item_code: 'X9', known: false, quantity: quantity('1') }] }],
  ['medical.negative_quantity', { lines: [{ item_code: 'X1', known: true, quantity: quantity('-1') }] }],
  ['medical.visit_settled', { already_settled: true }],
];

test.each(failing)('%s', (code, facts) => {
  expect(outcome(facts)).toBe(code);
});

test('of several that fail, the first in order is told', () => {
  for (const [i, [code, facts]] of failing.entries())
    for (const [, later] of failing.slice(i + 1)) expect(outcome({ ...later, ...facts })).toBe(code);
});

test('days are inclusive: the last day of the designation, the day of death', () => {
  expect(outcome({ begun_on: day('2025-07-02') })).toBe('medical.institution_not_designated');
  expect(outcome({ deceased_on: day('2025-07-05') })).toBe('granted');
  expect(outcome({ lines: [{ item_code: 'X1', known: true, quantity: quantity('0') }] })).toBe(
    'medical.negative_quantity',
  );
});
