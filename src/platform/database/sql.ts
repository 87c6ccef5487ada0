/** What a store needs of the database: a statement with parameters, rows back. A pool, a transaction and a test fit it. */
export interface Sql {
  /** `int8` comes back as bigint, `date` and `numeric` as text, `timestamptz` as Date, `jsonb` parsed. */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * An array literal of values that need no quotes: ids, hex, days, numbers, codes. Much cheaper than
 * quoting each. Of texts only the empty one is quoted, for it would vanish.
 */
export const plainArray = (values: readonly (string | number | bigint | null)[]): string =>
  `{${values.map((value) => (value === '' ? '""' : (value ?? 'NULL'))).join(',')}}`;
