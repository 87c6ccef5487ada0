import { describe, expect, test } from 'vitest';
import { defined } from '../../src/kernel/assert.ts';
import {
  parseBankCardNumber,
  parseCardNumber,
  parseCitizenNumber,
  parseCreditCode,
  sexOf,
} from '../../src/kernel/identifiers.ts';
import { add } from '../../src/kernel/money.ts';
import { day } from '../../src/kernel/time.ts';
import { isId } from '../../src/platform/identity.ts';
import { ageOn } from './calendar.ts';
import { headcounts, validOn } from './careers.ts';
import { makeCity } from './city.ts';
import { demoCases } from './demo.ts';

const today = '2026-06-15';
const before = process.cpuUsage();
const city = makeCity({ seed: 'linlan', today });
const worked_ms = process.cpuUsage(before).user / 1_000;

const unique = (values: readonly string[]) => new Set(values).size === values.length;
const share = <T>(of: readonly T[], which: (each: T) => boolean) => of.filter(which).length / of.length;
const persons = new Map(city.persons.map((person) => [person.person_id, person]));
const institutions = new Set(city.institutions.map(({ code }) => code));

test('one seed makes one city, another seed another', () => {
  const small = (seed: string) => makeCity({ seed, today, persons: 500, employers: 60 });
  expect(small('a')).toEqual(small('a'));
  expect(small('b').persons.map(({ name }) => name)).not.toEqual(small('a').persons.map(({ name }) => name));
});

test('it is as large as promised, and quickly made', () => {
  expect(city.persons.length).toBeGreaterThanOrEqual(20_000);
  expect(city.employers.length).toBe(800);
  expect(city.institutions.filter(({ kind }) => kind === 'hospital').length).toBe(8);
  expect(new Set(city.institutions.map(({ level }) => level))).toEqual(new Set([1, 2, 3, null]));
  expect(city.institutions.filter(({ kind }) => kind === 'pharmacy').length).toBe(40);
  expect(city.terminals.length).toBe(8 * 3 + 40);
  expect(city.banks.length).toBe(2);
  expect(city.catalogue.length).toBeGreaterThanOrEqual(400);
  expect(city.diagnoses.length).toBeGreaterThanOrEqual(300);
  // About 2 s of processor time; counted so that a busy machine does not fail the test.
  expect(worked_ms).toBeLessThan(5_000);
});

describe('numbers', () => {
  test('are valid: citizen, employer, card, account', () => {
    const wrongPersons = city.persons.filter(({ citizen_number, birth, sex }) => {
      const number = parseCitizenNumber(citizen_number, day(today));
      return !(
        number.ok &&
        sexOf(number.value) === sex &&
        number.value.slice(6, 14) === birth.replaceAll('-', '') &&
        number.value.startsWith('9901')
      );
    });
    expect(wrongPersons).toEqual([]);
    expect(city.employers.filter(({ credit_code }) => !parseCreditCode(credit_code).ok)).toEqual([]);
    const wrongCards = city.cards.filter(
      (card) =>
        !parseCardNumber(card.card_number).ok ||
        !/^99010[12]\d{13}$/.test(card.account_number) ||
        !parseBankCardNumber(card.account_number).ok ||
        !/^990100D156000005[0-9A-F]{16}$/.test(card.card_id_code) ||
        !/^3B6D0000[0-9A-F]{26}$/.test(card.atr) ||
        !card.atr.endsWith(card.atr_factor),
    );
    expect(wrongCards).toEqual([]);
  });

  test.each([
    ['persons', city.persons.map(({ person_id }) => person_id)],
    ['citizen numbers', city.persons.map(({ citizen_number }) => citizen_number)],
    ['credit codes', city.employers.map(({ credit_code }) => credit_code)],
    ['employers’ names', city.employers.map(({ name_zh }) => name_zh)],
    ['institutions', city.institutions.map(({ code }) => code)],
    ['institutions’ names', city.institutions.map(({ name_zh }) => name_zh)],
    ['enrolments', city.enrolments.map(({ enrolment_id }) => enrolment_id)],
    ['cards', city.cards.map(({ card_number }) => card_number)],
    ['one card each', city.cards.map(({ person_id }) => person_id)],
    ['accounts', city.cards.map(({ account_number }) => account_number)],
    ['factors', city.cards.map(({ atr_factor }) => atr_factor)],
    ['card id codes', city.cards.map(({ card_id_code }) => card_id_code)],
    ['terminals', city.terminals.map(({ terminal_id }) => terminal_id)],
    ['PSAMs', city.terminals.map(({ psam_number }) => psam_number)],
    ['catalogue', city.catalogue.map(({ code }) => code)],
    ['diagnoses', city.diagnoses.map(({ code }) => code)],
    ['doctors', city.doctors.map(({ doctor_code }) => doctor_code)],
  ])('are unique: %s', (_, values) => expect(unique(values)).toBe(true));

  test('ids have the shape of our own', () => {
    for (const { person_id, household_id } of city.persons)
      expect(isId(person_id) && isId(household_id ?? '')).toBe(true);
  });
});

