import { assert } from '../../kernel/assert.ts';
import type { TermName, Trace } from './trace.ts';

/** Bytes of each field of the messages below. */
export const messageFields = {
  balance: 4,
  new_balance: 4,
  amount: 4,
  type: 1,
  terminal: 6,
  terminal_sequence: 4,
  sequence: 2,
  date: 4,
  time: 3,
  old_limit: 3,
  new_limit: 3,
  account: 4,
  self_paid: 4,
  pooled: 4,
} as const satisfies Partial<Record<TermName, number>>;
export type MessageField = keyof typeof messageFields;

const day = ['date', 'time'] as const;
const place = ['type', 'terminal'] as const;

/**
 * What MACs and TACs of card transactions are made over: PBOC purse (card.md 1.3; overdraft fields not seen in a text)
 * and the medical account of a social-security card (card.md 3.9).
 */
export const cardMessages = {
  'load-mac1': ['balance', 'amount', ...place],
  'load-mac2': ['amount', ...place, ...day],
  'load-tac': ['new_balance', 'sequence', 'amount', ...place, ...day],
  'purchase-mac1': ['amount', ...place, ...day],
  'purchase-mac2': ['amount'],
  'purchase-tac': ['amount', ...place, 'terminal_sequence', ...day],
  'unload-mac1': ['balance', 'amount', ...place],
  'unload-mac2': ['amount', ...place, ...day],
  'unload-mac3': ['new_balance', 'sequence', 'amount', ...place, ...day],
  'overdraft-mac1': ['balance', 'old_limit', ...place],
  'overdraft-mac2': ['new_limit', ...place, ...day],
  'overdraft-tac': ['new_balance', 'sequence', 'new_limit', ...place, ...day],
  'medical-load-mac1': ['balance', 'amount', ...place],
  'medical-load-mac2': ['amount', ...place, ...day],
  'medical-load-tac': ['new_balance', 'sequence', 'amount', ...place, ...day],
  'medical-purchase-mac1': ['account', 'self_paid', 'pooled', ...place, ...day],
  'medical-purchase-mac2': ['account', 'self_paid', 'pooled'],
  'medical-purchase-tac': ['account', 'self_paid', 'pooled', ...place, 'terminal_sequence', ...day],
} as const satisfies Record<string, readonly MessageField[]>;
export type CardMessage = keyof typeof cardMessages;

export const messageLength = (message: CardMessage): number =>
  cardMessages[message].reduce((sum, field) => sum + messageFields[field], 0);

/** The message cut into its fields; tells of them where somebody listens. */
export function cutMessage(message: CardMessage, data: Uint8Array, trace?: Trace): readonly Uint8Array[] {
  assert(data.length === messageLength(message), 'the message has another length');
  let at = 0;
  const parts = cardMessages[message].map((field) => {
    const part = data.slice(at, at + messageFields[field]);
    at += messageFields[field];
    return [field, part] as const;
  });
  trace?.('message', Object.fromEntries(parts), data);
  return parts.map(([, part]) => part);
}
