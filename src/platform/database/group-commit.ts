import { assert, defined } from '../../kernel/assert.ts';
import type { Database } from './database.ts';
import type { Sql } from './sql.ts';

/** The queue is full: the caller must slow down or answer "busy". Nothing was tried. */
export class Overloaded extends Error {
  override name = 'Overloaded';
}

/** The connection was lost while committing and the database did not come back in time: done or not, nobody knows yet. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown';
}

export type GroupCommitOptions<Command, Result> = {
  readonly database: Database;
  /**
   * Carries out the commands in order, in one transaction, and answers them in the same order. A refusal is an answer.
   * It must be idempotent by a key inside each command: after a lost connection the same commands are run again.
   */
  readonly run: (sql: Sql, commands: readonly Command[]) => Promise<readonly Result[]>;
  /** Most commands in one transaction. */
  readonly max_group?: number;
  /** Transactions in flight at once. One keeps the order of arrival for all commands. */
  readonly lanes?: number;
  /** With several lanes: commands of the same line (a card, say) keep their order among themselves. */
  readonly line_of?: (command: Command) => string;
  /** Commands that may wait in one lane before `submit` answers `Overloaded`. */
  readonly max_waiting?: number;
  /**
   * Under load, how long the next group waits for those who were just answered: their next commands come at once, and one
   * large group costs less than two small ones. An idle system never waits.
   */
  readonly linger_ms?: number;
  /** How long a group waits for a database that is away. */
  readonly patience_ms?: number;
};

export interface GroupCommit<Command, Result> {
  /** Resolves after the command's transaction has committed. */
  submit(command: Command): Promise<Result>;
  /** Resolves when every command submitted so far has been answered. */
  drain(): Promise<void>;
}

type Member<Command, Result> = {
  readonly command: Command;
  readonly resolve: (result: Result) => void;
  readonly reject: (fault: unknown) => void;
};

/**
 * Writes commands that arrive together in one transaction. While a group is in flight the next one gathers, so groups
 * grow with the load and an idle system answers at once.
 *
 * A fault in a group of several rolls it back and tries its halves, down to the one that is guilty; the others are not
 * harmed. When the connection is lost, even during commit, the whole group is tried again with growing pauses: commands
 * are idempotent by key, so a group that had been committed is answered from what it wrote. Only when patience ends is a
 * member rejected: with `OutcomeUnknown` if a commit had been on its way, else with the last fault.
 */
export function groupCommit<Command, Result>(
  options: GroupCommitOptions<Command, Result>,
): GroupCommit<Command, Result> {
  const lanes = Array.from({ length: options.lanes ?? 1 }, () => new Lane(options));
  let turn = 0;
  return {
    submit(command) {
      const number = options.line_of ? spread(options.line_of(command)) : turn++;
      return defined(lanes[number % lanes.length], 'lane').submit(command);
    },
    drain: async () => {
      await Promise.all(lanes.map((lane) => lane.drain()));
    },
  };
}

/** FNV-1a, 32 bits: spreads lines over lanes. */
function spread(line: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

class Lane<Command, Result> {
  readonly #options: GroupCommitOptions<Command, Result>;
  readonly #max_group: number;
  readonly #max_waiting: number;
  #waiting: Member<Command, Result>[] = [];
  /** Set while a group gathers: how many are enough, and what to call then. */
  #gathering: { readonly enough: number; readonly done: () => void } | null = null;
  #running: Promise<void> | null = null;

  constructor(options: GroupCommitOptions<Command, Result>) {
    this.#options = options;
    this.#max_group = options.max_group ?? 64;
    this.#max_waiting = options.max_waiting ?? 10_000;
  }

  submit(command: Command): Promise<Result> {
    if (this.#waiting.length >= this.#max_waiting) {
      return Promise.reject(new Overloaded(`${this.#max_waiting} commands are waiting`));
    }
    const answer = Promise.withResolvers<Result>();
    this.#waiting.push({ command, ...answer });
    if (this.#gathering && this.#waiting.length >= this.#gathering.enough) this.#gathering.done();
    this.#running ??= this.#work();
    return answer.promise;
  }

  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #work(): Promise<void> {
    // Commands that came with the same read from the network join the first group.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#max_group);
      await this.#commit(group);
      if (group.length > 1 && this.#waiting.length > 0) await this.#gather(this.#waiting.length + group.length);
    }
    this.#running = null;
  }

  /** Waits until so many commands are there, or the time to linger is over. */
  async #gather(expected: number): Promise<void> {
    const { linger_ms = 0 } = this.#options;
    const enough = Math.min(expected, this.#max_group);
    if (linger_ms === 0 || this.#waiting.length >= enough) return;
    await new Promise<void>((done) => {
      const timer = setTimeout(done, linger_ms);
      this.#gathering = {
        enough,
        done: () => {
          clearTimeout(timer);
          done();
        },
      };
    });
    this.#gathering = null;
  }

  /** Answers every member; never throws. */
  async #commit(members: readonly Member<Command, Result>[]): Promise<void> {
    try {
      const results = await this.#attempt(members.map((member) => member.command));
      members.forEach((member, i) => {
        member.resolve(results[i] as Result);
      });
    } catch (fault) {
      const half = Math.ceil(members.length / 2);
      // A database that is away would be away for each half as well.
      if (members.length === 1 || isConnectionLost(fault) || fault instanceof OutcomeUnknown) {
        for (const member of members) member.reject(fault);
        return;
      }
      await this.#commit(members.slice(0, half));
      await this.#commit(members.slice(half));
    }
  }

  async #attempt(commands: readonly Command[]): Promise<readonly Result[]> {
    const { database, run, patience_ms = 30_000 } = this.#options;
    const until = performance.now() + patience_ms;
    let in_doubt = false;
    for (let pause_ms = 20; ; pause_ms = Math.min(pause_ms * 2, 1000)) {
      let committing = false;
      try {
        return await database.transaction(async (sql) => {
          committing = false;
          const results = await run(sql, commands);
          assert(results.length === commands.length, 'one answer for each command');
          committing = true;
          return results;
        });
      } catch (fault) {
        if (!isConnectionLost(fault)) throw fault;
        in_doubt ||= committing;
        if (performance.now() + pause_ms > until) {
          throw in_doubt ? new OutcomeUnknown('the connection was lost during commit', { cause: fault }) : fault;
        }
        await new Promise((resolve) => setTimeout(resolve, pause_ms));
      }
    }
  }
}

/** SQLSTATE classes and system errors that mean "the server is away", not "the statement is wrong". */
const away = /^(08...|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/;

function isConnectionLost(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const { code } = fault as { code?: unknown };
  if (typeof code === 'string') return away.test(code);
  // The driver gives these no code.
  return /Connection terminated|connection timeout|Client has encountered a connection error|not queryable/i.test(
    fault.message,
  );
}
