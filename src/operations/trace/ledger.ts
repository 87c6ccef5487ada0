import { chart, isGlCode } from '../../core/ledger/contract.ts';
import { hex } from '../../kernel/bytes.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import { journalNames } from '../finance/contract.ts';
import type { BooksEntry, LedgerEntry } from './contract.ts';

const glName = (gl_code: string) =>
  isGlCode(gl_code) ? { zh: chart[gl_code].zh, en: chart[gl_code].en } : { zh: gl_code, en: gl_code };

type PostingRow = {
  journal_id: string;
  kind: string;
  business_date: string;
  at: Date;
  reverses: string | null;
  book: string;
  account: string;
  gl_code: string;
  side: 'debit' | 'credit';
  amount_fen: Fen;
};
type LinkRow = { journal_id: string; group_no: bigint; hash: Uint8Array };

/** The journals of a trace with their postings and the link of the chain that seals them. */
export async function ledgerStation(sql: Sql, trace_id: string): Promise<LedgerEntry[]> {
  const rows = await sql.query<PostingRow>(
    `select journal_id, kind, business_date, recorded_at as at, reverses, book, account, gl_code, side, amount_fen
     from ledger.v_postings where trace_id = $1 order by journal_id, line`,
    [trace_id],
  );
  const byJournal = Map.groupBy(rows, ({ journal_id }) => journal_id);
  const links = await sql.query<LinkRow>(
    `select j.journal_id, j.group_no, c.hash from ledger.journals j join ledger.chain c using (group_no)
     where j.journal_id = any($1::uuid[])`,
    [[...byJournal.keys()]],
  );
  return [...byJournal].map(([journal_id, postings]) => {
    const { at, kind, business_date, reverses } = postings[0] as PostingRow;
    const link = links.find((one) => one.journal_id === journal_id);
    return {
      at: at.toISOString(),
      journal_id,
      kind,
      what: journalNames(kind),
      business_date,
      reverses,
      postings: postings.map(({ book, account, gl_code, side, amount_fen }) => ({
        book,
        account,
        name: glName(gl_code),
        side,
        amount_fen: String(amount_fen),
      })),
      chain: link ? { group: String(link.group_no), hash: hex(Uint8Array.from(link.hash)) } : null,
    };
  });
}

type BooksRow = Omit<BooksEntry, 'name' | 'gl_account' | 'line_fen' | 'amount_fen'> & {
  gl_code: string;
  line_fen: Fen;
  amount_fen: Fen;
  closed_at: Date;
};

/** The voucher lines into which the postings of a trace went, and when; none while the day is open. */
export async function booksStation(sql: Sql, trace_id: string) {
  const rows = await sql.query<BooksRow>(
    `select l.voucher_id, l.line_id, l.book, l.year, l.number, l.business_date, l.gl_code, l.side, l.amount_fen as line_fen,
       d.closed_at, sum(v.amount_fen)::bigint as amount_fen
     from ledger.v_postings v
     join finance.v_voucher_journals j using (journal_id)
     join finance.v_voucher_lines l on l.voucher_id = j.voucher_id and l.book = v.book and l.gl_code = v.gl_code
       and l.side = v.side
     join finance.v_days d on d.business_date = l.business_date
     where v.trace_id = $1
     group by l.voucher_id, l.line_id, l.book, l.year, l.number, l.business_date, l.gl_code, l.side, l.amount_fen, l.line,
       d.closed_at
     order by l.year, l.book, l.number, l.line`,
    [trace_id],
  );
  const entries = rows.map(
    ({ gl_code, line_fen, amount_fen, closed_at: _, ...row }): BooksEntry => ({
      ...row,
      gl_account: gl_code,
      name: glName(gl_code),
      line_fen: String(line_fen),
      amount_fen: String(amount_fen),
    }),
  );
  return { entries, closed_at: rows.at(-1)?.closed_at.toISOString() ?? null };
}
