import type { Answer, ResponseCode } from '../../core/switch/contract.ts';
import { defined } from '../../kernel/assert.ts';
import type { Work } from './booking.ts';
import type { Facts, StoredPayment } from './facts.ts';
import { hostData, type PaymentKeys } from './proofs.ts';
import { responseOf } from './responses.ts';

/** What the terminal is told about its request. */
export function answerOf(
  keys: PaymentKeys,
  { facts, plan }: Work,
  references: ReadonlyMap<string, string>,
  at: Temporal.Instant,
): Answer {
  switch (plan.step) {
    case 'repeat':
      return paymentAnswer(keys, facts, plan.earlier);
    case 'reject':
    case 'differ':
      return { response_code: responseOf(plan.code) };
    case 'tell_balance':
      return {
        response_code: '00',
        balance_fen: plan.balance_fen,
        ic: hostData(keys, facts.request, defined(facts.card, 'card'), at),
      };
    case 'decline':
    case 'book': {
      const reference_no = defined(references.get(plan.payment.payment_id), 'reference');
      const authorisation = plan.step === 'book' ? reference_no.slice(-6) : null;
      return paymentAnswer(keys, facts, { ...plan.payment, reference_no, authorisation });
    }
    case 'entomb':
      return { response_code: '00', reference: defined(references.get(plan.payment.payment_id), 'reference') };
    case 'take_back':
    case 'nothing':
    case 'confirm':
      return { response_code: '00', reference: plan.original.reference_no };
  }
}

/** The answer to a purchase or load, from what is stored of it: the first time and every time after. */
function paymentAnswer(keys: PaymentKeys, { request, card }: Facts, payment: Omit<StoredPayment, 'tac'>): Answer {
  const { response_code, reference_no, authorisation, balance_fen, business_date, at } = payment;
  const settlement_date = business_date.slice(5).replace('-', '');
  const answer = { response_code: response_code as ResponseCode, reference: reference_no, settlement_date };
  if (payment.refusal_code || !authorisation || balance_fen === null || !card) return answer;
  return { ...answer, authorisation, balance_fen, ic: hostData(keys, request, card, at) };
}
