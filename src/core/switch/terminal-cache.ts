import type { TerminalDirectory, TerminalEntry, WorkingKeys } from './contract.ts';

type Held = { readonly entry: TerminalEntry | null; readonly read_at_ms: number };

/**
 * Terminals as last read from the shared directory, so that the online path does not ask the database for each message.
 * An entry is believed for `believed_ms`; a MAC that fails asks again at once (another node may have signed the terminal
 * in), but not more often than every `reread_ms`, so that wrong MACs cannot be used to load the database.
 */
export class TerminalCache {
  readonly #directory: TerminalDirectory;
  readonly #held = new Map<string, Held>();
  readonly #believed_ms: number;
  readonly #reread_ms: number;

  constructor(directory: TerminalDirectory, believed_ms = 5_000, reread_ms = 200) {
    this.#directory = directory;
    this.#believed_ms = believed_ms;
    this.#reread_ms = reread_ms;
  }

  find(terminal_id: string, now_ms: number): TerminalEntry | null | Promise<TerminalEntry | null> {
    const held = this.#held.get(terminal_id);
    return held && now_ms - held.read_at_ms < this.#believed_ms ? held.entry : this.#read(terminal_id, now_ms);
  }

  /** What the directory says now, or null when it was asked a moment ago. */
  async findAgain(terminal_id: string, now_ms: number): Promise<TerminalEntry | null> {
    const held = this.#held.get(terminal_id);
    return held && now_ms - held.read_at_ms < this.#reread_ms ? null : this.#read(terminal_id, now_ms);
  }

  async keepWorkingKeys(entry: TerminalEntry, working_keys: WorkingKeys | null, now_ms: number): Promise<void> {
    await this.#directory.keepWorkingKeys(entry.terminal_id, working_keys);
    this.#held.set(entry.terminal_id, { entry: { ...entry, working_keys }, read_at_ms: now_ms });
  }

  async #read(terminal_id: string, now_ms: number): Promise<TerminalEntry | null> {
    const entry = await this.#directory.find(terminal_id);
    // Unknown ids are not held: they would fill the memory with whatever strangers send.
    if (entry) this.#held.set(terminal_id, { entry, read_at_ms: now_ms });
    else this.#held.delete(terminal_id);
    return entry;
  }
}
