import type { CardState } from './contract.ts';

/** What can be done with a card. */
export type CardMove = 'activate' | 'block' | 'unblock' | 'report_loss' | 'cancel';

/**
 * Where each move leads from each state; null: it cannot be done. The table must be complete to compile.
 * A lost card that is found again is unblocked by the agency, never by the holder alone; it is then what it was before it
 * was stopped, for a card that was not handed over yet must not pay because it was blocked for a while.
 */
const moves: Readonly<Record<CardState, Readonly<Record<CardMove, CardState | 'as before' | null>>>> = {
  issued: { activate: 'active', block: 'blocked', unblock: null, report_loss: 'lost', cancel: 'cancelled' },
  active: { activate: null, block: 'blocked', unblock: null, report_loss: 'lost', cancel: 'cancelled' },
  blocked: { activate: null, block: null, unblock: 'as before', report_loss: 'lost', cancel: 'cancelled' },
  lost: { activate: null, block: null, unblock: 'as before', report_loss: null, cancel: 'cancelled' },
  cancelled: { activate: null, block: null, unblock: null, report_loss: null, cancel: null },
};

/** `before` is the last state in which nothing stopped the card. */
export function stateAfter(state: CardState, move: CardMove, before: 'issued' | 'active'): CardState | null {
  const after = moves[state][move];
  return after === 'as before' ? before : after;
}
