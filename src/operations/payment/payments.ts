import { isResponseCode, responseCodes } from '../../core/switch/contract.ts';
import { hex } from '../../kernel/bytes.ts';
import { maskNumber } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import { isId } from '../../platform/identity.ts';
import type { Payment, PaymentDetail, PaymentKind, PaymentState } from './contract.ts';
import { type DeclineCode, declines } from './responses.ts';

type PaymentRow = {
  payment_id: string;
  kind: PaymentKind;
  state: PaymentState;
  terminal_id: string;
  batch_no: string;
  trace_no: string;
  institution_code: string;
  account_number: string;
  card_id: string | null;
  person_id: string | null;
  amount_fen: Fen;
  settlement_no: string | null;
  response_code: string;
  refusal_code: DeclineCode | null;
  reference_no: string;
  authorisation: string | null;
  journal_id: string | null;
  trace_id: string;
  at: Date;
  business_date: string;
};

const columns = `p.payment_id, p.kind, p.state, p.terminal_id, p.batch_no, p.trace_no, p.institution_code, p.account_number,
  p.card_id, p.person_id, p.amount_fen, p.settlement_no, p.response_code, p.refusal_code, p.reference_no, p.authorisation,
  p.journal_id, p.trace_id, p.at, p.business_date`;

function toPayment({ account_number, ...row }: PaymentRow): Payment {
  const { response_code, refusal_code } = row;
  const words = refusal_code
    ? declines[refusal_code]
    : isResponseCode(response_code)
      ? responseCodes[response_code]
      : null;
  return {
    ...row,
    account_number_masked: maskNumber(account_number),
    amount_fen: String(row.amount_fen),
    response: { zh: words?.zh ?? response_code, en: words?.en ?? response_code },
    at: row.at.toISOString(),
  };
}

export type PaymentSearch = {
  readonly institution: string | null;
  readonly card: string | null;
  readonly from: string | null;
  readonly through: string | null;
  readonly after: string | null;
  readonly limit: number;
};

/** Payments, newest first, by institution, card number and business days. */
export async function findPayments(sql: Sql, search: PaymentSearch) {
  const { institution, card, from, through, after, limit } = search;
  const rows = await sql.query<PaymentRow>(
    `select ${columns} from payment.payments p
     where ($1::text is null or p.institution_code = $1)
       and ($2::text is null or (p.person_id, p.card_id) in (
         select person_id, card_id from issuance.v_cards where card_number = $2))
       and ($3::date is null or p.business_date >= $3) and ($4::date is null or p.business_date <= $4)
       and ($5::uuid is null or p.payment_id < $5)
     order by p.payment_id desc limit $6`,
    [institution, card, from, through, after && isId(after) ? after : null, limit + 1],
  );
  const items = rows.slice(0, limit).map(toPayment);
  return { items, next: rows.length > limit ? (items.at(-1)?.payment_id ?? null) : null };
}

type DetailRow = PaymentRow & {
  reversed_at: Date | null;
  cause: string | null;
  reversal_journal_id: string | null;
  tac: Uint8Array | null;
  proven_at: Date | null;
};

/** A payment with what became of it: its reversal, and the chip's word. */
export async function paymentDetail(sql: Sql, payment_id: string): Promise<PaymentDetail | null> {
  const [row] = await sql.query<DetailRow>(
    `select ${columns}, r.at as reversed_at, r.reason as cause, r.journal_id as reversal_journal_id, c.tac,
       c.at as proven_at
     from payment.payments p left join payment.reversals r using (payment_id) left join payment.chip_proofs c using (payment_id)
     where p.payment_id = $1`,
    [payment_id],
  );
  if (!row) return null;
  const { reversed_at, cause, reversal_journal_id, tac, proven_at, ...payment } = row;
  return {
    ...toPayment(payment),
    reversal: reversed_at && { at: reversed_at.toISOString(), cause: cause ?? '', journal_id: reversal_journal_id },
    chip:
      tac && proven_at
        ? { at: proven_at.toISOString(), tac: hex(tac), matches: true }
        : await wrongTac(sql, payment_id),
  };
}

async function wrongTac(sql: Sql, payment_id: string): Promise<PaymentDetail['chip']> {
  const [row] = await sql.query<{ at: Date; evidence: string }>(
    `select at, evidence from payment.differences where payment_id = $1 and kind in ('tac_wrong', 'tac_after_reversal')
     order by difference_id desc limit 1`,
    [payment_id],
  );
  return row ? { at: row.at.toISOString(), tac: row.evidence.toUpperCase(), matches: false } : null;
}

/** What a card has to pay for a bill that waits for it; null when none waits under this number. */
export async function pendingSettlement(
  sql: Sql,
  settlement_no: string,
): Promise<{ readonly person_id: string; readonly institution_code: string; readonly account_fen: Fen } | null> {
  const [row] = await sql.query<{ person_id: string; institution_code: string; account_fen: Fen }>(
    `select person_id, institution_code, account_fen from medical.v_settlements
     where settlement_no = $1 and state = 'awaiting_card'`,
    [settlement_no],
  );
  return row ?? null;
}
