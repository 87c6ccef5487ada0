import fc from 'fast-check';
import type { Figure, Step } from '../../core/policy/contract.ts';
import { type Fen, fen, type Price, type Quantity, type Rate, rate } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { itemClasses, visitKinds } from './contract.ts';
import { type Accumulators, type ClaimFacts, type LineFacts, needs, noneUsed } from './facts.ts';
import { medicalLaws, type SettlementPolicy } from './policy.ts';

/** Random claims and random law for the properties of settlement: every variant a parameter can choose occurs. */

const money = (most: number) => fc.integer({ min: 0, max: most }).map((amount) => fen(amount));
const share = fc.integer({ min: 0, max: 100 }).map((percent) => rate(`${percent}%`));

const figure = <T>(value: T): Figure<T> => ({
  value,
  law: medicalLaws.catalogue,
  parameter: { key: 'sample', value: String(value), from: '2025-01-01', confirmed: true },
});
const figures = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Figure<T>> => value.map(figure);
const cap = (most: number) => figures(fc.option(money(most), { nil: null }));

const scale: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 9_000_000 }), { maxLength: 3 }),
    fc.array(share, { minLength: 4, maxLength: 4 }),
  )
  .map(([ends, shares]) => [
    ...ends.sort((a, b) => a - b).map((end, i) => ({ up_to: fen(end) as Fen | null, value: shares[i] as Rate })),
    { up_to: null, value: shares[3] as Rate },
  ]);

const aid = fc.record({ deductible: figures(money(300_000)), share: figures(share), cap: cap(500_000) });

const pools = {
  outpatient: fc.record({
    kind: fc.constant('outpatient' as const),
    deductible: figures(money(100_000)),
    share: figures(share),
    cap: cap(400_000),
  }),
  inpatient: fc.record({
    kind: fc.constant('inpatient' as const),
    deductible: figures(money(200_000)),
    share: figures(scale),
    measured: figures(
      fc.constantFrom('visit_above_deductible' as const, 'visit_in_scope' as const, 'year_in_scope' as const),
    ),
    cap: cap(9_000_000),
  }),
  pharmacy: fc.record({ kind: fc.constant('pharmacy' as const) }),
};

const policyOf = (kind: ClaimFacts['kind']): fc.Arbitrary<SettlementPolicy> =>
  fc.record({
    rounding: fc.constantFrom('half-up', 'down', 'up'),
    catalogue: fc.constant(medicalLaws.catalogue),
    pool: pools[kind] as fc.Arbitrary<SettlementPolicy['pool']>,
    layers: fc.record({
      serious: fc.record({
        basis: figures(
          fc.constantFrom(
            'above_cap' as const,
            'own_share' as const,
            'own_share_and_deductible' as const,
            'own_share_deductible_and_first_pay' as const,
          ),
        ),
        counts_outpatient: figures(fc.boolean()),
        measured: figures(fc.constantFrom('above_deductible' as const, 'in_scope' as const)),
        deductible: figures(money(2_000_000)),
        share: figures(scale),
        cap: cap(5_000_000),
      }),
      civil_servant: figures(share),
      aid,
      tilt: aid,
    }),
    account: fc.record({ covers: figures(fc.constantFrom('all' as const, 'in_scope' as const)) }),
  });

export const line: fc.Arbitrary<LineFacts> = fc.record({
  item_code: fc.constantFrom('X1', 'X2', 'X3'),
  name_zh: fc.constant('项目'),
  name_en: fc.constant('item'),
  class: fc.constantFrom(...itemClasses),
  price: fc.integer({ min: 10_000, max: 2_000_000_000 }).map((micro) => BigInt(micro) as Price),
  quantity: fc.integer({ min: 10_000, max: 300_000 }).map((count) => BigInt(count) as Quantity),
  ceiling: fc.option(
    fc.integer({ min: 10_000, max: 1_500_000_000 }).map((micro) => BigInt(micro) as Price),
    { nil: null },
  ),
  first_pay: share,
  outside_restriction: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
});

const used: fc.Arbitrary<Accumulators> = fc.oneof(
  fc.constant(noneUsed),
  fc.record({
    outpatient_deductible_paid_fen: money(100_000),
    outpatient_pool_paid_fen: money(500_000),
    admissions: fc.integer({ min: 0, max: 4 }),
    inpatient_in_scope_fen: money(9_000_000),
    inpatient_pool_paid_fen: money(9_000_000),
    serious_basis_fen: money(5_000_000),
    serious_paid_fen: money(2_000_000),
    aid_basis_fen: money(1_000_000),
    aid_paid_fen: money(500_000),
    tilt_basis_fen: money(1_000_000),
    tilt_paid_fen: money(500_000),
  }),
);

/** A claim and the law it is settled under. */
export const claimUnderLaw: fc.Arbitrary<{ claim: ClaimFacts; law: SettlementPolicy }> = fc
  .constantFrom(...visitKinds)
  .chain((kind) =>
    fc.record({
      claim: fc.record({
        kind: fc.constant(kind),
        settled_day: fc.constant(day('2025-07-01')),
        insurance: fc.constantFrom('310', '390'),
        status: fc.constantFrom('in_service', 'retired', 'resident'),
        level: fc.constantFrom(1, 2, 3),
        civil_servant: fc.boolean(),
        need: fc.constantFrom(...needs),
        lines: fc.array(line, { minLength: 1, maxLength: 8 }),
        accumulators: used,
        account_available_fen: money(500_000),
        use_account: fc.boolean(),
      }),
      law: policyOf(kind),
    }),
  );
