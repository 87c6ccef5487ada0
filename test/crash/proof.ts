import { type Book, books, cardAccount } from '../../src/core/ledger/contract.ts';
import { balances, trialBalance, verify } from '../../src/core/ledger/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Sql } from '../../src/platform/database/index.ts';
import { chipBalance } from '../journeys/support/till.ts';
import type { Attempt } from './load.ts';
import type { Counter } from './town.ts';

type Row = {
  readonly trace_id: string;
  readonly kind: 'purchase' | 'load';
  readonly state: string;
  readonly amount_fen: bigint;
  readonly settlement_no: string | null;
  readonly tombstone: boolean;
  /** Journals of this payment in the ledger, and journals that take it back. */
  readonly journals: bigint;
  readonly taken_back: bigint;
};

export type Proof = {
  /** What terminals, centre, books and chips do not agree on; empty is what must be. */
  readonly differences: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
};

/** The terminal began nothing: it could not sign in, or had to take back what came before. */
const turnedAway: ReadonlySet<string> = new Set(['terminal.sign_in_failed', 'terminal.reversal_waiting']);

/** Holds what the terminals reported against the centre's payments, the ledger, the settlements and the chips. */
export async function prove(sql: Sql, counters: readonly Counter[], attempts: readonly Attempt[]): Promise<Proof> {
  const rows = await paymentRows(sql);
  const in_force = rows.filter(({ state }) => state === 'approved' || state === 'chip_confirmed');
  const reversed = rows.filter(({ state }) => state === 'reversed');
  return {
    differences: [
      ...attemptDifferences(attempts, rows),
      ...rows.flatMap(rowDifferences),
      ...(await settlementDifferences(sql, in_force)),
      ...(await bookDifferences(sql)),
      ...(await chipDifferences(sql, counters)),
      ...(await openDifferences(sql)),
    ],
    counts: {
      paid: attempts.filter(({ outcome }) => outcome === 'paid').length,
      paid_with_bill: attempts.filter(({ outcome, settlement_no }) => outcome === 'paid' && settlement_no).length,
      cut_off: attempts.filter(({ outcome }) => outcome !== 'paid' && !turnedAway.has(outcome)).length,
      turned_away: attempts.filter(({ outcome }) => turnedAway.has(outcome)).length,
      loads: in_force.filter(({ kind }) => kind === 'load').length,
      reversed: reversed.filter(({ tombstone }) => !tombstone).length,
      reversed_before_they_came: reversed.filter(({ tombstone }) => tombstone).length,
      declined: rows.filter(({ state }) => state === 'declined').length,
    },
  };
}

const paymentRows = (sql: Sql): Promise<Row[]> =>
  sql.query<Row>(
    `select trace_id, kind, state, amount_fen, settlement_no, tombstone,
       (select count(*) from ledger.journals j where j.idempotency_key = 'payment/' || place) as journals,
       (select count(*) from ledger.journals j where j.idempotency_key = 'payment-reversal/' || place) as taken_back
     from payment.v_payments,
       concat_ws('/', terminal_id, batch_no, trace_no, local_date, kind) as place`,
  );

/** Paid at the terminal: once at the centre, for this amount and bill. Not paid: nothing that is in force. */
function attemptDifferences(attempts: readonly Attempt[], rows: readonly Row[]): string[] {
  const byTrace = Map.groupBy(
    rows.filter(({ kind }) => kind === 'purchase'),
    ({ trace_id }) => trace_id,
  );
  const known = new Set(attempts.map(({ trace_id }) => trace_id));
  const strangers = rows.filter(({ trace_id }) => !known.has(trace_id));
  return [
    ...attempts.flatMap(({ trace_id, outcome, amount_fen, settlement_no }) => {
      const here = (byTrace.get(trace_id) ?? []).filter(({ state }) => state !== 'declined' && state !== 'reversed');
      if (outcome !== 'paid') return here.map(({ state }) => `${trace_id}: not paid (${outcome}), but ${state}`);
      const [payment] = here;
      if (here.length !== 1 || !payment) return [`${trace_id}: paid at the terminal, ${here.length} at the centre`];
      const same = String(payment.amount_fen) === amount_fen && payment.settlement_no === settlement_no;
      // Every terminal has settled, so the chip's word must have come for each of them.
      return same && payment.state === 'chip_confirmed' ? [] : [`${trace_id}: paid, but other or ${payment.state}`];
    }),
    ...strangers.map(({ trace_id, kind }) => `${trace_id}: a ${kind} of which no terminal knows`),
  ];
}

/** Each payment in force has one journal; each reversed one has none, or one and its opposite. */
function rowDifferences({ trace_id, kind, state, journals, taken_back, tombstone }: Row): string[] {
  const booked = state === 'approved' || state === 'chip_confirmed' || (state === 'reversed' && !tombstone) ? 1n : 0n;
  const back = state === 'reversed' ? booked : 0n;
  const right = journals === booked && taken_back === back && state !== 'approved';
  return right ? [] : [`${trace_id}: ${kind} ${state}, booked ${journals} times, taken back ${taken_back} times`];
}

/** A bill is settled by card exactly when one payment with its number is in force; institutions are owed what was paid. */
async function settlementDifferences(sql: Sql, in_force: readonly Row[]): Promise<string[]> {
  const settled = await sql.query<{ settlement_no: string; fund_fen: bigint; account_fen: bigint }>(
    `select settlement_no, fund_fen, account_fen from medical.v_settlements where state = 'settled'`,
  );
  const purchases = in_force.filter(({ kind }) => kind === 'purchase');
  const paid = purchases.flatMap(({ settlement_no }) => settlement_no ?? []).sort();
  const completed = settled.flatMap((bill) => (bill.account_fen > 0n ? bill.settlement_no : [])).sort();
  const [owed] = await sql.query<{ fen: bigint }>(
    `select coalesce(sum(balance_fen), 0)::bigint as fen from ledger.v_balances where gl_code = '2001.01'`,
  );
  const due = sum(settled.map(({ fund_fen }) => fund_fen)) + sum(purchases.map(({ amount_fen }) => amount_fen));
  return [
    ...(paid.join() === completed.join() ? [] : [`bills paid ${paid}, bills completed ${completed}`]),
    ...(owed?.fen === due ? [] : [`institutions are owed ${owed?.fen}, funds and cards paid ${due}`]),
  ];
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

async function bookDifferences(sql: Sql): Promise<string[]> {
  const { ok, faults } = await verify(sql);
  const wrong = ok ? [] : faults.map(({ what, where }) => `ledger: ${what} at ${where}`);
  for (const book of Object.keys(books) as Book[]) {
    const { debit_fen, credit_fen } = await trialBalance(sql, { book, through: systemClock.today() });
    if (debit_fen !== credit_fen) wrong.push(`${book}: debits ${debit_fen}, credits ${credit_fen}`);
  }
  return wrong;
}

async function chipDifferences(sql: Sql, counters: readonly Counter[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { chip, card_id, card_number } of counters) {
    const account = cardAccount('medical-employee', card_id);
    const in_books = (await balances(sql, [account])).get(account)?.balance_fen;
    const on_chip = await chipBalance(chip);
    if (in_books !== on_chip) wrong.push(`card ${card_number}: chip ${on_chip}, books ${in_books}`);
  }
  return wrong;
}

/** Nothing was put aside for a person to look at. */
async function openDifferences(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ kind: string; trace_id: string }>('select kind, trace_id from payment.v_differences');
  return rows.map(({ kind, trace_id }) => `${trace_id}: ${kind}`);
}
