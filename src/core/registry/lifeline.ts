import { type Day, day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { Insurance } from './contract.ts';
import { enrolmentsOf } from './enrolments.ts';
import { person } from './persons.ts';

/** What happened to a person on a day, as we hold it now. */
export type LifeEvent = { readonly day: Day } & (
  | { readonly what: 'born' | 'died' }
  | { readonly what: 'renamed'; readonly name: string }
  | {
      readonly what: 'enrolled' | 'left';
      readonly insurance: Insurance;
      readonly employer: string | null;
      readonly employer_en: string | null;
    }
);

/** A person's life in the registry, oldest first; null when there is no such person. */
export async function lifeline(sql: Sql, person_id: string): Promise<LifeEvent[] | null> {
  const who = await person(sql, person_id);
  if (!who) return null;
  const names = await sql.query<{ name: string; from_day: string }>(
    `select name, from_day from registry.person_particulars
     where person_id = $1 and known_through is null order by from_day`,
    [person_id],
  );
  const employers = new Map(
    (
      await sql.query<{ employer_id: string; name_zh: string; name_en: string }>(
        `select distinct employer_id, name_zh, name_en from registry.v_enrolments join registry.v_employers using (employer_id)
         where person_id = $1`,
        [person_id],
      )
    ).map((row) => [row.employer_id, row]),
  );
  const events: LifeEvent[] = [{ day: who.birth, what: 'born' }];
  names.forEach(({ name, from_day }, i) => {
    if (i > 0 && names[i - 1]?.name !== name) events.push({ day: day(from_day), what: 'renamed', name });
  });
  for (const { insurance, employer_id, from, through, known_through } of await enrolmentsOf(sql, person_id)) {
    if (known_through) continue;
    const of = employer_id === null ? undefined : employers.get(employer_id);
    const facts = { insurance, employer: of?.name_zh ?? null, employer_en: of?.name_en ?? null };
    events.push({ day: from, what: 'enrolled', ...facts });
    if (through) events.push({ day: through, what: 'left', ...facts });
  }
  if (who.died_on) events.push({ day: who.died_on, what: 'died' });
  return events.sort((a, b) => Temporal.PlainDate.compare(a.day, b.day));
}
