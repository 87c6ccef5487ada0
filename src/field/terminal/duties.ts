import { CardFault } from '../../core/card/index.ts';
import { unknownOutcome } from '../../core/switch/index.ts';
import type { Centre } from './centre.ts';
import { type ChipConversation, ChipRefused } from './chip-conversation.ts';
import type { TerminalStep } from './contract.ts';
import type { TerminalJournal } from './journal.ts';
import { reversalFields, tacFields } from './messages.ts';
import { dutyOf } from './states.rules.ts';
import { moved, type Transaction } from './transaction.ts';

/** What the terminal owes to transactions that did not end by themselves. */
export class Duties {
  readonly #centre: Centre;
  readonly #journal: TerminalJournal;
  readonly #show: (step: TerminalStep, trace_id: string) => void;

  constructor(centre: Centre, journal: TerminalJournal, show: (step: TerminalStep, trace_id: string) => void) {
    this.#centre = centre;
    this.#journal = journal;
    this.#show = show;
  }

  /** Takes a transaction back, or tries to: what the centre does not acknowledge stays in the journal and is tried again. */
  async reverse(transaction: Transaction, reason: Transaction['reversal_reason']): Promise<Transaction> {
    this.#show('reversing', transaction.trace_id);
    const doomed =
      transaction.state === 'reversing' ? transaction : moved(transaction, 'give_up', { reversal_reason: reason });
    if (doomed !== transaction) await this.#journal.keep(doomed);
    const answer = await this.#centre.ask('reversal', reversalFields(doomed), doomed.trace_id);
    if (!answer.heard || unknownOutcome.has(answer.code)) return doomed;
    // 25: the centre has never seen it, so there is nothing left to take back.
    return this.#keep(moved(doomed, answer.code === '00' || answer.code === '25' ? 'acknowledge' : 'dispute'));
  }

  /** Sends the chip's TAC; unheard, it stays in the journal and is sent again. */
  async upload(transaction: Transaction): Promise<Transaction> {
    this.#show('uploading', transaction.trace_id);
    const answer = await this.#centre.ask('tac_upload', tacFields(transaction), transaction.trace_id);
    if (!answer.heard || unknownOutcome.has(answer.code)) return transaction;
    return this.#keep(moved(transaction, answer.code === '00' ? 'acknowledge' : 'dispute'));
  }

  /**
   * Settles a transaction of which nobody knows whether the chip did it. The chip itself knows (GET TRANSACTION PROOF).
   * Without the card it is taken back: the centre's money is safe, and the chip's counter shows the difference later.
   */
  async askChip(transaction: Transaction, chip: ChipConversation, patience_ms: number): Promise<Transaction> {
    this.#show('present_again', transaction.trace_id);
    const tac = await this.#proofOf(transaction, chip, patience_ms);
    if (tac === null) return this.reverse(transaction, '06');
    return this.#keep(moved(transaction, 'prove', { tac: tac.toHex() }));
  }

  /** Does what can be done now; true when no transaction is left that must be reversed before the next one. */
  async settle(chip: ChipConversation, patience_ms = 0): Promise<boolean> {
    // Where one TAC was not heard the next would not be either; the holder at the desk does not wait for them.
    let heard = true;
    for (const found of this.#journal.unfinished()) {
      let transaction = found;
      if (dutyOf(transaction.state) === 'ask_chip') transaction = await this.askChip(transaction, chip, patience_ms);
      else if (dutyOf(transaction.state) === 'reverse') transaction = await this.reverse(transaction, '98');
      if (heard && dutyOf(transaction.state) === 'upload') heard = (await this.upload(transaction)) !== transaction;
    }
    return this.#journal.unfinished().every((transaction) => dutyOf(transaction.state) === 'upload');
  }

  async #proofOf(transaction: Transaction, chip: ChipConversation, patience_ms: number): Promise<Uint8Array | null> {
    try {
      if (!(await chip.awaitCard(patience_ms))) return null;
      const { factors } = await chip.identify();
      if (factors.card.toHex() !== transaction.card_factor) return null;
      return await chip.proof(transaction.kind, transaction.sequence);
    } catch (fault) {
      if (fault instanceof CardFault || fault instanceof ChipRefused) return null;
      throw fault;
    }
  }

  async #keep(transaction: Transaction): Promise<Transaction> {
    await this.#journal.keep(transaction);
    return transaction;
  }
}
