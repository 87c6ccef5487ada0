import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Sql } from '../database/index.ts';
import { Refused } from './refused.ts';

export type Answer = { readonly status: number; readonly body: unknown };

/** After this long without an answer the process that began is taken for dead and the request may be tried again. */
const abandoned_after = '30 seconds';

const refused = (code: string): Refused => new Refused({ code, law: null, detail: {} });

/** Reads and checks the header of a route that asks for it. */
export function idempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 100) throw refused('http.idempotency_key_missing');
  return key;
}

export const fingerprint = (request: FastifyRequest): string =>
  createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex');

/**
 * Takes the key for this request. Null: go on, and `keep` the answer. An answer: the request was carried out before.
 * Throws a refusal when it is under way, or when the key belongs to other content.
 */
export async function take(
  sql: Sql,
  at: { user_id: string; key: string; fingerprint: string },
): Promise<Answer | null> {
  const taken = await sql.query(
    `insert into http.answers (user_id, key, fingerprint) values ($1, $2, $3)
     on conflict (user_id, key) do update set begun_at = now()
       where answers.fingerprint = $3 and answers.status is null and answers.begun_at < now() - interval '${abandoned_after}'
     returning 1`,
    [at.user_id, at.key, at.fingerprint],
  );
  if (taken.length > 0) return null;
  const [before] = await sql.query<{ fingerprint: string; status: number | null; body: unknown }>(
    'select fingerprint, status, body from http.answers where user_id = $1 and key = $2',
    [at.user_id, at.key],
  );
  if (!before || (before.fingerprint === at.fingerprint && before.status === null)) throw refused('http.in_flight');
  if (before.fingerprint !== at.fingerprint) throw refused('http.idempotency_conflict');
  return { status: before.status as number, body: before.body };
}

/** Keeps the answer; after a fault of ours the key is given back, so that a retry is carried out. */
export async function keep(
  sql: Sql,
  at: { user_id: string; key: string },
  status: number,
  body: string,
): Promise<void> {
  if (status >= 500) await sql.query('delete from http.answers where user_id = $1 and key = $2', [at.user_id, at.key]);
  else
    await sql.query('update http.answers set status = $3, body = $4 where user_id = $1 and key = $2', [
      at.user_id,
      at.key,
      status,
      body || 'null',
    ]);
}
