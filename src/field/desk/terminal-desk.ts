import { type CardReader, SimulatedReader } from '../../core/card/index.ts';
import { fen, formatYuan } from '../../kernel/money.ts';
import {
  type PaymentResult,
  Terminal,
  type TerminalEvent,
  type TerminalOptions,
  terminalRefusals,
  terminalSteps,
} from '../terminal/index.ts';
import type { CardDrawer } from './card-drawer.ts';
import type { DeskEvent, DeskTerminal, PayOrder } from './contract.ts';
import { type Record, RecordOutbox } from './outbox.ts';
import { type Key, PinEntry } from './pin-entry.ts';

export type DeskOptions = Pick<
  TerminalOptions,
  'identity' | 'pad' | 'centre' | 'clock' | 'journal_path' | 'card_wait_ms'
> & {
  readonly psam: Parameters<SimulatedReader['insert']>[1];
  readonly drawer: CardDrawer;
  /** Hands a record to the centre; throws when it should be handed over again. */
  readonly report: (terminal_id: string, record: Record) => Promise<void>;
  /** Something broke that no answer on the screen can mend. */
  readonly onFault: (fault: unknown) => void;
};

const pin_timeout_ms = 60_000;
const welcome = ['临澜市社会保障卡', 'Linlan social security card', '', '请插卡 · insert a card'];

/** One terminal on a desk: its reader, keypad and screen, and whoever watches them. */
export class TerminalDesk {
  readonly #options: DeskOptions;
  readonly #reader = new SimulatedReader();
  readonly #pin: PinEntry;
  readonly #watchers = new Set<(event: DeskEvent) => void>();
  readonly #records: RecordOutbox;
  readonly #events: TerminalEvent[] = [];
  #lines: readonly string[] = welcome;
  #card: string | null = null;
  #busy = false;
  #terminal: Promise<Terminal>;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#reader.insert('sam', options.psam);
    this.#records = new RecordOutbox((record) => options.report(options.identity.terminal_id, record));
    this.#pin = new PinEntry((stars) =>
      this.#screen(['请输入密码 · enter the PIN', '', stars || '······', '确认 Enter  取消 Cancel']),
    );
    this.#terminal = Terminal.open({
      ...options,
      reader: this.#reader satisfies CardReader,
      askPin: () => this.#pin.ask(pin_timeout_ms),
      onEvent: (event) => this.#happened(event),
      // At the demonstration's desk nobody waits half a minute for a card to come back.
      doubt_ms: 10_000,
    });
    // A terminal without its journal takes no payment and says so when asked for one; the other desks go on.
    this.#terminal.catch(options.onFault);
  }

  get institution_code(): string {
    return this.#options.identity.institution_code;
  }

  view(locale: 'zh' | 'en'): DeskTerminal {
    const { terminal_id, institution_code } = this.#options.identity;
    const holder_name = this.#card ? this.#options.drawer.holderOf(this.#card, locale) : '';
    return {
      terminal_id,
      institution_code,
      state: this.#busy ? 'busy' : 'ready',
      card: this.#card ? { card_number: this.#card, holder_name } : null,
      screen: { lines: [...this.#lines] },
    };
  }

  /** False when there is a card already, or this card is in another terminal. */
  async insert(card_number: string): Promise<boolean> {
    if (this.#card) return false;
    const card = await this.#options.drawer.take(card_number);
    if (!card) return false;
    // Another card came in while this one was fetched.
    if (this.#card) {
      this.#options.drawer.putBack(card_number);
      return false;
    }
    this.#reader.insert('user', card);
    this.#card = card_number;
    this.#screen(['已插卡 · card inserted', '', '等待收银台 · waiting for the desk']);
    return true;
  }

  /** Pulls the card out, whatever is going on. */
  remove(): void {
    if (!this.#card) return;
    this.#reader.remove('user');
    this.#options.drawer.putBack(this.#card);
    this.#card = null;
    if (this.#pin.asking) this.#pin.press('cancel');
    if (!this.#busy) this.#screen(welcome);
  }

  press(key: Key): void {
    this.#pin.press(key);
  }

  watch(watcher: (event: DeskEvent) => void): () => void {
    this.#watchers.add(watcher);
    watcher({ type: 'screen', lines: this.#lines });
    return () => this.#watchers.delete(watcher);
  }

  /** Does what the journal says is owed to the centre: after a restart, and from time to time. */
  async recover(): Promise<void> {
    const terminal = await this.#terminal;
    if (this.#busy) return;
    if (terminal.unfinished > 0) await terminal.settle();
    // A payment that began meanwhile reports its events, and these with them.
    if (!this.#busy) await this.#report();
  }

  /** False when a payment is under way already; the outcome is told to the watchers. */
  begin(order: PayOrder): boolean {
    if (this.#busy) return false;
    this.#busy = true;
    this.#pay(order)
      .catch((fault: unknown) => {
        this.#options.onFault(fault);
        this.#screen(['终端故障 · terminal fault', '', '未扣款或将自动冲正', 'not paid, or taken back by itself']);
        this.#say({ type: 'done', paid: false });
      })
      .finally(() => {
        this.#busy = false;
      });
    return true;
  }

  async close(): Promise<void> {
    if (this.#pin.asking) this.#pin.press('cancel');
    const terminal = await this.#terminal.catch(() => null);
    await terminal?.close();
  }

  async #pay(order: PayOrder): Promise<void> {
    const terminal = await this.#terminal;
    const result = await terminal.pay({
      amount_fen: fen(BigInt(order.amount_fen)),
      settlement_number: order.settlement_no,
      trace_id: order.trace_id,
    });
    await this.#report().catch(this.#options.onFault);
    this.#tell(result);
  }

  /** Hands over what has happened since the last time, and what the centre did not take then. */
  #report(): Promise<void> {
    this.#records.add(this.#events.splice(0));
    return this.#records.flush();
  }

  #tell(result: PaymentResult): void {
    if (result.paid) {
      this.#screen(['交易成功 · paid', '', `¥ ${formatYuan(result.amount_fen)}`, '请取卡 · take your card']);
      this.#say({ type: 'receipt', ...result.receipt });
      this.#say({ type: 'done', paid: true });
      return;
    }
    const { zh, en } = terminalRefusals[result.code];
    const left = result.tries_left === null ? '' : `剩余 ${result.tries_left} 次 · ${result.tries_left} tries left`;
    this.#screen([zh, en, result.response_code ? `应答码 · response ${result.response_code}` : '', left]);
    this.#say({ type: 'done', paid: false, code: result.code });
  }

  #happened(event: TerminalEvent): void {
    this.#events.push(event);
    if (event.kind !== 'step') return;
    const { zh, en } = terminalSteps[event.step];
    if (event.step !== 'entering_pin') this.#screen([zh, en]);
    this.#say({ type: 'step', step: event.step });
  }

  #screen(lines: readonly string[]): void {
    this.#lines = lines;
    this.#say({ type: 'screen', lines });
  }

  #say(event: DeskEvent): void {
    for (const watcher of this.#watchers) watcher(event);
  }
}
