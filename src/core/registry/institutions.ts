import { type Decision, grant } from '../../kernel/decision.ts';
import { type Day, day, includes } from '../../kernel/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { InstitutionKind } from './contract.ts';
import { parseInstitutionCode } from './institution.rules.ts';
import type { Institution } from './model.ts';
import { no } from './refusal.rules.ts';

const columns =
  'institution_id, code, kind, level, name_zh, name_en, address_zh, address_en, designated_from, designated_through';

type InstitutionRow = Omit<Institution, 'designated_from' | 'designated_through'> & {
  designated_from: string;
  designated_through: string | null;
};

const toInstitution = (row: InstitutionRow): Institution => ({
  ...row,
  designated_from: day(row.designated_from),
  designated_through: row.designated_through ? day(row.designated_through) : null,
});

/** The kind is that of the code: H hospital, P pharmacy. */
export type NewInstitution = Omit<Institution, 'institution_id' | 'code' | 'kind'> & { readonly code: string };

/** Enters a designated institution. Refuses a code that is malformed, does not fit the level, or is already held. */
export async function registerInstitution(
  sql: Sql,
  input: NewInstitution,
  clock: Clock,
): Promise<Decision<Institution>> {
  const code = parseInstitutionCode(input.code);
  if (!code || code.startsWith('H') !== (input.level !== null))
    return no('registry.institution_code_invalid', { code: input.code });
  const [added] = await sql.query<InstitutionRow>(
    `insert into registry.institutions (${columns}, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (code) do nothing returning ${columns}`,
    [
      newId<'institution'>(),
      code,
      code.startsWith('H') ? 'hospital' : 'pharmacy',
      input.level,
      input.name_zh,
      input.name_en,
      input.address_zh,
      input.address_en,
      input.designated_from.toString(),
      input.designated_through?.toString() ?? null,
      clock.now().toString(),
    ],
  );
  return added ? grant(toInstitution(added)) : no('registry.duplicate_institution_code', { code });
}

/** The institution and whether it was designated on that day; null when the code is unknown. */
export async function institutionOn(
  sql: Sql,
  code: string,
  on: Day,
): Promise<(Institution & { readonly designated: boolean }) | null> {
  const [row] = await sql.query<InstitutionRow>(`select ${columns} from registry.institutions where code = $1`, [code]);
  if (!row) return null;
  const found = toInstitution(row);
  return { ...found, designated: includes({ from: found.designated_from, through: found.designated_through }, on) };
}

export type InstitutionQuery = {
  readonly kind: InstitutionKind | null;
  readonly query: string;
  readonly after: string;
  readonly limit: number;
};

/** Institutions whose code begins with `query` or whose name contains it, by code; `next` is the last one's. */
export async function findInstitutions(
  sql: Sql,
  { kind, query, after, limit }: InstitutionQuery,
): Promise<{ items: Institution[]; next: string | null }> {
  const rows = await sql.query<InstitutionRow>(
    `select ${columns} from registry.institutions
     where code > $3 and ($1::text is null or kind = $1)
       and (starts_with(code, upper($2)) or strpos(name_zh, $2) > 0 or strpos(lower(name_en), lower($2)) > 0)
     order by code limit $4`,
    [kind, query, after, limit + 1],
  );
  const items = rows.slice(0, limit).map(toInstitution);
  return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
}
