import { CardFault, type Holder, type PinResult } from '../../core/card/index.ts';
import { type IcData, parseIcData, type ResponseCode, unknownOutcome } from '../../core/switch/index.ts';
import { uint } from '../../kernel/bytes.ts';
import { add, type Fen, subtract, zero } from '../../kernel/money.ts';
import { type Clock, officeTimeZone } from '../../platform/clock.ts';
import { newId } from '../../platform/identity.ts';
import type { Centre } from './centre.ts';
import { type ChipConversation, ChipRefused } from './chip-conversation.ts';
import type { PaymentResult, PayRequest, TerminalIdentity, TerminalRefusalCode, TerminalStep } from './contract.ts';
import type { Duties } from './duties.ts';
import type { TerminalJournal } from './journal.ts';
import { requestFields } from './messages.ts';
import { receipt } from './receipt.ts';
import { Stop, stopOf } from './stop.ts';
import { moved, type Transaction } from './transaction.ts';

export type PaymentPorts = {
  readonly identity: TerminalIdentity;
  readonly chip: ChipConversation;
  readonly centre: Centre;
  readonly duties: Duties;
  readonly journal: TerminalJournal;
  readonly clock: Clock;
  /** The holder's digits; null when the holder gives up. */
  readonly askPin: (tries_left: number) => Promise<string | null>;
  readonly show: (step: TerminalStep, trace_id: string, detail?: Readonly<Record<string, string>>) => void;
  /** How long the holder may take to put a card back that was pulled out while it was written. */
  readonly doubt_ms: number;
};

/** What the card has proven about itself in this payment. */
type Tap = {
  readonly holder: Holder;
  readonly proof: IcData & { readonly original: Uint8Array };
  readonly account_number: string;
  readonly balance_fen: Fen;
};

/** One payment, from the card in the reader to the receipt. */
export class Payment {
  readonly #ports: PaymentPorts;
  readonly #request: PayRequest;
  readonly trace_id: string;

  constructor(ports: PaymentPorts, request: PayRequest) {
    this.#ports = ports;
    this.#request = request;
    this.trace_id = request.trace_id ?? newId();
  }

  async run(): Promise<PaymentResult> {
    try {
      const result = await this.#steps();
      this.#show('paid');
      return result;
    } catch (fault) {
      const stop = stopOf(fault);
      this.#show('refused', { code: stop.code, response_code: stop.response_code ?? '' });
      const { code, response_code, tries_left } = stop;
      return { paid: false, trace_id: this.trace_id, code, response_code, tries_left };
    }
  }