test('every reference exists', () => {
  const employers = new Set(city.employers.map(({ employer_id }) => employer_id));
  const households = new Set(city.households.map(({ household_id }) => household_id));
  const banks = new Set(city.banks.map(({ bank_id }) => bank_id));
  const departments = new Set(city.departments.map(({ institution_code, code }) => institution_code + code));
  const diagnoses = new Set(city.diagnoses.map(({ code }) => code));
  expect(city.persons.every(({ household_id }) => households.has(household_id ?? ''))).toBe(true);
  for (const { household_id, head_person_id } of city.households) {
    expect(persons.get(head_person_id)).toMatchObject({ household_id, relation: '01' });
  }
  for (const { person_id, employer_id } of city.enrolments)
    expect(persons.has(person_id) && (employer_id === null || employers.has(employer_id))).toBe(true);
  expect(city.cards.every((card) => persons.has(card.person_id) && banks.has(card.bank_id))).toBe(true);
  expect(city.terminals.every(({ institution_code }) => institutions.has(institution_code))).toBe(true);
  expect(city.departments.every(({ institution_code }) => institutions.has(institution_code))).toBe(true);
  expect(city.doctors.every((doctor) => departments.has(doctor.institution_code + doctor.department_code))).toBe(true);
  expect(city.chronic.every((each) => persons.has(each.person_id) && diagnoses.has(each.diagnosis_code))).toBe(true);
});

describe('people are believable', () => {
  test('ages and sexes', () => {
    const ages = city.persons.map(({ birth }) => ageOn(birth, today));
    expect(Math.min(...ages)).toBe(0);
    expect(Math.max(...ages)).toBeLessThanOrEqual(99);
    const between = (value: number, low: number, high: number) => value >= low && value <= high;
    expect(
      between(
        share(ages, (age) => age < 15),
        0.12,
        0.2,
      ),
    ).toBe(true);
    expect(
      between(
        share(ages, (age) => age >= 60),
        0.15,
        0.26,
      ),
    ).toBe(true);
    expect(
      between(
        share(city.persons, ({ sex }) => sex === 1),
        0.47,
        0.54,
      ),
    ).toBe(true);
    const size = city.persons.length / city.households.length;
    expect(between(size, 2.2, 3.2)).toBe(true);
  });

  test('mothers are old enough, heads are grown up', () => {
    const homes = Map.groupBy(city.persons, ({ household_id }) => household_id);
    for (const home of homes.values()) {
      const head = defined(
        home.find(({ relation }) => relation === '01'),
        'head',
      );
      expect(ageOn(head.birth, today)).toBeGreaterThanOrEqual(19);
      const wife = home.find(({ relation }) => relation === '12') ?? head;
      for (const child of home.filter(({ relation }) => relation === '20' || relation === '30'))
        expect(ageOn(wife.birth, child.birth)).toBeGreaterThanOrEqual(18);
    }
  });

  test('a few employers are large and most are tiny', () => {
    const counts = [...headcounts(city.enrolments, today).values()].sort((a, b) => b - a);
    const all = counts.reduce((sum, count) => sum + count, 0);
    expect(all).toBeGreaterThan(5_000);
    expect(counts[0]).toBeGreaterThan(200);
    expect(counts.slice(0, 80).reduce((sum, count) => sum + count, 0) / all).toBeGreaterThan(0.5);
    expect(new Set(city.employers.map(({ size }) => size)).size).toBe(4);
  });
});

