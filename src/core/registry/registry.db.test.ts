import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { Decision } from '../../kernel/decision.ts';
import { citizenCheck, creditCheck } from '../../kernel/identifiers.ts';
import { fen } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { StoppedClock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { EmployerJson, EnrolmentJson, InstitutionJson, PersonJson } from './contract.ts';
import {
  changeParticulars,
  correctEnrolment,
  type Employer,
  employerJson,
  endEnrolment,
  enrol,
  enrolmentJson,
  enrolmentsOf,
  findPersons,
  institutionJson,
  institutionOn,
  insuredOn,
  lifeline,
  type NewPerson,
  type Person,
  type PersonPage,
  person,
  personJson,
  recordBirth,
  recordDeath,
  registerEmployer,
  registerHousehold,
  registerInstitution,
  registerPerson,
} from './index.ts';

const { database, owner } = await createTestDatabase();
const clock = new StoppedClock('2025-03-01T01:00:00Z');

let born = 0;
const numberOf = (birth: string, sequence = String(++born).padStart(3, '0')): string => {
  const first17 = `990101${birth.replaceAll('-', '')}${sequence}`;
  return first17 + citizenCheck(first17);
};
const someone = (name: string, birth = '1990-05-01'): NewPerson => ({
  citizen_number: numberOf(birth),
  name,
  name_latin: 'Someone',
  household_id: null,
  relation: null,
  phone: '10000000001',
  address_zh: '临澜市南桥路1号',
  address_en: '1 Nanqiao Road, Linlan',
});
const creditCodeOf = (sequence: number): string => {
  const first17 = `91990101${String(sequence).padStart(9, '0')}`;
  return first17 + creditCheck(first17);
};

/** Runs a command as the system does: one transaction, the application's role. */
const run = <T>(command: (sql: Sql) => Promise<Decision<T>>) => database.transaction((sql) => command(sql));
async function granted<T>(command: (sql: Sql) => Promise<Decision<T>>): Promise<T> {
  const decision = await run(command);
  if (!decision.granted) throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  return decision.value;
}
const refused = async <T>(command: (sql: Sql) => Promise<Decision<T>>) => {
  const decision = await run(command);
  return decision.granted ? null : decision.refusal;
};

const hire = (who: Person, employer: Employer | null, from: string, wage = 800_000) => ({
  person_id: who.person_id,
  insurance: '310' as const,
  status: 'in_service' as const,
  employer_id: employer?.employer_id ?? null,
  wage_fen: fen(wage),
  from: day(from),
  through: null,
});
const works = (sequence: number) => ({
  credit_code: creditCodeOf(sequence),
  name_zh: `临澜第${sequence}工厂`,
  name_en: `Linlan Works ${sequence}`,
  industry: 'C34',
  injury_class: 4,
  size: 'medium' as const,
});

describe('persons', () => {
  test('a citizen number is entered once, and says why not', async () => {
    const an = await granted((sql) => registerPerson(sql, someone('安一'), clock));
    expect(an).toMatchObject({ name: '安一', birth: day('1990-05-01'), died_on: null });
    expect(
      await refused((sql) => registerPerson(sql, { ...someone('安二'), citizen_number: an.citizen_number }, clock)),
    ).toMatchObject({ code: 'registry.duplicate_citizen_number', detail: { who: '安一', person_id: an.person_id } });
    const wrong = an.citizen_number.slice(0, 17) + (an.citizen_number.endsWith('1') ? '2' : '1');
    expect(
      await refused((sql) => registerPerson(sql, { ...someone('安三'), citizen_number: wrong }, clock)),
    ).toMatchObject({ code: 'registry.citizen_number_invalid', detail: { fault: 'check-digit' } });
    expect(await refused((sql) => registerPerson(sql, someone('安四', '2025-03-02'), clock))).toMatchObject({
      code: 'registry.citizen_number_invalid',
      detail: { fault: 'future' },
    });
  });

  test('two desks enter the same number at once: one is refused', async () => {
    const twin = someone('双一');
    const both = await Promise.all([1, 2].map(() => run((sql) => registerPerson(sql, twin, clock))));
    expect(both.map((decision) => decision.granted).sort()).toEqual([false, true]);
  });

  test('a change of name leaves the old name where it was true', async () => {
    const who = await granted((sql) => registerPerson(sql, someone('旧名'), clock));
    const rename = { person_id: who.person_id, from: day('2025-02-01'), change: { name: '新名' } };
    expect((await granted((sql) => changeParticulars(sql, rename, clock))).name).toBe('新名');
    const rows = await database.query(
      `select name, from_day, through_day from registry.person_particulars
       where person_id = $1 and known_through is null order by from_day`,
      [who.person_id],
    );
    expect(rows).toEqual([
      { name: '旧名', from_day: '1990-05-01', through_day: '2025-01-31' },
      { name: '新名', from_day: '2025-02-01', through_day: null },
    ]);
    expect(await refused((sql) => changeParticulars(sql, { ...rename, from: day('2025-03-02') }, clock))).toMatchObject(
      { code: 'registry.day_in_future' },
    );
  });

  test('a newborn joins the household of the mother', async () => {
    const mother = await granted((sql) => registerPerson(sql, someone('母一'), clock));
    const home = { head_person_id: mother.person_id, address_zh: '东街2号', address_en: '2 East', aid_class: null };
    const household_id = await granted((sql) => registerHousehold(sql, home, clock));
    const join = { person_id: mother.person_id, from: day('2020-01-01'), change: { household_id, relation: '01' } };
    await granted((sql) => changeParticulars(sql, join, clock));
    const birth = { mother_id: mother.person_id, name: '新生', name_latin: 'Xin Sheng' };
    const child = await granted((sql) =>
      recordBirth(sql, { ...birth, citizen_number: numberOf('2025-02-28', '901') }, clock),
    );
    expect(child).toMatchObject({ household_id, relation: '20', address_zh: mother.address_zh });
  });

  test('pages by key, in order of name, each person once', async () => {
    for (let i = 0; i < 7; i++) await granted((sql) => registerPerson(sql, someone(`页${i % 3}`), clock));
    const seen: Person[] = [];
    let after: string | null = null;
    do {
      const query = { name_prefix: '页', limit: 3, ...(after ? { after } : {}) };
      const page: PersonPage = await granted((sql) => findPersons(sql, query, clock));
      seen.push(...page.persons);
      after = page.next;
    } while (after);
    expect(seen.map((each) => each.name)).toEqual(['页0', '页0', '页0', '页1', '页1', '页2', '页2']);
    expect(new Set(seen.map((each) => each.person_id)).size).toBe(7);
    const number = seen[0]?.citizen_number ?? '';
    expect((await granted((sql) => findPersons(sql, { citizen_number: number }, clock))).persons).toEqual([seen[0]]);
    expect(await refused((sql) => findPersons(sql, { after: 'no cursor' }, clock))).toMatchObject({
      code: 'registry.cursor_invalid',
    });
  });
});

describe('enrolments', () => {
  test('what did we believe on 31 March, and what now', async () => {
    const time = new StoppedClock('2025-03-10T02:00:00Z');
    const who = await granted((sql) => registerPerson(sql, someone('疑一'), time));
    const first = await granted((sql) => enrol(sql, hire(who, null, '2025-01-01'), time));
    time.advance({ days: 10 });
    await granted((sql) => endEnrolment(sql, { enrolment_id: first.enrolment_id, through: day('2025-02-28') }, time));
    time.advance({ days: 30 }); // 19 April: the employer shows that the job lasted until the end of March
    const corrected = await granted((sql) =>
      correctEnrolment(sql, { enrolment_id: first.enrolment_id, through: day('2025-03-31') }, time),
    );
    expect(corrected.version).toBe(3);

    const onMarch15 = (known_at?: string) =>
      insuredOn(database, {
        person_id: who.person_id,
        day: day('2025-03-15'),
        ...(known_at ? { known_at: Temporal.Instant.from(known_at) } : {}),
      });
    expect(await onMarch15('2025-03-09T00:00:00Z')).toEqual([]); // not entered yet
    expect((await onMarch15('2025-03-15T00:00:00Z')).map((e) => e.version)).toEqual([1]);
    expect(await onMarch15('2025-03-31T00:00:00Z')).toEqual([]); // we believed he had left
    expect((await onMarch15()).map((e) => e.version)).toEqual([3]); // and now we know better
    expect((await enrolmentsOf(database, who.person_id)).length).toBe(3);
  });

  test('refusals', async () => {
    const who = await granted((sql) => registerPerson(sql, someone('拒一'), clock));
    const plant = await granted((sql) => registerEmployer(sql, works(1), clock));
    const held = await granted((sql) => enrol(sql, hire(who, plant, '2024-01-01'), clock));
    const nobody = '0190a000-0000-7000-8000-000000000000';
    const cases = {
      'registry.person_unknown': { ...hire(who, plant, '2025-01-01'), person_id: nobody as typeof who.person_id },
      'registry.employer_unknown': {
        ...hire(who, plant, '2025-01-01'),
        employer_id: nobody as typeof plant.employer_id,
      },
      'registry.enrolment_overlaps': {
        ...hire(who, null, '2023-01-01'),
        insurance: '390' as const,
        status: 'resident' as const,
        wage_fen: null,
      },
    };
    for (const [code, input] of Object.entries(cases))
      expect(await refused((sql) => enrol(sql, input, clock))).toMatchObject({ code });
    const end = { enrolment_id: held.enrolment_id, through: day('2024-12-31') };
    await granted((sql) => endEnrolment(sql, end, clock));
    expect(await refused((sql) => endEnrolment(sql, end, clock))).toMatchObject({ code: 'registry.enrolment_ended' });
    expect(
      await refused((sql) => endEnrolment(sql, { ...end, enrolment_id: nobody as typeof held.enrolment_id }, clock)),
    ).toMatchObject({ code: 'registry.enrolment_unknown' });
  });

  test('two desks insure the same person at once: one is refused', async () => {
    const who = await granted((sql) => registerPerson(sql, someone('争一'), clock));
    const both = await Promise.all([1, 2].map(() => run((sql) => enrol(sql, hire(who, null, '2025-01-01'), clock))));
    expect(both.map((decision) => decision.granted).sort()).toEqual([false, true]);
  });

  test('death ends what is open, strikes what would begin later, and stops new ones', async () => {
    const who = await granted((sql) => registerPerson(sql, someone('逝一', '1950-01-01'), clock));
    const open = await granted((sql) => enrol(sql, hire(who, null, '2020-01-01'), clock));
    const later = { ...hire(who, null, '2025-02-15'), insurance: '110' as const };
    await granted((sql) => enrol(sql, later, clock));
    const death = { person_id: who.person_id, died_on: day('2025-02-10') };
    expect(await refused((sql) => recordDeath(sql, { ...death, died_on: day('2025-03-02') }, clock))).toMatchObject({
      code: 'registry.day_in_future',
    });
    expect(await refused((sql) => recordDeath(sql, { ...death, died_on: day('1949-12-31') }, clock))).toMatchObject({
      code: 'registry.day_before_birth',
    });
    expect((await granted((sql) => recordDeath(sql, death, clock))).died_on).toEqual(day('2025-02-10'));
    const held = (await enrolmentsOf(database, who.person_id)).filter((e) => e.known_through === null);
    expect(held).toMatchObject([{ enrolment_id: open.enrolment_id, version: 2, through: day('2025-02-10') }]);
    expect(await refused((sql) => recordDeath(sql, death, clock))).toMatchObject({ code: 'registry.person_deceased' });
    expect(await refused((sql) => enrol(sql, later, clock))).toMatchObject({ code: 'registry.person_deceased' });
    expect((await lifeline(database, who.person_id))?.map((event) => `${event.day} ${event.what}`)).toEqual([
      '1950-01-01 born',
      '2020-01-01 enrolled',
      '2025-02-10 left',
      '2025-02-10 died',
    ]);
  });
});

describe('employers and institutions', () => {
  test('a credit code is entered once', async () => {
    await granted((sql) => registerEmployer(sql, works(7), clock));
    expect(await refused((sql) => registerEmployer(sql, { ...works(7), name_zh: '另一' }, clock))).toMatchObject({
      code: 'registry.duplicate_credit_code',
      detail: { who: '临澜第7工厂' },
    });
    expect(
      await refused((sql) => registerEmployer(sql, { ...works(8), credit_code: 'I'.repeat(18) }, clock)),
    ).toMatchObject({ code: 'registry.credit_code_invalid', detail: { fault: 'characters' } });
  });

  test('designation holds through its last day', async () => {
    const clinic = {
      code: 'H99010100001',
      level: 1 as const,
      name_zh: '南桥社区医院',
      name_en: 'Nanqiao Community Hospital',
      address_zh: '南桥路2号',
      address_en: '2 Nanqiao Road',
      designated_from: day('2023-01-01'),
      designated_through: day('2024-12-31'),
    };
    const added = await granted((sql) => registerInstitution(sql, clinic, clock));
    expect(Compile(InstitutionJson).Check(institutionJson(added))).toBe(true);
    expect((await institutionOn(database, clinic.code, day('2024-12-31')))?.designated).toBe(true);
    expect((await institutionOn(database, clinic.code, day('2025-01-01')))?.designated).toBe(false);
    expect(await institutionOn(database, 'H99010199999', day('2025-01-01'))).toBeNull();
    expect(await refused((sql) => registerInstitution(sql, clinic, clock))).toMatchObject({
      code: 'registry.duplicate_institution_code',
    });
    expect(await refused((sql) => registerInstitution(sql, { ...clinic, code: 'P99010100001' }, clock))).toMatchObject({
      code: 'registry.institution_code_invalid',
    });
  });
});

describe('what the database keeps', () => {
  test('the application cannot delete or rewrite history', async () => {
    const who = await granted((sql) => registerPerson(sql, someone('史一'), clock));
    await granted((sql) => enrol(sql, hire(who, null, '2025-01-01'), clock));
    for (const attack of [
      'delete from registry.enrolments',
      'update registry.enrolments set wage_fen = 0',
      `update registry.persons set citizen_number = '0'`,
    ])
      await expect(database.query(attack)).rejects.toThrow(/permission denied/);
    await database.query('update registry.enrolments set known_through = $2 where person_id = $1', [
      who.person_id,
      clock.now().toString(),
    ]);
    await expect(
      owner.query('update registry.enrolments set wage_fen = 0 where person_id = $1', [who.person_id]),
    ).rejects.toThrow(/no longer held/);
  });

  test('an overlap is refused even if a program forgets to ask', async () => {
    const who = await granted((sql) => registerPerson(sql, someone('叠一'), clock));
    await granted((sql) => enrol(sql, hire(who, null, '2025-01-01'), clock));
    await expect(
      database.query(
        `insert into registry.enrolments (enrolment_id, version, person_id, insurance, status, from_day, known_from)
         values ($1, 1, $2, '390', 'resident', '2025-06-01', now())`,
        [newId(), who.person_id],
      ),
    ).rejects.toThrow(/enrolment_overlap/);
  });
});

test('the contract shows what the registry holds, numbers masked', async () => {
  const who = await granted((sql) => registerPerson(sql, someone('示一'), clock));
  const plant = await granted((sql) => registerEmployer(sql, works(21), clock));
  const held = await granted((sql) => enrol(sql, hire(who, plant, '2025-01-01'), clock));
  expect(Compile(PersonJson).Check(personJson(who))).toBe(true);
  expect(Compile(EmployerJson).Check(employerJson(plant))).toBe(true);
  expect(Compile(EnrolmentJson).Check(enrolmentJson(held))).toBe(true);
  expect(personJson(who).citizen_number).toMatch(/^990101\*{8}\d{3}[\dX]$/);
  expect(personJson(who).phone).toBe('100****0001');
  expect(personJson(who, 'clear').citizen_number).toBe(who.citizen_number);
  expect(await person(database, '0190a000-0000-7000-8000-000000000000')).toBeNull();
});
