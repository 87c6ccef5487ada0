import { type Decision, grant } from '../../kernel/decision.ts';
import { parseCreditCode } from '../../kernel/identifiers.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { Employer } from './model.ts';
import { no } from './refusal.rules.ts';

const columns = 'employer_id, credit_code, name_zh, name_en, industry, injury_class, size';

export type NewEmployer = Omit<Employer, 'employer_id' | 'credit_code'> & { readonly credit_code: string };

/** Enters an employer (SI Law art. 57). Refuses a credit code that is malformed or already held. */
export async function registerEmployer(sql: Sql, input: NewEmployer, clock: Clock): Promise<Decision<Employer>> {
  const code = parseCreditCode(input.credit_code);
  if (!code.ok) return no('registry.credit_code_invalid', { fault: code.fault });
  const [added] = await sql.query<Employer>(
    `insert into registry.employers (${columns}, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (credit_code) do nothing returning ${columns}`,
    [
      newId<'employer'>(),
      code.value,
      input.name_zh,
      input.name_en,
      input.industry,
      input.injury_class,
      input.size,
      clock.now().toString(),
    ],
  );
  if (added) return grant(added);
  const [holder] = await sql.query<{ who: string }>(
    'select name_zh as who from registry.employers where credit_code = $1',
    [code.value],
  );
  return no('registry.duplicate_credit_code', holder);
}

export async function employer(sql: Sql, employer_id: string): Promise<Employer | null> {
  const [row] = await sql.query<Employer>(`select ${columns} from registry.employers where employer_id = $1`, [
    employer_id,
  ]);
  return row ?? null;
}

export type EmployerQuery = { readonly query: string; readonly after: string; readonly limit: number };

/** Employers whose credit code begins with `query` or whose name contains it, by credit code; `next` is the last one's. */
export async function findEmployers(
  sql: Sql,
  { query, after, limit }: EmployerQuery,
): Promise<{ items: Employer[]; next: string | null }> {
  const rows = await sql.query<Employer>(
    `select ${columns} from registry.employers
     where credit_code > $2 and (starts_with(credit_code, upper($1)) or strpos(name_zh, $1) > 0
       or strpos(lower(name_en), lower($1)) > 0)
     order by credit_code limit $3`,
    [query, after, limit + 1],
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.credit_code ?? null) : null };
}
