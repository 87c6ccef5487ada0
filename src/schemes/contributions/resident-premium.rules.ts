import { because } from '../../core/policy/contract.ts';
import type { Reason } from '../../kernel/decision.ts';
import { add, formatYuan } from '../../kernel/money.ts';
import type { ResidentPremium } from './facts.ts';
import type { ResidentPremiumPolicy } from './policy.ts';

/** A resident's medical premium for one insured year: what the person pays and what government adds. */
export function residentPremium(p: ResidentPremiumPolicy, why: Reason[]): ResidentPremium {
  const personal_fen = p.personal.value;
  const subsidy_fen = p.subsidy.value;
  why.push(
    because('resident.personal', p.personal, {}, { amount: formatYuan(personal_fen) }),
    because('resident.subsidy', p.subsidy, {}, { amount: formatYuan(subsidy_fen) }),
  );
  return { personal_fen, subsidy_fen, total_fen: add(personal_fen, subsidy_fen) };
}
