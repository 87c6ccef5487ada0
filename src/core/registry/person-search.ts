import { type Decision, grant } from '../../kernel/decision.ts';
import { parseCitizenNumber } from '../../kernel/identifiers.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/index.ts';
import { isId } from '../../platform/identity.ts';
import type { Person } from './model.ts';
import { type PersonRow, personColumns, toPerson } from './persons.ts';
import { no } from './refusal.rules.ts';

export type PersonQuery = {
  readonly citizen_number?: string;
  readonly name_prefix?: string;
  /** `next` of the page before. */
  readonly after?: string;
  /** 1 to 200; 50 unless told. */
  readonly limit?: number;
};

export type PersonPage = { readonly persons: readonly Person[]; readonly next: string | null };

/** Persons by citizen number, or by the beginning of the name in order of name; pages by key, never by offset. */
export async function findPersons(sql: Sql, query: PersonQuery, clock: Clock): Promise<Decision<PersonPage>> {
  if (query.citizen_number !== undefined) {
    const number = parseCitizenNumber(query.citizen_number, clock.today());
    if (!number.ok) return no('registry.citizen_number_invalid', { fault: number.fault });
    const rows = await sql.query<PersonRow>(
      `select ${personColumns} from registry.v_persons where citizen_number = $1`,
      [number.value],
    );
    return grant({ persons: rows.map(toPerson), next: null });
  }
  const after = query.after === undefined ? { name: '', person_id: null } : readCursor(query.after);
  if (!after) return no('registry.cursor_invalid');
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200);
  const prefix = query.name_prefix ?? '';
  const rows = await sql.query<PersonRow>(
    `select ${personColumns} from registry.v_persons
     where name >= $1 and name < $2 and ($4::uuid is null or (name, person_id) > ($3, $4::uuid))
     order by name, person_id limit $5`,
    // U+10FFFF sorts after every name in the "C" collation, so the prefix becomes a range of the index.
    [prefix, `${prefix}\u{10ffff}`, after.name, after.person_id, limit + 1],
  );
  const persons = rows.slice(0, limit).map(toPerson);
  const last = persons.at(-1);
  return grant({ persons, next: rows.length > limit && last ? writeCursor(last) : null });
}

const writeCursor = (last: Person): string =>
  new TextEncoder().encode(`${last.person_id}${last.name}`).toBase64({ alphabet: 'base64url', omitPadding: true });

function readCursor(text: string): { name: string; person_id: string } | null {
  try {
    const clear = new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet: 'base64url' }));
    const cursor = { person_id: clear.slice(0, 36), name: clear.slice(36) };
    return isId(cursor.person_id) ? cursor : null;
  } catch {
    return null;
  }
}
