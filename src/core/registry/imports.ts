import type { Sql } from '../../platform/database/index.ts';
import type { AidClass, EmployerSize, EnrolmentStatus, InstitutionKind, Insurance } from './contract.ts';

/**
 * Bulk entry of records that come from elsewhere with their ids: a take-over of old files, or the fictional city.
 * Days are ISO text, as a file carries them. The constraints of the tables hold here too; one bad row refuses the lot.
 * Order within one transaction: employers, institutions, households, persons, enrolments.
 */
export type PersonImport = {
  readonly person_id: string;
  readonly citizen_number: string;
  readonly sex: 1 | 2;
  readonly birth: string;
  readonly died_on: string | null;
  readonly name: string;
  readonly name_latin: string;
  readonly household_id: string | null;
  readonly relation: string | null;
  readonly phone: string | null;
  readonly address_zh: string;
  readonly address_en: string;
};

export type HouseholdImport = {
  readonly household_id: string;
  readonly head_person_id: string;
  readonly address_zh: string;
  readonly address_en: string;
  readonly aid_class: AidClass | null;
};

export type EmployerImport = {
  readonly employer_id: string;
  readonly credit_code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly industry: string;
  readonly injury_class: number;
  readonly size: EmployerSize;
};

export type InstitutionImport = {
  readonly institution_id: string;
  readonly code: string;
  readonly kind: InstitutionKind;
  readonly level: 1 | 2 | 3 | null;
  readonly name_zh: string;
  readonly name_en: string;
  readonly address_zh: string;
  readonly address_en: string;
  readonly designated_from: string;
  readonly designated_through: string | null;
};

export type EnrolmentImport = {
  readonly enrolment_id: string;
  readonly person_id: string;
  readonly insurance: Insurance;
  readonly status: EnrolmentStatus;
  readonly employer_id: string | null;
  readonly wage_fen: bigint | null;
  readonly from: string;
  readonly through: string | null;
};

/** The SQL type of each column, in the order in which the statement numbers them. */
type Columns<Row> = { readonly [Column in keyof Row]?: string };

/** Statements of a few thousand rows: large enough to be fast, small enough not to hold the whole city twice. */
const batch = 5_000;

/** Runs `statement` over `rows`; it reads them from the relation `given`. */
async function load<Row>(sql: Sql, rows: readonly Row[], columns: Columns<Row>, statement: string, known: string) {
  const names = Object.keys(columns) as (keyof Row & string)[];
  const arrays = names.map((name, i) => `$${i + 1}::${columns[name]}[]`).join(', ');
  const given = `with given as (select *, $${names.length + 1}::timestamptz as known_from
    from unnest(${arrays}) as t (${names.map((name) => `"${name}"`).join(', ')}))`;
  for (let at = 0; at < rows.length; at += batch) {
    const part = rows.slice(at, at + batch);
    await sql.query(`${given} ${statement}`, [...names.map((name) => part.map((row) => row[name])), known]);
  }
}

export const importEmployers = (sql: Sql, rows: readonly EmployerImport[], known_from: Temporal.Instant) =>
  load(
    sql,
    rows,
    {
      employer_id: 'uuid',
      credit_code: 'text',
      name_zh: 'text',
      name_en: 'text',
      industry: 'text',
      injury_class: 'smallint',
      size: 'text',
    },
    'insert into registry.employers select * from given',
    known_from.toString(),
  );

export const importInstitutions = (sql: Sql, rows: readonly InstitutionImport[], known_from: Temporal.Instant) =>
  load(
    sql,
    rows,
    {
      institution_id: 'uuid',
      code: 'text',
      kind: 'text',
      level: 'smallint',
      name_zh: 'text',
      name_en: 'text',
      address_zh: 'text',
      address_en: 'text',
      designated_from: 'date',
      designated_through: 'date',
    },
    'insert into registry.institutions select * from given',
    known_from.toString(),
  );

export const importHouseholds = (sql: Sql, rows: readonly HouseholdImport[], known_from: Temporal.Instant) =>
  load(
    sql,
    rows,
    { household_id: 'uuid', head_person_id: 'uuid', address_zh: 'text', address_en: 'text', aid_class: 'text' },
    'insert into registry.households select * from given',
    known_from.toString(),
  );

export const importPersons = (sql: Sql, rows: readonly PersonImport[], known_from: Temporal.Instant) =>
  load(
    sql,
    rows,
    {
      person_id: 'uuid',
      citizen_number: 'text',
      sex: 'smallint',
      birth: 'date',
      died_on: 'date',
      name: 'text',
      name_latin: 'text',
      household_id: 'uuid',
      relation: 'text',
      phone: 'text',
      address_zh: 'text',
      address_en: 'text',
    },
    `, someone as (insert into registry.persons (person_id, citizen_number, sex, birth, created_at)
         select person_id, citizen_number, sex, birth, known_from from given),
       dead as (insert into registry.deaths (person_id, died_on, known_from)
         select person_id, died_on, known_from from given where died_on is not null)
     insert into registry.person_particulars (person_id, name, name_latin, household_id, relation, phone, address_zh,
       address_en, from_day, known_from)
     select person_id, name, name_latin, household_id, relation, phone, address_zh, address_en, birth, known_from
     from given`,
    known_from.toString(),
  );

export const importEnrolments = (sql: Sql, rows: readonly EnrolmentImport[], known_from: Temporal.Instant) =>
  load(
    sql,
    rows,
    {
      enrolment_id: 'uuid',
      person_id: 'uuid',
      insurance: 'text',
      status: 'text',
      employer_id: 'uuid',
      wage_fen: 'bigint',
      from: 'date',
      through: 'date',
    },
    `insert into registry.enrolments (enrolment_id, version, person_id, insurance, status, employer_id, wage_fen,
       from_day, through_day, known_from)
     select enrolment_id, 1, person_id, insurance, status, employer_id, wage_fen, "from", through, known_from
     from given`,
    known_from.toString(),
  );
