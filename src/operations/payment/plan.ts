import type { JournalDraft } from '../../core/ledger/contract.ts';
import { defined } from '../../kernel/assert.ts';
import { readUint } from '../../kernel/bytes.ts';
import type { Id } from '../../kernel/identifiers.ts';
import { add, type Fen, fen, subtract } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import { newId } from '../../platform/identity.ts';
import type { PayingCard } from '../issuance/index.ts';
import { authorisation } from './authorise.rules.ts';
import type { Facts, PaymentId, StoredPayment } from './facts.ts';
import { chipProof, type DifferenceKind, reversal } from './follow-up.rules.ts';
import { paymentDraft, reversalDraft } from './journals.ts';
import { wantedKey } from './load.ts';
import { balanceOf, isTacRight, type PaymentKeys } from './proofs.ts';
import { type DeclineCode, responseOf } from './responses.ts';
import type { NewPayment } from './store.ts';

/** What becomes of one request: its verdict with the rows and journals that carry it out. */
export type Plan =
  | { readonly step: 'repeat'; readonly earlier: StoredPayment }
  | { readonly step: 'reject'; readonly code: DeclineCode }
  | { readonly step: 'tell_balance'; readonly balance_fen: Fen }
  | { readonly step: 'decline'; readonly code: DeclineCode; readonly payment: NewPayment }
  | { readonly step: 'book'; readonly payment: NewPayment; readonly draft: JournalDraft; readonly card: PayingCard }
  | { readonly step: 'take_back'; readonly original: StoredPayment; readonly draft: JournalDraft }
  | { readonly step: 'nothing'; readonly original: StoredPayment }
  | { readonly step: 'entomb'; readonly payment: NewPayment }
  | { readonly step: 'confirm'; readonly original: StoredPayment; readonly card: PayingCard }
  | {
      readonly step: 'differ';
      readonly code: DeclineCode;
      readonly difference: DifferenceKind;
      readonly original: StoredPayment | null;
    };

export type Moment = { readonly at: Temporal.Instant; readonly business_date: Day };

/** Decides one request by the rules of its kind and prepares what is to be written. */
export function planOf(facts: Facts, keys: PaymentKeys, moment: Moment): Plan {
  switch (facts.request.kind) {
    case 'reversal':
      return reversalPlan(facts, moment);
    case 'tac_upload':
      return proofPlan(facts, keys);
    default:
      return authorisationPlan(facts, moment);
  }
}

function authorisationPlan(facts: Facts, moment: Moment): Plan {
  const verdict = authorisation(facts);
  switch (verdict.do) {
    case 'repeat':
      return { step: 'repeat', earlier: verdict.earlier };
    case 'reject':
      return { step: 'reject', code: verdict.code };
    case 'tell_balance':
      return { step: 'tell_balance', balance_fen: defined(facts.balance_fen, 'balance') };
    case 'decline':
      // A balance inquiry moves nothing, so its "no" is not kept.
      return facts.request.kind === 'balance'
        ? { step: 'reject', code: verdict.code }
        : { step: 'decline', code: verdict.code, payment: declined(newPayment(facts, moment), verdict.code) };
    case 'book': {
      const card = defined(facts.card, 'card');
      const payment = newPayment(facts, moment);
      const money = { ...payment, key: payment, card_id: card.card_id, person_id: card.person_id };
      const when = { business_date: moment.business_date, trace_id: facts.request.trace_id as Id<string> };
      return { step: 'book', payment, card, draft: paymentDraft(money, when) };
    }
  }
}

function reversalPlan(facts: Facts, moment: Moment): Plan {
  const verdict = reversal(facts);
  switch (verdict.do) {
    case 'entomb':
      // A processing code that is none of ours names nothing that could ever be booked.
      return wantedKey(facts.request).kind === null
        ? { step: 'reject', code: 'payment.original_unknown' }
        : {
            step: 'entomb',
            payment: { ...newPayment(facts, moment), fingerprint: null, state: 'reversed', original: null },
          };
    case 'take_back': {
      const { original } = verdict;
      const card = defined(facts.card, 'the card of an approved payment');
      const money = { ...original, key: original, card_id: card.card_id, person_id: card.person_id };
      const when = { business_date: moment.business_date, trace_id: facts.request.trace_id as Id<string> };
      const draft = reversalDraft(money, defined(original.journal_id, 'journal of an approved payment'), when);
      return { step: 'take_back', original, draft };
    }
    case 'nothing':
      return { step: 'nothing', original: verdict.original };
    case 'refuse':
      return { step: 'differ', ...verdict, original: facts.earlier };
  }
}

function proofPlan(facts: Facts, keys: PaymentKeys): Plan {
  const { request, earlier, card } = facts;
  const right = earlier !== null && card !== null && isTacRight(keys, request, earlier, card);
  const verdict = chipProof(facts, right);
  switch (verdict.do) {
    case 'confirm':
      return { step: 'confirm', original: verdict.original, card: defined(card, 'card') };
    case 'repeat':
      return { step: 'nothing', original: verdict.original };
    case 'refuse':
      return { step: 'differ', ...verdict, original: earlier };
  }
}

/** The payment as an approval would leave it. */
function newPayment({ request, card, balance_fen, fingerprint }: Facts, { at, business_date }: Moment): NewPayment {
  const { ic } = request;
  const amount_fen = request.amount_fen ?? fen(0);
  const key = wantedKey(request);
  const kind = key.kind ?? 'purchase';
  const before = balance_fen ?? fen(0);
  return {
    ...key,
    kind,
    payment_id: newId<'payment'>() as PaymentId,
    fingerprint,
    state: 'approved',
    response_code: '00',
    refusal_code: null,
    account_number: request.account_number ?? '',
    card_id: card?.card_id ?? null,
    person_id: card?.person_id ?? null,
    institution_code: request.institution_code,
    amount_fen,
    settlement_no: request.settlement_number?.trim() || null,
    journal_id: null,
    balance_fen: kind === 'load' ? add(before, amount_fen) : subtract(before, amount_fen),
    chip_sequence: ic.transaction_counter ? readUint(ic.transaction_counter) : null,
    chip_balance_fen: ic.chip_balance ? balanceOf(ic.chip_balance) : null,
    original: ic.original?.toHex() ?? null,
    trace_id: request.trace_id,
    at,
    business_date: business_date.toString(),
  };
}

/** The same payment, refused: no money moved. */
export const declined = (payment: NewPayment, code: DeclineCode): NewPayment => ({
  ...payment,
  state: 'declined',
  response_code: responseOf(code),
  refusal_code: code,
  journal_id: null,
  balance_fen: null,
  original: null,
});
