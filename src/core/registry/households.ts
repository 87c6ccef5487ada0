import { type Decision, grant } from '../../kernel/decision.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { AidClass } from './contract.ts';
import type { HouseholdId, PersonId } from './model.ts';
import { person } from './persons.ts';
import { no } from './refusal.rules.ts';

export type NewHousehold = {
  readonly head_person_id: PersonId;
  readonly address_zh: string;
  readonly address_en: string;
  readonly aid_class: AidClass | null;
};

/** Founds a household. Members join by `changeParticulars`, the head included. */
export async function registerHousehold(sql: Sql, input: NewHousehold, clock: Clock): Promise<Decision<HouseholdId>> {
  if (!(await person(sql, input.head_person_id))) return no('registry.person_unknown');
  const household_id = newId<'household'>();
  await sql.query(
    `insert into registry.households (household_id, head_person_id, address_zh, address_en, aid_class, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [household_id, input.head_person_id, input.address_zh, input.address_en, input.aid_class, clock.now().toString()],
  );
  return grant(household_id);
}
