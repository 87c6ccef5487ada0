import { defined } from '../../kernel/assert.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { type AccountCode, mayOverdraw, normalSide, parseAccountCode } from './contract.ts';

export type AccountOpening = { readonly account: AccountCode; readonly opened_on: Day };

/** From this many new rows on, statistics are made at once: plans made for empty tables would read full ones whole. */
const bulk = 1000;

/** Opens accounts that do not exist yet; the others stay as they are. Returns how many are new. */
export async function openAccounts(sql: Sql, rows: readonly AccountOpening[]): Promise<number> {
  const accounts = rows.map(({ account, opened_on }) => {
    const parts = defined(parseAccountCode(account), `account of the chart: ${account}`);
    return { ...parts, opened_on: opened_on.toString() };
  });
  const opened = await sql.query<{ account_id: bigint }>(
    `with opened as (
       insert into ledger.accounts (book, gl_code, owner, normal_side, may_overdraw, opened_on)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::"char"[], $5::boolean[], $6::date[])
       on conflict (code) do nothing
       returning account_id, normal_side, may_overdraw)
     insert into ledger.balances (account_id, normal_side, may_overdraw) select * from opened returning account_id`,
    [
      accounts.map((a) => a.book),
      accounts.map((a) => a.gl_code),
      accounts.map((a) => a.owner),
      accounts.map((a) => (normalSide(a.gl_code) === 'debit' ? 'D' : 'C')),
      accounts.map((a) => mayOverdraw(a.gl_code)),
      accounts.map((a) => a.opened_on),
    ],
  );
  if (opened.length >= bulk) await sql.query('analyze ledger.accounts, ledger.balances');
  return opened.length;
}
