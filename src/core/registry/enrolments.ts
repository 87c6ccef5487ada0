import { type Decision, grant } from '../../kernel/decision.ts';
import type { Fen } from '../../kernel/money.ts';
import { type Day, day } from '../../kernel/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { EnrolmentStatus, Insurance } from './contract.ts';
import { afterDeath, enrolmentRefusal, rivals } from './enrolment.rules.ts';
import { lockHistory } from './history.ts';
import type { EmployerId, Enrolment, EnrolmentId, PersonId } from './model.ts';
import { no } from './refusal.rules.ts';

type EnrolmentRow = {
  enrolment_id: EnrolmentId;
  version: number;
  person_id: PersonId;
  insurance: Insurance;
  status: EnrolmentStatus;
  employer_id: EmployerId | null;
  wage_fen: Fen | null;
  from_day: string;
  through_day: string | null;
  known_from: Date;
  known_through: Date | null;
};

const instant = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());

const toEnrolment = ({ from_day, through_day, known_from, known_through, ...rest }: EnrolmentRow): Enrolment => ({
  ...rest,
  from: day(from_day),
  through: through_day ? day(through_day) : null,
  known_from: instant(known_from),
  known_through: known_through ? instant(known_through) : null,
});

/** Every version ever held of a person's enrolments; `known_at` narrows it to what was held at that moment. */
export async function enrolmentsOf(
  sql: Sql,
  person_id: string,
  known_at: Temporal.Instant | null = null,
): Promise<Enrolment[]> {
  const rows = await sql.query<EnrolmentRow>(
    `select * from registry.enrolments where person_id = $1
       and ($2::timestamptz is null or (known_from <= $2 and (known_through is null or $2 < known_through)))
     order by from_day, insurance, version`,
    [person_id, known_at?.toString() ?? null],
  );
  return rows.map(toEnrolment);
}

/**
 * The enrolments valid on a day, as we hold them now, or as we held them at `known_at`:
 * "what did we believe on 31 March, and what do we believe now?" is one call each.
 */
export async function insuredOn(
  sql: Sql,
  query: { readonly person_id: string; readonly day: Day; readonly known_at?: Temporal.Instant },
): Promise<Enrolment[]> {
  const known = query.known_at
    ? 'known_from <= $3 and (known_through is null or $3 < known_through)'
    : 'known_through is null';
  const rows = await sql.query<EnrolmentRow>(
    `select * from registry.enrolments
     where person_id = $1 and from_day <= $2 and (through_day is null or $2 <= through_day) and ${known}
     order by insurance`,
    [query.person_id, query.day.toString(), ...(query.known_at ? [query.known_at.toString()] : [])],
  );
  return rows.map(toEnrolment);
}

export type NewEnrolment = Pick<
  Enrolment,
  'person_id' | 'insurance' | 'status' | 'employer_id' | 'wage_fen' | 'from' | 'through'
>;

/** Insures a person for a risk over a span of days. Refuses days already covered for the same risk. */
export async function enrol(sql: Sql, input: NewEnrolment, clock: Clock): Promise<Decision<Enrolment>> {
  await lockHistory(sql, input.person_id);
  const refused = await cannotBe(sql, input, null);
  if (refused) return refused;
  return grant(await addVersion(sql, { ...input, enrolment_id: newId<'enrolment'>(), version: 1 }, clock));
}

/** The last insured day becomes known. A day already set is changed by `correctEnrolment`. */
export async function endEnrolment(
  sql: Sql,
  input: { readonly enrolment_id: EnrolmentId; readonly through: Day },
  clock: Clock,
): Promise<Decision<Enrolment>> {
  const held = await lockEnrolment(sql, input.enrolment_id);
  if (!held) return no('registry.enrolment_unknown');
  if (held.through) return no('registry.enrolment_ended', { through: String(held.through) });
  return replace(sql, held, { ...held, through: input.through }, clock);
}

export type Correction = { readonly enrolment_id: EnrolmentId } & Partial<
  Pick<Enrolment, 'status' | 'employer_id' | 'wage_fen' | 'from' | 'through'>
>;

