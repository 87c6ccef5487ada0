import type { JournalDraft } from '../../core/ledger/contract.ts';
import { type Decision, grant } from '../../kernel/decision.ts';
import { type Fen, formatYuan } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { tell } from '../../platform/outbox/index.ts';
import { settledJournals, takenBackJournals } from './journals.ts';
import { no } from './refusals.ts';
import { event } from './settlement.commands.ts';
import type { SettlementRow } from './settlement.store.ts';
import { setVisitStates } from './visit.store.ts';

/** What a card payment says of the settlement it pays. */
export type CardPayment = {
  /** From field 62. */
  readonly settlement_no: string;
  readonly account_paid_fen: Fen;
  /** Of the terminal, and of the card's holder. */
  readonly institution_code: string;
  readonly person_id: string;
} & Moment;

/** When the card paid or took back, on which business day, within which trace. */
type Moment = { readonly at: Temporal.Instant; readonly business_date: Day; readonly trace_id: string };

export type Completed = {
  readonly settlement_id: string;
  readonly visit_id: string;
  /** The fund's part, to be posted together with the card's; none when no fund pays. */
  readonly drafts: readonly JournalDraft[];
};

type Waiting = Omit<SettlementRow, 'decision'>;
type Moved = { readonly settlement: Waiting; readonly moment: Moment };

/**
 * Completes settlements that wait for the card, many at once (group commit): five round trips whatever their number.
 * Answers stand in the order of the payments; a refusal touches nobody else. The caller posts the drafts together with
 * the card's leg in the same transaction; if the ledger refuses one of them, it takes the completion back with
 * `reopenSettlements` or lets the transaction fail.
 */
export async function completeSettlements(sql: Sql, payments: readonly CardPayment[]): Promise<Decision<Completed>[]> {
  const known = await lockByNumber(
    sql,
    payments.map((payment) => payment.settlement_no),
  );
  const completed = new Map<string, Moved>();
  const answers = payments.map((payment): Decision<Completed> => {
    const settlement = known.get(payment.settlement_no);
    const refused = cannotComplete(payment, settlement, completed.has(payment.settlement_no));
    if (refused || !settlement) return refused ?? no('medical.settlement_unknown');
    completed.set(payment.settlement_no, { settlement, moment: payment });
    const drafts = settledJournals(settlement, settlement.completions + 1, payment);
    return grant({ settlement_id: settlement.settlement_id, visit_id: settlement.visit_id, drafts });
  });
  await markCompleted(sql, [...completed.values()]);
  return answers;
}

function cannotComplete(payment: CardPayment, settlement: Waiting | undefined, twice: boolean): Decision<never> | null {
  const { settlement_no } = payment;
  if (!settlement) return no('medical.settlement_unknown', { settlement_no });
  if (settlement.institution_code !== payment.institution_code)
    return no('medical.settlement_not_of_institution', { settlement_no });
  if (settlement.person_id !== payment.person_id) return no('medical.settlement_not_of_person', { settlement_no });
  if (settlement.state !== 'awaiting_card' || twice)
    return no('medical.settlement_not_waiting', { settlement_no, state: twice ? 'settled' : settlement.state });
  if (settlement.account_fen !== payment.account_paid_fen)
    return no('medical.amount_differs', {
      settlement_no,
      paid: formatYuan(payment.account_paid_fen),
      due: formatYuan(settlement.account_fen),
    });
  return null;
}

/** Reads settlements by number, after their visits are locked, in the order of the visits so that groups never deadlock. */
async function lockByNumber(sql: Sql, numbers: readonly string[]): Promise<ReadonlyMap<string, Waiting>> {
  await sql.query(
    `select from medical.visits
     where visit_id in (select visit_id from medical.settlements where settlement_no = any($1))
     order by visit_id for update`,
    [numbers],
  );
  const rows = await sql.query<Waiting>(
    `select settlement_id, settlement_no, visit_id, person_id, institution_code, kind, insurance, state, completions,
       pool_fen, serious_fen, civil_servant_fen, aid_fen, fund_fen, account_fen
     from medical.settlements where settlement_no = any($1)`,
    [numbers],
  );
  return new Map(rows.map((row) => [row.settlement_no, row]));
}

async function markCompleted(sql: Sql, completed: readonly Moved[]): Promise<void> {
  if (completed.length === 0) return;
  await sql.query(
    `update medical.settlements s
     set state = 'settled', settled_at = paid.at, completions = completions + 1, payment_trace_id = paid.trace_id
     from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as paid (id, trace_id, at) where s.settlement_id = paid.id`,
    [
      completed.map(({ settlement }) => settlement.settlement_id),
      completed.map(({ moment }) => moment.trace_id),
      completed.map(({ moment }) => moment.at.toString()),
    ],
  );
  await setVisitStates(
    sql,
    completed.map(({ settlement }) => settlement.visit_id),
    'settled',
  );
  await tell(
    sql,
    completed.map(({ settlement, moment }) => event('medical.visit_settled', settlement, moment.trace_id)),
  );
}

export type Reversal = { readonly settlement_no: string } & Moment;

/**
 * Lets settlements wait for the card again, after the payment that completed them was reversed (0400). The drafts take
 * the fund's part back; the caller posts them together with the card's reversal.
 */
export async function reopenSettlements(sql: Sql, reversals: readonly Reversal[]): Promise<Decision<Completed>[]> {
  const known = await lockByNumber(
    sql,
    reversals.map((reversal) => reversal.settlement_no),
  );
  const reopened = new Map<string, Moved>();
  const answers = reversals.map((reversal): Decision<Completed> => {
    const { settlement_no } = reversal;
    const settlement = known.get(settlement_no);
    if (!settlement) return no('medical.settlement_unknown', { settlement_no });
    // A settlement that no card completed has no payment to reverse.
    if (settlement.state !== 'settled' || settlement.account_fen === 0n || reopened.has(settlement_no))
      return no('medical.settlement_not_settled', { settlement_no, state: settlement.state });
    reopened.set(settlement_no, { settlement, moment: reversal });
    const drafts = takenBackJournals(settlement, settlement.completions, reversal);
    return grant({ settlement_id: settlement.settlement_id, visit_id: settlement.visit_id, drafts });
  });
  await markReopened(sql, [...reopened.values()]);
  return answers;
}

async function markReopened(sql: Sql, reopened: readonly Moved[]): Promise<void> {
  if (reopened.length === 0) return;
  await sql.query(
    `update medical.settlements set state = 'awaiting_card', settled_at = null, payment_trace_id = null
     where settlement_id = any($1)`,
    [reopened.map(({ settlement }) => settlement.settlement_id)],
  );
  await setVisitStates(
    sql,
    reopened.map(({ settlement }) => settlement.visit_id),
    'awaiting_card',
  );
  await tell(
    sql,
    reopened.map(({ settlement, moment }) => event('medical.settlement_reopened', settlement, moment.trace_id)),
  );
}
