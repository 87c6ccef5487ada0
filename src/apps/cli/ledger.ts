import { createWriteStream } from 'node:fs';
import { Command } from 'commander';
import { type Book, books, chart, isBook } from '../../core/ledger/contract.ts';
import { exportHledger, trialBalance, verify } from '../../core/ledger/index.ts';
import { formatYuan } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { systemClock } from '../../platform/clock.ts';
import { withDatabase } from './installation.ts';

/** The books from the command line: are they whole, what do they say, take them elsewhere. */
export function ledgerCommand(): Command {
  const command = new Command('ledger').description('the books of the funds');

  command
    .command('verify')
    .description('recompute the hash chain, every journal and every balance; exit code 1 when anything differs')
    .action(async () => {
      const report = await withDatabase((database) => verify(database));
      console.log(JSON.stringify(report, (_, value) => (typeof value === 'bigint' ? value.toString() : value), 2));
      process.exitCode = report.ok ? 0 : 1;
    });

  command
    .command('balance')
    .description('trial balance of one fund, or of all')
    .argument('[book]', Object.keys(books).join(' | '))
    .option('--through <day>', 'last business day counted, e.g. 2026-06-30')
    .action(async (book: string | undefined, options: { through?: string }) => {
      if (book !== undefined && !isBook(book))
        throw new Error(`"${book}" is no book; one of: ${Object.keys(books).join(', ')}`);
      const through = options.through ? day(options.through) : systemClock.today();
      const wanted = (book ? [book] : Object.keys(books)) as Book[];
      await withDatabase(async (database) => {
        for (const name of wanted) print(await trialBalance(database, { book: name, through }));
      });
    });

  command
    .command('export')
    .description('all journals in hledger’s format, fund by fund')
    .option('--file <path>', 'write there instead of to the console')
    .action(async (options: { file?: string }) => {
      const out = options.file ? createWriteStream(options.file) : process.stdout;
      await withDatabase((database) => exportHledger(database, (text) => write(out, text)));
      if (options.file) await new Promise<void>((resolve) => out.end(resolve));
    });

  return command;
}

function print(balance: Awaited<ReturnType<typeof trialBalance>>): void {
  console.log(`\n${books[balance.book].en} · ${books[balance.book].zh}`);
  for (const row of balance.rows)
    console.log(
      `  ${row.gl_code.padEnd(8)} ${formatYuan(row.debit_fen).padStart(20)} ${formatYuan(row.credit_fen).padStart(20)}  ${chart[row.gl_code].en}`,
    );
  console.log(
    `  ${'total'.padEnd(8)} ${formatYuan(balance.debit_fen).padStart(20)} ${formatYuan(balance.credit_fen).padStart(20)}`,
  );
}

const write = (out: NodeJS.WritableStream, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    out.write(text, (fault) => (fault ? reject(fault) : resolve()));
  });
