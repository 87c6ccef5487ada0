import type { Socket } from 'node:net';
import type { Exchange } from './exchange.ts';
import { FrameDecoder } from './framing.ts';

export type SessionLimits = {
  /** A connection that says nothing for so long is closed. */
  readonly idle_ms: number;
  /** A frame that has begun must end, and an answer must be taken, within this. */
  readonly slow_ms: number;
  /** Requests of one connection that may be under way at once; more wait unread. */
  readonly in_flight: number;
  /** Bodies that could not be taken apart before the connection is closed. */
  readonly bad_frames: number;
};

export const sessionLimits: SessionLimits = { idle_ms: 300_000, slow_ms: 10_000, in_flight: 64, bad_frames: 8 };

/** One connection of a terminal, or of a concentrator with many terminals behind it. */
export class Session {
  readonly #socket: Socket;
  readonly #exchange: Exchange;
  readonly #limits: SessionLimits;
  readonly #decoder = new FrameDecoder();
  readonly #waiting: Uint8Array[] = [];
  readonly #peer: string;
  #in_flight = 0;
  #bad_frames = 0;
  #heard_at_ms: number;
  #blocked_since_ms: number | null = null;
  #draining = false;

  constructor(socket: Socket, exchange: Exchange, limits: SessionLimits, now_ms: number) {
    this.#socket = socket;
    this.#exchange = exchange;
    this.#limits = limits;
    this.#heard_at_ms = now_ms;
    this.#peer = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('drain', () => this.#pump());
    // A terminal that vanishes is everyday life; its unanswered request will be reversed by the terminal.
    socket.on('error', () => socket.destroy());
  }

  /** Closes the connection if the peer is silent or too slow. Called about once a second. */
  sweep(now_ms: number): void {
    const quiet_ms = now_ms - this.#heard_at_ms;
    this.#blocked_since_ms = this.#socket.writableNeedDrain ? (this.#blocked_since_ms ?? now_ms) : null;
    const blocked = this.#blocked_since_ms !== null && now_ms - this.#blocked_since_ms > this.#limits.slow_ms;
    const slow = this.#decoder.held_bytes > 0 && quiet_ms > this.#limits.slow_ms;
    const idle = this.#in_flight === 0 && quiet_ms > this.#limits.idle_ms;
    if (blocked || slow || idle) this.#socket.destroy();
  }

  /** Reads nothing more, answers what was read, then closes. */
  drain(): void {
    this.#draining = true;
    this.#socket.pause();
    this.#pump();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Uint8Array): void {
    this.#heard_at_ms = performance.now();
    const fault = this.#decoder.push(chunk, (body) => this.#waiting.push(body));
    // Bodies before the fault are whole and are served; after it the stream has no beginning any more.
    if (fault) this.#draining = true;
    this.#pump();
  }

  #pump(): void {
    const socket = this.#socket;
    while (this.#in_flight < this.#limits.in_flight && !socket.writableNeedDrain) {
      const body = this.#waiting.shift();
      if (!body) break;
      void this.#serve(body);
    }
    if (this.#draining || this.#waiting.length > 0 || socket.writableNeedDrain) socket.pause();
    else socket.resume();
    if (this.#draining && this.#in_flight === 0 && this.#waiting.length === 0) socket.end(() => socket.destroy());
  }

  async #serve(body: Uint8Array): Promise<void> {
    this.#in_flight++;
    try {
      const frame = await this.#exchange(body, this.#peer);
      if (frame) this.#socket.write(frame);
      else if (++this.#bad_frames >= this.#limits.bad_frames) this.#draining = true;
    } catch {
      // The journal or the key store failed: without them nothing may be answered.
      this.#socket.destroy();
    }
    this.#in_flight--;
    this.#pump();
  }
}
