import type { Sql } from '../database/index.ts';

/** Who did or saw what. Reads of personal data and every command of a person leave one; it is never changed. */
export type AuditEntry = {
  readonly user_id: string;
  readonly role: string;
  /** `read persons`, `settle visit`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly subject: string;
  readonly trace_id: string;
  readonly detail?: Readonly<Record<string, unknown>>;
};

export async function audit(sql: Sql, entry: AuditEntry): Promise<void> {
  await sql.query(
    `insert into audit.entries (user_id, role, action, subject, trace_id, detail) values ($1, $2, $3, $4, $5, $6)`,
    [entry.user_id, entry.role, entry.action, entry.subject, entry.trace_id, JSON.stringify(entry.detail ?? {})],
  );
}
