import type { Fen } from '../../kernel/money.ts';

/**
 * What the pooled fund pays an institution for a case under DRG: the payment standard less what the patient and other
 * funds paid. Negative when those paid more than the standard: the institution then owes the difference to the fund.
 */
export const drgPayment = (paid: {
  readonly standard_fen: Fen;
  readonly patient_fen: Fen;
  readonly other_funds_fen: Fen;
}): Fen => (paid.standard_fen - paid.patient_fen - paid.other_funds_fen) as Fen;
