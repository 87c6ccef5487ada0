import { expect, test } from 'vitest';
import { makeCity } from '../../../sim/city/index.ts';
import { createTestDatabase } from '../../../test/support/database.ts';
import { findPersons, institutionOn, insuredOn } from '../../core/registry/index.ts';
import { defined } from '../../kernel/assert.ts';
import { day } from '../../kernel/time.ts';
import { StoppedClock } from '../../platform/clock.ts';
import { registerCity } from './register.ts';

const { database } = await createTestDatabase();
const clock = new StoppedClock('2026-06-15T01:00:00Z');
const persons = Number(process.env.CITY_PERSONS ?? 1_000);
const city = makeCity({ seed: 'register', today: '2026-06-15', persons });

const demo = (key: string) => defined(city.demo.find((person) => person.key === key)?.person_id, key);
const medicalOn = async (key: string, date: string) =>
  (await insuredOn(database, { person_id: demo(key), day: day(date) }))
    .filter(({ insurance }) => insurance === '310' || insurance === '390')
    .map(({ insurance, status }) => `${insurance} ${status}`);

test('the registry takes the whole city and holds every constraint', async () => {
  const started = performance.now();
  await database.transaction((sql) => registerCity(sql, city, clock.now()));
  if (process.env.CITY_PERSONS) {
    const took_ms = Math.round(performance.now() - started);
    console.info(`${city.persons.length} persons, ${city.enrolments.length} enrolments: ${took_ms} ms`);
  }
  const [row] = await database.query<Record<string, bigint>>(
    `select (select count(*) from registry.v_persons) persons, (select count(*) from registry.v_households) households,
            (select count(*) from registry.v_employers) employers,
            (select count(*) from registry.v_institutions) institutions,
            (select count(*) from registry.v_enrolments) enrolments`,
  );
  expect(row).toEqual({
    persons: BigInt(city.persons.length),
    households: BigInt(city.households.length),
    employers: BigInt(city.employers.length),
    institutions: BigInt(city.institutions.length),
    enrolments: BigInt(city.enrolments.length),
  });
});

test('each person of the demonstration shows the case', async () => {
  expect(await medicalOn('employed', '2026-06-15')).toEqual(['310 in_service']);
  expect(await medicalOn('retired_chronic', '2026-06-15')).toEqual(['310 retired']);
  expect(await medicalOn('child', '2026-06-15')).toEqual(['390 resident']);
  expect(await medicalOn('unemployed', '2026-05-31')).toEqual(['310 in_service']);
  expect(await medicalOn('unemployed', '2026-06-01')).toEqual([]);
  expect(await medicalOn('deceased', '2026-06-15')).toEqual([]);
  expect(await medicalOn('poor', '2026-06-15')).toEqual(['390 resident']);
});

test('people are found, and the designation that ran out is seen', async () => {
  const found = await findPersons(database, { name_prefix: '安平' }, clock);
  expect(found.granted && found.value.persons.some(({ person_id }) => person_id === demo('employed'))).toBe(true);
  const ended = defined(
    city.institutions.find(({ designated_through }) => designated_through),
    'ended designation',
  );
  expect((await institutionOn(database, ended.code, day('2026-06-15')))?.designated).toBe(false);
});
