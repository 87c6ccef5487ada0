import {
  type AccountCode,
  cardAccount,
  credit,
  debit,
  fundAccount,
  institutionPayable,
  type Posting,
  personalAccount,
} from '../../core/ledger/contract.ts';
import { balances, openAccounts } from '../../core/ledger/index.ts';
import { screen } from '../../core/screening/index.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import { add, type Fen, least, subtract, zero } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { type Bearer, lateTapBearer } from './late-taps.rules.ts';
import { accountBook, dayOf, lockMoney, postOne } from './money.ts';
import { type By, lockCard } from './moves.ts';

export type LateTap = {
  readonly card_id: string;
  readonly terminal_id: string;
  /** The terminal's own count of its purchases: with it, one tap is booked once. */
  readonly terminal_serial: number;
  readonly institution_code: string;
  readonly amount_fen: Fen;
  readonly tapped_at: Temporal.Instant;
  readonly list_version: number;
};

/**
 * Books an offline payment of a card that was stopped or has ended. The holder's part comes from wherever the card's money
 * is now: its own account, the successor's unless that chip holds it already, the personal account; what is missing, and
 * what the agency bears, the fund advances and recovers. What the institution bears is not booked: it is paid nothing.
 * The same tap again gets the same answer. Refusals: issuance.card_unknown, issuance.tap_differs.
 */
export async function bookLateTap(
  sql: Sql,
  tap: LateTap,
  terms: { readonly refresh_days: number },
  by: By,
): Promise<Decision<Bearer>> {
  await lockMoney(sql, [tap.card_id]);
  const card = await lockCard(sql, tap.card_id);
  if (!card) return refuse('issuance.card_unknown');
  const [earlier] = await sql.query<{ bearer: Bearer; same: boolean }>(
    `select bearer, card_id = $3 and amount_fen = $4 and institution_code = $5 as same from issuance.late_taps
     where terminal_id = $1 and terminal_serial = $2`,
    [tap.terminal_id, tap.terminal_serial, tap.card_id, tap.amount_fen, tap.institution_code],
  );
  if (earlier) return earlier.same ? grant(earlier.bearer) : refuse('issuance.tap_differs');
  const entry = (await screen(sql, [card.account_number])).get(card.account_number);
  const listed = entry
    ? { since: Temporal.Instant.fromEpochMilliseconds(entry.since.getTime()), version: Number(entry.version) }
    : null;
  const { tapped_at, list_version } = tap;
  const bearer = lateTapBearer({ tapped_at, list_version, listed, refresh_days: terms.refresh_days });
  const journal_id = bearer === 'institution' ? null : await book(sql, tap, bearer, card.person_id, by);
  await sql.query(
    `insert into issuance.late_taps (tap_id, card_id, terminal_id, terminal_serial, institution_code, amount_fen,
       tapped_at, list_version, bearer, journal_id, trace_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      newId(),
      tap.card_id,
      tap.terminal_id,
      tap.terminal_serial,
      tap.institution_code,
      tap.amount_fen,
      tapped_at.toString(),
      list_version,
      bearer,
      journal_id,
      by.trace_id,
      by.at.toString(),
    ],
  );
  await sql.query('update issuance.carried set came_fen = came_fen + $2 where from_card = $1', [
    tap.card_id,
    tap.amount_fen,
  ]);
  return grant(bearer);
}

async function book(sql: Sql, tap: LateTap, bearer: Bearer, person_id: string, by: By) {
  const sources = bearer === 'holder' ? await moneyOf(sql, tap.card_id, person_id) : [];
  const held = await balances(sql, sources);
  const owed = institutionPayable(accountBook, tap.institution_code);
  const pending = fundAccount(accountBook, '3001.99');
  const spent = fundAccount(accountBook, '5001.03');
  const advanced = fundAccount(accountBook, '1101');
  await openAccounts(
    sql,
    [owed, pending, spent, advanced].map((account) => ({ account, opened_on: dayOf(by.at) })),
  );
  const postings: Posting[] = [];
  let left = tap.amount_fen;
  for (const account of sources) {
    const part = least(left, held.get(account)?.available_fen ?? zero);
    if (part <= 0n) continue;
    postings.push(debit(account, part));
    left = subtract(left, part);
  }
  const paid = subtract(tap.amount_fen, left);
  if (paid > 0n) postings.push(credit(pending, paid), debit(spent, paid));
  if (left > 0n) postings.push(debit(advanced, left));
  postings.push(credit(owed, add(paid, left)));
  const key = `issuance-tap/${tap.terminal_id}/${tap.terminal_serial}`;
  return postOne(sql, { key, kind: 'issuance.late_tap_booked', postings }, by);
}

/** Where the money of a card lies now, in the order in which it is taken. */
async function moneyOf(sql: Sql, card_id: string, person_id: string): Promise<AccountCode[]> {
  const [carried] = await sql.query<{ to_card: string | null; on_chip: boolean }>(
    'select to_card, on_chip_at is not null as on_chip from issuance.carried where from_card = $1',
    [card_id],
  );
  const successor = carried?.to_card && !carried.on_chip ? [cardAccount(accountBook, carried.to_card)] : [];
  return [cardAccount(accountBook, card_id), ...successor, personalAccount(accountBook, person_id)];
}

/** What the chip of a successor still has to take up: what its account holds now; null when there is nothing. */
export async function moneyToTakeUp(sql: Sql, to_card: string): Promise<Fen | null> {
  const waiting = await sql.query(
    'select 1 from issuance.carried where to_card = $1 and on_chip_at is null and amount_fen > 0',
    [to_card],
  );
  if (waiting.length === 0) return null;
  const account = cardAccount(accountBook, to_card);
  const held = (await balances(sql, [account])).get(account)?.available_fen ?? zero;
  return held > 0n ? held : null;
}

/** The successor's chip holds the money now, and this is the least load counter the centre expects of it. */
export async function moneyTakenUp(sql: Sql, to_card: string, load_sequence: number, by: By): Promise<void> {
  await sql.query('update issuance.carried set on_chip_at = $2 where to_card = $1 and on_chip_at is null', [
    to_card,
    by.at.toString(),
  ]);
  await sql.query('update issuance.chip_counters set load_sequence = greatest(load_sequence, $2) where card_id = $1', [
    to_card,
    load_sequence,
  ]);
}
