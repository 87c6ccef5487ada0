import type { Sql } from '../../platform/database/index.ts';
import { chipLogOf } from './chip-log.ts';
import type { Trace } from './contract.ts';
import { decisionStation, paymentsOfTrace, type ReasonsOf } from './decision.ts';
import { booksStation, ledgerStation } from './ledger.ts';
import { type Found, failureOf, stationStates } from './stations.rules.ts';
import { wireStation } from './wire.ts';

/** One payment from tap to voucher; null when nothing was ever recorded under this id. */
export async function traceOf(sql: Sql, trace_id: string, reasonsOf: ReasonsOf): Promise<Trace | null> {
  const { apdus, steps } = await chipLogOf(sql, trace_id);
  const payments = await paymentsOfTrace(sql, trace_id);
  const books = await booksStation(sql, trace_id);
  const found: Found = {
    chip: apdus,
    terminal: steps,
    wire: await wireStation(sql, trace_id),
    decision: await decisionStation(sql, trace_id, payments, reasonsOf),
    ledger: await ledgerStation(sql, trace_id),
    books: books.entries,
  };
  const { chip, terminal, wire, decision, ledger } = found;
  const times = [chip, terminal, wire, decision, ledger].flatMap((entries) => entries.map(({ at }) => Date.parse(at)));
  if (times.length === 0) return null;
  const states = stationStates(found);
  const main = payments.find(({ kind }) => kind === 'purchase') ?? payments[0];
  const settlement = decision.find(({ kind }) => kind === 'settlement');
  const instant = (at: number) => new Date(at).toISOString();
  return {
    trace_id,
    begun_at: instant(Math.min(...times)),
    ended_at: instant(Math.max(...times)),
    payment_id: main?.payment_id ?? null,
    settlement_no: main?.settlement_no ?? settlement?.id ?? null,
    amount_fen: main ? String(main.amount_fen) : (settlement?.amount_fen ?? null),
    failure: failureOf(found, states),
    stations: {
      chip: { state: states.chip, at: chip[0]?.at ?? null, entries: [...chip] },
      terminal: { state: states.terminal, at: terminal[0]?.at ?? null, entries: [...terminal] },
      wire: { state: states.wire, at: wire[0]?.at ?? null, entries: [...wire] },
      decision: { state: states.decision, at: decision[0]?.at ?? null, entries: [...decision] },
      ledger: { state: states.ledger, at: ledger[0]?.at ?? null, entries: [...ledger] },
      books: { state: states.books, at: books.closed_at, entries: [...found.books] },
    },
  };
}
