import type { Sql } from '../database/index.ts';
import { newId } from '../identity.ts';

/** Something that happened, told upward: written in the transaction in which it happened, delivered at least once. */
export type OutboxEvent = {
  /** Past tense with its context: `medical.claim_settled`. */
  readonly name: string;
  /** Id of the thing it happened to. */
  readonly subject: string;
  readonly trace_id: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** Adds events to the outbox, in the caller's transaction. */
export async function tell(sql: Sql, events: readonly OutboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql.query(
    `insert into outbox.events (event_id, name, subject, trace_id, body)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::jsonb[])`,
    [
      events.map(() => newId()),
      events.map((event) => event.name),
      events.map((event) => event.subject),
      events.map((event) => event.trace_id),
      events.map((event) => JSON.stringify(event.body)),
    ],
  );
}

export type StoredEvent = OutboxEvent & { readonly position: bigint; readonly at: Date };

/** Events after a position, in order, of transactions that have ended; a reader keeps the position of the last one it has dealt with. */
export const eventsAfter = (sql: Sql, position: bigint, limit: number): Promise<StoredEvent[]> =>
  sql.query<StoredEvent>(
    `select position, name, subject, trace_id, body, at from outbox.events
     where position > $1 and written_by < pg_snapshot_xmin(pg_current_snapshot()) order by position limit $2`,
    [position, limit],
  );
