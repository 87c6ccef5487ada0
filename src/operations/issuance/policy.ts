import { lookup, type PolicySet, type Region } from '../../core/policy/index.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { StopTerms } from './commands.ts';
import type { ApplicationReason } from './contract.ts';

/** What the law of a day says about cards. */
export type CardTerms = StopTerms & {
  readonly fee_fen: Readonly<Record<ApplicationReason, Fen>>;
  readonly validity_years: number;
  /** Days within which a terminal must have fetched the black list. */
  readonly refresh_days: number;
};

/** Figures of the day. None of them was confirmed in an official text: `policy/990100/cards.yaml` says so. */
export function cardTerms(policy: PolicySet, day: Day, region: Region): CardTerms {
  const law = lookup(policy, day, region);
  const fee = (card_reason: ApplicationReason) => law.fen('issuance.fee', { card_reason }).value;
  return {
    fee_fen: { first: fee('first'), replacement: fee('replacement'), renewal: fee('renewal') },
    validity_years: law.number('issuance.validity').value,
    provisional_days: law.number('issuance.provisional_report').value,
    wait_days: law.number('issuance.late_payments').value,
    refresh_days: law.number('issuance.list_refresh').value,
  };
}
