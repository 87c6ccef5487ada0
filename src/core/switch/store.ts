import type { Sql } from '../../platform/database/index.ts';
import type { SealedKey } from '../keys/contract.ts';
import type { TerminalDirectory, TerminalEntry, TerminalState, WireEntry, WorkingKeys } from './contract.ts';

/** The terminals of `switch.terminals`, shared by all nodes of the switch. */
export class TerminalStore implements TerminalDirectory {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async find(terminal_id: string): Promise<TerminalEntry | null> {
    const [row] = await this.#sql.query<TerminalEntry>(
      `select terminal_id, institution_code, state, master_key, working_keys
       from switch.terminals where terminal_id = $1`,
      [terminal_id],
    );
    return row ?? null;
  }

  async keepWorkingKeys(terminal_id: string, keys: WorkingKeys | null): Promise<void> {
    await this.#sql.query(
      `update switch.terminals
       set working_keys = $2, signed_in_at = case when $2::jsonb is null then signed_in_at else now() end
       where terminal_id = $1`,
      [terminal_id, keys && JSON.stringify(keys)],
    );
  }
}

export type NewTerminal = {
  readonly terminal_id: string;
  readonly institution_code: string;
  readonly master_key: SealedKey;
  readonly software?: string;
};

/** Adds terminals; one that exists gets its new master key and must sign in again. */
export async function registerTerminals(sql: Sql, terminals: readonly NewTerminal[]): Promise<void> {
  await sql.query(
    `insert into switch.terminals (terminal_id, institution_code, master_key, software)
     select * from unnest($1::text[], $2::text[], $3::jsonb[], $4::text[])
     on conflict (terminal_id) do update
       set institution_code = excluded.institution_code, master_key = excluded.master_key,
           software = excluded.software, working_keys = null`,
    [
      terminals.map((terminal) => terminal.terminal_id),
      terminals.map((terminal) => terminal.institution_code),
      terminals.map((terminal) => JSON.stringify(terminal.master_key)),
      terminals.map((terminal) => terminal.software ?? null),
    ],
  );
}

/** True when there is such a terminal. The nodes of the switch follow within five seconds (terminal cache). */
export async function setTerminalState(sql: Sql, terminal_id: string, state: TerminalState): Promise<boolean> {
  const rows = await sql.query('update switch.terminals set state = $2 where terminal_id = $1 returning 1', [
    terminal_id,
    state,
  ]);
  return rows.length === 1;
}

/** Writes many messages of the wire in one round trip. */
export async function recordWire(sql: Sql, entries: readonly WireEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `insert into switch.wire_log
       (trace_id, direction, at, elapsed_ms, peer, terminal_id, mti, kind, response_code, body, fault)
     select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::int[], $5::text[], $6::text[], $7::text[],
                          $8::text[], $9::text[], $10::bytea[], $11::text[])`,
    [
      entries.map((entry) => entry.trace_id),
      entries.map((entry) => entry.direction),
      entries.map((entry) => new Date(entry.at_ms)),
      entries.map((entry) => entry.elapsed_ms),
      entries.map((entry) => entry.peer),
      entries.map((entry) => entry.terminal_id),
      entries.map((entry) => entry.mti),
      entries.map((entry) => entry.kind),
      entries.map((entry) => entry.response_code),
      entries.map((entry) => Buffer.from(entry.body)),
      entries.map((entry) => entry.fault),
    ],
  );
}

export type WireRow = Omit<WireEntry, 'at_ms'> & { readonly id: bigint; readonly at: Date };

/** Everything that passed under one trace id, in order. */
export function wireOfTrace(sql: Sql, trace_id: string): Promise<WireRow[]> {
  return sql.query<WireRow>(
    `select id, trace_id, direction, at, elapsed_ms, peer, terminal_id, mti, kind, response_code, body, fault
     from switch.wire_log where trace_id = $1 order by id`,
    [trace_id],
  );
}