describe('enrolments', () => {
  const ofPerson = Map.groupBy(city.enrolments, ({ person_id }) => person_id);

  test('never overlap for one risk, never leave the life of the person', () => {
    const wrong = [...ofPerson].filter(([person_id, all]) => {
      const { birth, died_on } = defined(persons.get(person_id), person_id);
      return [['110'], ['210'], ['310', '390'], ['410']].some((risk) => {
        const spans = all
          .filter(({ insurance }) => risk.includes(insurance))
          .sort((a, b) => (a.from < b.from ? -1 : 1));
        return spans.some(({ from, through }, i) => {
          const last = through ?? '9999-12-30';
          const next = spans[i + 1]?.from ?? '9999-12-31';
          return from < birth || last < from || last >= next || (died_on !== null && last > died_on);
        });
      });
    });
    expect(wrong).toEqual([]);
  });

  test('show every kind of life', () => {
    const now = city.enrolments.filter((enrolment) => validOn(enrolment, today));
    const count = (insurance: string, status: string) =>
      now.filter((each) => each.insurance === insurance && each.status === status).length;
    expect(count('310', 'in_service')).toBeGreaterThan(6_000);
    expect(count('310', 'retired')).toBeGreaterThan(2_000);
    expect(count('390', 'resident')).toBeGreaterThan(5_000);
    const covered = new Set(now.filter(({ insurance }) => insurance.startsWith('3')).map((each) => each.person_id));
    const living = city.persons.filter(({ died_on }) => !died_on);
    expect(share(living, ({ person_id }) => covered.has(person_id))).toBeGreaterThan(0.9);
    expect(share(living, ({ person_id }) => !covered.has(person_id))).toBeGreaterThan(0.01);
    expect(
      now.some(({ insurance, employer_id, status }) => insurance === '310' && !employer_id && status === 'in_service'),
    ).toBe(true);
  });
});

test('the opening books balance, and the accounts add up to them', () => {
  for (const fund of city.funds) {
    const assets = add(fund.fiscal_account_fen, fund.expenditure_account_fen, fund.treasury_fen);
    expect(assets).toBe(add(fund.personal_accounts_fen, fund.pool_fen));
    const accounts = city.accounts.filter((account) => account.fund === fund.fund);
    expect(add(...accounts.map(({ balance_fen }) => balance_fen))).toBe(fund.personal_accounts_fen);
    expect(fund.fiscal_account_fen > 0n && fund.pool_fen > 0n).toBe(true);
  }
  expect(unique(city.accounts.map(({ person_id, fund }) => person_id + fund))).toBe(true);
  expect(city.accounts.every(({ balance_fen }) => balance_fen >= 0n)).toBe(true);
});

test('the catalogue has codes of the national shape and a price for everything', () => {
  const shapes = {
    western_drug: /^X[A-Z]\d{2}[A-Z]{2}[A-Z0-9]{17}$/,
    patent_drug: /^Z[A-Z]\d{2}[A-Z]{2}[A-Z0-9]{17}$/,
    service: /^\d{15}$/,
    consumable: /^C\d{19}$/,
  };
  for (const item of city.catalogue) {
    expect(item.code).toMatch(shapes[item.kind]);
    expect(item.price > 0n && item.zh !== '' && /^[\x20-\x7e]+$/.test(item.en)).toBe(true);
    expect(item.first_pay === 0n).toBe(item.class === '甲');
    expect(item.first_pay === 1_000_000n).toBe(item.class === '丙');
  }
  expect(city.catalogue.some(({ price, ceiling }) => ceiling !== null && price > ceiling)).toBe(true);
  expect(new Set(city.catalogue.map((item) => item.class))).toEqual(new Set(['甲', '乙', '丙']));
  for (const { code } of city.diagnoses) expect(code).toMatch(/^[A-Z]\d{2}\.[x\d]\d{2}$/);
});

test('each case of the demonstration has its person', () => {
  expect(new Set(city.demo.map(({ key }) => key))).toEqual(new Set(Object.keys(demoCases)));
  const stateOf = (key: string) => {
    const { card_number } = defined(
      city.demo.find((each) => each.key === key),
      key,
    );
    return city.cards.find((card) => card.card_number === card_number)?.state;
  };
  expect(['employed', 'blocked_card', 'lost_card', 'deceased'].map(stateOf)).toEqual([
    'active',
    'pin_blocked',
    'lost',
    'cancelled',
  ]);
});

test.each(Array.from({ length: 20 }, (_, i) => `seed ${i}`))('the demonstration holds for %s', (seed) => {
  const other = makeCity({ seed, today, persons: 10, employers: 20 });
  const medical = (key: string) => {
    const person_id = other.demo.find((each) => each.key === key)?.person_id;
    return other.enrolments
      .filter((each) => each.person_id === person_id && each.insurance.startsWith('3') && validOn(each, today))
      .map(({ insurance, status }) => `${insurance} ${status}`)
      .join();
  };
  expect(
    ['employed', 'child', 'retired_chronic', 'unemployed', 'deceased', 'blocked_card', 'lost_card', 'poor'].map(
      medical,
    ),
  ).toEqual([
    '310 in_service',
    '390 resident',
    '310 retired',
    '',
    '',
    '310 in_service',
    '310 in_service',
    '390 resident',
  ]);
});