  async #steps(): Promise<PaymentResult> {
    const { centre, duties, chip } = this.#ports;
    const { amount_fen } = this.#request;
    if (amount_fen <= 0n || amount_fen > largest_fen) throw new Stop('terminal.amount_invalid');
    if (!centre.signedIn) {
      this.#show('signing_in');
      if (!(await centre.signIn())) throw new Stop('terminal.sign_in_failed');
    }
    if (!(await duties.settle(chip))) throw new Stop('terminal.reversal_waiting');
    const tap = await this.#tap();
    const missing = subtract(amount_fen, tap.balance_fen);
    const loaded_fen = missing > 0n ? await this.#load(tap, missing) : zero;
    return this.#purchase({ ...tap, balance_fen: add(tap.balance_fen, loaded_fen) }, loaded_fen);
  }

  /** Reads the card, lets chip and holder prove themselves. */
  async #tap(): Promise<Tap> {
    const { chip, clock, duties } = this.#ports;
    this.#show('reading_card');
    if (!(await chip.awaitCard(0))) throw new Stop('terminal.no_card');
    const holder = await chip.identify();
    if (duties.waitsFor(holder.factors.card)) throw new Stop('terminal.reversal_waiting');
    // Days as digits compare as days do.
    if (holder.expiry < clock.today().toString().replaceAll('-', '')) throw new Stop('terminal.card_expired');
    this.#show('authenticating');
    const [session_factor, original] = [randomBytes(), randomBytes()];
    const cryptogram = await chip.authenticate(session_factor, original);
    await this.#verifyHolder();
    const account = await chip.openAccount();
    const proof = { session_factor, original, cryptogram, card_factor: holder.factors.card };
    return { holder, ...account, proof };
  }

  async #verifyHolder(): Promise<void> {
    const { chip, askPin } = this.#ports;
    const before = await chip.pinStatus();
    // A card without a PIN answers so.
    if (before.kind !== 'wrong') return stopUnlessRight(before);
    this.#show('entering_pin', { tries_left: String(before.left) });
    const pin = await askPin(before.left);
    if (pin === null) throw new Stop('terminal.pin_cancelled');
    // What cannot be a PIN does not cost the holder a try.
    stopUnlessRight(/^\d{4,12}$/.test(pin) ? await chip.verifyPin(pin) : before);
  }

  /** Online load: the chip's MAC1 goes to the centre, the centre's MAC2 comes back to the chip. */
  async #load(tap: Tap, amount_fen: Fen): Promise<Fen> {
    const { chip } = this.#ports;
    this.#show('loading');
    const start = await chip.startLoad(amount_fen);
    const transaction = await this.#begin('load', tap, amount_fen, start.sequence);
    const ic = { ...tap.proof, mac: start.mac1, random: start.random, ...this.#counted(transaction, start.balance) };
    const { approved, told } = await this.#authorise(transaction, ic);
    const mac2 = told.mac;
    if (!mac2) return this.#giveUp(approved, 'A0', 'terminal.answer_not_authentic');
    const chip_at = told.transacted_at?.toHex() ?? approved.at;
    const { proven, torn } = await this.#onChip(approved, { chip_at }, () =>
      chip.finishLoad(Uint8Array.fromHex(chip_at), mac2),
    );
    await this.#ports.duties.upload(proven);
    // The money is on the card, but a card that was put back has forgotten the PIN: the holder begins again.
    if (torn) throw new Stop('terminal.card_removed');
    return amount_fen;
  }

  async #purchase(tap: Tap, loaded_fen: Fen): Promise<PaymentResult> {
    const { chip, duties, identity } = this.#ports;
    const { amount_fen, settlement_number } = this.#request;
    this.#show('asking_centre');
    const counted = await chip.startPurchase(amount_fen);
    const transaction = await this.#begin('purchase', tap, amount_fen, counted.sequence);
    const challenge = await chip.challenge();
    const ic = { ...tap.proof, challenge, random: counted.random, ...this.#counted(transaction, counted.balance) };
    const { approved, told, fields } = await this.#authorise(transaction, ic);
    this.#show('debiting');
    const proven = await this.#debit(approved, tap, told.host_authentication);
    await duties.upload(proven);
    const { batch, trace, at, tac } = proven;
    const facts = {
      batch,
      trace,
      amount_fen,
      loaded_fen,
      balance_fen: subtract(counted.balance, amount_fen),
      reference: fields[37] ?? '',
      authorisation: fields[38] ?? '',
    };
    const printed = { ...facts, identity, settlement_number, account_number: tap.account_number, at, tac: tac ?? '' };
    const slip = { zh: receipt(printed, 'zh'), en: receipt(printed, 'en') };
    return { paid: true, trace_id: this.trace_id, ...facts, receipt: slip };
  }

  /** The centre proves itself to the card, the PSAM authorises, the chip changes its balance. */
  async #debit(approved: Transaction, tap: Tap, proofOfCentre: Uint8Array | undefined): Promise<Transaction> {
    const { chip } = this.#ports;
    const { amount_fen } = this.#request;
    const time = Uint8Array.fromHex(approved.chip_at);
    const authorised = await this.#orGiveUp(approved, async () => {
      if (!proofOfCentre || !(await chip.proveCentre(proofOfCentre, tap.proof.original))) return null;
      return chip.authorise(await chip.startPurchase(amount_fen), amount_fen, time);
    });
    if (!authorised) return this.#giveUp(approved, 'A0', 'terminal.answer_not_authentic');
    const psam_serial = uint(authorised.terminalSequence, 4).toHex();
    const { proven } = await this.#onChip(approved, { psam_serial }, async () => {
      const { tac, mac2 } = await chip.debit(authorised, time);
      // The chip has paid whatever the PSAM thinks of its MAC2; the centre checks the TAC and knows better.
      await chip.confirm(mac2).catch(() => false);
      return tac;
    });
    return proven;
  }

  /** A transaction in the journal, before anything of it leaves the terminal. */
  async #begin(kind: 'load' | 'purchase', tap: Tap, amount_fen: Fen, sequence: number): Promise<Transaction> {
    const { journal, clock } = this.#ports;
    const local = clock.now().toZonedDateTimeISO(officeTimeZone).toPlainDateTime();
    const at = local.toString({ smallestUnit: 'second' }).replaceAll(/\D/g, '');
    const trace = await journal.nextTrace();
    const transaction: Transaction = {
      id: newId(),
      trace_id: this.trace_id,
      kind,
      state: 'requested',
      batch: journal.batch,
      trace,
      at,
      chip_at: at,
      account_number: tap.account_number,
      card_factor: tap.holder.factors.card.toHex(),
      amount_fen: amount_fen.toString(),
      settlement_number: kind === 'purchase' ? this.#request.settlement_number : null,
      sequence,
      psam_serial: null,
      tac: null,
      reversal_reason: null,
    };
    await journal.keep(transaction);
    return transaction;
  }

  #counted(transaction: Transaction, balance_fen: Fen): IcData {
    return {
      transaction_counter: uint(transaction.sequence, 2),
      chip_balance: uint(balance_fen, 4),
      transacted_at: Uint8Array.fromHex(transaction.chip_at),
    };
  }

  /** Asks the centre. Comes back only with a yes that is in the journal. */
  async #authorise(transaction: Transaction, ic: IcData) {
    const { centre, journal } = this.#ports;
    const fields = { 11: transaction.trace, ...requestFields(transaction, ic) };
    const answer = await centre.ask(transaction.kind, fields, this.trace_id);
    if (!answer.heard && answer.why === 'no_answer') return this.#giveUp(transaction, '98', 'terminal.no_answer');
    if (!answer.heard) return this.#giveUp(transaction, 'A0', 'terminal.answer_not_authentic');
    const { code: response_code } = answer;
    if (unknownOutcome.has(response_code)) return this.#giveUp(transaction, '96', 'terminal.declined', response_code);
    if (response_code !== '00') {
      await journal.keep(moved(transaction, 'decline'));
      throw new Stop('terminal.declined', { response_code });
    }
    const approved = moved(transaction, 'approve');
    await journal.keep(approved);
    const told: IcData = parseIcData(answer.fields[55] ?? new Uint8Array(0)) ?? {};
    return { approved, told, fields: answer.fields };
  }

  /** Lets the chip change its balance. When it is torn out meanwhile, it is asked again what it did. */
  async #onChip(
    approved: Transaction,
    learned: Partial<Pick<Transaction, 'psam_serial' | 'chip_at'>>,
    change: () => Promise<Uint8Array>,
  ): Promise<{ readonly proven: Transaction; readonly torn: boolean }> {
    const { chip, duties, doubt_ms, journal } = this.#ports;
    const touched = moved(approved, 'touch_chip', learned);
    await journal.keep(touched);
    try {
      const proven = moved(touched, 'prove', { tac: (await change()).toHex() });
      await journal.keep(proven);
      return { proven, torn: false };
    } catch (fault) {
      if (fault instanceof ChipRefused) return this.#giveUp(touched, '06', 'terminal.card_failed');
      if (!(fault instanceof CardFault)) throw fault;
      const asked = await duties.askChip(touched, chip, doubt_ms);
      if (asked.state !== 'proven') throw new Stop('terminal.card_removed');
      return { proven: asked, torn: true };
    }
  }

  /** Card work before the chip's money is touched: a fault takes the transaction back. */
  async #orGiveUp<T>(approved: Transaction, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (fault) {
      return this.#giveUp(approved, '06', stopOf(fault).code);
    }
  }

  async #giveUp(
    transaction: Transaction,
    reason: Transaction['reversal_reason'],
    code: TerminalRefusalCode,
    response_code?: ResponseCode,
  ): Promise<never> {
    await this.#ports.duties.reverse(transaction, reason);
    throw new Stop(code, response_code ? { response_code } : {});
  }

  #show(step: TerminalStep, detail?: Readonly<Record<string, string>>): void {
    this.#ports.show(step, this.trace_id, detail);
  }
}

function stopUnlessRight(pin: PinResult): void {
  if (pin.kind === 'wrong') throw new Stop('terminal.pin_wrong', { tries_left: pin.left });
  if (pin.kind === 'blocked') throw new Stop('terminal.pin_blocked', { tries_left: 0 });
  if (pin.kind === 'refused') throw new ChipRefused(pin.status);
}

/** Amounts on the chip have four bytes. */
const largest_fen = 0xffff_ffffn;
const randomBytes = (): Uint8Array => crypto.getRandomValues(new Uint8Array(8));
