import { hex } from '../../kernel/bytes.ts';
import { plainArray, type Sql } from '../../platform/database/index.ts';
import type { SealedKey } from '../keys/contract.ts';
import type {
  MessageKind,
  TerminalDirectory,
  TerminalEntry,
  TerminalState,
  WireEntry,
  WorkingKeys,
} from './contract.ts';

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

/** Writes what passed on the wire in one round trip, for any number of exchanges. */
export async function recordWire(sql: Sql, entries: readonly WireEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `insert into switch.wire_log (trace_id, at, peer, terminal_id, kind, mti, request, fault,
       answer_mti, response_code, elapsed_ms, answer)
     select trace_id, at, peer, terminal_id, kind, mti, decode(request, 'hex'), fault, answer_mti, response_code,
       elapsed_ms, decode(answer, 'hex')
     from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::text[], $10::text[], $11::int[], $12::text[])
       as e (trace_id, at, peer, terminal_id, kind, mti, request, fault, answer_mti, response_code, elapsed_ms, answer)`,
    [
      plainArray(entries.map((entry) => entry.trace_id)),
      entries.map((entry) => new Date(entry.at_ms)),
      entries.map((entry) => entry.peer),
      entries.map((entry) => entry.terminal_id),
      plainArray(entries.map((entry) => entry.kind)),
      plainArray(entries.map((entry) => entry.mti)),
      entries.map((entry) => hex(entry.request)),
      entries.map((entry) => entry.fault),
      plainArray(entries.map((entry) => entry.answer?.mti ?? null)),
      plainArray(entries.map((entry) => entry.answer?.response_code ?? null)),
      plainArray(entries.map((entry) => entry.answer?.elapsed_ms ?? null)),
      plainArray(entries.map((entry) => (entry.answer ? hex(entry.answer.body) : null))),
    ],
  );
}

/** One message of the wire log. */
export type WireRow = {
  readonly trace_id: string;
  readonly direction: 'in' | 'out';
  readonly at: Date;
  /** Of an answer: milliseconds since its request arrived. */
  readonly elapsed_ms: number | null;
  readonly peer: string;
  readonly terminal_id: string | null;
  readonly mti: string | null;
  readonly kind: MessageKind | null;
  readonly response_code: string | null;
  readonly body: Uint8Array;
  readonly fault: string | null;
};

/** Everything that passed under one trace id, in order. */
export function wireOfTrace(sql: Sql, trace_id: string): Promise<WireRow[]> {
  return sql.query<WireRow>(
    `select trace_id, direction, at, elapsed_ms, peer, terminal_id, mti, kind, response_code, body, fault
     from switch.v_wire where trace_id = $1 order by id, direction`,
    [trace_id],
  );
}
