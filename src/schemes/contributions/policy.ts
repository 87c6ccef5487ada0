import type { Figure } from '../../core/policy/contract.ts';
import type { Lookup } from '../../core/policy/index.ts';
import type { Fen, Rate, Rounding } from '../../kernel/money.ts';
import type { EmploymentMonth } from './facts.ts';

const roundings = ['half-up', 'down', 'up'] as const;
const limitRoundings = ['yuan-half-up', 'yuan-up', 'fen-half-up'] as const;
const maternityFunds = ['maternity', 'medical'] as const;

export type BasePolicy = {
  readonly reference_wage: Figure<Fen>;
  readonly floor_share: Figure<Rate>;
  readonly ceiling_share: Figure<Rate>;
  readonly limit_rounding: Figure<(typeof limitRoundings)[number]>;
};

export type InjuryPolicy = {
  readonly base_rate: Figure<Rate>;
  readonly floating_factor: Figure<Rate>;
  readonly reduction: Figure<Rate>;
};

/** Everything the law says about one month of one employed person, looked up. */
export type ContributionPolicy = {
  readonly rounding: Rounding;
  readonly base: BasePolicy;
  readonly pension: { readonly employer: Figure<Rate>; readonly person: Figure<Rate>; readonly account: Figure<Rate> };
  readonly medical: { readonly employer: Figure<Rate>; readonly person: Figure<Rate>; readonly account: Figure<Rate> };
  readonly unemployment: { readonly employer: Figure<Rate>; readonly person: Figure<Rate> };
  readonly injury: InjuryPolicy;
  readonly maternity: {
    readonly employer: Figure<Rate>;
    readonly booked_with: Figure<(typeof maternityFunds)[number]>;
  };
};

/** The law for a month. `law` stands on the first day of the contribution month and on the area of insurance. */
export function contributionPolicy(
  law: Lookup,
  of: Pick<EmploymentMonth, 'risk_class' | 'floating'>,
): ContributionPolicy {
  return {
    rounding: law.code('contributions.rounding', roundings).value,
    base: basePolicy(law),
    pension: {
      employer: law.rate('contributions.pension.employer_rate'),
      person: law.rate('contributions.pension.employee_rate'),
      account: law.rate('contributions.pension.account_rate'),
    },
    medical: {
      employer: law.rate('contributions.medical.employer_rate'),
      person: law.rate('contributions.medical.employee_rate'),
      account: law.rate('contributions.medical.account_rate'),
    },
    unemployment: {
      employer: law.rate('contributions.unemployment.employer_rate'),
      person: law.rate('contributions.unemployment.employee_rate'),
    },
    injury: {
      base_rate: law.rate('contributions.injury.base_rate', of),
      floating_factor: law.rate('contributions.injury.floating_factor', of),
      reduction: law.rate('contributions.injury.reduction'),
    },
    maternity: {
      employer: law.rate('contributions.maternity.employer_rate'),
      booked_with: law.code('contributions.maternity.booked_with', maternityFunds),
    },
  };
}

export const basePolicy = (law: Lookup): BasePolicy => ({
  reference_wage: law.fen('contributions.base.reference_wage'),
  floor_share: law.rate('contributions.base.floor_share'),
  ceiling_share: law.rate('contributions.base.ceiling_share'),
  limit_rounding: law.code('contributions.base.limit_rounding', limitRoundings),
});

/** The month (1–12) in which a base year begins. */
export const baseYearStart = (law: Lookup): Figure<number> => law.number('contributions.base.year_start_month');

/** What a retired person's medical account is credited with each month. */
export const retiredCredit = (law: Lookup): Figure<Fen> => law.fen('contributions.medical.retired_credit');

export type ResidentPremiumPolicy = { readonly personal: Figure<Fen>; readonly subsidy: Figure<Fen> };

/** The premium of an insured year. `law` stands on its first day. */
export const residentPremiumPolicy = (law: Lookup): ResidentPremiumPolicy => ({
  personal: law.fen('contributions.resident_medical.personal'),
  subsidy: law.fen('contributions.resident_medical.subsidy'),
});
