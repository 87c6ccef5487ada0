import { type Book, books } from '../../core/ledger/contract.ts';
import { closeThrough } from '../../core/ledger/index.ts';
import { type Day, day, isBefore } from '../../kernel/time.ts';
import type { Database, Sql } from '../../platform/database/index.ts';
import type { CloseResult } from './contract.ts';

/**
 * Every open day through $1 becomes vouchers, in one pass over its postings: one voucher for each book, day and kind of
 * journal, one line for each general-ledger code and side, numbers going on from the last of the book's year.
 */
const writeVouchers = `
with sums as materialized (
  select business_date, book, kind, gl_code, side, journal_id, sum(amount_fen)::bigint as amount_fen
  from ledger.v_postings where business_date > $2 and business_date <= $1 group by 1, 2, 3, 4, 5, 6),
heads as materialized (
  select uuidv7() as voucher_id, book, extract(year from business_date)::smallint as year, business_date, kind,
    count(distinct journal_id) as journals, sum(amount_fen) filter (where side = 'debit') as amount_fen
  from sums group by business_date, book, kind),
numbered as (
  select heads.*, coalesce(last.number, 0) + row_number() over (partition by book, year order by business_date, kind) as number
  from heads
  left join (select book, year, max(number) as number from finance.vouchers group by book, year) last using (book, year)),
days as (
  insert into finance.days (business_date, closed_at, closed_by, journals, vouchers, turnover_fen)
  select business_date, now(), $3, coalesce(posted.journals, 0), coalesce(made.vouchers, 0), coalesce(made.turnover_fen, 0)
  from (select $1::date as business_date union select business_date from heads) closing
  left join (select business_date, count(distinct journal_id) as journals from sums group by 1) posted using (business_date)
  left join (select business_date, count(*) as vouchers, sum(amount_fen) as turnover_fen from heads group by 1) made
    using (business_date)
  returning journals),
vouchers as (
  insert into finance.vouchers (voucher_id, book, year, number, business_date, kind, journals, amount_fen)
  select voucher_id, book, year, number, business_date, kind, journals, amount_fen from numbered
  returning voucher_id),
lines as (
  insert into finance.voucher_lines (line_id, voucher_id, line, gl_code, side, amount_fen, journals)
  select uuidv7(), voucher_id, row_number() over (partition by voucher_id order by side desc, gl_code), gl_code, side,
    sum(sums.amount_fen), count(distinct journal_id)
  from sums join heads using (book, business_date, kind) group by voucher_id, gl_code, side),
gathered as (
  insert into finance.voucher_journals (voucher_id, journal_id)
  select distinct voucher_id, journal_id from sums join heads using (book, business_date, kind))
select (select count(*)::int from vouchers) as vouchers, (select coalesce(sum(journals), 0)::int from days) as journals`;

/**
 * 日结: closes a business day and every open day before it, and makes their vouchers. Two transactions, so that payments
 * wait for the first only, which is short. When the second is lost, closing the day again makes what is missing; closing
 * a closed day does nothing. `record` runs in the second, with its result.
 */
export async function closeDay(
  database: Database,
  { date, by }: { readonly date: Day; readonly by: string },
  record: (sql: Sql, result: CloseResult) => Promise<void> = async () => {},
): Promise<CloseResult> {
  await database.transaction((sql) => closeBooks(sql, date));
  return database.transaction(async (sql) => {
    const result = await makeVouchers(sql, date, by);
    await record(sql, result);
    return result;
  });
}

/**
 * Once this is committed the ledger takes no journal for the day: what comes late is booked on the next open day, so a
 * voucher is complete when it is written.
 */
export async function closeBooks(sql: Sql, date: Day): Promise<void> {
  for (const book of Object.keys(books) as Book[]) await closeThrough(sql, { book, through: date });
}

/** Vouchers of days whose books are closed. One at a time: numbers go on from the last of the book's year. */
async function makeVouchers(sql: Sql, date: Day, by: string): Promise<CloseResult> {
  await sql.query(`select pg_advisory_xact_lock(hashtext('finance.days'))`);
  const last = await lastClosedDay(sql);
  if (last && !isBefore(last, date))
    return { business_date: date.toString(), outcome: 'nothing_to_do', vouchers: 0, journals: 0 };
  const [written] = await sql.query<{ vouchers: number; journals: number }>(writeVouchers, [
    date.toString(),
    last?.toString() ?? '-infinity',
    by,
  ]);
  return { business_date: date.toString(), outcome: 'closed', vouchers: 0, journals: 0, ...written };
}

/** The last day whose vouchers are written; null before the first day-end. */
export async function lastClosedDay(sql: Sql): Promise<Day | null> {
  const [row] = await sql.query<{ last: string | null }>('select max(business_date) as last from finance.days');
  return row?.last ? day(row.last) : null;
}
