import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ApduRecord } from '../../core/card/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AgentMessage, agentPath, longestMessage } from './contract.ts';
import type { Counter } from './counter.ts';
import { PageSession } from './page-session.ts';
import type { Pairing } from './pairing.ts';

export type AgentOptions = {
  readonly counter: Counter;
  readonly pairing: Pairing;
  readonly clock: Clock;
  /** 0 lets the machine choose. */
  readonly port: number;
  /** Pages of these origins only: `https://agency.example`, without a slash at the end. */
  readonly origins: readonly string[];
  readonly onApdu?: (record: ApduRecord) => void;
  readonly onFault?: (fault: unknown) => void;
  /** How long a page may stay that has not been paired. */
  readonly pair_within_ms?: number;
};

export type CounterAgent = { readonly port: number; close(): Promise<void> };

const loopback = '127.0.0.1';
const most_pages = 16;
/** A page that does not read what it is told is let go. */
const most_unread_bytes = 1 << 20;

/**
 * Opens the counter agent on the loopback address. Any page in any browser on this machine can reach that address, so
 * that the browser's word for where a page comes from is checked before a byte is exchanged, and the name under which
 * the agent was called too (a foreign name may have been pointed here).
 * @throws the fault of the system when the port cannot be opened
 */
export async function openAgent(options: AgentOptions): Promise<CounterAgent> {
  const pages = new Set<PageSession>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage, perMessageDeflate: false });
  const server = createServer((_, response) => response.writeHead(404, { connection: 'close' }).end());
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(incoming, options.origins, pages.size);
    if (refusal) return refuse(socket, refusal);
    sockets.handleUpgrade(incoming, socket, head, (page) => welcome(page, incoming.headers.origin ?? ''));
  });

  function welcome(socket: WebSocket, origin: string): void {
    const { counter, pairing, clock, onApdu, onFault } = options;
    const send = (message: AgentMessage) => {
      if (socket.bufferedAmount > most_unread_bytes) socket.terminate();
      else socket.send(JSON.stringify(message));
    };
    const page = new PageSession({
      counter,
      pairing,
      clock,
      origin,
      send,
      ...(onApdu ? { onApdu } : {}),
      ...(onFault ? { onFault } : {}),
    });
    pages.add(page);
    const patience = setTimeout(() => {
      if (!page.entered) socket.close(1008, 'not paired');
    }, options.pair_within_ms ?? 600_000);
    // Frames that break the protocol end the line, and nothing else.
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => void page.hear(String(data)));
    socket.on('close', () => {
      clearTimeout(patience);
      page.close().then(
        () => pages.delete(page),
        (fault: unknown) => onFault?.(fault),
      );
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, loopback, resolve);
  });
  return {
    port: (server.address() as { port: number }).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets.clients) socket.terminate();
      await Promise.all([...pages].map((page) => page.close()));
      server.closeAllConnections();
      await closed;
      options.pairing.close();
      options.counter.close();
    },
  };
}

function refusalOf({ url, headers }: IncomingMessage, origins: readonly string[], pages: number): string | null {
  const name = headers.host?.replace(/:\d+$/, '') ?? '';
  if (url !== agentPath) return '404 Not Found';
  if (name !== loopback && name !== 'localhost') return '403 Forbidden';
  if (!headers.origin || !origins.includes(headers.origin)) return '403 Forbidden';
  return pages >= most_pages ? '503 Service Unavailable' : null;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
