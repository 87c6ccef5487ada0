import { type Day, day, isBefore } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { Book } from './contract.ts';

/** Today, or the day after the last closed one: a closed day takes no more journals. */
export const openDayAfter = (closed_through: Day | null, today: Day): Day =>
  closed_through && !isBefore(closed_through, today) ? closed_through.add({ days: 1 }) : today;

/** The first day from today on that is open in all of these books: the business date of what is booked now. */
export async function firstOpenDay(sql: Sql, of: readonly Book[], today: Day): Promise<Day> {
  const [row] = await sql.query<{ through: string | null }>(
    'select max(through) as through from ledger.closings where book = any($1)',
    [of],
  );
  return openDayAfter(row?.through ? day(row.through) : null, today);
}
