import { type Decision, grant } from '../../kernel/decision.ts';
import { type CitizenNumber, parseCitizenNumber, sexOf } from '../../kernel/identifiers.ts';
import { type Day, day, isBefore } from '../../kernel/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { AidClass } from './contract.ts';
import { endForDeath } from './enrolments.ts';
import { lockHistory } from './history.ts';
import type { Particulars, Person, PersonId } from './model.ts';
import { no } from './refusal.rules.ts';

export type PersonRow = Particulars & {
  person_id: PersonId;
  citizen_number: CitizenNumber;
  sex: 1 | 2;
  birth: string;
  died_on: string | null;
  aid_class: AidClass | null;
};

export const personColumns =
  'person_id, citizen_number, sex, birth, died_on, name, name_latin, household_id, relation, phone, address_zh, address_en, aid_class';

export const toPerson = (row: PersonRow): Person => ({
  ...row,
  birth: day(row.birth),
  died_on: row.died_on ? day(row.died_on) : null,
});

/** The person as we hold them now; null when there is none. */
export async function person(sql: Sql, person_id: string): Promise<Person | null> {
  const [row] = await sql.query<PersonRow>(`select ${personColumns} from registry.v_persons where person_id = $1`, [
    person_id,
  ]);
  return row ? toPerson(row) : null;
}

export type NewPerson = Particulars & {
  /** As written on the certificate; sex and birth are read from it. */
  readonly citizen_number: string;
};

/** Enters a person. Refuses a number that is malformed or already held. Runs in the caller's transaction. */
export async function registerPerson(sql: Sql, input: NewPerson, clock: Clock): Promise<Decision<Person>> {
  const number = parseCitizenNumber(input.citizen_number, clock.today());
  if (!number.ok) return no('registry.citizen_number_invalid', { fault: number.fault });
  const birth = birthIn(number.value);
  const [added] = await sql.query<{ person_id: PersonId }>(
    `insert into registry.persons (person_id, citizen_number, sex, birth, created_at) values ($1, $2, $3, $4, $5)
     on conflict (citizen_number) do nothing returning person_id`,
    [newId<'person'>(), number.value, sexOf(number.value), birth, clock.now().toString()],
  );
  if (!added) return no('registry.duplicate_citizen_number', await holderOf(sql, number.value));
  await addParticulars(sql, added.person_id, input, { from: birth, through: null }, clock.now());
  return grant(await held(sql, added.person_id));
}

const birthIn = (number: CitizenNumber): string =>
  `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;

async function holderOf(sql: Sql, number: CitizenNumber): Promise<{ who: string; person_id: string }> {
  const [row] = await sql.query<{ who: string; person_id: string }>(
    'select name as who, person_id from registry.v_persons where citizen_number = $1',
    [number],
  );
  return row as { who: string; person_id: string };
}

async function held(sql: Sql, person_id: PersonId): Promise<Person> {
  return (await person(sql, person_id)) as Person;
}

async function addParticulars(
  sql: Sql,
  person_id: PersonId,
  of: Particulars,
  span: { from: Day | string; through: Day | string | null },
  now: Temporal.Instant,
): Promise<void> {
  await sql.query(
    `insert into registry.person_particulars (person_id, name, name_latin, household_id, relation, phone, address_zh,
       address_en, from_day, through_day, known_from) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      person_id,
      of.name,
      of.name_latin,
      of.household_id,
      of.relation,
      of.phone,
      of.address_zh,
      of.address_en,
      String(span.from),
      span.through && String(span.through),
      now.toString(),
    ],
  );
}

/** A new name, address, telephone or household from a day on. What was true before that day stays. */
export async function changeParticulars(
  sql: Sql,
  input: { readonly person_id: PersonId; readonly from: Day; readonly change: Partial<Particulars> },
  clock: Clock,
): Promise<Decision<Person>> {
  await lockHistory(sql, input.person_id);
  const before = await person(sql, input.person_id);
  if (!before) return no('registry.person_unknown');
  if (before.died_on && isBefore(before.died_on, input.from))
    return no('registry.person_deceased', { died_on: String(before.died_on) });
  if (isBefore(clock.today(), input.from)) return no('registry.day_in_future', { day: String(input.from) });
  if (isBefore(input.from, before.birth)) return no('registry.day_before_birth', { birth: String(before.birth) });
  const closed = await sql.query<{ from_day: string } & Particulars>(
    `update registry.person_particulars set known_through = $3
     where person_id = $1 and known_through is null and (through_day is null or through_day >= $2)
     returning from_day, name, name_latin, household_id, relation, phone, address_zh, address_en`,
    [input.person_id, input.from.toString(), clock.now().toString()],
  );
  // Later changes that were entered before this one give way: the last word on a span is the newest.
  for (const old of closed) {
    if (isBefore(day(old.from_day), input.from))
      await addParticulars(
        sql,
        input.person_id,
        old,
        { from: old.from_day, through: input.from.subtract({ days: 1 }) },
        clock.now(),
      );
  }
  await addParticulars(
    sql,
    input.person_id,
    { ...before, ...input.change },
    { from: input.from, through: null },
    clock.now(),
  );
  return grant(await held(sql, input.person_id));
}

export type Birth = {
  readonly mother_id: PersonId;
  readonly citizen_number: string;
  readonly name: string;
  readonly name_latin: string;
};

/** Enters a newborn into the mother's household, at her address. Insurance is enrolled by its own command. */
export async function recordBirth(sql: Sql, input: Birth, clock: Clock): Promise<Decision<Person>> {
  const mother = await person(sql, input.mother_id);
  if (!mother) return no('registry.person_unknown');
  const { household_id, address_zh, address_en, phone } = mother;
  return registerPerson(
    sql,
    { ...input, household_id, address_zh, address_en, phone, relation: household_id && childOf(input.citizen_number) },
    clock,
  );
}

/** GB/T 4761: 20 son, 30 daughter. */
const childOf = (citizen_number: string): string => (Number(citizen_number.charAt(16)) % 2 === 1 ? '20' : '30');

/** Enters a death and ends every enrolment on that day. Days after it were never insured. */
export async function recordDeath(
  sql: Sql,
  input: { readonly person_id: PersonId; readonly died_on: Day },
  clock: Clock,
): Promise<Decision<Person>> {
  await lockHistory(sql, input.person_id);
  const before = await person(sql, input.person_id);
  if (!before) return no('registry.person_unknown');
  if (before.died_on) return no('registry.person_deceased', { died_on: String(before.died_on) });
  if (isBefore(clock.today(), input.died_on)) return no('registry.day_in_future', { day: String(input.died_on) });
  if (isBefore(input.died_on, before.birth)) return no('registry.day_before_birth', { birth: String(before.birth) });
  await sql.query('insert into registry.deaths (person_id, died_on, known_from) values ($1, $2, $3)', [
    input.person_id,
    input.died_on.toString(),
    clock.now().toString(),
  ]);
  await endForDeath(sql, input, clock);
  return grant(await held(sql, input.person_id));
}
