import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { MedicalInsurance, VisitKind, VisitState } from './contract.ts';
import { numbered } from './numbering.ts';

export type VisitRow = {
  readonly visit_id: string;
  readonly visit_no: string;
  readonly institution_code: string;
  readonly person_id: string;
  readonly kind: VisitKind;
  readonly insurance: MedicalInsurance;
  readonly department: string;
  readonly doctor: string;
  readonly diagnosis_code: string;
  /** ISO days. */
  readonly begun_on: string;
  readonly ended_on: string | null;
  readonly state: VisitState;
  readonly line_count: number;
  readonly total_fen: Fen;
  readonly idempotency_key: string;
  readonly registered_by: string;
  readonly registered_at: Date;
  readonly trace_id: string;
};

export type NewVisit = Omit<
  VisitRow,
  'visit_no' | 'ended_on' | 'state' | 'line_count' | 'total_fen' | 'registered_at'
> & {
  readonly registered_at: Temporal.Instant;
};

/** The new visit; null when the institution has used the key before. */
export async function insertVisit(sql: Sql, visit: NewVisit): Promise<VisitRow | null> {
  const [next] = await sql.query<{ number: bigint }>(`select nextval('medical.visit_numbers') as number`);
  const [row] = await sql.query<VisitRow>(
    `insert into medical.visits (visit_id, visit_no, institution_code, person_id, kind, insurance, department, doctor,
       diagnosis_code, begun_on, state, idempotency_key, registered_by, registered_at, trace_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13, $14)
     on conflict (institution_code, idempotency_key) do nothing returning *`,
    [
      visit.visit_id,
      numbered('V', next?.number ?? 0n),
      visit.institution_code,
      visit.person_id,
      visit.kind,
      visit.insurance,
      visit.department,
      visit.doctor,
      visit.diagnosis_code,
      visit.begun_on,
      visit.idempotency_key,
      visit.registered_by,
      visit.registered_at.toString(),
      visit.trace_id,
    ],
  );
  return row ?? null;
}

export async function visitOfKey(
  sql: Sql,
  of: { readonly institution_code: string; readonly idempotency_key: string },
): Promise<VisitRow | null> {
  const [row] = await sql.query<VisitRow>(
    'select * from medical.visits where institution_code = $1 and idempotency_key = $2',
    [of.institution_code, of.idempotency_key],
  );
  return row ?? null;
}

export async function visitOf(sql: Sql, visit_id: string): Promise<VisitRow | null> {
  const [row] = await sql.query<VisitRow>('select * from medical.visits where visit_id = $1', [visit_id]);
  return row ?? null;
}

/** The visit with everything under it held for this transaction: its bill and its settlements change only under this lock. */
export async function lockVisit(sql: Sql, visit_id: string): Promise<VisitRow | null> {
  const [row] = await sql.query<VisitRow>('select * from medical.visits where visit_id = $1 for update', [visit_id]);
  return row ?? null;
}

export async function setVisitStates(sql: Sql, visit_ids: readonly string[], state: VisitState): Promise<void> {
  await sql.query('update medical.visits set state = $2 where visit_id = any($1)', [visit_ids, state]);
}

export type StoredLine = {
  readonly line_no: number;
  readonly catalogue_code: string;
  /** Ten-thousandths of the unit. */
  readonly quantity: bigint;
  /** Millionths of a yuan. */
  readonly unit_price: bigint;
  readonly outside_restriction: boolean;
};

export const linesOf = (sql: Sql, visit_id: string): Promise<StoredLine[]> =>
  sql.query<StoredLine>(
    `select line_no, catalogue_code, quantity, unit_price, outside_restriction
     from medical.bill_lines where visit_id = $1 order by line_no`,
    [visit_id],
  );

export type Bill = {
  readonly visit_id: string;
  readonly lines: readonly StoredLine[];
  readonly total_fen: Fen;
  readonly ended_on: string | null;
};

export async function storeBill(sql: Sql, bill: Bill): Promise<void> {
  await sql.query('delete from medical.bill_lines where visit_id = $1', [bill.visit_id]);
  await sql.query(
    `insert into medical.bill_lines (visit_id, line_no, catalogue_code, quantity, unit_price, outside_restriction)
     select $1, * from unnest($2::int[], $3::text[], $4::bigint[], $5::bigint[], $6::boolean[])`,
    [
      bill.visit_id,
      bill.lines.map((line) => line.line_no),
      bill.lines.map((line) => line.catalogue_code),
      bill.lines.map((line) => line.quantity),
      bill.lines.map((line) => line.unit_price),
      bill.lines.map((line) => line.outside_restriction),
    ],
  );
  await sql.query('update medical.visits set line_count = $2, total_fen = $3, ended_on = $4 where visit_id = $1', [
    bill.visit_id,
    bill.lines.length,
    bill.total_fen,
    bill.ended_on,
  ]);
}
