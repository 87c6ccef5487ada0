import { because, type Figure } from '../../core/policy/contract.ts';
import { type Decision, grant, type Reason, refuse } from '../../kernel/decision.ts';
import {
  add,
  divide,
  type Fen,
  formatRate,
  formatYuan,
  type Rate,
  type Rounding,
  share,
  zero,
} from '../../kernel/money.ts';
import type { ContributionInsurance } from './contract.ts';
import { contributionBase } from './contribution-base.rules.ts';
import type { ContributionItem, EmploymentMonth, MonthlyContribution } from './facts.ts';
import type { ContributionPolicy, InjuryPolicy } from './policy.ts';

/** What one person owes and the employer owes for this person, for one month: base × rate, each to the fen. */
export function monthlyContribution(facts: EmploymentMonth, p: ContributionPolicy): Decision<MonthlyContribution> {
  if (facts.wage_fen < 0n) return refuse('contributions.wage_negative', { wage: formatYuan(facts.wage_fen) });
  const why: Reason[] = [];
  const base = contributionBase(facts.wage_fen, p.base, why);
  const items = facts.insurances.map((insurance) => item(insurance, base.base_fen, p, why));
  const has = (insurance: ContributionInsurance) => facts.insurances.includes(insurance);
  return grant(
    {
      ...base,
      items,
      employer_fen: add(...items.map(({ employer_fen }) => employer_fen)),
      person_fen: add(...items.map(({ person_fen }) => person_fen)),
      pension_account_fen: has('pension') ? part('pension.account', base.base_fen, p.pension.account, p, why) : zero,
      medical_account_fen: has('medical') ? part('medical.account', base.base_fen, p.medical.account, p, why) : zero,
    },
    why,
  );
}

function item(insurance: ContributionInsurance, base: Fen, p: ContributionPolicy, why: Reason[]): ContributionItem {
  switch (insurance) {
    case 'pension':
    case 'medical':
    case 'unemployment':
      return {
        insurance,
        booked_with: insurance,
        employer_fen: part(`${insurance}.employer`, base, p[insurance].employer, p, why),
        person_fen: part(`${insurance}.person`, base, p[insurance].person, p, why),
      };
    case 'injury':
      return {
        insurance,
        booked_with: 'injury',
        employer_fen: injury(base, p.injury, p.rounding, why),
        person_fen: zero,
      };
    case 'maternity':
      return {
        insurance,
        booked_with: p.maternity.booked_with.value,
        employer_fen: part('maternity.employer', base, p.maternity.employer, p, why),
        person_fen: zero,
      };
  }
}

function part(step: string, base: Fen, rate: Figure<Rate>, p: ContributionPolicy, why: Reason[]): Fen {
  const amount = share(base, rate.value, p.rounding);
  why.push(because(step, rate, { base: formatYuan(base) }, { amount: formatYuan(amount) }));
  return amount;
}

/** Work injury: the base rate of the trade, floated for the employer, less the temporary reduction. */
function injury(base: Fen, p: InjuryPolicy, rounding: Rounding, why: Reason[]): Fen {
  const kept = 1_000_000n - p.reduction.value;
  // One rounding for the whole product: the rate itself is never rounded.
  const amount = divide(base * p.base_rate.value * p.floating_factor.value * kept, 10n ** 18n, rounding) as Fen;
  const inputs = {
    base: formatYuan(base),
    factor: formatRate(p.floating_factor.value),
    reduction: formatRate(p.reduction.value),
  };
  why.push(because('injury.employer', p.base_rate, inputs, { amount: formatYuan(amount) }));
  return amount;
}
