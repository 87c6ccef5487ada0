import Type from 'typebox';
import { type CaseRule, caseFacts, type Lookup, type WorkedCase } from '../../core/policy/index.ts';
import { formatYuan, yuan } from '../../kernel/money.ts';
import { monthOf } from '../../kernel/time.ts';
import { contributionInsurances } from './contract.ts';
import { baseLimits } from './contribution-base.rules.ts';
import { floatings, riskClasses } from './facts.ts';
import { monthlyContribution } from './monthly-contribution.rules.ts';
import { basePolicy, contributionPolicy, residentPremiumPolicy } from './policy.ts';
import { residentPremium } from './resident-premium.rules.ts';

const closed = { additionalProperties: false };
const Nothing = Type.Object({}, closed);
const CaseMonth = Type.Object(
  {
    wage: Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,2})?$' }),
    risk_class: Type.Enum(riskClasses),
    floating: Type.Optional(Type.Enum(floatings)),
  },
  closed,
);

/** The contribution rules that worked cases can name. */
export const contributionCaseRules: ReadonlyMap<string, CaseRule> = new Map<string, CaseRule>([
  ['contributions.base_limits', limitsCase],
  ['contributions.month', monthCase],
  ['contributions.resident_premium', premiumCase],
]);

function limitsCase(worked: WorkedCase, law: Lookup) {
  caseFacts(worked, Nothing);
  const { floor_fen, ceiling_fen } = baseLimits(basePolicy(law));
  return { floor: formatYuan(floor_fen), ceiling: formatYuan(ceiling_fen) };
}

function monthCase(worked: WorkedCase, law: Lookup): Record<string, string> {
  const { wage, risk_class, floating = 'base' } = caseFacts(worked, CaseMonth);
  const employer = { risk_class, floating };
  const facts = { month: monthOf(law.day), wage_fen: yuan(wage), insurances: contributionInsurances, ...employer };
  const decision = monthlyContribution(facts, contributionPolicy(law, employer));
  if (!decision.granted) return { refusal: decision.refusal.code };
  const { value } = decision;
  const items = value.items.flatMap((item) => [
    [`${item.insurance}.employer`, formatYuan(item.employer_fen)],
    [`${item.insurance}.person`, formatYuan(item.person_fen)],
  ]);
  return {
    ...Object.fromEntries(items),
    base: formatYuan(value.base_fen),
    employer: formatYuan(value.employer_fen),
    person: formatYuan(value.person_fen),
    pension_account: formatYuan(value.pension_account_fen),
    medical_account: formatYuan(value.medical_account_fen),
  };
}

function premiumCase(worked: WorkedCase, law: Lookup): Record<string, string> {
  caseFacts(worked, Nothing);
  const { personal_fen, subsidy_fen, total_fen } = residentPremium(residentPremiumPolicy(law), []);
  return { personal: formatYuan(personal_fen), subsidy: formatYuan(subsidy_fen), total: formatYuan(total_fen) };
}
