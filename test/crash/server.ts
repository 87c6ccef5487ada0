import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/postgres/index.ts';

/** How a server goes down: SIGINT ends its sessions in order, SIGQUIT leaves the repair to the next start. */
type Stop = 'SIGINT' | 'SIGQUIT';

/** A PostgreSQL server with full durability that can be stopped under load and started again where it was. */
export class Server {
  readonly #home: string;
  #running: EmbeddedPostgres;
  readonly #atExit = () => this.#signal('SIGINT');

  private constructor(home: string, running: EmbeddedPostgres) {
    this.#home = home;
    this.#running = running;
    // Should the test itself be ended in the middle: the server is nobody's child in time, so it is told at once.
    process.once('exit', this.#atExit);
  }

  static async start(): Promise<Server> {
    const home = mkdtempSync(join(tmpdir(), 'tessera-crash-db-'));
    return new Server(home, await startEmbeddedPostgres({ home, settings: { shared_buffers: '64MB' } }));
  }

  get url(): string {
    return this.#running.url;
  }

  async stop(how: Stop): Promise<void> {
    this.#signal(how);
    // Waits until the process is gone; the signal above was the first.
    await this.#running.stop();
  }

  /** On the same data and the same port, so that nobody has to be told. */
  async startAgain(): Promise<void> {
    const { port } = this.#running;
    this.#running = await startEmbeddedPostgres({ home: this.#home, port, settings: { shared_buffers: '64MB' } });
  }

  async close(): Promise<void> {
    await this.stop('SIGINT');
    process.off('exit', this.#atExit);
    rmSync(this.#home, { recursive: true, force: true });
  }

  #signal(how: Stop): void {
    try {
      process.kill(this.#running.pid, how);
    } catch {
      // It has gone already.
    }
  }
}
