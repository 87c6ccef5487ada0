/** States of a transaction in the terminal's journal. */
export type TransactionState =
  /** The request may have left; no answer is known. */
  | 'requested'
  /** The centre said yes; the chip has not been asked. */
  | 'approved'
  /** The chip was told to change its balance; whether it did is unknown until its TAC is here. */
  | 'on_chip'
  /** The chip has changed its balance and signed for it; the centre must hear of it. */
  | 'proven'
  /** Must be taken back; repeated until the centre acknowledges. */
  | 'reversing'
  | 'declined'
  | 'reversed'
  | 'completed'
  /** The centre refused the reversal or the TAC: a person must look at it. */
  | 'disputed';

export type TransactionMove = 'approve' | 'decline' | 'give_up' | 'touch_chip' | 'prove' | 'acknowledge' | 'dispute';

type Moves = Readonly<Record<TransactionState, Partial<Readonly<Record<TransactionMove, TransactionState>>>>>;

const moves: Moves = {
  requested: { approve: 'approved', decline: 'declined', give_up: 'reversing' },
  approved: { touch_chip: 'on_chip', give_up: 'reversing' },
  on_chip: { prove: 'proven', give_up: 'reversing' },
  proven: { acknowledge: 'completed', dispute: 'disputed' },
  reversing: { acknowledge: 'reversed', dispute: 'disputed' },
  declined: {},
  reversed: {},
  completed: {},
  disputed: {},
};

/** The state after a move; null where the move makes no sense. */
export const stateAfter = (state: TransactionState, move: TransactionMove): TransactionState | null =>
  moves[state][move] ?? null;

/** What a terminal owes a transaction it finds in its journal after a restart. */
export type Duty = 'reverse' | 'ask_chip' | 'upload' | 'none';

const duties: Readonly<Record<TransactionState, Duty>> = {
  requested: 'reverse',
  approved: 'reverse',
  on_chip: 'ask_chip',
  proven: 'upload',
  reversing: 'reverse',
  declined: 'none',
  reversed: 'none',
  completed: 'none',
  disputed: 'none',
};

export const dutyOf = (state: TransactionState): Duty => duties[state];
