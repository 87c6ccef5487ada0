import type { Fen } from '../../kernel/money.ts';
import type { Day, Month } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { ContributionInsurance } from './contract.ts';

export type Assessment = {
  readonly person_id: string;
  readonly insurance: ContributionInsurance;
  readonly base_fen: Fen;
  readonly employer_fen: Fen;
  readonly person_fen: Fen;
  /** What of it goes to the person's medical account. */
  readonly account_fen: Fen;
};

/** What one employer owes for one month. */
export type NewBill = {
  readonly bill_id: string;
  readonly employer_id: string;
  readonly persons: number;
  readonly employer_fen: Fen;
  readonly person_fen: Fen;
  readonly assessments: readonly Assessment[];
};

export type BillRow = Omit<NewBill, 'assessments'> & {
  readonly month: string;
  readonly state: 'billed' | 'received';
  readonly received_on: string | null;
};

const firstDay = (month: Month): string => month.toPlainDate({ day: 1 }).toString();

/** Rows of one statement: large enough to be fast, small enough for the parameters of a message. */
const batch = 20_000;

/** Stores bills with their assessments and returns those that were new; a month billed before stays as it was. */
export async function storeBills(
  sql: Sql,
  of: { readonly month: Month; readonly at: Temporal.Instant; readonly trace_id: string },
  bills: readonly NewBill[],
): Promise<readonly NewBill[]> {
  const rows = await sql.query<{ bill_id: string }>(
    `insert into contributions.bills (bill_id, employer_id, month, state, persons, employer_fen, person_fen, billed_at,
       trace_id)
     select bill_id, employer_id, $6, 'billed', persons, employer_fen, person_fen, $7, $8
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[], $5::bigint[])
       as bill (bill_id, employer_id, persons, employer_fen, person_fen)
     on conflict on constraint one_bill_a_month do nothing returning bill_id`,
    [
      bills.map((bill) => bill.bill_id),
      bills.map((bill) => bill.employer_id),
      bills.map((bill) => bill.persons),
      bills.map((bill) => bill.employer_fen),
      bills.map((bill) => bill.person_fen),
      firstDay(of.month),
      of.at.toString(),
      of.trace_id,
    ],
  );
  const stored = new Set(rows.map((row) => row.bill_id));
  const added = bills.filter((bill) => stored.has(bill.bill_id));
  await storeAssessments(sql, added);
  return added;
}

async function storeAssessments(sql: Sql, bills: readonly NewBill[]): Promise<void> {
  const rows = bills.flatMap(({ bill_id, assessments }) =>
    assessments.map((assessment) => ({ bill_id, ...assessment })),
  );
  for (let at = 0; at < rows.length; at += batch) {
    const part = rows.slice(at, at + batch);
    await sql.query(
      `insert into contributions.assessments (bill_id, person_id, insurance, base_fen, employer_fen, person_fen,
         account_fen)
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])`,
      [
        part.map((row) => row.bill_id),
        part.map((row) => row.person_id),
        part.map((row) => row.insurance),
        part.map((row) => row.base_fen),
        part.map((row) => row.employer_fen),
        part.map((row) => row.person_fen),
        part.map((row) => row.account_fen),
      ],
    );
  }
}

/** The bills of these employers for a month, locked until the transaction ends, by employer. */
export async function lockBills(
  sql: Sql,
  month: Month,
  employer_ids: readonly string[],
): Promise<ReadonlyMap<string, BillRow>> {
  const rows = await sql.query<BillRow>(
    `select bill_id, employer_id, month, state, persons, employer_fen, person_fen, received_on from contributions.bills
     where month = $1 and employer_id = any($2) order by employer_id for update`,
    [firstDay(month), employer_ids],
  );
  return new Map(rows.map((row) => [row.employer_id, row]));
}

/** What the bills are made up of, by insurance. */
export type BillPart = { readonly bill_id: string; readonly insurance: ContributionInsurance } & Record<
  'employer_fen' | 'person_fen',
  Fen
>;
export const partsOf = (sql: Sql, bill_ids: readonly string[]): Promise<BillPart[]> =>
  sql.query<BillPart>(
    `select bill_id, insurance, sum(employer_fen)::bigint as employer_fen, sum(person_fen)::bigint as person_fen
     from contributions.assessments where bill_id = any($1) group by bill_id, insurance order by bill_id, insurance`,
    [bill_ids],
  );

export type AccountPart = { readonly bill_id: string; readonly person_id: string; readonly account_fen: Fen };
export const accountPartsOf = (sql: Sql, bill_ids: readonly string[]): Promise<AccountPart[]> =>
  sql.query<AccountPart>(
    `select bill_id, person_id, sum(account_fen)::bigint as account_fen from contributions.assessments
     where bill_id = any($1) and account_fen > 0 group by bill_id, person_id order by bill_id, person_id`,
    [bill_ids],
  );

export async function markReceived(sql: Sql, bill_ids: readonly string[], received_on: Day): Promise<void> {
  await sql.query(`update contributions.bills set state = 'received', received_on = $2 where bill_id = any($1)`, [
    bill_ids,
    received_on.toString(),
  ]);
}

export async function billState(
  sql: Sql,
  of: { readonly employer_id: string; readonly month: Month },
): Promise<BillRow['state'] | null> {
  const [row] = await sql.query<Pick<BillRow, 'state'>>(
    'select state from contributions.bills where employer_id = $1 and month = $2',
    [of.employer_id, firstDay(of.month)],
  );
  return row?.state ?? null;
}

/** Bills of a month in the order of their employers, after one of them. */
export const billsOfMonth = (
  sql: Sql,
  month: Month,
  after: string | null,
  limit: number,
): Promise<{ employer_id: string; persons: number; amount_fen: bigint; state: 'billed' | 'received' }[]> =>
  sql.query(
    `select employer_id, persons, employer_fen + person_fen as amount_fen, state from contributions.bills
     where month = $1 and ($2::uuid is null or employer_id > $2) order by employer_id limit $3`,
    [month.toPlainDate({ day: 1 }).toString(), after, limit],
  );