/** What we held was wrong: a new version says what was true; the old one stays as what we believed until now. */
export async function correctEnrolment(sql: Sql, input: Correction, clock: Clock): Promise<Decision<Enrolment>> {
  const held = await lockEnrolment(sql, input.enrolment_id);
  if (!held) return no('registry.enrolment_unknown');
  return replace(sql, held, { ...held, ...input }, clock);
}

async function replace(sql: Sql, held: Enrolment, next: Enrolment, clock: Clock): Promise<Decision<Enrolment>> {
  const refused = await cannotBe(sql, next, held.enrolment_id);
  if (refused) return refused;
  await closeVersion(sql, held.enrolment_id, clock);
  return grant(await addVersion(sql, { ...next, version: held.version + 1 }, clock));
}

/** Ends or strikes what a death on `died_on` leaves without a person. The caller holds the person's lock. */
export async function endForDeath(
  sql: Sql,
  death: { readonly person_id: PersonId; readonly died_on: Day },
  clock: Clock,
): Promise<void> {
  for (const held of await enrolmentsOf(sql, death.person_id)) {
    const effect = afterDeath(held, death.died_on);
    if (held.known_through || effect === 'untouched') continue;
    await closeVersion(sql, held.enrolment_id, clock);
    if (effect === 'ends') await addVersion(sql, { ...held, through: death.died_on, version: held.version + 1 }, clock);
  }
}

async function lockEnrolment(sql: Sql, enrolment_id: EnrolmentId): Promise<Enrolment | null> {
  const find = 'select * from registry.enrolments where enrolment_id = $1 and known_through is null';
  const [found] = await sql.query<EnrolmentRow>(find, [enrolment_id]);
  if (!found) return null;
  await lockHistory(sql, found.person_id);
  // Someone may have written between finding and locking.
  const [row] = await sql.query<EnrolmentRow>(find, [enrolment_id]);
  return row ? toEnrolment(row) : null;
}

async function cannotBe(sql: Sql, input: NewEnrolment, itself: EnrolmentId | null) {
  const [who] = await sql.query<{ birth: string; died_on: string | null }>(
    'select birth, died_on from registry.v_persons where person_id = $1',
    [input.person_id],
  );
  if (!who) return no('registry.person_unknown');
  if (input.employer_id) {
    const [employer] = await sql.query('select from registry.employers where employer_id = $1', [input.employer_id]);
    if (!employer) return no('registry.employer_unknown');
  }
  const held = await sql.query<{ from_day: string; through_day: string | null }>(
    `select from_day, through_day from registry.enrolments
     where person_id = $1 and insurance = any($2) and known_through is null and enrolment_id is distinct from $3
     order by from_day`,
    [input.person_id, rivals(input.insurance), itself],
  );
  return enrolmentRefusal({
    insurance: input.insurance,
    status: input.status,
    has_employer: input.employer_id !== null,
    has_wage: input.wage_fen !== null,
    span: input,
    birth: day(who.birth),
    died_on: who.died_on ? day(who.died_on) : null,
    held: held.map((row) => ({ from: day(row.from_day), through: row.through_day ? day(row.through_day) : null })),
  });
}

async function closeVersion(sql: Sql, enrolment_id: EnrolmentId, clock: Clock): Promise<void> {
  await sql.query(
    'update registry.enrolments set known_through = $2 where enrolment_id = $1 and known_through is null',
    [enrolment_id, clock.now().toString()],
  );
}

async function addVersion(
  sql: Sql,
  of: NewEnrolment & Pick<Enrolment, 'enrolment_id' | 'version'>,
  clock: Clock,
): Promise<Enrolment> {
  const [row] = await sql.query<EnrolmentRow>(
    `insert into registry.enrolments (enrolment_id, version, person_id, insurance, status, employer_id, wage_fen,
       from_day, through_day, known_from) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning *`,
    [
      of.enrolment_id,
      of.version,
      of.person_id,
      of.insurance,
      of.status,
      of.employer_id,
      of.wage_fen,
      of.from.toString(),
      of.through?.toString() ?? null,
      clock.now().toString(),
    ],
  );
  return toEnrolment(row as EnrolmentRow);
}
