import { assert } from '../../kernel/assert.ts';
import { stateAfter, type TransactionMove, type TransactionState } from './states.rules.ts';

/** A transaction as the journal keeps it: everything a reversal or a TAC upload needs after the power was lost. Bytes are hex. */
export type Transaction = {
  /** Our trace id; also the transaction's name in the journal. A load and the purchase it serves have one each. */
  readonly id: string;
  readonly trace_id: string;
  readonly kind: 'purchase' | 'load';
  readonly state: TransactionState;
  readonly batch: string;
  readonly trace: string;
  /** yyyymmddhhmmss at the terminal; fields 12 and 13 are cut from it. */
  readonly at: string;
  /** The same as the chip was told it: of a load the centre may have said another second. */
  readonly chip_at: string;
  readonly account_number: string;
  /** Diversification factor: by it the card is known again. */
  readonly card_factor: string;
  readonly amount_fen: string;
  readonly settlement_number: string | null;
  /** The chip's counter for this kind of transaction before this one. */
  readonly sequence: number;
  readonly psam_serial: string | null;
  readonly tac: string | null;
  readonly reversal_reason: '98' | '96' | 'A0' | '06' | null;
};

type Learned = Partial<Pick<Transaction, 'psam_serial' | 'tac' | 'chip_at' | 'reversal_reason'>>;

/** The transaction after a move. A move the state does not have is a bug. */
export function moved(transaction: Transaction, move: TransactionMove, learned: Learned = {}): Transaction {
  const state = stateAfter(transaction.state, move);
  assert(state, `${transaction.state} cannot ${move}`);
  return { ...transaction, ...learned, state };
}
