import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import {
  type AmountName,
  amountNames,
  type LineView,
  type MedicalInsurance,
  type ReasonView,
  type SettlementState,
  type VisitKind,
} from './contract.ts';
import { numbered } from './numbering.ts';

export type AmountsFen = Readonly<Record<AmountName, Fen>>;

/** What was decided, as it stays: the bill as it was split, why, and what of the year's limits it found and used. */
export type StoredDecision = {
  readonly lines: readonly LineView[];
  readonly reasons: readonly ReasonView[];
  readonly used_before: Readonly<Record<string, string>>;
  readonly uses: Readonly<Record<string, string>>;
};

export type SettlementRow = AmountsFen & {
  readonly settlement_id: string;
  readonly settlement_no: string;
  readonly visit_id: string;
  readonly person_id: string;
  readonly institution_code: string;
  readonly kind: VisitKind;
  readonly insurance: MedicalInsurance;
  readonly state: SettlementState;
  readonly use_account: boolean;
  readonly decision: StoredDecision;
  readonly benefit_year: number;
  /** ISO day. */
  readonly business_date: string;
  readonly decided_by: string;
  readonly decided_at: Date;
  readonly settled_at: Date | null;
  readonly completions: number;
  readonly trace_id: string;
  readonly payment_trace_id: string | null;
};

export type NewSettlement = Omit<SettlementRow, 'decided_at' | 'settled_at' | 'completions' | 'payment_trace_id'> & {
  readonly decided_at: Temporal.Instant;
};

export async function nextSettlementNo(sql: Sql): Promise<string> {
  const [next] = await sql.query<{ number: bigint }>(`select nextval('medical.settlement_numbers') as number`);
  return numbered('S', next?.number ?? 0n);
}

const written = [
  'settlement_id',
  'settlement_no',
  'visit_id',
  'person_id',
  'institution_code',
  'kind',
  'insurance',
  'state',
  'use_account',
  'benefit_year',
  'business_date',
  'decided_by',
  'trace_id',
  ...amountNames,
] as const;

export async function insertSettlement(sql: Sql, settlement: NewSettlement): Promise<void> {
  const at = written.length;
  await sql.query(
    `insert into medical.settlements (${written.join(', ')}, decision, decided_at, settled_at)
     values (${written.map((_, i) => `$${i + 1}`).join(', ')}, $${at + 1}, $${at + 2},
       case when $8 = 'settled' then $${at + 2}::timestamptz end)`,
    [...written.map((name) => settlement[name]), JSON.stringify(settlement.decision), settlement.decided_at.toString()],
  );
}

export async function settlementOf(sql: Sql, settlement_id: string): Promise<SettlementRow | null> {
  const [row] = await sql.query<SettlementRow>('select * from medical.settlements where settlement_id = $1', [
    settlement_id,
  ]);
  return row ?? null;
}

/** The settlement of a visit that stands: waiting for the card, or settled. */
export async function standingSettlement(sql: Sql, visit_id: string): Promise<SettlementRow | null> {
  const [row] = await sql.query<SettlementRow>(
    `select * from medical.settlements where visit_id = $1 and state in ('awaiting_card', 'settled')`,
    [visit_id],
  );
  return row ?? null;
}

/** Ends a settlement whose visit the caller has locked. */
export async function endSettlement(sql: Sql, settlement_id: string, state: 'cancelled' | 'superseded'): Promise<void> {
  await sql.query('update medical.settlements set state = $2 where settlement_id = $1', [settlement_id, state]);
}

/** Why a settlement is what it is; empty when there is no such settlement. */
export async function reasonsOf(sql: Sql, settlement_id: string): Promise<readonly ReasonView[]> {
  const [row] = await sql.query<{ reasons: readonly ReasonView[] }>(
    `select decision -> 'reasons' as reasons from medical.settlements where settlement_id = $1`,
    [settlement_id],
  );
  return row?.reasons ?? [];
}
