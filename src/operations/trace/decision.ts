import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import { type PaymentKind, type PaymentState, paymentKindNames } from '../payment/contract.ts';
import type { DecisionEntry, Reason } from './contract.ts';

/** The reasons of a settlement, as its scheme keeps them. */
export type ReasonsOf = (sql: Sql, settlement_id: string) => Promise<readonly Reason[]>;

export type TracedPayment = {
  readonly payment_id: string;
  readonly kind: PaymentKind;
  readonly state: PaymentState;
  readonly response_code: string;
  readonly refusal_code: string | null;
  readonly amount_fen: Fen;
  readonly settlement_no: string | null;
  readonly tombstone: boolean;
  readonly at: Date;
};

export const paymentsOfTrace = (sql: Sql, trace_id: string): Promise<TracedPayment[]> =>
  sql.query<TracedPayment>(
    `select payment_id, kind, state, response_code, refusal_code, amount_fen, settlement_no, tombstone, at
     from payment.v_payments where trace_id = $1 order by payment_id`,
    [trace_id],
  );

/** What the centre decided under a trace id: settlement, payments, reversals, proofs of the chip and differences. */
export async function decisionStation(
  sql: Sql,
  trace_id: string,
  payments: readonly TracedPayment[],
  reasonsOf: ReasonsOf,
): Promise<DecisionEntry[]> {
  const entries = [
    ...(await settlements(sql, trace_id, payments, reasonsOf)),
    ...payments.filter(({ tombstone }) => !tombstone).map(paymentEntry),
    ...(await reversals(sql, payments)),
    ...(await proofs(sql, payments)),
    ...(await differences(sql, trace_id)),
  ];
  return entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

async function settlements(
  sql: Sql,
  trace_id: string,
  payments: readonly TracedPayment[],
  reasonsOf: ReasonsOf,
): Promise<DecisionEntry[]> {
  type Row = { settlement_id: string; settlement_no: string; state: string; total_fen: Fen; decided_at: Date };
  const rows = await sql.query<Row>(
    `select settlement_id, settlement_no, state, total_fen, decided_at from medical.v_settlements
     where trace_id = $1 or payment_trace_id = $1 or settlement_no = any($2)`,
    [trace_id, payments.flatMap(({ settlement_no }) => settlement_no ?? [])],
  );
  return Promise.all(
    rows.map(async (row) => ({
      at: row.decided_at.toISOString(),
      kind: 'settlement' as const,
      id: row.settlement_no,
      state: row.state,
      what: { zh: '医疗费结算', en: 'settlement of the bill' },
      amount_fen: String(row.total_fen),
      response_code: null,
      reasons: [...(await reasonsOf(sql, row.settlement_id))],
    })),
  );
}

const entry = (kind: DecisionEntry['kind'], id: string, at: Date, more: Partial<DecisionEntry>): DecisionEntry => ({
  kind,
  id,
  at: at.toISOString(),
  state: 'done',
  what: { zh: '', en: '' },
  amount_fen: null,
  response_code: null,
  reasons: [],
  ...more,
});

/** A refused payment shows the precise cause behind its response code. */
const paymentEntry = (payment: TracedPayment): DecisionEntry =>
  entry('payment', payment.payment_id, payment.at, {
    state: payment.state,
    what: paymentKindNames[payment.kind],
    amount_fen: String(payment.amount_fen),
    response_code: payment.response_code,
    reasons: payment.refusal_code
      ? [{ step: payment.refusal_code, law: null, inputs: {}, result: { response_code: payment.response_code } }]
      : [],
  });

async function reversals(sql: Sql, payments: readonly TracedPayment[]): Promise<DecisionEntry[]> {
  const rows = await sql.query<{ payment_id: string; reason: string; journal_id: string | null; at: Date }>(
    'select payment_id, reason, journal_id, at from payment.v_reversals where payment_id = any($1::uuid[])',
    [payments.map(({ payment_id }) => payment_id)],
  );
  return rows.map((row) =>
    entry('reversal', row.payment_id, row.at, {
      state: row.journal_id ? 'reversed' : 'nothing_booked',
      what: { zh: '冲正', en: 'reversal' },
      reasons: [{ step: 'payment.reversal', law: null, inputs: { reason: row.reason }, result: {} }],
    }),
  );
}

async function proofs(sql: Sql, payments: readonly TracedPayment[]): Promise<DecisionEntry[]> {
  const rows = await sql.query<{ payment_id: string; tac: Uint8Array; at: Date }>(
    'select payment_id, tac, at from payment.v_chip_proofs where payment_id = any($1::uuid[])',
    [payments.map(({ payment_id }) => payment_id)],
  );
  return rows.map((row) =>
    entry('chip_proof', row.payment_id, row.at, {
      state: 'matches',
      what: { zh: '交易验证码相符', en: 'the chip has confirmed it' },
    }),
  );
}

async function differences(sql: Sql, trace_id: string): Promise<DecisionEntry[]> {
  const rows = await sql.query<{ difference_id: string; kind: string; evidence: string; at: Date }>(
    'select difference_id, kind, evidence, at from payment.v_differences where trace_id = $1',
    [trace_id],
  );
  return rows.map((row) =>
    entry('chip_proof', row.difference_id, row.at, {
      state: 'differs',
      what: { zh: '与中心记录不符', en: 'chip or terminal and centre differ' },
      reasons: [{ step: `payment.${row.kind}`, law: null, inputs: { evidence: row.evidence }, result: {} }],
    }),
  );
}
