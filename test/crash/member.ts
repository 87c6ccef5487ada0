import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const ready_within_ms = 30_000;

/** One process of the platform as `npm start` runs it, under a hand that kills it. */
export class Member {
  readonly #name: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #logs: string;
  #child: ChildProcess | null = null;

  /** `name`: folder under `src/apps`. */
  constructor(name: string, environment: Readonly<Record<string, string>>, logs: string) {
    this.#name = name;
    this.#environment = environment;
    this.#logs = logs;
  }

  /** Resolves when the process says that it is ready. */
  start(): Promise<void> {
    const log = openSync(join(this.#logs, `${this.#name}.log`), 'a');
    const child = fork(join(root, 'src/apps', this.#name, 'main.ts'), [], {
      cwd: root,
      env: { ...process.env, ...this.#environment },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // The channel closes with this process, and then the child ends by itself.
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.#child = child;
    const { promise, resolve: ready, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(new Error(`${this.#name} was not ready in time`)), ready_within_ms);
    child.once('message', () => ready());
    child.once('exit', (code, signal) => reject(new Error(`${this.#name} ended (${signal ?? code})`)));
    return promise.finally(() => clearTimeout(timer));
  }

  /** SIGKILL: nothing is told to the process, nothing is flushed. Resolves when it is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Lets it end by itself. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    await gone;
  }
}
