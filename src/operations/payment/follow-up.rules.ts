import type { Facts, StoredPayment } from './facts.ts';
import type { DeclineCode } from './responses.ts';
import { stateAfter } from './states.rules.ts';

/** Kinds of disagreement between chip, terminal and centre. They are kept for a person to look at. */
export type DifferenceKind =
  | 'tac_wrong'
  /** The TAC has confirmed another payment before: one debit of the chip cannot pay twice. */
  | 'tac_reused'
  | 'tac_after_reversal'
  | 'tac_without_payment'
  | 'reversal_after_chip'
  | 'reversal_amount'
  /** The ledger or the scheme could not take it back: the money has gone elsewhere since. */
  | 'reversal_refused'
  /** The balance the chip showed is not that of its account: one of them does not know of a payment. */
  | 'chip_balance';

type Refused = { readonly do: 'refuse'; readonly code: DeclineCode; readonly difference: DifferenceKind };

/** What is to be done with a reversal (0400). */
export type ReversalVerdict =
  | { readonly do: 'take_back'; readonly original: StoredPayment }
  /** Nothing is booked, and nothing is to be booked: the answer is yes. */
  | { readonly do: 'nothing'; readonly original: StoredPayment }
  /** The original has not come, and must not take effect when it comes. */
  | { readonly do: 'entomb' }
  | Refused;

/** Decides a reversal. It succeeds whenever, after it, the original is not in force. */
export function reversal({ request, earlier }: Facts): ReversalVerdict {
  if (!earlier) return { do: 'entomb' };
  if (differs(request, earlier))
    return { do: 'refuse', code: 'payment.original_differs', difference: 'reversal_amount' };
  const after = stateAfter(earlier.state, 'reverse');
  if (after === null) return { do: 'refuse', code: 'payment.chip_confirmed', difference: 'reversal_after_chip' };
  return after === 'same' ? { do: 'nothing', original: earlier } : { do: 'take_back', original: earlier };
}

/** What is to be done with the chip's TAC (0320). */
export type ProofVerdict =
  | { readonly do: 'confirm'; readonly original: StoredPayment }
  | { readonly do: 'repeat'; readonly original: StoredPayment }
  | Refused;

/** Decides a TAC upload; `right` says whether the TAC is that of the original. */
export function chipProof({ request, earlier, tac_used }: Facts, right: boolean): ProofVerdict {
  if (!earlier || earlier.state === 'declined' || earlier.fingerprint === null)
    return { do: 'refuse', code: 'payment.original_unknown', difference: 'tac_without_payment' };
  if (differs(request, earlier) || !right) return { do: 'refuse', code: 'payment.tac_wrong', difference: 'tac_wrong' };
  if (tac_used) return { do: 'refuse', code: 'payment.tac_reused', difference: 'tac_reused' };
  const after = stateAfter(earlier.state, 'confirm');
  if (after === null) return { do: 'refuse', code: 'payment.tac_after_reversal', difference: 'tac_after_reversal' };
  return after === 'same' ? { do: 'repeat', original: earlier } : { do: 'confirm', original: earlier };
}

const differs = (request: Facts['request'], original: StoredPayment): boolean =>
  request.amount_fen !== original.amount_fen || request.account_number !== original.account_number;
