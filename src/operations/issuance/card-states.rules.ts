import type { CardState } from './contract.ts';

/** What can be done with a card. */
export type CardMove = 'activate' | 'block' | 'unblock' | 'report_loss' | 'cancel';

/**
 * Where each move leads from each state; null: it cannot be done. The table must be complete to compile.
 * A lost card that is found again is unblocked by the agency, never by the holder alone.
 */
const moves: Readonly<Record<CardState, Readonly<Record<CardMove, CardState | null>>>> = {
  issued: { activate: 'active', block: 'blocked', unblock: null, report_loss: 'lost', cancel: 'cancelled' },
  active: { activate: null, block: 'blocked', unblock: null, report_loss: 'lost', cancel: 'cancelled' },
  blocked: { activate: null, block: null, unblock: 'active', report_loss: 'lost', cancel: 'cancelled' },
  lost: { activate: null, block: null, unblock: 'active', report_loss: null, cancel: 'cancelled' },
  cancelled: { activate: null, block: null, unblock: null, report_loss: null, cancel: null },
};

export const stateAfter = (state: CardState, move: CardMove): CardState | null => moves[state][move];
