import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { StockKind } from './contract.ts';
import type { By } from './moves.ts';

export type StockChange = { readonly kind: StockKind; readonly change: number };

/**
 * Moves counted things, each kind in one direction; the rows of the counts are locked in one order. A count that would
 * fall below zero returns false and changes nothing more: the caller rolls back or refuses.
 */
export async function moveStock(
  sql: Sql,
  changes: readonly StockChange[],
  why: string,
  order_id: string | null,
  by: By,
): Promise<boolean> {
  const wanted = changes.filter(({ change }) => change !== 0);
  const held = await sql.query<{ kind: StockKind; count: number }>(
    'select kind, count from issuance.stock where kind = any($1) order by kind for no key update',
    [wanted.map(({ kind }) => kind)],
  );
  const counts = new Map(held.map((row) => [row.kind, row.count]));
  if (wanted.some(({ kind, change }) => (counts.get(kind) ?? 0) + change < 0)) return false;
  await sql.query(
    `with given as (select * from unnest($1::uuid[], $2::text[], $3::integer[]) as g (id, kind, change)),
       logged as (
         insert into issuance.stock_moves (move_id, kind, change, why, order_id, by_user, trace_id, at)
         select id, kind, change, $4, $5, $6, $7, $8 from given)
     update issuance.stock s set count = s.count + given.change from given where s.kind = given.kind`,
    [
      wanted.map(() => newId()),
      wanted.map(({ kind }) => kind),
      wanted.map(({ change }) => change),
      why,
      order_id,
      by.user_id,
      by.trace_id,
      by.at.toString(),
    ],
  );
  return true;
}

export type StockLine = {
  readonly kind: StockKind;
  readonly count: number;
  readonly moved: number;
  readonly cards: number | null;
};

/**
 * Every count beside what its moves add up to and, where cards say it as well, how many cards are in that state; the three
 * agree, or something was lost.
 */
export const stockLines = (sql: Sql): Promise<StockLine[]> =>
  sql.query<StockLine>(
    `select s.kind, s.count, coalesce((select sum(change) from issuance.stock_moves m where m.kind = s.kind), 0)::int as moved,
       case s.kind
         when 'in_work' then (select count(*)::int from issuance.work where state = 'begun')
         when 'finished' then (select count(*)::int from issuance.work where state = 'checked')
         when 'spoiled' then (select count(*)::int from issuance.work where state = 'spoiled')
       end as cards
     from issuance.stock s order by array_position(array['blank', 'in_work', 'finished', 'spoiled', 'psam', 'reader'], s.kind)`,
  );
