import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentence } from '../../core/policy/contract.ts';
import { loadPolicy, lookup } from '../../core/policy/index.ts';
import { assert } from '../../kernel/assert.ts';
import type { Reason } from '../../kernel/decision.ts';
import { fen, formatYuan, yuan, zero } from '../../kernel/money.ts';
import { day, month, monthOf } from '../../kernel/time.ts';
import { contributionInsurances } from './contract.ts';
import { baseLimits, baseYear, contributionBase } from './contribution-base.rules.ts';
import { type EmploymentMonth, floatings, riskClasses } from './facts.ts';
import { monthlyContribution } from './monthly-contribution.rules.ts';
import { basePolicy, baseYearStart, contributionPolicy, residentPremiumPolicy, retiredCredit } from './policy.ts';
import { residentPremium } from './resident-premium.rules.ts';
import { contributionWording } from './wording.ts';

const policy = loadPolicy('policy');
const on = (date: string) => lookup(policy, day(date), '990100');

const employer = { risk_class: '2', floating: 'base' } as const;
const facts = (date: string, wage: string): EmploymentMonth => ({
  month: monthOf(day(date)),
  wage_fen: yuan(wage),
  insurances: contributionInsurances,
  ...employer,
});
const decide = (date: string, wage: string) =>
  monthlyContribution(facts(date, wage), contributionPolicy(on(date), employer));

function contribution(date: string, wage: string) {
  const decision = decide(date, wage);
  assert(decision.granted, 'granted');
  return decision.value;
}

/** Every change of the figures of a month, the day before and the day of it. Wage 8000, risk class 2. */
const changes = `
| 2024-12-01 | medical      | 640.00 | 160.00 |
| 2024-12-01 | maternity    |  56.00 |   0.00 |
| 2025-01-01 | maternity    |  64.00 |   0.00 |
| 2025-12-01 | injury       |  25.60 |   0.00 |
| 2026-01-01 | injury       |  32.00 |   0.00 |
| 2025-12-01 | medical      | 640.00 | 160.00 |
| 2026-01-01 | medical      | 600.00 | 160.00 |
| 2025-12-01 | unemployment |  40.00 |  40.00 |
| 2026-01-01 | unemployment |  40.00 |  40.00 |
| 2026-01-01 | pension      | 1280.00 | 640.00 |`;

test.each(
  changes
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    ),
)('%s %s: employer %s, person %s', (date = '', insurance, employerPays, personPays) => {
  const item = contribution(date, '8000').items.find((one) => one.insurance === insurance);
  expect(item && [formatYuan(item.employer_fen), formatYuan(item.person_fen)]).toEqual([employerPays, personPays]);
});

test.each([
  ['2024-12-31', '4410.00', '22050.00'],
  ['2025-01-01', '4573.00', '22863.00'],
  ['2025-12-31', '4573.00', '22863.00'],
  ['2026-01-01', '4736.00', '23679.00'],
])('on %s the base lies between %s and %s', (date, floor, ceiling) => {
  const { floor_fen, ceiling_fen } = baseLimits(basePolicy(on(date)));
  expect([formatYuan(floor_fen), formatYuan(ceiling_fen)]).toEqual([floor, ceiling]);
});

test('the base is bounded: one fen around floor and ceiling', () => {
  const base = (wage: string) => contributionBase(yuan(wage), basePolicy(on('2025-05-01')), []);
  expect(base('4572.99')).toEqual({ base_fen: yuan('4573'), limited_by: 'floor' });
  expect(base('4573')).toEqual({ base_fen: yuan('4573'), limited_by: null });
  expect(base('22863')).toEqual({ base_fen: yuan('22863'), limited_by: null });
  expect(base('22863.01')).toEqual({ base_fen: yuan('22863'), limited_by: 'ceiling' });
  expect(base('0')).toEqual({ base_fen: yuan('4573'), limited_by: 'floor' });
});

