/**
 * The terminals of the payment bench, in a process of their own as terminals are: sign in over TCP, then send purchases
 * made ready beforehand, one at a time each, and check every answer. Told what to do by its parent, tells back counts.
 */
import { connect, type Socket } from 'node:net';
import { cardFactors, decrypt, SoftwareKeyStore } from '../src/core/keys/index.ts';
import {
  FrameDecoder,
  macInput,
  messageKinds,
  pack,
  SoftwarePinPad,
  unpack,
  writeIcData,
} from '../src/core/switch/index.ts';
import { defined } from '../src/kernel/assert.ts';
import { newId } from '../src/platform/identity.ts';

export type BenchCard = { readonly account_number: string; readonly atr_factor: string; readonly generation: 2 | 3 };
export type BenchOrder = {
  readonly key_file: string;
  readonly passphrases: readonly [string, string];
  readonly port: number;
  readonly city_code: string;
  readonly terminals: readonly {
    readonly terminal_id: string;
    readonly institution_code: string;
    readonly transport: string;
    readonly injection: string;
  }[];
  readonly cards: readonly BenchCard[];
  /** Purchases each terminal makes ready; it stops when they are used up or the time is over. */
  readonly each: number;
  readonly seconds: number;
  readonly batch: string;
};
export type BenchCounts = {
  readonly paid: number;
  readonly refused: number;
  readonly seconds: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
};

const start = { tpdu: '6000010000', header: '603200000000' };
/** Terminals are not what is measured, so only one answer in so many is read whole. */
const check_every = 16;

class LoadTerminal {
  readonly #order: BenchOrder;
  readonly #own: BenchOrder['terminals'][number];
  readonly #pad: SoftwarePinPad;
  readonly #socket: Socket;
  readonly #decoder = new FrameDecoder();
  #answered: (body: Uint8Array) => void = () => {};
  #response_at = 0;
  frames: Uint8Array[] = [];
  readonly times_ms: number[] = [];
  paid = 0;
  refused = 0;

  constructor(order: BenchOrder, own: BenchOrder['terminals'][number]) {
    this.#order = order;
    this.#own = own;
    this.#pad = new SoftwarePinPad(
      decrypt('des', Uint8Array.fromHex(own.transport), Uint8Array.fromHex(own.injection)),
    );
    this.#socket = connect(order.port, '127.0.0.1').setNoDelay();
    this.#socket.on('data', (data: Buffer) => {
      this.#decoder.push(data, (body) => this.#answered(body));
    });
  }

  #ask(frame: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#socket.write(frame);
    });
  }

  #common(trace: number, kind: keyof typeof messageKinds) {
    const { function: code, network } = messageKinds[kind];
    return {
      11: String(trace).padStart(6, '0'),
      41: this.#own.terminal_id,
      42: this.#own.institution_code.padEnd(15),
      60: `${code}${this.#order.batch}${network}`,
    };
  }

  async signIn(): Promise<void> {
    const fields = { ...this.#common(1, 'sign_in'), 63: '001' };
    const answer = unpack(await this.#ask(pack({ ...start, mti: '0800', fields })));
    const download = answer.ok ? answer.message.fields[62] : undefined;
    if (!download || typeof download === 'string' || !this.#pad.takeWorkingKeys(download))
      throw new Error('sign-in failed');
  }

  /** Makes the purchases of this terminal ready, each with a card's proof and the terminal's MAC. */
  prepare(keys: SoftwareKeyStore, index: number): void {
    const { each, cards, terminals, city_code } = this.#order;
    for (let i = 0; i < each; i++) {
      const number = i * terminals.length + index;
      const card = defined(cards[number % cards.length], 'card');
      const history = Uint8Array.fromHex(`0090010001${card.atr_factor}`);
      const factors = cardFactors(city_code, history, card.generation === 2 ? 'des' : 'sm4');
      const [session_factor, original, challenge] = [0, 1, 2].map(() => crypto.getRandomValues(new Uint8Array(8))) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ];
      const cryptogram = keys.authentication('IRK', factors, session_factor, original);
      const sequence = Math.floor(number / cards.length) + 1000 * Number(this.#order.batch);
      const ic = {
        cryptogram,
        original,
        session_factor,
        challenge,
        card_factor: factors.card,
        transaction_counter: Uint8Array.of(sequence >> 8, sequence & 255),
      };
      const fields = {
        ...this.#common(i + 2, 'purchase'),
        2: card.account_number,
        3: '000000',
        4: '000000000001',
        12: '101500',
        13: '0105',
        22: '051',
        25: '00',
        49: '156',
        55: writeIcData(ic),
        62: Buffer.from(' '),
        63: `001${newId()}`,
        64: new Uint8Array(8),
      };
      const frame = pack({ ...start, mti: '0200', fields });
      frame.set(defined(this.#pad.mac(macInput(frame.subarray(2))), 'mac'), frame.length - 8);
      this.frames.push(frame);
    }
  }

  async run(until: number): Promise<void> {
    for (const frame of this.frames) {
      const begun = performance.now();
      if (begun > until) return;
      const body = await this.#ask(frame);
      this.times_ms.push(performance.now() - begun);
      if (this.#isApproved(body)) this.paid++;
      else this.refused++;
    }
  }

  /** Reads one answer in so many whole, MAC included; of the others only field 39, which stands where it stood there. */
  #isApproved(body: Uint8Array): boolean {
    if (this.#response_at > 0 && (this.paid + this.refused) % check_every !== 0)
      return body[this.#response_at] === 0x30 && body[this.#response_at + 1] === 0x30;
    const answer = unpack(body);
    if (!answer.ok) throw new Error(answer.fault.what);
    const mac = defined(this.#pad.mac(macInput(body)), 'mac');
    if (Buffer.compare(mac, body.subarray(-8)) !== 0) throw new Error('an answer with a wrong MAC');
    const code = answer.message.fields[39];
    if (code !== '00') return false;
    const reference = Buffer.from(String(answer.message.fields[37] ?? '') + String(answer.message.fields[38] ?? ''));
    this.#response_at = Buffer.from(body.buffer, body.byteOffset, body.length).indexOf(reference) + reference.length;
    return true;
  }

  close(): void {
    this.#socket.destroy();
  }
}

async function carryOut(order: BenchOrder): Promise<BenchCounts> {
  const keys = await SoftwareKeyStore.open(order.key_file, order.passphrases);
  const terminals = order.terminals.map((own) => new LoadTerminal(order, own));
  for (const terminal of terminals) await terminal.signIn();
  terminals.forEach((terminal, index) => {
    terminal.prepare(keys, index);
  });
  const begun = performance.now();
  await Promise.all(terminals.map((terminal) => terminal.run(begun + order.seconds * 1000)));
  const seconds = (performance.now() - begun) / 1000;
  const times = terminals.flatMap((terminal) => terminal.times_ms).sort((a, b) => a - b);
  for (const terminal of terminals) terminal.close();
  const at = (part: number) => times[Math.floor(times.length * part)] ?? 0;
  const sum = (of: (terminal: LoadTerminal) => number) =>
    terminals.reduce((total, terminal) => total + of(terminal), 0);
  return { paid: sum((t) => t.paid), refused: sum((t) => t.refused), seconds, p50_ms: at(0.5), p99_ms: at(0.99) };
}

process.on('message', (order: BenchOrder) => {
  carryOut(order).then(
    (counts) => process.send?.(counts),
    (fault: unknown) => {
      console.error(fault);
      process.exit(1);
    },
  );
});
