import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { LedgerAccountStatement } from './contract.ts';
import { journalNames } from './journal-names.ts';

type Row = {
  journal_id: string;
  line: number;
  kind: string;
  business_date: string;
  recorded_at: Date;
  side: 'debit' | 'credit';
  amount_fen: Fen;
  trace_id: string | null;
};

const newest = 'ffffffff-ffff-ffff-ffff-ffffffffffff/0';

/** One page of a statement line's postings (明细账): those of every ledger account under the code, newest first. */
export async function generalLedger(
  sql: Sql,
  { book, gl_code }: { readonly book: string; readonly gl_code: string },
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<{ readonly balance_fen: Fen; readonly lines: LedgerAccountStatement['lines'] } | null> {
  const [sum] = await sql.query<{ balance_fen: Fen | null }>(
    'select sum(balance_fen)::bigint as balance_fen from ledger.v_balances where book = $1 and gl_code = $2',
    [book, gl_code],
  );
  if (!sum || sum.balance_fen === null) return null;
  const [journal_id, line] = (after ?? newest).split('/');
  const rows = await sql.query<Row>(
    `select journal_id, line, kind, business_date, recorded_at, side, amount_fen, trace_id from ledger.v_postings
     where book = $1 and gl_code = $2 and (journal_id, line) < ($3::uuid, $4::int)
     order by journal_id desc, line desc limit $5`,
    [book, gl_code, journal_id, line, limit + 1],
  );
  const items = rows.slice(0, limit).map(({ recorded_at, amount_fen, line: number, ...row }) => ({
    ...row,
    line_id: `${row.journal_id}/${number}`,
    name: journalNames(row.kind),
    at: recorded_at.toISOString(),
    amount_fen: String(amount_fen),
  }));
  return {
    balance_fen: sum.balance_fen,
    lines: { items, next: rows.length > limit ? (items.at(-1)?.line_id ?? null) : null },
  };
}
