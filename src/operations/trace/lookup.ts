import type Type from 'typebox';
import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import { journalNames } from '../finance/contract.ts';
import { type PaymentKind, paymentKindNames } from '../payment/contract.ts';
import type { TraceList, TraceLookup } from './contract.ts';

type Item = Type.Static<typeof TraceList>['items'][number];
const most = 100;

/** The way back: traces behind a voucher line, a journal, a settlement or a payment; without any, the newest. */
export async function findTraces(sql: Sql, by: Type.Static<typeof TraceLookup>): Promise<Item[]> {
  if (by.voucher_line) return journalTraces(sql, await journalsOfLine(sql, by.voucher_line));
  if (by.journal) return journalTraces(sql, [by.journal]);
  return paymentTraces(sql, by.settlement ?? null, by.payment ?? null);
}

async function journalsOfLine(sql: Sql, line_id: string): Promise<string[]> {
  const rows = await sql.query<{ journal_id: string }>(
    `select distinct v.journal_id from finance.v_voucher_lines l join finance.v_voucher_journals j using (voucher_id)
     join ledger.v_postings v on v.journal_id = j.journal_id and v.book = l.book and v.gl_code = l.gl_code and v.side = l.side
     where l.line_id = $1 order by v.journal_id limit $2`,
    [line_id, most],
  );
  return rows.map(({ journal_id }) => journal_id);
}

type JournalRow = {
  trace_id: string;
  at: Date;
  kind: string;
  amount_fen: Fen;
  payment_id: string | null;
  settlement_no: string | null;
  state: string | null;
};

async function journalTraces(sql: Sql, journal_ids: readonly string[]): Promise<Item[]> {
  const rows = await sql.query<JournalRow>(
    `select v.trace_id, v.at, v.kind, v.amount_fen, p.payment_id, p.settlement_no, p.state
     from (
       select journal_id, trace_id, recorded_at as at, kind, (sum(amount_fen) filter (where side = 'debit'))::bigint as amount_fen
       from ledger.v_postings where journal_id = any($1::uuid[]) group by 1, 2, 3, 4) v
     left join lateral (
       select payment_id, settlement_no, state from payment.v_payments where v_payments.trace_id = v.trace_id
       order by journal_id is not distinct from v.journal_id desc limit 1) p on true
     order by v.journal_id`,
    [journal_ids],
  );
  return rows.map(({ at, kind, amount_fen, state, ...row }) => ({
    ...row,
    at: at.toISOString(),
    what: journalNames(kind),
    amount_fen: String(amount_fen),
    state: state ?? 'posted',
  }));
}

type PaymentRow = {
  trace_id: string;
  at: Date;
  kind: PaymentKind;
  amount_fen: Fen;
  payment_id: string;
  settlement_no: string | null;
  state: string;
};

async function paymentTraces(sql: Sql, settlement_no: string | null, payment_id: string | null): Promise<Item[]> {
  const rows = await sql.query<PaymentRow>(
    `select trace_id, at, kind, amount_fen, payment_id, settlement_no, state from payment.v_payments
     where ($1::text is null or settlement_no = $1) and ($2::uuid is null or payment_id = $2)
     order by payment_id desc limit $3`,
    [settlement_no, payment_id, most],
  );
  return rows.map(({ at, kind, amount_fen, ...row }) => ({
    ...row,
    at: at.toISOString(),
    what: paymentKindNames[kind],
    amount_fen: String(amount_fen),
  }));
}