test('maternity is collected for itself and booked with medical', () => {
  const items = contribution('2025-05-01', '8000').items;
  expect(items.map(({ insurance, booked_with }) => [insurance, booked_with])).toContainEqual(['maternity', 'medical']);
});

test('a person insured for some insurances only pays for those', () => {
  const some = { ...facts('2025-05-01', '8000'), insurances: ['medical' as const] };
  const decision = monthlyContribution(some, contributionPolicy(on('2025-05-01'), employer));
  expect(decision.granted && decision.value.items).toHaveLength(1);
  expect(decision.granted && decision.value.pension_account_fen).toBe(zero);
  expect(decision.granted && decision.value.medical_account_fen).toBe(yuan('160'));
});

test('a negative wage is refused', () => {
  const decision = decide('2025-05-01', '-0.01');
  expect(!decision.granted && decision.refusal.code).toBe('contributions.wage_negative');
});

test('a base year that begins in July takes its wages from the calendar year before', () => {
  const july = { ...baseYearStart(on('2025-05-01')), value: 7 };
  const text = (of: ReturnType<typeof baseYear>) => [of.first.toString(), of.last.toString(), of.wage_year];
  expect(text(baseYear(month('2025-06'), july))).toEqual(['2024-07', '2025-06', 2023]);
  expect(text(baseYear(month('2025-07'), july))).toEqual(['2025-07', '2026-06', 2024]);
  expect(text(baseYear(month('2025-12'), baseYearStart(on('2025-12-01'))))).toEqual(['2025-01', '2025-12', 2024]);
});

test('retired persons’ accounts get a fixed amount; residents’ premiums change with the year', () => {
  expect(formatYuan(retiredCredit(on('2025-05-01')).value)).toBe('72.00');
  const premium = (date: string) => residentPremium(residentPremiumPolicy(on(date)), []);
  expect(premium('2023-12-31')).toEqual({ personal_fen: 38000n, subsidy_fen: 64000n, total_fen: 102000n });
  expect(premium('2024-01-01')).toEqual({ personal_fen: 40000n, subsidy_fen: 67000n, total_fen: 107000n });
  expect(premium('2024-12-31').total_fen).toBe(107000n);
  expect(premium('2025-01-01').total_fen).toBe(110000n);
});

test('totals are the sums of the items; more wage never costs less; every step has its sentence', () => {
  const steps = new Set<string>();
  const wages = fc.integer({ min: 0, max: 4_000_000 }).map((amount) => fen(amount));
  const of = fc.record({ risk_class: fc.constantFrom(...riskClasses), floating: fc.constantFrom(...floatings) });
  const property = fc.property(wages, wages, of, (one, other, of) => {
    const law = contributionPolicy(on('2025-05-01'), of);
    const [lower, higher] = [one, other]
      .sort((a, b) => Number(a - b))
      .map((wage_fen) => monthlyContribution({ ...facts('2025-05-01', '0'), ...of, wage_fen }, law));
    assert(lower?.granted && higher?.granted, 'granted');
    const { items, employer_fen, person_fen } = lower.value;
    expect(items.reduce((sum, item) => sum + item.employer_fen + item.person_fen, 0n)).toBe(employer_fen + person_fen);
    expect(higher.value.employer_fen).toBeGreaterThanOrEqual(employer_fen);
    expect(higher.value.person_fen).toBeGreaterThanOrEqual(person_fen);
    for (const reason of [...lower.reasons, ...higher.reasons]) check(reason, steps);
  });
  fc.assert(property, { numRuns: 150 });
  const premium: Reason[] = [];
  residentPremium(residentPremiumPolicy(on('2025-01-01')), premium);
  for (const reason of premium) check(reason, steps);
  expect([...steps].sort()).toEqual(Object.keys(contributionWording).sort());
});

function check(reason: Reason, steps: Set<string>): void {
  steps.add(reason.step);
  const words = contributionWording[reason.step];
  for (const language of ['zh', 'en'] as const)
    expect(words && sentence(words, reason, language), reason.step).not.toMatch(/[{}]|undefined/);
}
