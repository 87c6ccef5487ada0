import { type Book, books, chart, type GlCode, isGlCode } from '../../core/ledger/contract.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { isId } from '../../platform/identity.ts';
import { lastClosedDay } from './close-day.ts';
import type { Statements, Voucher, VoucherDetail } from './contract.ts';
import { journalNames } from './journal-names.ts';
import { type Sum, statements } from './statements.rules.ts';

export const glName = (gl_code: string) =>
  isGlCode(gl_code) ? { zh: chart[gl_code].zh, en: chart[gl_code].en } : { zh: gl_code, en: gl_code };

/** Every book with the last day that is closed in it. */
export async function bookList(sql: Sql) {
  const closed_through = (await lastClosedDay(sql))?.toString() ?? null;
  return (Object.keys(books) as Book[]).map((book) => ({ book, name: books[book], closed_through }));
}

/** Business days with journals, newest first: the open ones, then the last closed ones. */
export async function dayList(sql: Sql, limit: number) {
  type Row = {
    business_date: string;
    closed_at: Date | null;
    closed_by: string | null;
    journals: number;
    vouchers: number;
    turnover_fen: Fen;
  };
  const last = (await lastClosedDay(sql))?.toString() ?? '-infinity';
  const rows = await sql.query<Row>(
    `select business_date, null::timestamptz as closed_at, null as closed_by, count(distinct journal_id)::int as journals,
       0 as vouchers, (sum(amount_fen) filter (where side = 'debit'))::bigint as turnover_fen
     from ledger.v_postings where business_date > $1 group by business_date
     union all select business_date, closed_at, closed_by, journals, vouchers, turnover_fen from finance.days
     order by business_date desc limit $2`,
    [last, limit],
  );
  return rows.map((row) => ({
    ...row,
    state: row.closed_at ? ('closed' as const) : ('open' as const),
    closed_at: row.closed_at?.toISOString() ?? null,
    turnover_fen: String(row.turnover_fen),
  }));
}

type VoucherRow = Omit<Voucher, 'name' | 'amount_fen'> & { amount_fen: Fen };

const voucherColumns = 'voucher_id, book, year, number, business_date, kind, journals, amount_fen';
const toVoucher = (row: VoucherRow): Voucher => ({
  ...row,
  name: journalNames(row.kind),
  amount_fen: String(row.amount_fen),
});

export type VoucherSearch = {
  readonly book: string | null;
  readonly date: string | null;
  readonly after: string | null;
  readonly limit: number;
};

/** Vouchers, newest first. */
export async function findVouchers(sql: Sql, { book, date, after, limit }: VoucherSearch) {
  const rows = await sql.query<VoucherRow>(
    `select ${voucherColumns} from finance.vouchers
     where ($1::text is null or book = $1) and ($2::date is null or business_date = $2)
       and ($3::uuid is null or voucher_id < $3)
     order by voucher_id desc limit $4`,
    [book, date, after && isId(after) ? after : null, limit + 1],
  );
  const items = rows.slice(0, limit).map(toVoucher);
  return { items, next: rows.length > limit ? (items.at(-1)?.voucher_id ?? null) : null };
}

type LineRow = {
  line_id: string;
  line: number;
  gl_code: string;
  side: 'debit' | 'credit';
  amount_fen: Fen;
  journals: number;
};

export async function voucherDetail(sql: Sql, voucher_id: string): Promise<VoucherDetail | null> {
  const [row] = await sql.query<VoucherRow>(`select ${voucherColumns} from finance.vouchers where voucher_id = $1`, [
    voucher_id,
  ]);
  if (!row) return null;
  const lines = await sql.query<LineRow>(
    `select line_id, line, gl_code, side, amount_fen, journals from finance.voucher_lines where voucher_id = $1 order by line`,
    [voucher_id],
  );
  return {
    ...toVoucher(row),
    lines: lines.map(({ gl_code, amount_fen, ...line }) => ({
      ...line,
      gl_account: gl_code,
      name: glName(gl_code),
      amount_fen: String(amount_fen),
    })),
  };
}

type SumRow = { gl_code: GlCode; side: 'debit' | 'credit'; opening: boolean; amount_fen: Fen };

/**
 * The statements of a book from 1 January through a day: closed days from the vouchers, which are few, open ones from the
 * postings. Balances that were taken over (`ledger.opening`) count as opening.
 */
export async function statementsOf(sql: Sql, book: Book, through: Day): Promise<Statements> {
  const from = through.with({ month: 1, day: 1 }).toString();
  const last = (await lastClosedDay(sql))?.toString() ?? '-infinity';
  const sums: readonly Sum[] = await sql.query<SumRow>(
    `select gl_code, side, business_date < $3 or kind = 'ledger.opening' as opening, sum(amount_fen)::bigint as amount_fen
     from (
       select gl_code, side, business_date, kind, amount_fen from finance.v_voucher_lines
       where book = $1 and business_date <= $2
       union all
       select gl_code, side, business_date, kind, amount_fen from ledger.v_postings
       where book = $1 and business_date <= $2 and business_date > $4) posted
     group by 1, 2, 3`,
    [book, through.toString(), from, last],
  );
  const [open] = await sql.query<{ some: boolean }>(
    'select exists (select from ledger.v_postings where book = $1 and business_date > $2 and business_date <= $3) as some',
    [book, last, through.toString()],
  );
  return statements(sums, { book, from, through: through.toString(), all_days_closed: !open?.some });
}
