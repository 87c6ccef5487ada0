import type { Sql } from '../../platform/database/index.ts';
import type { ChipEntry, ChipUpload, TerminalStep } from './contract.ts';

/** Keeps what a terminal tells of a payment; the same upload again changes nothing. */
export async function keepChipLog(sql: Sql, trace_id: string, upload: ChipUpload): Promise<void> {
  await sql.query(
    `insert into trace.chip_log (upload_id, trace_id, terminal_id, apdus, steps) values ($1, $2, $3, $4, $5)
     on conflict (trace_id, upload_id) do nothing`,
    [upload.upload_id, trace_id, upload.terminal_id, JSON.stringify(upload.apdus), JSON.stringify(upload.steps)],
  );
}

/** Everything terminals told under a trace id, in the order in which it happened. */
export async function chipLogOf(sql: Sql, trace_id: string): Promise<{ apdus: ChipEntry[]; steps: TerminalStep[] }> {
  const rows = await sql.query<{ apdus: ChipEntry[]; steps: TerminalStep[] }>(
    'select apdus, steps from trace.chip_log where trace_id = $1 order by terminal_id, uploaded_at, upload_id',
    [trace_id],
  );
  const byTime = (a: { at: string }, b: { at: string }) => Date.parse(a.at) - Date.parse(b.at);
  return {
    apdus: rows.flatMap(({ apdus }) => apdus).sort(byTime),
    steps: rows.flatMap(({ steps }) => steps).sort(byTime),
  };
}
