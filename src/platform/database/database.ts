import pg from 'pg';
import { applicationRole, connectionOf } from './connection.ts';
import type { Sql } from './sql.ts';

const asText = (value: string) => value;
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, BigInt);
types.setTypeParser(pg.types.builtins.DATE, asText);
types.setTypeParser(pg.types.builtins.NUMERIC, asText);

/** SQLSTATEs after which the same transaction may be tried again: serialisation failure, deadlock. */
const retryable = new Set(['40001', '40P01']);

export interface Database extends Sql {
  /** Runs `work` in one transaction: all of it or nothing. Repeats it after a serialisation failure or deadlock. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type DatabaseOptions = {
  /** Role to take on every connection; `null` keeps the owner's rights (migrations). */
  readonly role?: string | null;
  readonly connections?: number;
  readonly name?: string;
  /**
   * Plan each prepared statement once, whatever its parameters, and never by reading a table whole: for a process whose
   * statements all take their rows by key. Planning anew was a sixth of the database's work for a group of payments; a
   * plan made while a table was empty, and kept, cost six times the work once it was full.
   */
  readonly plan_once?: boolean;
};

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const role = options.role === undefined ? applicationRole : options.role;
  const pool = new pg.Pool({
    ...connectionOf(url, {
      ...(role ? { role } : {}),
      ...(options.plan_once ? { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' } : {}),
    }),
    // What is asked for together travels together: a group of payments makes a third fewer trips.
    pipeline: true,
    max: options.connections ?? 10,
    application_name: options.name ?? 'tessera',
    types,
  });
  // An idle connection that dies (database restarted) must not end the process; the next query opens a new one.
  pool.on('error', () => {});
  // The same for one that dies while it is lent out: its query rejects, and that is how its user learns of it.
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    query: (text, values) => run(pool, text, values),
    transaction: (work) => transaction(pool, work),
    close: () => pool.end(),
  };
}

async function transaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken: unknown;
    try {
      // Travels with the first statement of the work; when it fails, so does that one.
      const begun = client.query('begin');
      begun.catch(() => {});
      const result = await work({ query: (text, values) => run(client, text, values) });
      await begun;
      await client.query('commit');
      return result;
    } catch (fault) {
      await client.query('rollback').catch((lost: unknown) => {
        broken = lost;
      });
      if (attempt < 5 && isRetryable(fault)) continue;
      throw fault;
    } finally {
      client.release(broken !== undefined);
    }
  }
}

const isRetryable = (fault: unknown): boolean =>
  fault instanceof pg.DatabaseError && fault.code !== undefined && retryable.has(fault.code);

/** True when the database refused a row because a unique key exists; `constraint` narrows it to one key. */
export const isDuplicate = (fault: unknown, constraint?: string): boolean =>
  fault instanceof pg.DatabaseError && fault.code === '23505' && (!constraint || fault.constraint === constraint);

const names = new Map<string, string>();

/** Statements with parameters are prepared once per connection: planning costs as much as running a small one. */
async function run<Row>(on: pg.Pool | pg.PoolClient, text: string, values?: readonly unknown[]): Promise<Row[]> {
  if (!values?.length) return (await on.query(text)).rows as Row[];
  let name = names.get(text);
  if (!name) {
    name = `s${names.size}`;
    names.set(text, name);
  }
  return (await on.query({ name, text, values: values as unknown[] })).rows as Row[];
}
