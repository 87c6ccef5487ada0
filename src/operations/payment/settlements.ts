import type { JournalDraft } from '../../core/ledger/contract.ts';
import type { Id } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { completeSettlements, reopenSettlements } from '../../schemes/medical/index.ts';
import type { DeclineCode } from './responses.ts';

/** A card payment that completes a settlement of a bill. */
export type Completion = {
  readonly settlement_no: string;
  readonly person_id: string;
  readonly institution_code: string;
  /** What the card pays: it must be the settlement's account part. */
  readonly account_fen: Fen;
  readonly at: Temporal.Instant;
  readonly business_date: Day;
  readonly trace_id: Id<string>;
};

export type Reopening = Pick<Completion, 'settlement_no' | 'at' | 'business_date' | 'trace_id'>;

/** Yes with the fund's journals, to be posted together with the card's; or why not. */
export type SettlementAnswer =
  | { readonly granted: true; readonly drafts: readonly JournalDraft[] }
  | { readonly granted: false; readonly code: DeclineCode };

/** What a payment asks of the scheme whose bill it pays, in the payment's own transaction. One "no" touches no other. */
export interface Settlements {
  complete(sql: Sql, completions: readonly Completion[]): Promise<readonly SettlementAnswer[]>;
  /** Takes completions back: the bills wait for a card again. */
  reopen(sql: Sql, reopenings: readonly Reopening[]): Promise<readonly SettlementAnswer[]>;
}

const codes: Readonly<Record<string, DeclineCode>> = {
  'medical.settlement_unknown': 'payment.settlement_unknown',
  'medical.settlement_not_of_institution': 'payment.settlement_differs',
  'medical.settlement_not_of_person': 'payment.settlement_differs',
  'medical.amount_differs': 'payment.settlement_differs',
  'medical.settlement_not_waiting': 'payment.settlement_not_waiting',
  'medical.settlement_not_settled': 'payment.settlement_ended',
};

type Answered = Awaited<ReturnType<typeof completeSettlements>>[number];

function answered(decision: Answered): SettlementAnswer {
  if (decision.granted) return { granted: true, drafts: decision.value.drafts };
  return { granted: false, code: codes[decision.refusal.code] ?? 'payment.settlement_not_waiting' };
}

/** Settlements of medical bills. */
export const medicalSettlements: Settlements = {
  complete: async (sql, completions) => {
    const payments = completions.map(({ account_fen, ...rest }) => ({ ...rest, account_paid_fen: account_fen }));
    return (await completeSettlements(sql, payments)).map(answered);
  },
  reopen: async (sql, reopenings) => (await reopenSettlements(sql, reopenings)).map(answered),
};
