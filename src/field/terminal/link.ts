import { connect, type Socket } from 'node:net';
import { FrameDecoder, type Message, unpack } from '../../core/switch/index.ts';

export type LinkOptions = {
  readonly host: string;
  readonly port: number;
  readonly connect_timeout_ms?: number;
  /** How long an answer is waited for. */
  readonly timeout_ms?: number;
};

export type Reply = { readonly message: Message; readonly body: Uint8Array };

/** Terminal and centre find an answer by its type, terminal and trace number. */
const nameOf = (mti: string, { 11: trace = '', 41: terminal = '' }: Message['fields']): string =>
  `${mti.slice(0, 2)}/${terminal}/${trace}`;

/**
 * The wire to the centre. Connects when something is to be sent, and again after a loss; several requests may be under
 * way at once. An answer that comes too late finds nobody waiting and is dropped: the terminal has reversed by then.
 */
export class WireLink {
  readonly #options: Required<LinkOptions>;
  #connection: Connection | null = null;

  constructor(options: LinkOptions) {
    this.#options = { connect_timeout_ms: 3_000, timeout_ms: 10_000, ...options };
  }

  /** Sends a packed message; null when there was no answer, for whatever reason. */
  async ask(request: Message, frame: Uint8Array): Promise<Reply | null> {
    if (!this.#connection?.alive) this.#connection = new Connection(this.#options);
    return this.#connection.ask(nameOf(request.mti, request.fields), frame);
  }

  close(): void {
    this.#connection?.close();
  }
}

class Connection {
  readonly #socket: Socket;
  readonly #timeout_ms: number;
  readonly #waiting = new Map<string, (reply: Reply | null) => void>();
  readonly #connected: Promise<boolean>;

  constructor({ host, port, connect_timeout_ms, timeout_ms }: Required<LinkOptions>) {
    this.#timeout_ms = timeout_ms;
    const socket = connect({ host, port }).setNoDelay(true);
    this.#socket = socket;
    const decoder = new FrameDecoder();
    const patience = setTimeout(() => socket.destroy(), connect_timeout_ms);
    this.#connected = new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('close', () => resolve(false));
    });
    socket.once('connect', () => clearTimeout(patience));
    socket.on('data', (chunk: Buffer) => {
      if (decoder.push(chunk, (body) => this.#deliver(body))) socket.destroy();
    });
    // What went wrong does not matter to a payment: without an answer it is reversed.
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(patience);
      for (const resolve of this.#waiting.values()) resolve(null);
    });
  }

  get alive(): boolean {
    return !this.#socket.destroyed;
  }

  async ask(name: string, frame: Uint8Array): Promise<Reply | null> {
    if (!(await this.#connected) || !this.alive) return null;
    const { promise, resolve } = Promise.withResolvers<Reply | null>();
    const timer = setTimeout(() => resolve(null), this.#timeout_ms);
    this.#waiting.set(name, resolve);
    this.#socket.write(frame);
    const reply = await promise;
    clearTimeout(timer);
    this.#waiting.delete(name);
    // A line on which nothing comes back may be dead without knowing it.
    if (!reply && this.#waiting.size === 0) this.#socket.destroy();
    return reply;
  }

  close(): void {
    this.#socket.destroy();
  }

  #deliver(body: Uint8Array): void {
    const unpacked = unpack(body);
    if (!unpacked.ok) return;
    const { message } = unpacked;
    this.#waiting.get(nameOf(message.mti, message.fields))?.({ message, body });
  }
}
