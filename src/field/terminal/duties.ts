import { CardFault } from '../../core/card/index.ts';
import type { Centre, CentreAnswer } from './centre.ts';
import { type ChipConversation, ChipRefused } from './chip-conversation.ts';
import type { TerminalStep } from './contract.ts';
import type { TerminalJournal } from './journal.ts';
import { reversalFields, tacFields } from './messages.ts';
import { dutyOf } from './states.rules.ts';
import { moved, type Transaction } from './transaction.ts';

export type DutyPorts = {
  readonly centre: Centre;
  readonly journal: TerminalJournal;
  readonly now_ms: () => number;
  /** How long a transaction found after a restart waits for its card before it is taken back. */
  readonly card_wait_ms: number;
  readonly show: (step: TerminalStep, trace_id: string) => void;
};

/** The codes that decide a reversal or a TAC upload; any other one says nothing about it, and it is sent again later. */
const decided = {
  // 25: the centre has never seen it, so there is nothing left to take back.
  reversal: { acknowledged: new Set(['00', '25']), disputed: new Set(['21', '51', '64', 'A3']) },
  tac_upload: { acknowledged: new Set(['00']), disputed: new Set(['21', '25', 'A7']) },
} as const;

function moveBy(kind: keyof typeof decided, answer: CentreAnswer): 'acknowledge' | 'dispute' | null {
  if (!answer.heard) return null;
  if (decided[kind].acknowledged.has(answer.code)) return 'acknowledge';
  return decided[kind].disputed.has(answer.code) ? 'dispute' : null;
}

/** What a chip says of a transaction it was told to make: its TAC, that it did not make it, or nothing. */
type ChipWord = Uint8Array | 'not_done' | 'silent';

/** What the terminal owes to transactions that did not end by themselves. */
export class Duties {
  readonly #ports: DutyPorts;
  /** Transactions that wait for their card, and since when. */
  readonly #waiting = new Map<string, number>();

  constructor(ports: DutyPorts) {
    this.#ports = ports;
  }

  /** Takes a transaction back, or tries to: what the centre does not acknowledge stays in the journal and is tried again. */
  async reverse(transaction: Transaction, reason: Transaction['reversal_reason']): Promise<Transaction> {
    this.#ports.show('reversing', transaction.trace_id);
    const doomed =
      transaction.state === 'reversing' ? transaction : moved(transaction, 'give_up', { reversal_reason: reason });
    if (doomed !== transaction) await this.#ports.journal.keep(doomed);
    const answer = await this.#ports.centre.ask('reversal', reversalFields(doomed), doomed.trace_id);
    const move = moveBy('reversal', answer);
    return move ? this.#keep(moved(doomed, move)) : doomed;
  }

  /** Sends the chip's TAC; unheard, it stays in the journal and is sent again. */
  async upload(transaction: Transaction): Promise<Transaction> {
    this.#ports.show('uploading', transaction.trace_id);
    const answer = await this.#ports.centre.ask('tac_upload', tacFields(transaction), transaction.trace_id);
    const move = moveBy('tac_upload', answer);
    return move ? this.#keep(moved(transaction, move)) : transaction;
  }

  /**
   * Settles a transaction of which nobody knows whether the chip did it. The chip itself knows (GET TRANSACTION PROOF).
   * When the card does not come in time, it is taken back: the centre's money is safe, and if the chip has paid after
   * all, the balance it shows at its next payment tells the centre so.
   */
  async askChip(transaction: Transaction, chip: ChipConversation, patience_ms: number): Promise<Transaction> {
    this.#ports.show('present_again', transaction.trace_id);
    return this.#settleBy(transaction, await this.#proofOf(transaction, chip, patience_ms));
  }

  /** Does what can be done now; true when no transaction is left that must be reversed before the next one. */
  async settle(chip: ChipConversation): Promise<boolean> {
    // Where one TAC was not heard the next would not be either; the holder at the desk does not wait for them.
    let heard = true;
    for (const found of this.#ports.journal.unfinished()) {
      let transaction = found;
      if (dutyOf(transaction.state) === 'ask_chip') transaction = await this.#awaitCard(transaction, chip);
      else if (dutyOf(transaction.state) === 'reverse') transaction = await this.reverse(transaction, '98');
      if (heard && dutyOf(transaction.state) === 'upload') heard = (await this.upload(transaction)) !== transaction;
    }
    return this.#ports.journal.unfinished().every(({ state }) => dutyOf(state) !== 'reverse');
  }

  /** True while this card has not yet said what it did: its next transaction would make it forget. */
  waitsFor(card_factor: Uint8Array): boolean {
    const factor = card_factor.toHex();
    return this.#ports.journal
      .unfinished()
      .some((transaction) => dutyOf(transaction.state) === 'ask_chip' && transaction.card_factor === factor);
  }

  /** Asks the card if it is there; a card that is not may come back within the limit. */
  async #awaitCard(transaction: Transaction, chip: ChipConversation): Promise<Transaction> {
    const { now_ms, card_wait_ms, show } = this.#ports;
    const since_ms = this.#waiting.get(transaction.id);
    if (since_ms === undefined) {
      this.#waiting.set(transaction.id, now_ms());
      show('present_again', transaction.trace_id);
    }
    const word = await this.#proofOf(transaction, chip, 0);
    if (word === 'silent' && now_ms() - (since_ms ?? now_ms()) < card_wait_ms) return transaction;
    this.#waiting.delete(transaction.id);
    return this.#settleBy(transaction, word);
  }

  async #settleBy(transaction: Transaction, word: ChipWord): Promise<Transaction> {
    if (typeof word === 'string') return this.reverse(transaction, '06');
    return this.#keep(moved(transaction, 'prove', { tac: word.toHex() }));
  }

  async #proofOf(transaction: Transaction, chip: ChipConversation, patience_ms: number): Promise<ChipWord> {
    try {
      if (!(await chip.awaitCard(patience_ms))) return 'silent';
      const { factors } = await chip.identify();
      if (factors.card.toHex() !== transaction.card_factor) return 'silent';
      return (await chip.proof(transaction.kind, transaction.sequence)) ?? 'not_done';
    } catch (fault) {
      if (fault instanceof CardFault || fault instanceof ChipRefused) return 'silent';
      throw fault;
    }
  }

  async #keep(transaction: Transaction): Promise<Transaction> {
    await this.#ports.journal.keep(transaction);
    return transaction;
  }
}
