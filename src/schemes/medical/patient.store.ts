import { type Decision, grant } from '../../kernel/decision.ts';
import { parseCitizenNumber } from '../../kernel/identifiers.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { PatientKey } from './contract.ts';
import type { EligibilityFacts } from './facts.ts';
import { no } from './refusals.ts';

const cardStates = {
  ordered: 'not_activated',
  issued: 'not_activated',
  active: 'usable',
  blocked: 'blocked',
  suspended: 'lost',
  lost: 'lost',
  cancelled: 'cancelled',
} as const satisfies Record<string, EligibilityFacts['card']>;

/** The person who holds a card, and its state; issuance, which knows, stands above, so the app hands the question in. */
export type HolderOf = (
  sql: Sql,
  card_number: string,
) => Promise<{ readonly person_id: string; readonly state: keyof typeof cardStates } | null>;

export type Patient = { readonly person_id: string; readonly card: EligibilityFacts['card'] };

/** Who the patient is: by card, citizen number or id. */
export async function findPatient(
  sql: Sql,
  key: PatientKey,
  by: { readonly holderOf: HolderOf; readonly today: Day },
): Promise<Decision<Patient>> {
  if ('card_number' in key) {
    const holder = await by.holderOf(sql, key.card_number.trim().toUpperCase());
    return holder ? grant({ person_id: holder.person_id, card: cardStates[holder.state] }) : no('medical.card_unknown');
  }
  // Whether a person of this id exists, the registry tells when it is asked about the insurance.
  if ('person_id' in key) return grant({ person_id: key.person_id, card: null });
  const number = parseCitizenNumber(key.citizen_number, by.today);
  if (!number.ok) return no('medical.citizen_number_invalid', { fault: number.fault });
  const [row] = await sql.query<{ person_id: string }>(
    'select person_id from registry.v_persons where citizen_number = $1',
    [number.value],
  );
  return row ? grant({ person_id: row.person_id, card: null }) : no('medical.person_unknown');
}
