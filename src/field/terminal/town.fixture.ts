import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chip, chipHistory, medicalDirectory, Psam, personalise, SimulatedReader } from '../../core/card/index.ts';
import { cardFactors, cityFactors, decrypt, SoftwareKeyStore } from '../../core/keys/index.ts';
import {
  type Answer,
  type IncomingRequest,
  SoftwarePinPad,
  SwitchServer,
  type TerminalEntry,
} from '../../core/switch/index.ts';
import { assert, defined } from '../../kernel/assert.ts';
import { bytes, concat, equal, readUint, uint } from '../../kernel/bytes.ts';
import { type CardNumber, type CitizenNumber, luhnCheck } from '../../kernel/identifiers.ts';
import { type Fen, fen } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { StoppedClock } from '../../platform/clock.ts';
import type { TerminalEvent } from './contract.ts';
import { Terminal, type TerminalOptions } from './terminal.ts';

const transport = bytes('00112233445566778899AABBCCDDEEFF');
const history = chipHistory('990100', 7);
const factors = cardFactors('990100', history);
const account_number = `990100123456789012${luhnCheck('990100123456789012')}`;
const terminal_id = '99010001';
const institution_code = 'H9901000001';
/** Of the PSAM, and what MACs and TACs carry. */
const terminalNumber = '000099010001';

type Booking = { readonly request: IncomingRequest; state: 'approved' | 'reversed' | 'chip_confirmed' };

/** What the centre does with a request after it has decided it. */
type Mood = (request: IncomingRequest, answer: Answer) => Promise<Answer> | Answer;
export const silence = new Promise<never>(() => {});

/**
 * The smallest town in which a card can pay: one card, one terminal, and a centre that keeps its books in a list but
 * checks every proof as the real one does. Its moods make it lose answers, decline, or lie.
 */
export class TestTown {
  readonly clock = new StoppedClock('2026-03-02T02:15:00Z');
  readonly reader = new SimulatedReader();
  readonly events: TerminalEvent[] = [];
  readonly bookings = new Map<string, Booking>();
  account_fen = 1_000_00n;
  pin: string | null = '123456';
  mood: Mood = (_, answer) => answer;
  /** Makes the centre sign its answers wrongly. */
  forged = false;
  chip!: Chip;
  psam!: Psam;
  terminal!: Terminal;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tessera-terminal-'));
  #keys!: SoftwareKeyStore;
  #server!: SwitchServer;
  #entry!: TerminalEntry;
  #port = 0;
  readonly account_number = account_number;
  readonly card_factor = factors.card.toHex();
  #masterKey!: Uint8Array;

  static async build(): Promise<TestTown> {
    const town = new TestTown();
    await town.#build();
    return town;
  }

