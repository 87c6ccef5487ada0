import { credit, debit, fundAccount, personalAccount } from '../../core/ledger/contract.ts';
import { openAccounts, post } from '../../core/ledger/index.ts';
import { loadPolicy } from '../../core/policy/index.ts';
import { importEnrolments, importInstitutions, importPersons } from '../../core/registry/index.ts';
import type { Decision } from '../../kernel/decision.ts';
import { citizenCheck, type Id } from '../../kernel/identifiers.ts';
import { yuan } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { StoppedClock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database/index.ts';
import { granted } from '../../platform/http/index.ts';
import { newId } from '../../platform/identity.ts';
import { type CatalogueEntry, importCatalogue, importDiagnoses } from './catalogue.store.ts';
import type { BillLine, VisitKind } from './contract.ts';
import type { Ground } from './deciding.ts';
import { type Actor, registerVisit, replaceLines, type VisitRegistration } from './visit.commands.ts';

/** A town small enough to reckon by hand, for the tests of this context. Names and numbers are invented. */
export const hospital = 'H99010000001';
export const expiredHospital = 'H99010000002';
export const pharmacy = 'P99010000001';

const numberOf = (birth: string, sequence: string): string => {
  const first = `990100${birth.replaceAll('-', '')}${sequence}`;
  return `${first}${citizenCheck(first)}`;
};

const someone = (name: string, name_latin: string, birth: string, sequence: string, died_on: string | null = null) => ({
  person_id: newId<'person'>(),
  citizen_number: numberOf(birth, sequence),
  sex: Number(sequence.charAt(2)) % 2 === 1 ? (1 as const) : (2 as const),
  birth,
  died_on,
  name,
  name_latin,
  household_id: null,
  relation: null,
  phone: null,
  address_zh: '临澜市云桥路',
  address_en: 'Yunqiao Road, Linlan',
});

/** In service, with 1,000.00 in the personal account. */
export const worker = someone('甲工', 'Jia Gong', '1990-01-01', '001');
export const resident = someone('乙居', 'Yi Ju', '1985-02-03', '002');
export const uninsured = someone('丙无', 'Bing Wu', '1995-03-04', '003');
/** Insured until the day of death, 10 July 2026. */
export const deceased = someone('丁故', 'Ding Gu', '1950-05-06', '004', '2026-07-10');

const item = (code: string, of: Partial<CatalogueEntry>): CatalogueEntry => ({
  code,
  kind: 'service',
  class: 'A',
  name_zh: `项目${code}`,
  name_en: `item ${code}`,
  unit: '次',
  price_ceiling: null,
  first_pay: 0n,
  restriction_zh: null,
  restriction_en: null,
  valid_from: '2025-01-01',
  valid_through: null,
  ...of,
});

const catalogue: readonly CatalogueEntry[] = [
  item('CONSULT', {}),
  item('SCAN', { price_ceiling: 500_000_000n }),
  item('DRUG-B', {
    kind: 'drug',
    class: 'B',
    first_pay: 100_000n,
    restriction_zh: '限住院',
    restriction_en: 'in hospital only',
  }),
  item('TONIC', { kind: 'drug', class: 'C' }),
  item('OLD', { valid_through: '2026-06-30' }),
];

const dayOne = '2026-01-01T00:00:00+08:00';
const trace_id = newId();

export const atHospital: Actor = { user_id: 'clerk', institution_code: hospital, trace_id };
export const atPharmacy: Actor = { user_id: 'pharmacist', institution_code: pharmacy, trace_id };

/** 780.00: 640.00 in scope, 100.00 above the ceiling of the scan, 10.00 first-pay of the drug, 30.00 tonic. */
export const bill: readonly BillLine[] = [
  { catalogue_code: 'CONSULT', quantity: '1', unit_price: '50.00' },
  { catalogue_code: 'SCAN', quantity: '1', unit_price: '600.00' },
  { catalogue_code: 'DRUG-B', quantity: '20', unit_price: '5.00' },
  { catalogue_code: 'TONIC', quantity: '1', unit_price: '30.00' },
];

type Patient = { readonly person_id: string; readonly kind?: VisitKind; readonly actor?: Actor };

export type Town = {
  readonly ground: Ground;
  /** One command in one transaction. */
  run<T>(command: (sql: Sql) => Promise<Decision<T>>): Promise<Decision<T>>;
  /** Registers a visit of 20 July 2026 with a bill; a refusal of either fails the test. */
  visitWith(lines: readonly BillLine[], of?: Patient): Promise<string>;
};

/** Fills a fresh database; the clock stands at 20 July 2026, 10:00. */
export async function settleTown(database: Database): Promise<Town> {
  await populate(database);
  const ground: Ground = {
    clock: new StoppedClock('2026-07-20T10:00:00+08:00'),
    policy: loadPolicy('policy'),
    region: '990100',
    accountsOf: async (_, person_id) => [personalAccount('medical-employee', person_id)],
  };
  const run: Town['run'] = (command) => database.transaction(command);
  const visitWith: Town['visitWith'] = async (
    lines,
    { person_id, kind = 'outpatient', actor = atHospital } = worker,
  ) => {
    const wanted = registration({ person_id, kind, institution_code: actor.institution_code ?? '' });
    const { visit_id } = granted(await run((sql) => registerVisit(sql, ground, actor, wanted)));
    granted(await run((sql) => replaceLines(sql, ground, actor, { visit_id, lines, ended_on: null })));
    return visit_id;
  };
  return { ground, run, visitWith };
}

/** A registration that nothing speaks against, except what `but` changes. */
export const registration = (but: Partial<VisitRegistration> = {}): VisitRegistration => ({
  person_id: worker.person_id,
  institution_code: hospital,
  card: null,
  kind: 'outpatient',
  department: '内科',
  doctor: '李医生',
  diagnosis_code: 'J06.9',
  begun_on: '2026-07-20',
  idempotency_key: newId(),
  ...but,
});

async function populate(database: Database): Promise<void> {
  const insured = (person_id: string, insurance: '310' | '390', through: string | null = null) => ({
    enrolment_id: newId(),
    person_id,
    insurance,
    status: insurance === '310' ? ('in_service' as const) : ('resident' as const),
    employer_id: null,
    wage_fen: null,
    from: '2025-01-01',
    through,
  });
  const institution = (code: string, level: 1 | 2 | 3 | null, designated_through: string | null = null) => ({
    institution_id: newId(),
    code,
    kind: level === null ? ('pharmacy' as const) : ('hospital' as const),
    level,
    name_zh: `机构${code}`,
    name_en: `institution ${code}`,
    address_zh: '临澜市',
    address_en: 'Linlan',
    designated_from: '2025-01-01',
    designated_through,
  });
  const known = Temporal.Instant.from(dayOne);
  await database.transaction(async (sql) => {
    await importInstitutions(
      sql,
      [institution(hospital, 3), institution(expiredHospital, 2, '2026-06-30'), institution(pharmacy, null)],
      known,
    );
    await importPersons(sql, [worker, resident, uninsured, deceased], known);
    await importEnrolments(
      sql,
      [
        insured(worker.person_id, '310'),
        insured(resident.person_id, '390'),
        insured(deceased.person_id, '310', '2026-07-10'),
      ],
      known,
    );
    await importCatalogue(sql, catalogue);
    await importDiagnoses(sql, [
      { code: 'J06.9', name_zh: '急性上呼吸道感染', name_en: 'acute upper respiratory infection' },
    ]);
    await fillAccount(sql, worker.person_id);
  });
}

async function fillAccount(sql: Sql, person_id: string): Promise<void> {
  const opened_on = day('2026-01-01');
  const account = personalAccount('medical-employee', person_id);
  const treasury = fundAccount('medical-employee', '1003');
  await openAccounts(sql, [
    { account, opened_on },
    { account: treasury, opened_on },
  ]);
  await post(sql, [
    {
      key: `opening:${person_id}`,
      kind: 'ledger.opening',
      business_date: opened_on,
      trace_id: trace_id as Id<string>,
      postings: [debit(treasury, yuan('1000.00')), credit(account, yuan('1000.00'))],
    },
  ]);
}
