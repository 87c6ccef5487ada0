import type { Sql } from '../../platform/database/index.ts';
import type { ItemClass, ItemKind } from './contract.ts';

/** An item as the city publishes it; a later import of the same code and day replaces it. */
export type CatalogueEntry = {
  readonly code: string;
  readonly kind: ItemKind;
  readonly class: ItemClass;
  readonly name_zh: string;
  readonly name_en: string;
  readonly unit: string;
  /** Millionths of a yuan; null without a ceiling. */
  readonly price_ceiling: bigint | null;
  /** Millionths; 0 for class A. */
  readonly first_pay: bigint;
  readonly restriction_zh: string | null;
  readonly restriction_en: string | null;
  /** ISO days. */
  readonly valid_from: string;
  readonly valid_through: string | null;
};
export type DiagnosisEntry = { readonly code: string; readonly name_zh: string; readonly name_en: string };

const columns = `code, kind, class, name_zh, name_en, unit, price_ceiling, first_pay, restriction_zh, restriction_en,
  valid_from, valid_through`;

export async function importCatalogue(sql: Sql, items: readonly CatalogueEntry[]): Promise<void> {
  const column = <K extends keyof CatalogueEntry>(name: K) => items.map((item) => item[name]);
  await sql.query(
    `insert into medical.catalogue_items (${columns})
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
       $8::bigint[], $9::text[], $10::text[], $11::date[], $12::date[])
     on conflict (code, valid_from) do update set (kind, class, name_zh, name_en, unit, price_ceiling, first_pay,
       restriction_zh, restriction_en, valid_through) = row(excluded.kind, excluded.class, excluded.name_zh,
       excluded.name_en, excluded.unit, excluded.price_ceiling, excluded.first_pay, excluded.restriction_zh,
       excluded.restriction_en, excluded.valid_through)`,
    [
      column('code'),
      column('kind'),
      column('class'),
      column('name_zh'),
      column('name_en'),
      column('unit'),
      column('price_ceiling'),
      column('first_pay'),
      column('restriction_zh'),
      column('restriction_en'),
      column('valid_from'),
      column('valid_through'),
    ],
  );
}

export async function importDiagnoses(sql: Sql, rows: readonly DiagnosisEntry[]): Promise<void> {
  await sql.query(
    `insert into medical.diagnoses (code, name_zh, name_en)
     select * from unnest($1::text[], $2::text[], $3::text[])
     on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en`,
    [rows.map((row) => row.code), rows.map((row) => row.name_zh), rows.map((row) => row.name_en)],
  );
}

/** The items of these codes that are in force on a day, by code. */
export async function itemsOn(
  sql: Sql,
  day: string,
  codes: readonly string[],
): Promise<ReadonlyMap<string, CatalogueEntry>> {
  const rows = await sql.query<CatalogueEntry>(
    `select ${columns} from medical.catalogue_items
     where code = any($1) and valid_from <= $2 and coalesce(valid_through, 'infinity') >= $2`,
    [codes, day],
  );
  return new Map(rows.map((row) => [row.code, row]));
}

export type CatalogueSearch = {
  /** Part of a code or of a name in either language. */
  readonly text: string;
  readonly kind: ItemKind | null;
  readonly day: string;
  readonly after: string;
  readonly limit: number;
};

export const searchCatalogue = (sql: Sql, search: CatalogueSearch): Promise<CatalogueEntry[]> =>
  sql.query<CatalogueEntry>(
    `select ${columns} from medical.catalogue_items
     where code > $1 and valid_from <= $2 and coalesce(valid_through, 'infinity') >= $2
       and ($3::text is null or kind = $3)
       and (code ilike $4 or name_zh ilike $4 or name_en ilike $4)
     order by code limit $5`,
    [search.after, search.day, search.kind, pattern(search.text), search.limit],
  );

export const searchDiagnoses = (sql: Sql, text: string, limit: number): Promise<DiagnosisEntry[]> =>
  sql.query<DiagnosisEntry>(
    `select code, name_zh, name_en from medical.diagnoses
     where code ilike $1 or name_zh ilike $1 or name_en ilike $1 order by code limit $2`,
    [pattern(text), limit],
  );

export async function isDiagnosis(sql: Sql, code: string): Promise<boolean> {
  return (await sql.query('select from medical.diagnoses where code = $1', [code])).length > 0;
}

/** Text as it stands, anywhere: the signs of a pattern in it mean themselves. */
const pattern = (text: string): string => `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
