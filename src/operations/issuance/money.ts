import {
  type AccountCode,
  type Book,
  cardAccount,
  credit,
  debit,
  fundAccount,
  type JournalDraft,
  type JournalId,
  personalAccount,
} from '../../core/ledger/contract.ts';
import { balances, firstOpenDay, openAccounts, post } from '../../core/ledger/index.ts';
import { assert } from '../../kernel/assert.ts';
import type { Id } from '../../kernel/identifiers.ts';
import { type Fen, zero } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import { officeTimeZone } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { By } from './moves.ts';

/** Personal accounts exist in the employees' medical fund only (国办发〔2021〕14号). */
export const accountBook: Book = 'medical-employee';

export const dayOf = (at: Temporal.Instant): Day => at.toZonedDateTimeISO(officeTimeZone).toPlainDate();

/** Locks cards as payments do (`lockCards`), so that none is paying while its money moves. */
export const lockMoney = (sql: Sql, card_ids: readonly string[]) =>
  sql.query('select 1 from issuance.chip_counters where card_id = any($1::uuid[]) order by card_id for no key update', [
    card_ids,
  ]);

/** Posts one journal on the first open day; a refusal would be a bug of the draft. */
export async function postOne(
  sql: Sql,
  draft: Omit<JournalDraft, 'business_date' | 'trace_id'>,
  by: By,
): Promise<JournalId> {
  const business_date = await firstOpenDay(sql, [accountBook], dayOf(by.at));
  const [result] = await post(sql, [{ ...draft, business_date, trace_id: by.trace_id as Id<string> }]);
  assert(result && result.outcome !== 'refused', `the ledger refuses ${draft.kind}`);
  return result.journal_id;
}

export type Ended = {
  readonly card_id: string;
  readonly person_id: string;
  readonly to_card: string | null;
  /** What the chip says it holds, when it could be read. */
  readonly chip_fen: Fen | null;
  /** How many days offline payments may still come in. */
  readonly wait_days: number;
};

/**
 * Moves the money of a card that ends: all of it, once for a card; to the successor's account, else to the personal one.
 * The carried row is written whether or not there was money, for offline payments may still come in.
 */
export async function carryMoney(sql: Sql, ended: Ended, by: By): Promise<void> {
  const from = cardAccount(accountBook, ended.card_id);
  const to = ended.to_card ? cardAccount(accountBook, ended.to_card) : personalAccount(accountBook, ended.person_id);
  const amount_fen = (await balances(sql, [from])).get(from)?.available_fen ?? zero;
  let journal_id: JournalId | null = null;
  if (amount_fen > 0n) {
    await openAccounts(sql, [{ account: to, opened_on: dayOf(by.at) }]);
    const postings = [debit(from, amount_fen), credit(to, amount_fen)];
    const key = `issuance-carry/${ended.card_id}`;
    journal_id = ended.to_card
      ? await postOne(sql, { key, kind: 'issuance.balance_carried', postings }, by)
      : await postOne(sql, { key, kind: 'issuance.balance_returned', postings }, by);
  }
  await sql.query(
    `insert into issuance.carried (from_card, to_card, amount_fen, chip_fen, expected_through, journal_id, trace_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ended.card_id,
      ended.to_card,
      amount_fen,
      ended.chip_fen,
      dayOf(by.at).add({ days: ended.wait_days }).toString(),
      journal_id,
      by.trace_id,
      by.at.toString(),
    ],
  );
}

/** The fee of an application in cash at the counter: held for the treasury, it is no income of the fund. */
export async function chargeFee(sql: Sql, application_id: string, fee_fen: Fen, by: By): Promise<void> {
  if (fee_fen === 0n) return;
  const cash = fundAccount(accountBook, '1001');
  const held = fundAccount(accountBook, '2001');
  await openAccounts(
    sql,
    [cash, held].map((account: AccountCode) => ({ account, opened_on: dayOf(by.at) })),
  );
  const postings = [debit(cash, fee_fen), credit(held, fee_fen)];
  await postOne(sql, { key: `issuance-fee/${application_id}`, kind: 'issuance.fee_charged', postings }, by);
}
