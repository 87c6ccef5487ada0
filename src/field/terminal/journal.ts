import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { dutyOf } from './states.rules.ts';
import type { Transaction } from './transaction.ts';

export class JournalFault extends Error {
  override name = 'JournalFault';
}

/** What stands on one line: the transaction as it is from now on, or the counters. */
type Entry = { readonly transaction: Transaction } | { readonly counters: Counters };
type Counters = { readonly batch: number; readonly trace: number };

type Found = { transactions: Map<string, Transaction>; counters: Counters; whole_bytes: number };

const rewriteAfter_bytes = 1_000_000;
const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
const lineOf = (entry: Entry): string => {
  const text = JSON.stringify(entry);
  return `${checksum(text)} ${text}\n`;
};

/** Takes up the lines of a file, as far as they are whole. */
function replay(path: string, text: string): Found {
  const found: Found = { transactions: new Map(), counters: { batch: 1, trace: 0 }, whole_bytes: 0 };
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    if (end < 0 || line.slice(0, 8) !== checksum(line.slice(9))) {
      if (end >= 0 && end + 1 < text.length) throw new JournalFault(`${path} is damaged at character ${at}`);
      break;
    }
    const entry = JSON.parse(line.slice(9)) as Entry;
    if ('counters' in entry) found.counters = entry.counters;
    else found.transactions.set(entry.transaction.id, entry.transaction);
    at = end + 1;
  }
  found.whole_bytes = Buffer.byteLength(text.slice(0, at));
  return found;
}

/**
 * The terminal's memory of its transactions: a file that is only added to, each line on the disk before the next step is
 * taken. The power may go at any byte: a last line that is not whole was never acted upon and is dropped.
 */
export class TerminalJournal {
  readonly #transactions: Map<string, Transaction>;
  readonly #path: string;
  #file: FileHandle;
  #counters: Counters;
  #bytes: number;
  #last: Promise<void> = Promise.resolve();
  /** Why nothing can be added any more: what stands at the end of the file is not known. */
  #broken: JournalFault | null = null;

  private constructor(path: string, file: FileHandle, found: Found) {
    this.#path = path;
    this.#file = file;
    this.#transactions = found.transactions;
    this.#counters = found.counters;
    this.#bytes = found.whole_bytes;
  }

  static async open(path: string): Promise<TerminalJournal> {
    const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return '';
      throw fault;
    });
    const found = replay(path, text);
    const journal = new TerminalJournal(path, await open(path, 'a', 0o600), found);
    if (found.whole_bytes < Buffer.byteLength(text)) await journal.#file.truncate(found.whole_bytes);
    if (found.whole_bytes > rewriteAfter_bytes) await journal.#rewrite();
    return journal;
  }

  /** Transactions the terminal still owes something, oldest first. */
  unfinished(): Transaction[] {
    return [...this.#transactions.values()].filter((transaction) => dutyOf(transaction.state) !== 'none');
  }

  find(id: string): Transaction | null {
    return this.#transactions.get(id) ?? null;
  }

  get batch(): string {
    return String(this.#counters.batch).padStart(6, '0');
  }

  /** The next trace number, kept before it is used: no two messages of a batch have the same. A full count opens a batch. */
  async nextTrace(): Promise<string> {
    const { batch, trace } = this.#counters;
    const full = trace >= 999_999;
    this.#counters = { batch: full ? (batch % 999_999) + 1 : batch, trace: full ? 1 : trace + 1 };
    const taken = String(this.#counters.trace).padStart(6, '0');
    await this.#append({ counters: this.#counters });
    return taken;
  }

  /** Resolves when the transaction is on the disk. */
  async keep(transaction: Transaction): Promise<void> {
    await this.#append({ transaction });
    this.#transactions.set(transaction.id, transaction);
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#file.close();
  }

  #append(entry: Entry): Promise<void> {
    const line = lineOf(entry);
    const write = async () => {
      if (this.#broken) throw this.#broken;
      try {
        await this.#file.appendFile(line);
        await this.#file.datasync();
      } catch (fault) {
        await this.#cutBack();
        throw fault;
      }
      this.#bytes += Buffer.byteLength(line);
    };
    // A line that failed stays failed for its own caller; the next one is tried on its own.
    this.#last = this.#last.then(write, write);
    return this.#last;
  }

  /** Takes half a line away: with the next one behind it, it would be damage in the middle of the file. */
  async #cutBack(): Promise<void> {
    try {
      await this.#file.truncate(this.#bytes);
      await this.#file.datasync();
    } catch (cause) {
      this.#broken = new JournalFault(`${this.#path} could not be cut back to its last whole line`, { cause });
    }
  }

  /** Writes a new file with what is still needed and puts it in the place of the old one. */
  async #rewrite(): Promise<void> {
    const owed = this.unfinished();
    const text = [lineOf({ counters: this.#counters }), ...owed.map((transaction) => lineOf({ transaction }))].join('');
    const fresh = `${this.#path}.new`;
    const file = await open(fresh, 'w', 0o600);
    await file.writeFile(text);
    await file.datasync();
    await file.close();
    await this.#file.close();
    await rename(fresh, this.#path);
    const folder = await open(dirname(this.#path), 'r');
    await folder.sync();
    await folder.close();
    this.#file = await open(this.#path, 'a', 0o600);
    this.#bytes = Buffer.byteLength(text);
    for (const [id, transaction] of this.#transactions) if (!owed.includes(transaction)) this.#transactions.delete(id);
  }
}