  get journal_path(): string {
    return join(this.#folder, 'journal');
  }

  async #build(): Promise<void> {
    this.#keys = await SoftwareKeyStore.create(join(this.#folder, 'vault'), ['a passphrase for', 'the test']);
    const { sealed, injection } = this.#keys.createTerminalKey(terminal_id, transport);
    this.#masterKey = decrypt('des', transport, injection);
    this.#entry = { terminal_id, institution_code, state: 'active', master_key: sealed, working_keys: null };
    this.chip = personalise({
      generation: 3,
      history,
      keys: this.#keys.cardKeys(factors, transport),
      transport,
      cityCode: '990100',
      running: 7,
      cardNumber: 'A00000013' as CardNumber,
      citizenNumber: '990100199001011234' as CitizenNumber,
      name: '林晓春',
      sex: '2',
      birth: day('1990-01-01'),
      issued: day('2025-01-01'),
      expiry: day('2035-01-01'),
      pin: '123456',
      elements: [{ directory: medicalDirectory, tag: 0x8b, text: account_number }],
    });
    this.psam = Psam.personalise({
      terminalNumber,
      serial: '99010000000000000001',
      from: day('2025-01-01'),
      through: day('2035-01-01'),
      keys: [{ family: 'sm4', keys: this.#keys.psamKeys(cityFactors('990100'), transport) }],
      transport,
    });
    this.reader.insert('sam', this.psam);
    this.reader.insert('user', this.chip);
    await this.startCentre();
    this.terminal = await this.openTerminal();
  }

  async startCentre(): Promise<void> {
    this.#server = new SwitchServer({
      directory: {
        find: async (id) => (id === terminal_id ? this.#entry : null),
        keepWorkingKeys: async (_, working_keys) => {
          this.#entry = { ...this.#entry, working_keys };
        },
      },
      keys: {
        createWorkingKeys: (terminal) => this.#keys.createWorkingKeys(terminal),
        // Only answers begin with an odd third digit; requests are checked as ever.
        terminalMac: (key, message) => {
          const mac = this.#keys.terminalMac(key, message);
          return this.forged && ((message[1] as number) >> 4) & 1 ? mac.map((byte) => byte ^ 1) : mac;
        },
      },
      handle: async (request) => this.mood(request, this.#decide(request)),
      journal: () => {},
      clock: this.clock,
    });
    this.#port = await this.#server.listen(this.#port);
  }

  stopCentre(): Promise<void> {
    return this.#server.stop(0);
  }

  /** What a terminal of this town needs besides its reader. */
  get terminalOptions(): Pick<TerminalOptions, 'identity' | 'pad' | 'centre' | 'clock'> {
    return {
      identity: {
        terminal_id,
        institution_code,
        institution: { zh: '云溪市第一人民医院', en: 'Yunxi First Hospital' },
        tpdu: '6000010002',
        header: '603100310001',
        operator: '001',
      },
      pad: new SoftwarePinPad(this.#masterKey),
      centre: { host: '127.0.0.1', port: this.#port, timeout_ms: 500 },
      clock: this.clock,
    };
  }

  openTerminal(): Promise<Terminal> {
    return Terminal.open({
      ...this.terminalOptions,
      reader: this.reader,
      journal_path: this.journal_path,
      askPin: async () => this.pin,
      onEvent: (event) => this.events.push(event),
      doubt_ms: 400,
    });
  }

  /** As after a kill: nothing is told to the old process, a new one opens the same journal. */
  async restartTerminal(): Promise<Terminal> {
    await this.terminal.close();
    this.terminal = await this.openTerminal();
    return this.terminal;
  }

  pay(amount_fen: Fen) {
    return this.terminal.pay({ amount_fen, settlement_number: 'S202603020001' });
  }

  /** What the chip holds, asked from a copy so that the terminal's card is left alone. */
  get chip_fen(): bigint {
    const copy = Chip.fromImage(this.chip.image());
    copy.powerOn();
    for (const command of ['0020000003123456', '00A4040006D15600000503']) copy.transmit(bytes(command));
    const answer = copy.transmit(bytes('B026000104'));
    assert(answer.length === 6, 'a balance of four bytes');
    return BigInt(readUint(answer, 0, 4));
  }

  /** What the chip must hold by the centre's books. */
  get owed_fen(): bigint {
    let sum = 0n;
    for (const { request, state } of this.bookings.values())
      if (state !== 'reversed')
        sum += request.kind === 'load' ? (request.amount_fen ?? 0n) : -(request.amount_fen ?? 0n);
    return sum;
  }

  steps(): string[] {
    return this.events.flatMap((event) => (event.kind === 'step' ? [event.step] : []));
  }

  async close(): Promise<void> {
    await this.terminal.close();
    await this.stopCentre();
    rmSync(this.#folder, { recursive: true });
  }

  #decide(request: IncomingRequest): Answer {
    const { ic, original } = request;
    if (request.kind === 'reversal' || request.kind === 'tac_upload') {
      const booking = this.bookings.get(defined(original?.trace, 'an original'));
      if (request.kind === 'reversal') return this.#reverse(booking);
      if (!booking || booking.state === 'reversed') return { response_code: '25' };
      if (!this.#isTacRight(booking.request, request)) return { response_code: 'A7' };
      booking.state = 'chip_confirmed';
      return { response_code: '00' };
    }
    const proof = this.#keys.authentication(
      'IRK',
      factors,
      defined(ic.session_factor, 'factor'),
      defined(ic.original, 'original'),
    );
    if (!equal(proof, ic.cryptogram ?? new Uint8Array(0))) return { response_code: 'A7' };
    const amount_fen = request.amount_fen ?? fen(0);
    if (request.kind === 'load' && amount_fen > this.account_fen) return { response_code: '51' };
    this.bookings.set(request.trace, { request, state: 'approved' });
    if (request.kind === 'load') return this.#grantLoad(request, amount_fen);
    const challenge = defined(ic.challenge, 'challenge');
    const host_authentication = this.#keys.authentication('DSK', factors, challenge, defined(ic.original, 'original'));
    return { response_code: '00', reference: '260302000001', authorisation: '000001', ic: { host_authentication } };
  }

  #reverse(booking: Booking | undefined): Answer {
    if (booking?.state === 'chip_confirmed') return { response_code: '21' };
    if (booking?.state === 'approved' && booking.request.kind === 'load')
      this.account_fen += booking.request.amount_fen ?? 0n;
    if (booking) booking.state = 'reversed';
    return { response_code: '00' };
  }

  #grantLoad({ ic }: IncomingRequest, amount_fen: Fen): Answer {
    this.account_fen -= amount_fen;
    const time = bytes('20260302101501');
    const session = {
      random: defined(ic.random, 'random'),
      sequence: readUint(defined(ic.transaction_counter, 'counter')),
    };
    const mac = this.#keys.loadMac(
      factors,
      session,
      concat(uint(amount_fen, 4), bytes('31'), bytes(terminalNumber), time),
    );
    return { response_code: '00', ic: { mac, transacted_at: time } };
  }

  #isTacRight({ kind, amount_fen, ic: before }: IncomingRequest, { ic }: IncomingRequest): boolean {
    const [amount, time] = [uint(amount_fen ?? 0n, 4), defined(ic.transacted_at, 'time')];
    const number = bytes(terminalNumber);
    const balance = BigInt(readUint(defined(before.chip_balance, 'balance'))) + (amount_fen ?? 0n);
    const input =
      kind === 'load'
        ? concat(uint(balance, 4), defined(before.transaction_counter, 'counter'), amount, bytes('31'), number, time)
        : concat(amount, new Uint8Array(8), bytes('32'), number, defined(ic.psam_serial, 'serial'), time);
    return equal(this.#keys.tac(factors, input), defined(ic.tac, 'TAC'));
  }
}
