import { because, type Figure } from '../../core/policy/contract.ts';
import type { Reason } from '../../kernel/decision.ts';
import {
  type Fen,
  formatRate,
  formatYuan,
  most,
  type Rate,
  type Rounding,
  share,
  subtract,
  zero,
} from '../../kernel/money.ts';
import type { Accumulators } from './facts.ts';
import type { AidPolicy, SeriousPolicy } from './policy.ts';
import { capped, type PoolPayment } from './pool.rules.ts';
import { segments } from './segments.rules.ts';

/** A layer above basic insurance: what counted towards it and what it pays. */
export type LayerPayment = { readonly basis_fen: Fen; readonly paid_fen: Fen };

/** The burden of one bill that counts towards the large-amount or serious-illness layer. */
export function seriousBasis(
  bill: { readonly in_scope_fen: Fen; readonly first_pay_fen: Fen },
  pool: PoolPayment,
  variant: SeriousPolicy['basis']['value'],
): Fen {
  const withDeductible = subtract(bill.in_scope_fen, pool.pool_fen);
  switch (variant) {
    case 'above_cap':
      return pool.above_cap_fen;
    case 'own_share':
      return subtract(withDeductible, pool.deductible_fen);
    case 'own_share_and_deductible':
      return withDeductible;
    case 'own_share_deductible_and_first_pay':
      return (withDeductible + bill.first_pay_fen) as Fen;
  }
}

/**
 * Large-amount (employees, 大额) or serious-illness insurance (residents, 大病): shares by segment of the year's burden
 * above a yearly deductible. Reckoned on the year's sum, so that the order and the cutting of bills do not matter.
 */
export function seriousIllness(
  basis: Fen,
  used: Pick<Accumulators, 'serious_basis_fen' | 'serious_paid_fen'>,
  p: SeriousPolicy,
  rounding: Rounding,
  why: Reason[],
): LayerPayment {
  if (basis === 0n) return { basis_fen: zero, paid_fen: zero };
  const before = used.serious_basis_fen;
  const after = (before + basis) as Fen;
  why.push(
    because(
      `serious.${p.basis.value}`,
      p.basis,
      { before: formatYuan(before) },
      { basis: formatYuan(basis), year: formatYuan(after) },
    ),
  );

  const deductible = p.deductible.value;
  const reached = after > deductible;
  why.push(
    because(reached ? 'serious.deductible' : 'serious.not_reached', p.deductible, { year: formatYuan(after) }, {}),
  );
  if (!reached) return { basis_fen: basis, paid_fen: zero };

  const shift = p.measured.value === 'above_deductible' ? deductible : zero;
  const stretch = { after_fen: subtract(most(before, deductible), shift), through_fen: subtract(after, shift) };
  let uncapped = zero;
  for (const segment of segments(stretch, p.share.value, rounding)) {
    const inputs = { amount: formatYuan(segment.amount_fen), share: formatRate(segment.share) };
    why.push(because('serious.segment', p.share, inputs, { paid: formatYuan(segment.paid_fen) }));
    uncapped = (uncapped + segment.paid_fen) as Fen;
  }
  return { basis_fen: basis, paid_fen: capped(uncapped, used.serious_paid_fen, p.cap, 'serious.cap', why) };
}

/** 公务员补助: a share of the in-scope cost that is still the person's. */
export function civilServantSupplement(remaining: Fen, p: Figure<Rate>, rounding: Rounding, why: Reason[]): Fen {
  const paid = share(remaining, p.value, rounding);
  why.push(because('civil_servant.share', p, { remaining: formatYuan(remaining) }, { paid: formatYuan(paid) }));
  return paid;
}

/**
 * 医疗救助 and 倾斜救助: a share of the in-scope cost that is still the person's, above a threshold of the year. Reckoned
 * on the year's sum, as the serious-illness layer is.
 */
export function medicalAid(
  remaining: Fen,
  used: { readonly basis_fen: Fen; readonly paid_fen: Fen },
  p: AidPolicy,
  name: 'aid' | 'tilt',
  rounding: Rounding,
  why: Reason[],
): LayerPayment {
  const threshold = p.deductible.value;
  const year = (used.basis_fen + remaining) as Fen;
  const aboveBefore = subtract(most(used.basis_fen, threshold), threshold);
  const above = subtract(most(year, threshold), threshold);
  const uncapped = subtract(share(above, p.share.value, rounding), share(aboveBefore, p.share.value, rounding));
  const inputs = {
    remaining: formatYuan(remaining),
    before: formatYuan(used.basis_fen),
    threshold: formatYuan(threshold),
  };
  why.push(
    because(`${name}.share`, p.share, inputs, {
      above: formatYuan(subtract(above, aboveBefore)),
      paid: formatYuan(uncapped),
    }),
  );
  return { basis_fen: remaining, paid_fen: capped(uncapped, used.paid_fen, p.cap, `${name}.cap`, why) };
}
