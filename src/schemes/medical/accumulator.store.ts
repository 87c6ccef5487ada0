import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { MedicalInsurance } from './contract.ts';
import type { Accumulators } from './facts.ts';

/** Whose limits of which year: the year of the day that counts, so a stay over New Year uses the year of discharge. */
export type AccumulatorKey = {
  readonly person_id: string;
  readonly benefit_year: number;
  readonly insurance: MedicalInsurance;
};

const names = [
  'outpatient_deductible_paid_fen',
  'outpatient_pool_paid_fen',
  'admissions',
  'inpatient_in_scope_fen',
  'inpatient_pool_paid_fen',
  'serious_basis_fen',
  'serious_paid_fen',
  'aid_basis_fen',
  'aid_paid_fen',
  'tilt_basis_fen',
  'tilt_paid_fen',
] as const satisfies readonly (keyof Accumulators)[];
type Row = Readonly<Record<(typeof names)[number], bigint>>;

const each = (write: (name: (typeof names)[number], i: number) => string): string => names.map(write).join(', ');
const combined = (write: (name: (typeof names)[number]) => bigint): Accumulators => {
  const row = Object.fromEntries(names.map((name) => [name, write(name)])) as Record<(typeof names)[number], Fen>;
  return { ...row, admissions: Number(row.admissions) };
};
const fromRow = (row: Row | undefined): Accumulators => combined((name) => row?.[name] ?? 0n);

/** after − before: what one settlement uses of the year's limits. */
export const usedBetween = (before: Accumulators, after: Accumulators): Accumulators =>
  combined((name) => BigInt(after[name]) - BigInt(before[name]));

/** As stored with a settlement and shown on its statement: text by name. */
export const accumulatorTexts = (of: Accumulators): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, of[name].toString()]));
export const accumulatorsOfTexts = (texts: Readonly<Record<string, string>>): Accumulators =>
  combined((name) => BigInt(texts[name] ?? 0));

const whose = 'person_id = $1 and benefit_year = $2 and insurance = $3';
const keyOf = (key: AccumulatorKey) => [key.person_id, key.benefit_year, key.insurance];

export async function readAccumulators(sql: Sql, key: AccumulatorKey): Promise<Accumulators> {
  const [row] = await sql.query<Row>(`select ${names} from medical.accumulators where ${whose}`, keyOf(key));
  return fromRow(row);
}

/** Reads them and keeps every other settlement of the person and year waiting until this transaction ends. */
export async function lockAccumulators(sql: Sql, key: AccumulatorKey): Promise<Accumulators> {
  const [row] = await sql.query<Row>(
    `insert into medical.accumulators (person_id, benefit_year, insurance) values ($1, $2, $3)
     on conflict (person_id, benefit_year, insurance) do update set person_id = excluded.person_id returning ${names}`,
    keyOf(key),
  );
  return fromRow(row);
}

/** Adds what a settlement uses. The caller holds the lock. */
export const drawLimits = (sql: Sql, key: AccumulatorKey, uses: Accumulators): Promise<void> =>
  change(sql, key, '+', uses);
/** Gives back what a settlement used. The caller holds the lock. */
export const giveBackLimits = (sql: Sql, key: AccumulatorKey, uses: Accumulators): Promise<void> =>
  change(sql, key, '-', uses);

async function change(sql: Sql, key: AccumulatorKey, sign: '+' | '-', by: Accumulators): Promise<void> {
  await sql.query(
    `update medical.accumulators set ${each((name, i) => `${name} = ${name} ${sign} $${i + 4}`)} where ${whose}`,
    [...keyOf(key), ...names.map((name) => BigInt(by[name]))],
  );
}

/** Makes every accumulator again from the settlements that stand; what is kept must always equal it. */
export async function rebuildAccumulators(sql: Sql): Promise<void> {
  // A settlement touches its accumulators before it is written, so after this lock no half of one is seen.
  await sql.query('lock table medical.accumulators in exclusive mode');
  await sql.query('delete from medical.accumulators');
  await sql.query(
    `insert into medical.accumulators (person_id, benefit_year, insurance, ${names})
     select person_id, benefit_year, insurance, ${each(
       (name) =>
         `coalesce(sum((decision->'uses'->>'${name}')::bigint) filter (where state in ('awaiting_card', 'settled')), 0)`,
     )}
     from medical.settlements group by person_id, benefit_year, insurance`,
  );
}
