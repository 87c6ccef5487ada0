import { lookup, PolicyGap, type PolicySet, type Region } from '../../core/policy/index.ts';
import type { Decision } from '../../kernel/decision.ts';
import type { Day } from '../../kernel/time.ts';
import type { Clock } from '../../platform/clock.ts';
import { billLine } from './bill-line.rules.ts';
import type { AccountsOf, Claim } from './claim.store.ts';
import type { MedicalInsurance } from './contract.ts';
import type { ClaimFacts, LineFacts, LineSplit, Settlement } from './facts.ts';
import { policyQuestion, settlementPolicy } from './policy.ts';
import { no } from './refusals.ts';
import { settlement } from './settlement.rules.ts';

/** What every command of this context stands on. */
export type Ground = {
  readonly clock: Clock;
  readonly policy: PolicySet;
  /** The pooling area (统筹区) whose law counts. */
  readonly region: Region;
  readonly accountsOf: AccountsOf;
};

/** Days before the area's law was entered cannot be settled; every other gap is a fault of ours and stays one. */
function underLaw<T>(on: Day, decide: () => Decision<T>): Decision<T> {
  try {
    return decide();
  } catch (gap) {
    if (gap instanceof PolicyGap && gap.code === 'policy.outside_dates')
      return no('medical.no_law_for_day', { day: on.toString() });
    throw gap;
  }
}

type Situation = Pick<ClaimFacts, 'accumulators' | 'account_available_fen' | 'use_account'>;

/** Applies the law of the claim's day to the claim; nothing is read or written. */
export const decideClaim = (ground: Ground, claim: Claim, situation: Situation): Decision<Settlement> =>
  underLaw(claim.facts.settled_day, () => {
    const facts: ClaimFacts = { ...claim.facts, ...situation };
    const law = lookup(ground.policy, facts.settled_day, ground.region);
    const decision = settlement(facts, settlementPolicy(law, policyQuestion(facts)));
    return decision.granted ? { ...decision, reasons: [...claim.reasons, ...decision.reasons] } : decision;
  });

/** Splits lines by the catalogue before anybody settles them: rounding and clause are the same for every claim. */
export const splitLines = (
  ground: Ground,
  of: { readonly settled_day: Day; readonly insurance: MedicalInsurance; readonly lines: readonly LineFacts[] },
): Decision<readonly LineSplit[]> =>
  underLaw(of.settled_day, () => {
    const law = lookup(ground.policy, of.settled_day, ground.region);
    const status = of.insurance === '390' ? 'resident' : 'in_service';
    const { rounding, catalogue } = settlementPolicy(law, {
      kind: 'pharmacy',
      insurance: of.insurance,
      status,
      level: 1,
      need: 'none',
      repeated: false,
    });
    return { granted: true, value: of.lines.map((line) => billLine(line, rounding, catalogue, [])), reasons: [] };
  });
