import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defined } from '../../kernel/assert.ts';
import { type Fen, fen, rate, zero } from '../../kernel/money.ts';
import { billLine } from './bill-line.rules.ts';
import { claimUnderLaw, line } from './claims.arbitrary.ts';
import { type ClaimFacts, type LineSplit, noneUsed, type Settlement } from './facts.ts';
import { medicalLaws, type SettlementPolicy } from './policy.ts';
import { segments } from './segments.rules.ts';
import { settlement } from './settlement.rules.ts';

/** A longer search: `PROPERTY_RUNS=100000 npx vitest run settlement.properties`. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 400);

/** The settlement, or null for a bill that rounds to nothing. */
function settled(claim: ClaimFacts, law: SettlementPolicy): Settlement | null {
  const decision = settlement(claim, law);
  if (!decision.granted) expect(decision.refusal.code).toBe('medical.amount_zero');
  return decision.granted ? decision.value : null;
}

const amountsOf = ({ lines: _, accumulators: __, ...amounts }: Settlement): readonly [string, Fen][] =>
  Object.entries(amounts);

test('the parts add up and none is negative', () => {
  const property = fc.property(claimUnderLaw, ({ claim, law }) => {
    const s = settled(claim, law);
    if (!s) return;
    expect(s.full_own_fen + s.over_limit_fen + s.first_pay_fen + s.in_scope_fen).toBe(s.total_fen);
    expect(s.pool_fen + s.serious_fen + s.civil_servant_fen + s.aid_fen + s.account_fen + s.cash_fen).toBe(s.total_fen);
    expect(s.deductible_fen + s.pool_fen).toBeLessThanOrEqual(s.in_scope_fen);
    expect(s.account_fen).toBeLessThanOrEqual(claim.use_account ? claim.account_available_fen : 0n);
    for (const [name, amount] of amountsOf(s)) expect(amount, name).toBeGreaterThanOrEqual(0n);
  });
  fc.assert(property, { numRuns });
});

test('a line: the parts of every split add up to its total', () => {
  const property = fc.property(line, (one) => {
    const split: LineSplit = billLine(one, 'half-up', medicalLaws.catalogue, []);
    expect(split.full_own_fen + split.over_limit_fen + split.first_pay_fen + split.in_scope_fen).toBe(split.total_fen);
    if (one.class === 'C' || one.outside_restriction) expect(split.full_own_fen).toBe(split.total_fen);
    else expect(split.full_own_fen).toBe(zero);
  });
  fc.assert(property, { numRuns });
});

test('the order of the lines changes no amount', () => {
  const property = fc.property(claimUnderLaw, ({ claim, law }) => {
    const forward = settled(claim, law);
    const backward = settled({ ...claim, lines: claim.lines.toReversed() }, law);
    expect(backward && amountsOf(backward)).toEqual(forward && amountsOf(forward));
    expect(backward?.accumulators).toEqual(forward?.accumulators);
  });
  fc.assert(property, { numRuns });
});

test('no yearly cap is passed, and what was used before never shrinks', () => {
  const property = fc.property(claimUnderLaw, ({ claim, law }) => {
    const fresh = { ...claim, accumulators: noneUsed };
    const s = settled(fresh, law);
    if (!s) return;
    const limits: [Fen | null, Fen][] = [[law.layers.serious.cap.value, s.serious_fen]];
    if (law.pool.kind !== 'pharmacy') limits.push([law.pool.cap.value, s.pool_fen]);
    for (const [limit, paid] of limits) if (limit !== null) expect(paid).toBeLessThanOrEqual(limit);
    for (const [name, before] of Object.entries(fresh.accumulators))
      expect(s.accumulators[name as keyof typeof s.accumulators], name).toBeGreaterThanOrEqual(before);
  });
  fc.assert(property, { numRuns });
});

test('a scale pays a stretch cut into pieces as it pays the whole', () => {
  const scale = [
    { up_to: fen(30_000), value: rate('33.3333%') },
    { up_to: fen(100_000), value: rate('66.6667%') },
    { up_to: null, value: rate('81%') },
  ];
  const paid = (after_fen: Fen, through_fen: Fen) =>
    segments({ after_fen, through_fen }, scale, 'half-up').reduce((sum, { paid_fen }) => sum + paid_fen, 0n);
  const ends = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 3, maxLength: 9 });
  const property = fc.property(ends, (unordered) => {
    const points = unordered.sort((a, b) => a - b).map((end) => fen(end));
    const pieces = points.slice(1).reduce((sum, end, i) => sum + paid(defined(points[i], 'point'), end), 0n);
    expect(pieces).toBe(paid(defined(points[0], 'first'), defined(points.at(-1), 'last')));
  });
  fc.assert(property, { numRuns });
});
