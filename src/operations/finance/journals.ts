import type { AccountCode } from '../../core/ledger/contract.ts';
import { parseAccountCode } from '../../core/ledger/contract.ts';
import { statement } from '../../core/ledger/index.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import { isId } from '../../platform/identity.ts';
import { glName } from './books.ts';
import type { JournalDetail, LedgerAccountStatement } from './contract.ts';
import { generalLedger } from './general-ledger.ts';
import { journalNames } from './journal-names.ts';

type Page = { readonly after: string | null; readonly limit: number };

type SummaryRow = {
  journal_id: string;
  kind: string;
  business_date: string;
  at: Date;
  trace_id: string;
  amount_fen: Fen;
  settlement_no: string | null;
  payment_id: string | null;
};

const toSummary = (row: SummaryRow) => ({
  ...row,
  name: journalNames(row.kind),
  at: row.at.toISOString(),
  amount_fen: String(row.amount_fen),
});

/** The payment in whose course a journal was written, if any. */
const paymentOfTrace = `left join lateral (
  select payment_id, settlement_no from payment.v_payments where v_payments.trace_id = v.trace_id
  order by journal_id is not distinct from v.journal_id desc, settlement_no is null limit 1) p on true`;

/** The journals behind a voucher line, each with its part of the line; null when there is no such line. */
export async function journalsOfLine(sql: Sql, line_id: string, { after, limit }: Page) {
  const [line] = await sql.query<{ voucher_id: string; book: string; gl_code: string; side: string }>(
    'select voucher_id, book, gl_code, side from finance.v_voucher_lines where line_id = $1',
    [line_id],
  );
  if (!line) return null;
  const rows = await sql.query<SummaryRow>(
    `select v.*, p.payment_id, p.settlement_no
     from (
       select v.journal_id, v.kind, v.business_date, v.recorded_at as at, v.trace_id, sum(v.amount_fen)::bigint as amount_fen
       from finance.v_voucher_journals j join ledger.v_postings v using (journal_id)
       where j.voucher_id = $1 and v.book = $2 and v.gl_code = $3 and v.side = $4 and ($5::uuid is null or j.journal_id > $5)
       group by 1, 2, 3, 4, 5 order by v.journal_id limit $6) v
     ${paymentOfTrace} order by v.journal_id`,
    [line.voucher_id, line.book, line.gl_code, line.side, after && isId(after) ? after : null, limit + 1],
  );
  const items = rows.slice(0, limit).map(toSummary);
  return { items, next: rows.length > limit ? (items.at(-1)?.journal_id ?? null) : null };
}

type PostingRow = {
  book: string;
  gl_code: string;
  account: string;
  side: 'debit' | 'credit';
  amount_fen: Fen;
  kind: string;
  business_date: string;
  at: Date;
  trace_id: string;
  reverses: string | null;
};
type LineRow = { line_id: string; voucher_id: string; book: string; year: number; number: number };

/** A journal with its postings and the voucher lines it went into; null when there is none. */
export async function journalDetail(sql: Sql, journal_id: string): Promise<JournalDetail | null> {
  const postings = await sql.query<PostingRow>(
    `select book, gl_code, account, side, amount_fen, kind, business_date, recorded_at as at, trace_id, reverses
     from ledger.v_postings where journal_id = $1 order by line`,
    [journal_id],
  );
  const [first] = postings;
  if (!first) return null;
  const [links] = await sql.query<{
    payment_id: string | null;
    settlement_no: string | null;
    reversed_by: string | null;
  }>(
    `select p.payment_id, p.settlement_no,
       (select r.journal_id from ledger.v_postings r where r.reverses = v.journal_id limit 1) as reversed_by
     from (select $1::uuid as journal_id, $2::uuid as trace_id) v ${paymentOfTrace}`,
    [journal_id, first.trace_id],
  );
  const voucher_lines = await sql.query<LineRow>(
    `select distinct l.line_id, l.voucher_id, l.book, l.year, l.number
     from finance.v_voucher_journals j join finance.v_voucher_lines l using (voucher_id)
     join ledger.v_postings v on v.journal_id = j.journal_id and v.book = l.book and v.gl_code = l.gl_code and v.side = l.side
     where j.journal_id = $1`,
    [journal_id],
  );
  const debits = postings.filter(({ side }) => side === 'debit').reduce((sum, row) => sum + row.amount_fen, 0n);
  const { kind, business_date, at, trace_id, reverses } = first;
  return {
    journal_id,
    kind,
    name: journalNames(kind),
    business_date,
    at: at.toISOString(),
    trace_id,
    amount_fen: String(debits),
    settlement_no: links?.settlement_no ?? null,
    payment_id: links?.payment_id ?? null,
    reverses,
    reversed_by: links?.reversed_by ?? null,
    postings: postings.map(({ book, gl_code, account, side, amount_fen }) => ({
      book,
      gl_account: gl_code,
      name: glName(gl_code),
      account,
      side,
      amount_fen: String(amount_fen),
    })),
    voucher_lines,
  };
}

/**
 * One ledger account, newest line first; or, for the code of a statement's line, all accounts under it together. Null
 * when there is neither.
 */
export async function accountStatement(
  sql: Sql,
  code: string,
  { after, limit }: Page,
  as_of: Temporal.Instant,
): Promise<LedgerAccountStatement | null> {
  const parts = parseAccountCode(code);
  if (!parts) return null;
  const head = { account: code, book: parts.book, gl_account: parts.gl_code, name: glName(parts.gl_code) };
  const page = await statement(sql, code as AccountCode, { limit, ...(after ? { after } : {}) });
  if (!page) {
    const all = parts.owner ? null : await generalLedger(sql, parts, { after, limit });
    return all && { ...head, balance_fen: String(all.balance_fen), as_of: as_of.toString(), lines: all.lines };
  }
  const [balance] = await sql.query<{ balance_fen: Fen }>(
    'select balance_fen from ledger.v_balances where account = $1',
    [code],
  );
  return {
    ...head,
    balance_fen: String(balance?.balance_fen ?? 0n),
    as_of: as_of.toString(),
    lines: {
      items: page.lines.map(({ recorded_at, line, memo: _, ...row }) => ({
        ...row,
        line_id: `${row.journal_id}/${line}`,
        name: journalNames(row.kind),
        at: recorded_at,
      })),
      next: page.next,
    },
  };
}
