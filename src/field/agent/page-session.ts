import { Compile } from 'typebox/compile';
import {
  type ApduRecord,
  CardFault,
  type CardReader,
  describeAnswer,
  describeCommand,
  recordApdus,
} from '../../core/card/index.ts';
import { parseHex } from '../../kernel/bytes.ts';
import type { Clock } from '../../platform/clock.ts';
import {
  type AgentMessage,
  type AgentRefusalCode,
  AgentRequest,
  type AgentRequestType,
  type AgentResult,
} from './contract.ts';
import type { Counter } from './counter.ts';
import type { Pairing } from './pairing.ts';

export type PageOptions = {
  readonly counter: Counter;
  readonly pairing: Pairing;
  readonly clock: Clock;
  /** Where the page comes from, as the browser says. */
  readonly origin: string;
  readonly send: (message: AgentMessage) => void;
  /** Every exchange with a card, masked. */
  readonly onApdu?: (record: ApduRecord) => void;
  readonly onFault?: (fault: unknown) => void;
};

type Request<T extends AgentRequestType> = Extract<AgentRequest, { readonly type: T }>;

/** A request that was not done. */
class Refused extends Error {
  readonly code: AgentRefusalCode;

  constructor(code: AgentRefusalCode) {
    super(code);
    this.code = code;
  }
}

const request = Compile(AgentRequest);
const most_under_way = 32;
const getResponse = 0xc0;

/** One page's conversation with the agent. Whatever the page says, the conversation goes on and nobody else is touched. */
export class PageSession {
  readonly #options: PageOptions;
  readonly #reader: CardReader;
  readonly #records = new Map<string, ApduRecord>();
  /** What a slot was asked last; an answer fetched by GET RESPONSE belongs to it. */
  readonly #asked = new Map<string, Uint8Array>();
  /** Commands for one card wait for each other; two cards do not. */
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #endWatching: () => void;
  #underWay = 0;
  #entered = false;
  #closing: Promise<void> | null = null;

  constructor(options: PageOptions) {
    this.#options = options;
    const { counter, clock } = options;
    this.#reader = recordApdus(
      counter.reader,
      () => clock.now().toString(),
      (record) => {
        this.#records.set(record.slot, record);
        options.onApdu?.(record);
      },
    );
    this.#endWatching = counter.watch(() => this.#tellReaders());
  }

  get entered(): boolean {
    return this.#entered;
  }

  /** A text of the page; never throws. */
  async hear(text: string): Promise<void> {
    if (this.#closing) return;
    const value = parse(text);
    const { id } = value as { id?: unknown };
    if (!request.Check(value))
      return this.#send({ type: 'refused', id: typeof id === 'number' ? id : null, code: 'agent.malformed' });
    await this.#do(value as AgentRequest);
  }

  async #do(asked: AgentRequest): Promise<void> {
    const { id } = asked;
    if (this.#underWay >= most_under_way) return this.#send({ type: 'refused', id, code: 'agent.busy' });
    this.#underWay++;
    try {
      const result = await this.#answer(asked);
      this.#send({ type: 'done', id, ...(result as object) });
      if (asked.type === 'pair' || asked.type === 'enter') this.#tellReaders();
    } catch (fault) {
      this.#send({ type: 'refused', id, code: this.#codeOf(fault) });
    } finally {
      this.#underWay--;
    }
  }

  /** The page is gone: what is under way ends, its cards lose power, its readers are free. */
  close(): Promise<void> {
    this.#closing ??= this.#leave();
    return this.#closing;
  }

  async #leave(): Promise<void> {
    this.#endWatching();
    const { counter } = this.#options;
    const slots = counter.slotsOf(this);
    await Promise.all(slots.map((slot) => this.#inTurn(slot, () => counter.release(slot, this)).catch(() => {})));
  }

  async #answer(asked: AgentRequest): Promise<unknown> {
    const { pairing, counter } = this.#options;
    switch (asked.type) {
      case 'knock':
        return this.#unlessRefused(pairing.knock());
      case 'pair':
        return this.#enter(this.#unlessRefused(pairing.pair(asked.code, this.#options.origin)));
      case 'enter':
        if (!pairing.knows(asked.token, this.#options.origin)) throw new Refused('agent.unknown_token');
        return this.#enter({});
    }
    if (!this.#entered) throw new Refused('agent.not_paired');
    if (asked.type === 'find_cards') return { cards: counter.findCards(asked.query, asked.language) };
    if (!counter.reader.slots.includes(asked.slot)) throw new CardFault('card.slot_unknown', asked.slot);
    if (asked.type === 'claim') {
      if (!counter.claim(asked.slot, this)) throw new Refused('agent.reader_taken');
      return {};
    }
    return this.#inTurn(asked.slot, () => {
      if (!counter.isOwner(asked.slot, this)) throw new Refused('agent.not_claimed');
      return this.#atReader(asked);
    });
  }

  async #atReader(
    asked: Request<'release' | 'connect' | 'transmit' | 'disconnect' | 'put_in' | 'take_out'>,
  ): Promise<unknown> {
    const { counter } = this.#options;
    const { slot } = asked;
    switch (asked.type) {
      case 'release':
        return counter.release(slot, this);
      case 'connect':
        return { atr: (await this.#reader.connect(slot)).toHex().toUpperCase() };
      case 'transmit':
        return this.#transmit(asked);
      case 'disconnect':
        return this.#reader.disconnect(slot);
    }
    if (!counter.isSimulated(slot)) throw new Refused('agent.not_simulated');
    if (asked.type === 'take_out') return counter.takeOut(slot);
    if (!(await counter.putIn(slot, asked.card_number))) throw new Refused('agent.card_away');
    return {};
  }

  async #transmit({ slot, command }: Request<'transmit'>): Promise<AgentResult<'transmit'>> {
    const apdu = parseHex(command);
    if (!apdu) throw new Refused('agent.malformed');
    if (apdu[1] !== getResponse) this.#asked.set(slot, apdu);
    const response = await this.#reader.transmit(slot, apdu);
    const record = this.#records.get(slot);
    if (!record) throw new Error('an exchange without its record');
    // The head of each says what the record says; of what is masked there, no field is shown.
    const ofCommand = describeCommand(apdu).slice(1, record.command.includes('*') ? 3 : undefined);
    const ofAnswer = record.response?.includes('*') ? [] : describeAnswer(response, this.#asked.get(slot) ?? apdu);
    const lines = [...ofCommand, ...ofAnswer.slice(1)];
    return { response: response.toHex().toUpperCase(), record, lines };
  }

  #inTurn<T>(slot: string, work: () => T | Promise<T>): Promise<T> {
    const before = this.#queues.get(slot) ?? Promise.resolve();
    const turn = before.then(work);
    this.#queues.set(
      slot,
      turn.catch(() => {}),
    );
    return turn;
  }

  #enter<T>(result: T): T {
    this.#entered = true;
    return result;
  }

  #unlessRefused<T>(result: T | AgentRefusalCode): T {
    if (typeof result === 'string') throw new Refused(result as AgentRefusalCode);
    return result as T;
  }

  #codeOf(fault: unknown): AgentRefusalCode {
    if (fault instanceof Refused || fault instanceof CardFault) return fault.code;
    this.#options.onFault?.(fault);
    return 'agent.fault';
  }

  #tellReaders(): void {
    if (this.#entered) this.#send({ type: 'readers', readers: this.#options.counter.statesFor(this) });
  }

  #send(message: AgentMessage): void {
    if (!this.#closing) this.#options.send(message);
  }
}

/** An empty object for what is no object in JSON. */
function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
