import { because, type Figure } from '../../core/policy/contract.ts';
import type { Reason } from '../../kernel/decision.ts';
import { divide, type Fen, formatYuan, type Rate, share } from '../../kernel/money.ts';
import type { Month } from '../../kernel/time.ts';
import type { ContributionBase } from './facts.ts';
import type { BasePolicy } from './policy.ts';

/** Floor and ceiling of the contribution base: shares of the reference wage, rounded as the region does it. */
export const baseLimits = (p: BasePolicy): { readonly floor_fen: Fen; readonly ceiling_fen: Fen } => ({
  floor_fen: limit(p, p.floor_share),
  ceiling_fen: limit(p, p.ceiling_share),
});

function limit(p: BasePolicy, part: Figure<Rate>): Fen {
  const exact = p.reference_wage.value * part.value;
  switch (p.limit_rounding.value) {
    case 'fen-half-up':
      return share(p.reference_wage.value, part.value, 'half-up');
    case 'yuan-half-up':
      return (divide(exact, 100_000_000n, 'half-up') * 100n) as Fen;
    case 'yuan-up':
      return (divide(exact, 100_000_000n, 'up') * 100n) as Fen;
  }
}

/** The base of an employee (缴费基数): the wage, but not below the floor and not above the ceiling. */
export function contributionBase(wage: Fen, p: BasePolicy, why: Reason[]): ContributionBase {
  const { floor_fen, ceiling_fen } = baseLimits(p);
  const inputs = {
    wage: formatYuan(wage),
    reference_wage: p.reference_wage.parameter.value,
    floor: formatYuan(floor_fen),
    ceiling: formatYuan(ceiling_fen),
  };
  if (wage < floor_fen) {
    why.push(because('base.raised_to_floor', p.floor_share, inputs, { base: formatYuan(floor_fen) }));
    return { base_fen: floor_fen, limited_by: 'floor' };
  }
  if (wage > ceiling_fen) {
    why.push(because('base.cut_to_ceiling', p.ceiling_share, inputs, { base: formatYuan(ceiling_fen) }));
    return { base_fen: ceiling_fen, limited_by: 'ceiling' };
  }
  why.push(because('base.is_wage', p.reference_wage, inputs, { base: formatYuan(wage) }));
  return { base_fen: wage, limited_by: null };
}

/** The base year a month belongs to, and the calendar year whose average wage its bases are taken from. */
export function baseYear(month: Month, startMonth: Figure<number>) {
  const first = month.subtract({ months: (month.month - startMonth.value + 12) % 12 });
  return { first, last: first.add({ months: 11 }), wage_year: first.year - 1 };
}
