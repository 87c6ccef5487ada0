import { lookup, PolicyGap, type PolicySet, type Region } from '../../core/policy/index.ts';
import type { Decision } from '../../kernel/decision.ts';
import type { Month } from '../../kernel/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Employment } from './employment.store.ts';
import type { MonthlyContribution, RiskClass } from './facts.ts';
import { monthlyContribution } from './monthly-contribution.rules.ts';
import { type ContributionPolicy, contributionPolicy } from './policy.ts';
import { no } from './refusals.ts';

/** What every command of this context stands on. */
export type Ground = {
  readonly clock: Clock;
  readonly policy: PolicySet;
  /** The pooling area (统筹区) whose law counts. */
  readonly region: Region;
};

export type Assessor = (employment: Employment) => Decision<MonthlyContribution>;

/**
 * Decides the contributions of one month; the law is looked up once for each risk class. A month before the area's law
 * was entered is refused. Every employer stands at the base step of work-injury insurance: the registry knows no other.
 */
export function assessorOf({ policy, region }: Ground, month: Month): Assessor {
  const law = lookup(policy, month.toPlainDate({ day: 1 }), region);
  const known = new Map<RiskClass, ContributionPolicy>();
  return ({ risk_class, wage_fen, insurances }) => {
    try {
      const of = { risk_class, floating: 'base' } as const;
      const figures = known.get(risk_class) ?? contributionPolicy(law, of);
      known.set(risk_class, figures);
      return monthlyContribution({ month, wage_fen, insurances, ...of }, figures);
    } catch (gap) {
      if (gap instanceof PolicyGap && gap.code === 'policy.outside_dates')
        return no('contributions.no_law_for_month', { month: month.toString() });
      throw gap;
    }
  };
}
