import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { Book } from './contract.ts';

/** Closes a book up to and including a day; later journals for those days are refused. Closing again changes nothing. */
export async function closeThrough(sql: Sql, request: { readonly book: Book; readonly through: Day }): Promise<void> {
  // Waits for groups being written (they hold this lock shared), so that none slips into the day behind our back.
  await sql.query(`select pg_advisory_xact_lock(hashtext('ledger.closings'))`);
  await sql.query('insert into ledger.closings (book, through) values ($1, $2) on conflict do nothing', [
    request.book,
    request.through.toString(),
  ]);
}
