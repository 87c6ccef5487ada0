import type { PaymentState } from './contract.ts';

/** What can happen to a payment after it was decided. */
export type PaymentMove = 'reverse' | 'confirm';

/**
 * Where a payment goes from each state: the next state, `same` when it has been done already (the answer is yes again),
 * or null: it cannot be done, and whoever asks learns that the two sides differ. Complete, or it does not compile.
 */
const moves: Readonly<Record<PaymentState, Readonly<Record<PaymentMove, PaymentState | 'same' | null>>>> = {
  approved: { reverse: 'reversed', confirm: 'chip_confirmed' },
  // Nothing was booked: a reversal finds nothing to take back, which is what it wants.
  declined: { reverse: 'same', confirm: null },
  reversed: { reverse: 'same', confirm: null },
  chip_confirmed: { reverse: null, confirm: 'same' },
};

export const stateAfter = (state: PaymentState, move: PaymentMove): PaymentState | 'same' | null => moves[state][move];
