import { type Fen, formatYuan, negate } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import { type Book, books, chart, type Element, type GlCode } from './contract.ts';

/** hledger's account types, for its balance sheet and income statement. */
const types: Record<Element, string> = { asset: 'A', liability: 'L', 'net-assets': 'E', income: 'R', expense: 'X' };

/** Postings read at a time. */
const page = 5000;

/**
 * Writes the ledger as a journal of hledger, fund by fund, so that anyone can check our figures with a program that is
 * not ours. Accounts are named book:gl:owner; debit is positive. `write` gets pieces of text and may be a slow stream.
 */
export async function exportHledger(sql: Sql, write: (text: string) => void | Promise<void>): Promise<void> {
  await write(
    '; Fund books of Tessera: one transaction for each journal and book it touches.\ncommodity CNY 1000.00\n',
  );
  for (const book of Object.keys(books) as Book[]) {
    await write(`\n; ${books[book].zh} / ${books[book].en}\n${await directives(sql, book)}`);
    let last: Line | undefined;
    for (;;) {
      const lines = await readLines(sql, book, last);
      for (const line of lines) {
        await write(line.journal_id === last?.journal_id ? posting(line) : `\n${heading(line)}${posting(line)}`);
        last = line;
      }
      if (lines.length < page) break;
    }
  }
}

async function directives(sql: Sql, book: Book): Promise<string> {
  const used = await sql.query<{ account: string; gl_code: GlCode }>(
    `select code as account, gl_code from ledger.accounts
     where book = $1 and exists (select from ledger.postings p where p.account_id = accounts.account_id)
     order by code`,
    [book],
  );
  const groups = new Set(used.map(({ gl_code }) => gl_code));
  return [
    ...[...groups].map(
      (gl) => `account ${book}:${gl}  ; type:${types[chart[gl].element]}, ${chart[gl].zh} / ${chart[gl].en}`,
    ),
    ...used
      .filter(({ account, gl_code }) => account !== `${book}:${gl_code}`)
      .map(({ account }) => `account ${account}`),
    '',
  ].join('\n');
}

type Line = {
  journal_id: string;
  line: number;
  business_date: string;
  kind: string;
  memo: string;
  idempotency_key: string;
  account: string;
  side: 'debit' | 'credit';
  amount_fen: Fen;
};

const readLines = (sql: Sql, book: Book, after: Line | undefined): Promise<Line[]> =>
  sql.query<Line>(
    `select v.journal_id, v.line, v.business_date, v.kind, v.memo, j.idempotency_key, v.account, v.side, v.amount_fen
     from ledger.v_postings v join ledger.journals j using (journal_id)
     where v.book = $1 and (v.journal_id, v.line) > ($2::uuid, $3::int)
     order by v.journal_id, v.line limit ${page}`,
    [book, after?.journal_id ?? '00000000-0000-0000-0000-000000000000', after?.line ?? 0],
  );

const heading = (line: Line): string =>
  `${line.business_date} ${plain(`${line.kind} ${line.memo}`.trim())}  ; journal:${line.journal_id}, key:${plain(line.idempotency_key)}\n`;

const posting = ({ account, side, amount_fen }: Line): string =>
  `    ${account}  CNY ${formatYuan(side === 'debit' ? amount_fen : negate(amount_fen))}\n`;

/** Free text without what hledger would read as more than text: comments, tags, line ends. */
const plain = (text: string): string => text.replace(/[\s;|,]+/g, ' ');
