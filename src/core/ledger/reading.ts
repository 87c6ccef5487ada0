import { add, type Fen, subtract, zero } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import {
  type AccountCode,
  type Balance,
  type Book,
  type GlCode,
  normalSide,
  type StatementPage,
  type TrialBalance,
} from './contract.ts';

/** Balances of the accounts that exist, in no order. */
export async function balances(sql: Sql, codes: readonly AccountCode[]): Promise<Map<AccountCode, Balance>> {
  const rows = await sql.query<Omit<Balance, 'available_fen'>>(
    `select account, debit_fen, credit_fen, held_fen, balance_fen from ledger.v_balances
     where account = any($1::text[])`,
    [codes],
  );
  return new Map(rows.map((row) => [row.account, { ...row, available_fen: subtract(row.balance_fen, row.held_fen) }]));
}

type StatementRow = {
  journal_id: string;
  line: number;
  business_date: string;
  recorded_at: Date;
  kind: string;
  memo: string;
  trace_id: string;
  side: 'debit' | 'credit';
  amount_fen: Fen;
  balance_fen: Fen;
};

/**
 * One page of an account's postings, newest first, each with the balance after it; null when there is no such account.
 * `after` is the `next` of the page before. Balances are counted back from today's, so that each page is exact even
 * while others post.
 */
export async function statement(
  sql: Sql,
  account: AccountCode,
  page: { readonly limit: number; readonly after?: string },
): Promise<StatementPage | null> {
  const { after = 'ffffffff-ffff-ffff-ffff-ffffffffffff/0', limit } = page;
  const [journal_id, line] = after.split('/');
  const [known] = await sql.query<{ account_id: bigint }>('select account_id from ledger.accounts where code = $1', [
    account,
  ]);
  if (!known) return null;
  const rows = await sql.query<StatementRow>(
    `with here as (
       select normal_side, case normal_side when 'D' then debit_fen - credit_fen else credit_fen - debit_fen end
         - coalesce((select sum(case p.side when b.normal_side then amount_fen else -amount_fen end)
             from ledger.postings p where p.account_id = b.account_id and (p.journal_id, p.line) >= ($2::uuid, $3::int)), 0)
         as balance_fen
       from ledger.balances b where account_id = $1),
     page as (
       select journal_id, line, side, amount_fen from ledger.postings
       where account_id = $1 and (journal_id, line) < ($2::uuid, $3::int)
       order by journal_id desc, line desc limit $4)
     select journal_id, line, business_date, recorded_at, kind, memo, trace_id, amount_fen,
       case side when 'D' then 'debit' else 'credit' end as side,
       (here.balance_fen - coalesce(sum(case side when here.normal_side then amount_fen else -amount_fen end)
         over (order by journal_id desc, line desc rows between unbounded preceding and 1 preceding), 0))::bigint
         as balance_fen
     from page join ledger.journals using (journal_id), here
     order by journal_id desc, line desc`,
    [known.account_id, journal_id, line, limit + 1],
  );
  const lines = rows.slice(0, limit).map((row) => ({
    ...row,
    recorded_at: row.recorded_at.toISOString(),
    amount_fen: String(row.amount_fen),
    balance_fen: String(row.balance_fen),
  }));
  const last = lines.at(-1);
  return { lines, next: rows.length > limit && last ? `${last.journal_id}/${last.line}` : null };
}

/**
 * Trial balance (试算平衡) of a book by general-ledger code, at the end of `through`: today's balances less what was
 * posted for later days, which are few.
 */
export async function trialBalance(
  sql: Sql,
  request: { readonly book: Book; readonly through: Day },
): Promise<TrialBalance> {
  const sums = await sql.query<{ gl_code: GlCode; debit_fen: Fen; credit_fen: Fen }>(
    `with later as (
       select account_id, sum(amount_fen) filter (where side = 'D') as debit_fen,
         sum(amount_fen) filter (where side = 'C') as credit_fen
       from ledger.journals join ledger.postings using (journal_id) where business_date > $2 group by account_id)
     select gl_code, sum(b.debit_fen - coalesce(later.debit_fen, 0))::bigint as debit_fen,
       sum(b.credit_fen - coalesce(later.credit_fen, 0))::bigint as credit_fen
     from ledger.accounts join ledger.balances b using (account_id) left join later using (account_id)
     where book = $1 group by gl_code order by gl_code`,
    [request.book, request.through.toString()],
  );
  const rows = sums.map((row) => ({
    ...row,
    balance_fen:
      normalSide(row.gl_code) === 'debit'
        ? subtract(row.debit_fen, row.credit_fen)
        : subtract(row.credit_fen, row.debit_fen),
  }));
  const total = (side: 'debit_fen' | 'credit_fen') => rows.reduce((sum, row) => add(sum, row[side]), zero);
  return { book: request.book, rows, debit_fen: total('debit_fen'), credit_fen: total('credit_fen') };
}
