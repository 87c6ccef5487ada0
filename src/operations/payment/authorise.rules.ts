import type { BlackListReason } from '../../core/screening/contract.ts';
import type { CardState } from '../issuance/contract.ts';
import type { Facts, StoredPayment } from './facts.ts';
import type { DeclineCode } from './responses.ts';

/** What is to be done with a purchase, load or balance inquiry. */
export type Verdict =
  /** It was decided before: the same answer again. */
  | { readonly do: 'repeat'; readonly earlier: StoredPayment }
  /** A "no" that is kept, so that a repeat gets it again. */
  | { readonly do: 'decline'; readonly code: DeclineCode }
  /** A "no" that leaves no payment: the place is taken by another one. */
  | { readonly do: 'reject'; readonly code: DeclineCode }
  /** Book it; the ledger has the last word on the money. */
  | { readonly do: 'book' }
  | { readonly do: 'tell_balance' };

const decline = (code: DeclineCode): Verdict => ({ do: 'decline', code });

/** Decides a purchase, load or balance inquiry, in the order of precedence of `declines`. */
export function authorisation(facts: Facts): Verdict {
  const { request, earlier, fingerprint } = facts;
  if (earlier) {
    if (earlier.fingerprint === null) return { do: 'reject', code: 'payment.reversed_before' };
    if (earlier.fingerprint !== fingerprint) return { do: 'reject', code: 'payment.content_differs' };
    // Who asks again after the reversal must not be told yes: nothing is in force any more.
    if (earlier.state === 'reversed') return { do: 'reject', code: 'payment.reversed_before' };
    return { do: 'repeat', earlier };
  }
  const no = amountFault(facts) ?? cardFault(facts) ?? chipFault(facts);
  if (no) return decline(no);
  return request.kind === 'balance' ? { do: 'tell_balance' } : { do: 'book' };
}

/** Amounts on the chip have four bytes. */
const largest_fen = 0xffff_ffffn;

function amountFault({ request }: Facts): DeclineCode | null {
  if (request.kind === 'balance') return null;
  const amount = request.amount_fen ?? 0n;
  return amount > 0n && amount <= largest_fen ? null : 'payment.amount_invalid';
}

const byState: Readonly<Record<CardState, DeclineCode | null>> = {
  ordered: 'payment.card_not_activated',
  issued: 'payment.card_not_activated',
  active: null,
  blocked: 'payment.card_blocked',
  suspended: 'payment.card_lost',
  lost: 'payment.card_lost',
  cancelled: 'payment.card_cancelled',
};

const byListing: Readonly<Record<BlackListReason, DeclineCode>> = {
  lost: 'payment.card_lost',
  stolen: 'payment.card_stolen',
  cloned: 'payment.card_cloned',
  cancelled: 'payment.card_cancelled',
  holder_died: 'payment.holder_died',
  suspected_misuse: 'payment.card_misused',
};

/** Card, holder and institution, as the registers have them. The black list says it more precisely than the state. */
function cardFault({ request, card, listed, designated, today }: Facts): DeclineCode | null {
  if (!card) return 'payment.card_unknown';
  if (listed) return byListing[listed];
  if (byState[card.state]) return byState[card.state];
  // Days as ISO text compare as days do.
  if (card.expires_on < today) return 'payment.card_expired';
  if (card.holder_died_on !== null) return 'payment.holder_died';
  // The personal account pays medical cost only (国发〔1998〕44号), so a purchase needs a designated institution.
  return request.kind === 'purchase' && !designated ? 'payment.not_designated' : null;
}

/** What the chip itself must show: its identity, the answer to our challenge, a counter that only goes up. */
function chipFault({ request, card, proofs, balance_fen, replayed }: Facts): DeclineCode | null {
  const { ic, kind } = request;
  const named = ic.card_factor && ic.cryptogram && ic.original && ic.session_factor;
  const counted = kind === 'balance' || ic.transaction_counter;
  const loading = kind !== 'load' || (ic.mac && ic.random && ic.chip_balance);
  if (!card || !named || !counted || !loading) return 'payment.data_missing';
  if (!proofs.chip_registered) return 'payment.other_chip';
  if (!proofs.cryptogram) return 'payment.cryptogram_wrong';
  if (kind === 'balance') return balance_fen === null ? 'payment.no_account' : null;
  if (replayed) return 'payment.cryptogram_replayed';
  const sequence = sequenceOf(ic.transaction_counter);
  const least = kind === 'load' ? card.load_sequence : card.purchase_sequence;
  if (sequence === null || sequence < least) return 'payment.counter_went_back';
  return proofs.load_mac ? null : 'payment.load_mac_wrong';
}

/** The two bytes of a chip's counter. */
export const sequenceOf = (counter: Uint8Array | undefined): number | null =>
  counter ? (counter[0] as number) * 256 + (counter[1] as number) : null;
