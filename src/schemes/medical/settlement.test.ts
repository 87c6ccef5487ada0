import { expect, test } from 'vitest';
import { loadPolicy, lookup } from '../../core/policy/index.ts';
import { assert, Bug } from '../../kernel/assert.ts';
import { formatYuan, price, quantity, rate, yuan, zero } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { type Accumulators, type ClaimFacts, noneUsed, type Settlement } from './facts.ts';
import { fundPayments } from './fund-payments.rules.ts';
import { policyQuestion, settlementPolicy } from './policy.ts';
import { settlement } from './settlement.rules.ts';

const policy = loadPolicy('policy');

/** One bill of one class A line, of an employee at a level 3 hospital unless said otherwise. */
function settle(amount: string, on: string, facts: Partial<ClaimFacts> = {}): Settlement {
  const claim: ClaimFacts = {
    kind: 'outpatient',
    settled_day: day(on),
    insurance: '310',
    status: 'in_service',
    level: 3,
    civil_servant: false,
    need: 'none',
    lines: [lineOf(amount)],
    accumulators: noneUsed,
    account_available_fen: zero,
    use_account: false,
    ...facts,
  };
  const law = lookup(policy, claim.settled_day, '990100');
  const decision = settlement(claim, settlementPolicy(law, policyQuestion(claim)));
  assert(decision.granted, 'settled');
  return decision.value;
}

const lineOf = (amount: string): ClaimFacts['lines'][number] => ({
  item_code: 'A1',
  name_zh: 'A1',
  name_en: 'A1',
  class: 'A',
  price: price(amount),
  quantity: quantity('1'),
  ceiling: null,
  first_pay: rate('0%'),
  outside_restriction: false,
});

/** Every change of the city's figures of a claim, the day before and the day of it. */
const changes = `
| outpatient | in_service | 3 | 2024-12-31 |   10000.00 | 600.00 |   2000.00 | cap 2000                       |
| outpatient | in_service | 3 | 2025-01-01 |   10000.00 | 500.00 |   3000.00 | cap 3000                       |
| outpatient | retired    | 1 | 2025-06-30 |    1000.00 | 300.00 |    490.00 | 70 %                           |
| outpatient | retired    | 1 | 2025-07-01 |    1000.00 | 300.00 |    525.00 | 75 %                           |
| outpatient | in_service | 2 | 2025-12-31 |    1000.00 | 500.00 |    325.00 | deductible 500                 |
| outpatient | in_service | 2 | 2026-01-01 |    1000.00 | 400.00 |    390.00 | deductible 400                 |
| inpatient  | in_service | 3 | 2024-12-31 |   50000.00 | 800.00 |  41144.00 | 29200 × 82 % + 20000 × 86 %    |
| inpatient  | in_service | 3 | 2025-01-01 |   50000.00 | 800.00 |  42420.00 | 29200 × 85 % + 20000 × 88 %    |
| inpatient  | in_service | 3 | 2024-12-31 | 1000000.00 | 800.00 | 200000.00 | cap of the pooled fund         |
| inpatient  | in_service | 3 | 2025-01-01 | 1000000.00 | 800.00 | 250000.00 | cap of the pooled fund         |
| inpatient  | retired    | 1 | 2026-01-01 |     160.00 | 160.00 |      0.00 | nothing above the deductible   |
| inpatient  | retired    | 1 | 2026-01-01 |     160.01 | 160.00 |      0.01 | one fen above                  |`;

const rows = changes
  .trim()
  .split('\n')
  .map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test.each(rows)('%s %s level %s on %s: %s → deductible %s, pool %s (%s)', (...row) => {
  const [kind, status, level, on = '', amount = '', deductible, pool] = row;
  const s = settle(amount, on, { kind, status, level: Number(level) } as Partial<ClaimFacts>);
  expect([formatYuan(s.deductible_fen), formatYuan(s.pool_fen)]).toEqual([deductible, pool]);
});

test('two visits of a year share one deductible and one cap', () => {
  const first = settle('300.00', '2025-03-01');
  expect(formatYuan(first.deductible_fen)).toBe('300.00');
  const second = settle('300.00', '2025-03-02', { accumulators: first.accumulators });
  expect([formatYuan(second.deductible_fen), formatYuan(second.pool_fen)]).toEqual(['200.00', '50.00']);
  expect(second.accumulators.outpatient_deductible_paid_fen).toBe(yuan('500'));
  expect(second.accumulators.outpatient_pool_paid_fen).toBe(yuan('50'));
});

test('a deductible lowered below what was paid already asks for nothing and gives nothing back', () => {
  const accumulators: Accumulators = { ...noneUsed, outpatient_deductible_paid_fen: yuan('600') };
  expect(settle('100.00', '2025-03-01', { accumulators }).deductible_fen).toBe(zero);
});

test('a year of residents’ stays pays the same serious-illness sum however the stays are ordered', () => {
  const amounts = ['30000.00', '7000.33', '55000.10', '21000.07'];
  // Every stay counts as a repeated one, so that all have the same deductible and the orders can be compared.
  const stay = (amount: string, used: Accumulators) =>
    settle(amount, '2025-09-01', { kind: 'inpatient', insurance: '390', status: 'resident', accumulators: used });
  const year = (order: readonly string[]) =>
    order.reduce((used, amount) => stay(amount, used).accumulators, { ...noneUsed, admissions: 1 });
  expect(year(amounts)).toEqual(year(amounts.toReversed()));
  expect(formatYuan(year(amounts).serious_paid_fen)).not.toBe('0.00');
});

test('each fund pays its part, under its code of the national interface', () => {
  const employee = settle('400000.00', '2025-03-01', { kind: 'inpatient', civil_servant: true });
  expect(fundPayments(employee, '310').map(({ fund_pay_type }) => fund_pay_type)).toEqual([
    '310100',
    '330100',
    '320100',
  ]);
  const resident = settle('400000.00', '2025-03-01', {
    kind: 'inpatient',
    insurance: '390',
    status: 'resident',
    need: 'destitute',
  });
  const payments = fundPayments(resident, '390');
  expect(payments.map(({ fund_pay_type }) => fund_pay_type)).toEqual(['390100', '390200', '610100']);
  expect(payments.reduce((sum, { amount_fen }) => sum + amount_fen, 0n)).toBe(resident.fund_fen);
});

test('the law of another kind of visit is a bug', () => {
  const claim = { kind: 'outpatient', lines: [lineOf('1')], accumulators: noneUsed } as unknown as ClaimFacts;
  const question = { kind: 'inpatient', insurance: '310', status: 'in_service', level: 3, need: 'none' } as const;
  const law = settlementPolicy(lookup(policy, day('2025-01-01'), '990100'), { ...question, repeated: false });
  expect(() => settlement(claim, law)).toThrow(Bug);
});
