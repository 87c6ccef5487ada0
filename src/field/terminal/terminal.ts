import { type CardReader, recordApdus } from '../../core/card/index.ts';
import type { SoftwarePinPad } from '../../core/switch/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { Centre } from './centre.ts';
import { ChipConversation } from './chip-conversation.ts';
import type { PaymentResult, PayRequest, TerminalEvent, TerminalIdentity, TerminalStep } from './contract.ts';
import { Duties } from './duties.ts';
import { TerminalJournal } from './journal.ts';
import { type LinkOptions, WireLink } from './link.ts';
import { Payment } from './payment.ts';

export type TerminalOptions = {
  readonly identity: TerminalIdentity;
  /** Slots `user` and `sam`. */
  readonly reader: CardReader;
  readonly pad: SoftwarePinPad;
  readonly centre: LinkOptions;
  readonly clock: Clock;
  /** File of the terminal's journal; only one terminal may have it open. */
  readonly journal_path: string;
  /** The holder's digits; null when the holder gives up. */
  readonly askPin: (tries_left: number) => Promise<string | null>;
  readonly onEvent?: (event: TerminalEvent) => void;
  /** How long a holder may take to put a card back that was pulled out while it was written. */
  readonly doubt_ms?: number;
  /**
   * How long a transaction that was on the chip when the terminal died waits for that card. Longer costs a bill that
   * looks paid, shorter a chip that has paid for a bill that does not; 10 minutes unless told.
   */
  readonly card_wait_ms?: number;
};

type Happening = TerminalEvent extends infer E ? (E extends TerminalEvent ? Omit<E, 'at' | 'trace_id'> : never) : never;

/** A payment terminal (POS kernel) at a hospital's or pharmacy's desk. One transaction at a time. */
export class Terminal {
  readonly #options: TerminalOptions;
  readonly #journal: TerminalJournal;
  readonly #link: WireLink;
  readonly #chip: ChipConversation;
  readonly #centre: Centre;
  readonly #duties: Duties;
  /** Of the payment under way, for the APDUs and messages that belong to it. */
  #trace_id: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: TerminalOptions, journal: TerminalJournal) {
    const { identity, pad, clock } = options;
    this.#options = options;
    this.#journal = journal;
    this.#link = new WireLink(options.centre);
    const now = () => clock.now().toString();
    this.#chip = new ChipConversation(
      recordApdus(options.reader, now, (record) => this.#tell(this.#trace_id, { kind: 'apdu', record })),
    );
    this.#centre = new Centre(identity, {
      pad,
      journal,
      link: this.#link,
      watch: (direction, mti, body, trace_id) =>
        this.#tell(trace_id, { kind: 'wire', direction, mti, body: body.toHex() }),
    });
    this.#duties = new Duties({
      centre: this.#centre,
      journal,
      now_ms: () => clock.now().epochMilliseconds,
      card_wait_ms: options.card_wait_ms ?? 600_000,
      show: (step, trace_id) => this.#show(step, trace_id),
    });
  }

  static async open(options: TerminalOptions): Promise<Terminal> {
    return new Terminal(options, await TerminalJournal.open(options.journal_path));
  }

  /** Transactions that still owe the centre something. */
  get unfinished(): number {
    return this.#journal.unfinished().length;
  }

  signIn(): Promise<boolean> {
    return this.#inTurn(() => this.#centre.signIn());
  }

  signOff(): Promise<boolean> {
    return this.#inTurn(() => this.#centre.signOff());
  }

  /** Pays with the card in the reader. Resolves when it is paid, or when it is sure not to be or in the way of being taken back. */
  pay(request: PayRequest): Promise<PaymentResult> {
    return this.#inTurn(async () => {
      const { identity, clock, askPin, doubt_ms = 30_000 } = this.#options;
      const payment = new Payment(
        {
          identity,
          clock,
          askPin,
          doubt_ms,
          chip: this.#chip,
          centre: this.#centre,
          duties: this.#duties,
          journal: this.#journal,
          show: (step, trace_id, detail) => this.#show(step, trace_id, detail),
        },
        request,
      );
      this.#trace_id = payment.trace_id;
      try {
        return await payment.run();
      } finally {
        this.#trace_id = null;
      }
    });
  }

  /**
   * Does what the journal says is owed: after a restart, and from time to time. True when nothing is left that stands in
   * the way of a payment.
   */
  settle(): Promise<boolean> {
    return this.#inTurn(() => this.#duties.settle(this.#chip));
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => this.#link.close());
    await this.#journal.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #show(step: TerminalStep, trace_id: string, detail: Readonly<Record<string, string>> = {}): void {
    this.#tell(trace_id, { kind: 'step', step, detail });
  }

  #tell(trace_id: string | null, event: Happening): void {
    this.#options.onEvent?.({ at: this.#options.clock.now().toString(), trace_id, ...event });
  }
}
