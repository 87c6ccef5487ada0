import type { Sql } from '../../platform/database/index.ts';

/** One person's history is written by one transaction at a time; held until that transaction ends. */
export async function lockHistory(sql: Sql, person_id: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 10))', [person_id]);
}
