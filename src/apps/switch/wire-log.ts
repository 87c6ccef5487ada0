import { recordWire, type WireEntry } from '../../core/switch/index.ts';
import type { Database } from '../../platform/database/index.ts';

const flush_after_ms = 200;
/** Entries kept while the database is away; beyond them the oldest go, because money has the right of way. */
const most_kept = 50_000;

export type WireLog = { readonly add: (entry: WireEntry) => void; readonly close: () => Promise<void> };

/** Writes what passed on the wire a little later and many exchanges at once, so that no payment waits for its record. */
export function openWireLog(database: Database, onFault: (fault: unknown) => void): WireLog {
  let waiting: WireEntry[] = [];
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const flush = async () => {
    timer = null;
    const entries = waiting;
    waiting = [];
    try {
      await recordWire(database, entries);
    } catch (fault) {
      onFault(fault);
      waiting = [...entries, ...waiting].slice(-most_kept);
      schedule(1000);
    }
  };
  const schedule = (after_ms: number) => {
    timer ??= setTimeout(() => {
      writing = flush();
    }, after_ms);
  };

  return {
    add(entry) {
      waiting.push(entry);
      schedule(flush_after_ms);
    },
    async close() {
      if (timer) clearTimeout(timer);
      await writing;
      if (waiting.length > 0) await recordWire(database, waiting);
    },
  };
}
