import { createHash } from 'node:crypto';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { CustodyEvent, Person } from './contract.ts';

/** Who acts, when, and under which trace. */
export type By = Person & { readonly at: Temporal.Instant; readonly trace_id: string };

type Row = {
  readonly event_id: string;
  readonly subject: string;
  readonly kind: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly at: Date;
  readonly detail: Record<string, unknown>;
};

export async function record(
  sql: Sql,
  by: By,
  event: { readonly subject: string; readonly kind: string; readonly detail?: Readonly<Record<string, unknown>> },
): Promise<void> {
  await sql.query(
    `insert into custody.events (event_id, subject, kind, user_id, user_name, at, trace_id, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      newId(),
      event.subject,
      event.kind,
      by.user_id,
      by.name,
      by.at.toString(),
      by.trace_id,
      JSON.stringify(event.detail ?? {}),
    ],
  );
}

/** Everything that happened to some subjects, oldest first. */
export async function eventsOf(sql: Sql, subjects: readonly string[]): Promise<readonly CustodyEvent[]> {
  const rows = await sql.query<Row>(
    `select event_id, subject, kind, user_id, user_name, at, detail from custody.events
     where subject = any($1) order by event_id`,
    [subjects],
  );
  return rows.map(({ user_id, user_name, at, ...row }) => ({
    ...row,
    by: { user_id, name: user_name },
    at: at.toISOString(),
  }));
}

/** SHA-256 over one line for each event: what was printed can be compared with what is kept. */
export function minutesHash(events: readonly CustodyEvent[]): string {
  const lines = events.map(({ event_id, kind, by, at, detail }) =>
    JSON.stringify([event_id, kind, by.user_id, by.name, at, sorted(detail)]),
  );
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

const sorted = (detail: Readonly<Record<string, unknown>>) =>
  Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1));

/** One change of custody at a time, over all processes: keys and their record stay together. */
export const takeTurns = (sql: Sql): Promise<unknown> => sql.query(`select pg_advisory_xact_lock(hashtext('custody'))`);
