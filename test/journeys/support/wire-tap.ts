import { connect, createServer, type Server, type Socket } from 'node:net';
import { FrameDecoder, unpack } from '../../../src/core/switch/index.ts';
import { assert } from '../../../src/kernel/assert.ts';
import { concat, uint } from '../../../src/kernel/bytes.ts';

/** What somebody on the line makes of a message (its body) of a terminal. */
type Meddling = (body: Uint8Array, mti: string) => Uint8Array;

export const frameOf = (body: Uint8Array): Uint8Array => concat(uint(body.length, 2), body);

/** Somebody on the line between the terminals and the switch, who hears every request and may change it. */
export class WireTap {
  /** Bodies as they left the terminals, by the time they came. */
  readonly heard: { readonly mti: string; readonly body: Uint8Array }[] = [];
  meddle: Meddling = (body) => body;
  /** The way past the tap. */
  readonly switch_port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(switch_port: number) {
    this.switch_port = switch_port;
    this.#server = createServer((terminal) => this.#join(terminal, connect(switch_port, '127.0.0.1')));
  }

  static async open(switch_port: number): Promise<WireTap> {
    const tap = new WireTap(switch_port);
    await new Promise<void>((resolve) => tap.#server.listen(0, '127.0.0.1', resolve));
    return tap;
  }

  get port(): number {
    const address = this.#server.address();
    assert(address && typeof address === 'object', 'a TCP address');
    return address.port;
  }

  /** The last message of a type that passed. */
  last(mti: string): Uint8Array {
    const found = this.heard.findLast((message) => message.mti === mti);
    assert(found, `a message ${mti} has passed`);
    return found.body;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(terminal: Socket, centre: Socket): void {
    const decoder = new FrameDecoder();
    terminal.on('data', (chunk: Buffer) =>
      decoder.push(chunk, (passing) => {
        const body = passing.slice();
        const unpacked = unpack(body);
        const mti = unpacked.ok ? unpacked.message.mti : '';
        this.heard.push({ mti, body });
        centre.write(frameOf(this.meddle(body, mti)));
      }),
    );
    centre.pipe(terminal);
    for (const [one, other] of [
      [terminal, centre],
      [centre, terminal],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => other.destroy());
    }
  }
}

/** Sends bytes to the switch as a stranger would; the bodies that come back until it closes or is silent. */
export async function sendRaw(port: number, frame: Uint8Array, silence_ms = 500): Promise<Uint8Array[]> {
  const answers: Uint8Array[] = [];
  const decoder = new FrameDecoder();
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(silence_ms, () => socket.destroy());
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => decoder.push(chunk, (body) => answers.push(body.slice())));
  socket.write(frame);
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return answers;
}
