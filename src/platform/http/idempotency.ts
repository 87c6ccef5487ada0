import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Sql } from '../database/index.ts';
import { Refused } from './refused.ts';

export type Answer = { readonly status: number; readonly body: unknown };

/** A key that a request took, and when: who takes it over from a dead process has another `begun_at`. */
export type TakenKey = { readonly user_id: string; readonly key: string; readonly begun_at: string };

/** After this long without an answer the process that began is taken for dead and the request may be tried again. */
const abandoned_after = '30 seconds';

/** A key is kept this long: whoever repeats a request does so within minutes, a queue after a long weekend within days. */
const kept_for = '7 days';

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
 * Takes the key for this request. Taken: go on, and `keep` the answer. An answer: the request was carried out before.
 * Throws a refusal when it is under way, or when the key belongs to other content.
 */
export async function take(
  sql: Sql,
  at: { user_id: string; key: string; fingerprint: string },
): Promise<{ readonly taken: TakenKey } | { readonly before: Answer }> {
  const [taken] = await sql.query<{ begun_at: string }>(
    `insert into http.answers (user_id, key, fingerprint) values ($1, $2, $3)
     on conflict (user_id, key) do update set begun_at = now()
       where answers.fingerprint = $3 and answers.status is null and answers.begun_at < now() - interval '${abandoned_after}'
     returning begun_at::text`,
    [at.user_id, at.key, at.fingerprint],
  );
  if (taken) return { taken: { user_id: at.user_id, key: at.key, ...taken } };
  const [before] = await sql.query<{ fingerprint: string; status: number | null; body: unknown }>(
    'select fingerprint, status, body from http.answers where user_id = $1 and key = $2',
    [at.user_id, at.key],
  );
  if (!before || (before.fingerprint === at.fingerprint && before.status === null)) throw refused('http.in_flight');
  if (before.fingerprint !== at.fingerprint) throw refused('http.idempotency_conflict');
  return { before: { status: before.status as number, body: before.body } };
}

/**
 * Keeps the answer; after a fault of ours the key is given back, so that a retry is carried out. Nothing happens when
 * another request has taken the key over meanwhile: its answer stands.
 */
export async function keep(
  sql: Sql,
  { user_id, key, begun_at }: TakenKey,
  status: number,
  body: string,
): Promise<void> {
  const ours = 'user_id = $1 and key = $2 and begun_at = $3::timestamptz and status is null';
  if (status >= 500) await sql.query(`delete from http.answers where ${ours}`, [user_id, key, begun_at]);
  else
    await sql.query(`update http.answers set status = $4, body = $5 where ${ours}`, [
      user_id,
      key,
      begun_at,
      status,
      body || 'null',
    ]);
}

/** Deletes the answers that are older than a key is kept; how many. */
export async function forgetAnswers(sql: Sql): Promise<number> {
  const gone = await sql.query(`delete from http.answers where begun_at < now() - interval '${kept_for}' returning 1`);
  return gone.length;
}
