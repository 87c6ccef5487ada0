import { plainArray, type Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { PaymentState } from './contract.ts';
import type { PaymentId, StoredPayment, TransactionKey } from './facts.ts';
import type { DifferenceKind } from './follow-up.rules.ts';

/** A payment on its way into the table; the database gives it its reference number. */
export type NewPayment = Omit<StoredPayment, 'reference_no' | 'authorisation' | 'tac'> & {
  readonly person_id: string | null;
  /** The random number the chip signed (9F37), hex; null where nothing was accepted. */
  readonly original: string | null;
  readonly trace_id: string;
};

/** Writes the payments of a round in one statement; answers the reference number of each. */
export async function insertPayments(sql: Sql, rows: readonly NewPayment[]): Promise<Map<PaymentId, string>> {
  if (rows.length === 0) return new Map();
  const written = await sql.query<{ payment_id: PaymentId; reference_no: string }>(
    `insert into payment.payments (payment_id, terminal_id, batch_no, trace_no, local_date, kind, fingerprint, state,
       response_code, refusal_code, account_number, card_id, person_id, institution_code, amount_fen, settlement_no,
       reference_no, authorisation, journal_id, balance_fen, chip_sequence, chip_balance_fen, trace_id, at, business_date, original)
     select id, terminal, batch, trace_no, local_date, kind, decode(fingerprint, 'hex'), state, response, refusal, account,
       card, person, institution, amount, settlement, number.text,
       case when state = 'approved' then right(number.text, 6) end, journal, balance, sequence, chip_balance, trace, at, day, decode(original, 'hex')
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::text[], $10::text[], $11::text[], $12::uuid[], $13::uuid[], $14::text[], $15::bigint[], $16::text[],
       $17::uuid[], $18::bigint[], $19::integer[], $20::bigint[], $21::uuid[], $22::timestamptz[], $23::date[],
       $24::text[])
       as p (id, terminal, batch, trace_no, local_date, kind, fingerprint, state, response, refusal, account, card, person,
         institution, amount, settlement, journal, balance, sequence, chip_balance, trace, at, day, original)
     cross join lateral (select lpad(nextval('payment.reference_numbers')::text, 12, '0') as text where id is not null) number
     returning payment_id, reference_no`,
    [
      plainArray(rows.map((row) => row.payment_id)),
      rows.map((row) => row.terminal_id),
      plainArray(rows.map((row) => row.batch_no)),
      plainArray(rows.map((row) => row.trace_no)),
      plainArray(rows.map((row) => row.local_date)),
      plainArray(rows.map((row) => row.kind)),
      plainArray(rows.map((row) => row.fingerprint)),
      plainArray(rows.map((row) => row.state)),
      plainArray(rows.map((row) => row.response_code)),
      plainArray(rows.map((row) => row.refusal_code)),
      plainArray(rows.map((row) => row.account_number)),
      plainArray(rows.map((row) => row.card_id)),
      plainArray(rows.map((row) => row.person_id)),
      rows.map((row) => row.institution_code),
      plainArray(rows.map((row) => row.amount_fen)),
      rows.map((row) => row.settlement_no),
      plainArray(rows.map((row) => row.journal_id)),
      plainArray(rows.map((row) => row.balance_fen)),
      plainArray(rows.map((row) => row.chip_sequence)),
      plainArray(rows.map((row) => row.chip_balance_fen)),
      plainArray(rows.map((row) => row.trace_id)),
      rows.map((row) => row.at.toString()),
      plainArray(rows.map((row) => row.business_date)),
      plainArray(rows.map((row) => row.original)),
    ],
  );
  return new Map(written.map((row) => [row.payment_id, row.reference_no]));
}

const setStates = `changed as (
  update payment.payments p set state = wanted.state
  from unnest($1::uuid[], $2::text[]) as wanted (id, state) where p.payment_id = wanted.id)`;

export type NewReversal = {
  readonly payment_id: PaymentId;
  /** The state of the payment after it. */
  readonly state: PaymentState;
  readonly reason: string;
  readonly journal_id: string | null;
  readonly trace_id: string;
  readonly at: Temporal.Instant;
  readonly business_date: string;
};

/** Writes reversals and the new states of their payments. A payment that was reversed before keeps its first reversal. */
export async function insertReversals(sql: Sql, rows: readonly NewReversal[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `with ${setStates}
     insert into payment.reversals (payment_id, reason, journal_id, trace_id, at, business_date)
     select * from unnest($1::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::date[])
     on conflict (payment_id) do nothing`,
    [
      rows.map((row) => row.payment_id),
      rows.map((row) => row.state),
      rows.map((row) => row.reason),
      rows.map((row) => row.journal_id),
      rows.map((row) => row.trace_id),
      rows.map((row) => row.at.toString()),
      rows.map((row) => row.business_date),
    ],
  );
}

export type NewProof = {
  readonly payment_id: PaymentId;
  readonly card_id: string;
  readonly tac: Uint8Array;
  readonly terminal_serial: Uint8Array | null;
  readonly transacted_at: Uint8Array;
  readonly trace_id: string;
  readonly at: Temporal.Instant;
};

/** Writes proven TACs; their payments are confirmed by the chip. */
export async function insertProofs(sql: Sql, rows: readonly NewProof[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `with ${setStates}
     insert into payment.chip_proofs (payment_id, tac, terminal_serial, transacted_at, trace_id, at, card_id)
     select id, decode(tac, 'hex'), decode(serial, 'hex'), decode(time, 'hex'), trace, at, card
     from unnest($1::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[], $8::uuid[])
       as c (id, tac, serial, time, trace, at, card)`,
    [
      rows.map((row) => row.payment_id),
      rows.map(() => 'chip_confirmed' satisfies PaymentState),
      rows.map((row) => row.tac.toHex()),
      rows.map((row) => row.terminal_serial?.toHex() ?? null),
      rows.map((row) => row.transacted_at.toHex()),
      rows.map((row) => row.trace_id),
      rows.map((row) => row.at.toString()),
      rows.map((row) => row.card_id),
    ],
  );
}

export type NewDifference = {
  readonly kind: DifferenceKind;
  readonly key: Omit<TransactionKey, 'kind'>;
  readonly payment_id: PaymentId | null;
  readonly evidence: string;
  readonly trace_id: string;
  readonly at: Temporal.Instant;
};

/** Keeps what chip, terminal and centre do not agree on; the same again adds nothing. */
export async function insertDifferences(sql: Sql, rows: readonly NewDifference[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `insert into payment.differences (difference_id, kind, terminal_id, batch_no, trace_no, local_date, payment_id,
       evidence, trace_id, at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[],
       $9::uuid[], $10::timestamptz[])
     on conflict (kind, terminal_id, batch_no, trace_no, local_date, evidence) do nothing`,
    [
      rows.map(() => newId()),
      rows.map((row) => row.kind),
      rows.map((row) => row.key.terminal_id),
      rows.map((row) => row.key.batch_no),
      rows.map((row) => row.key.trace_no),
      rows.map((row) => row.key.local_date),
      rows.map((row) => row.payment_id),
      rows.map((row) => row.evidence),
      rows.map((row) => row.trace_id),
      rows.map((row) => row.at.toString()),
    ],
  );
}
