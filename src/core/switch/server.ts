import { createServer, type Server } from 'node:net';
import { assert } from '../../kernel/assert.ts';
import { createExchange, type ExchangePorts } from './exchange.ts';
import { Session, type SessionLimits, sessionLimits } from './session.ts';

export type SwitchOptions = ExchangePorts & {
  readonly limits?: Partial<SessionLimits>;
  /** Connections beyond this are refused. */
  readonly connections?: number;
};

/** The switch of the centre: terminals over TCP on one side, one handler of business messages on the other. */
export class SwitchServer {
  readonly #server: Server;
  readonly #sessions = new Set<Session>();
  #sweeper: NodeJS.Timeout | undefined;

  constructor(options: SwitchOptions) {
    const exchange = createExchange(options);
    const limits = { ...sessionLimits, ...options.limits };
    this.#server = createServer((socket) => {
      const session = new Session(socket, exchange, limits, performance.now());
      this.#sessions.add(session);
      socket.once('close', () => this.#sessions.delete(session));
    });
    this.#server.maxConnections = options.connections ?? 20_000;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  /** Port 0 takes any free one; resolves to the port taken. A busy port rejects with EADDRINUSE. */
  async listen(port: number, host = '127.0.0.1'): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject);
    this.#server.listen({ port, host, backlog: 1024 }, resolve);
    await promise;
    this.#server.off('error', reject);
    this.#sweeper = setInterval(() => this.#sweep(), 1_000).unref();
    const address = this.#server.address();
    assert(address && typeof address === 'object', 'a TCP address');
    return address.port;
  }

  /** Takes nothing new, answers what is under way, then closes; what is not answered after `patience_ms` is cut off. */
  async stop(patience_ms = 10_000): Promise<void> {
    clearInterval(this.#sweeper);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const session of this.#sessions) session.drain();
    const impatience = setTimeout(() => {
      for (const session of this.#sessions) session.destroy();
    }, patience_ms);
    await closed;
    clearTimeout(impatience);
  }

  #sweep(): void {
    const now_ms = performance.now();
    for (const session of this.#sessions) session.sweep(now_ms);
  }
}
