import type { Sql } from '../../platform/database/index.ts';
import type { SettlementQuery, SettlementSummary, SettlementView, Today } from './contract.ts';
import { cursor, diagnosis, institution, type NamedRow, namedColumns, namedJoins, patient } from './naming.ts';
import { type Scope, scopeValues, withinScope } from './scope.ts';
import type { SettlementRow } from './settlement.store.ts';
import { amountsText } from './statement.ts';

type Row = SettlementRow &
  NamedRow & {
    readonly visit_no: string;
    readonly department: string;
    readonly doctor: string;
    readonly diagnosis_code: string;
    readonly begun_on: string;
    readonly ended_on: string | null;
  };

const selected = `select s.*, v.visit_no, v.department, v.doctor, v.diagnosis_code, v.begun_on, v.ended_on, ${namedColumns}
  from medical.settlements s join medical.visits v using (visit_id) ${namedJoins}`;

const summary = (row: Row): SettlementSummary => ({
  settlement_id: row.settlement_id,
  settlement_no: row.settlement_no,
  visit_id: row.visit_id,
  visit_no: row.visit_no,
  kind: row.kind,
  state: row.state,
  insurance: row.insurance,
  patient: patient(row),
  institution: institution(row),
  use_account: row.use_account,
  amounts: amountsText(row),
  business_date: row.business_date,
  decided_at: row.decided_at.toISOString(),
  settled_at: row.settled_at?.toISOString() ?? null,
  trace_id: row.trace_id,
  payment_trace_id: row.payment_trace_id,
});

export async function settlementSummary(sql: Sql, settlement_id: string): Promise<SettlementSummary | null> {
  const [row] = await sql.query<Row>(`${selected} where s.settlement_id = $1`, [settlement_id]);
  return row ? summary(row) : null;
}

/** Settlements, newest first. */
export async function settlementPage(sql: Sql, scope: Scope, query: SettlementQuery) {
  const limit = query.limit ?? 50;
  const rows = await sql.query<Row>(
    `${selected}
     where ${withinScope} and ($3::uuid is null or s.settlement_id < $3)
       and ($4::text is null or s.institution_code = $4)
       and ($5::date is null or s.business_date >= $5) and ($6::date is null or s.business_date <= $6)
       and ($7::text is null or s.state = $7) and ($8::uuid is null or s.person_id = $8)
     order by s.settlement_id desc limit $9`,
    [
      ...scopeValues(scope),
      cursor(query.after),
      query.institution ?? null,
      query.from ?? null,
      query.through ?? null,
      query.state ?? null,
      cursor(query.person),
      limit + 1,
    ],
  );
  const items = rows.slice(0, limit).map(summary);
  return { items, next: rows.length > limit ? (items.at(-1)?.settlement_id ?? null) : null };
}

/** A settlement with its statement; null when there is none within the scope. */
export async function settlementView(sql: Sql, scope: Scope, settlement_id: string): Promise<SettlementView | null> {
  const [row] = await sql.query<Row>(`${selected} where ${withinScope} and s.settlement_id = $3`, [
    ...scopeValues(scope),
    settlement_id,
  ]);
  if (!row) return null;
  return {
    ...summary(row),
    department: row.department,
    doctor: row.doctor,
    diagnosis: diagnosis(row),
    begun_on: row.begun_on,
    ended_on: row.ended_on,
    lines: [...row.decision.lines],
    reasons: [...row.decision.reasons],
    used_before: { ...row.decision.used_before },
  };
}

type HourRow = Omit<Today['hours'][number], 'settlements' | `${string}_fen`> &
  Record<`${string}_fen`, bigint> & {
    readonly settlements: bigint;
  };

/** What was settled on a business date, by hour of the office's clock. Sums fit 64 bits, so they are cast to bigint. */
export async function settledByHour(
  sql: Sql,
  scope: Scope,
  at: { readonly business_date: string; readonly time_zone: string },
): Promise<Today> {
  const rows = await sql.query<HourRow>(
    `select extract(hour from settled_at at time zone $4)::int as hour, kind, insurance, count(*) as settlements,
       sum(total_fen)::bigint as total_fen, sum(pool_fen)::bigint as pool_fen, sum(serious_fen)::bigint as serious_fen,
       sum(civil_servant_fen)::bigint as civil_servant_fen, sum(aid_fen)::bigint as aid_fen,
       sum(account_fen)::bigint as account_fen, sum(cash_fen)::bigint as cash_fen
     from medical.settlements v
     where ${withinScope} and business_date = $3 and state = 'settled'
     group by 1, 2, 3 order by 1, 2, 3`,
    [...scopeValues(scope), at.business_date, at.time_zone],
  );
  const [waiting] = await sql.query<{ count: bigint }>(
    `select count(*) from medical.settlements v where ${withinScope} and business_date = $3 and state = 'awaiting_card'`,
    [...scopeValues(scope), at.business_date],
  );
  return {
    business_date: at.business_date,
    waiting_for_card: Number(waiting?.count ?? 0n),
    hours: rows.map((row) => ({
      hour: row.hour,
      kind: row.kind,
      insurance: row.insurance,
      settlements: Number(row.settlements),
      total_fen: String(row.total_fen),
      pool_fen: String(row.pool_fen),
      serious_fen: String(row.serious_fen),
      civil_servant_fen: String(row.civil_servant_fen),
      aid_fen: String(row.aid_fen),
      account_fen: String(row.account_fen),
      cash_fen: String(row.cash_fen),
    })),
  };
}
