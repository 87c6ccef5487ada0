import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { BlackListFile } from './black-list-file.rules.ts';
import type { BlackListChange, BlackListReason } from './contract.ts';

/** A card on the black list, by the number it has on the wire. */
export type ListedCard = {
  readonly account_number: string;
  readonly reason: BlackListReason;
  readonly since: Date;
  /** In which version of the list it came. */
  readonly version: bigint;
};

/** Who changes the list, when and in the course of what. */
type By = { readonly user_id: string; readonly at: Temporal.Instant; readonly trace_id: string };

/** Which of these cards are on the black list. One round trip for any number of cards. */
export async function screen(sql: Sql, account_numbers: readonly string[]): Promise<ReadonlyMap<string, ListedCard>> {
  const rows = await sql.query<ListedCard>(
    `select l.* from unnest($1::text[]) as wanted (account_number)
     cross join lateral (select account_number, reason, since, version from screening.black_list
       where black_list.account_number = wanted.account_number limit 1) l`,
    [account_numbers],
  );
  return new Map(rows.map((row) => [row.account_number, row]));
}

/** Puts a card on the list. The next payment of the card is refused. */
export async function listCard(
  sql: Sql,
  card: { readonly account_number: string; readonly reason: BlackListReason },
  by: By,
): Promise<Decision<bigint>> {
  await lock(sql);
  if ((await screen(sql, [card.account_number])).size > 0) return refuse('screening.already_listed');
  const version = await change(sql, card.account_number, card.reason, by);
  await sql.query('insert into screening.black_list (account_number, reason, since, version) values ($1, $2, $3, $4)', [
    card.account_number,
    card.reason,
    by.at.toString(),
    version,
  ]);
  return grant(version);
}

/** Takes a card off the list. */
export async function unlistCard(sql: Sql, account_number: string, by: By): Promise<Decision<bigint>> {
  await lock(sql);
  const gone = await sql.query('delete from screening.black_list where account_number = $1 returning 1', [
    account_number,
  ]);
  if (gone.length === 0) return refuse('screening.not_listed');
  return grant(await change(sql, account_number, null, by));
}

/** What changed after `version`, oldest first: the delta a terminal downloads. */
export async function changesAfter(sql: Sql, version: bigint, limit: number): Promise<readonly BlackListChange[]> {
  const rows = await sql.query<{
    version: bigint;
    account_number: string;
    reason: BlackListReason | null;
    since: Date;
  }>(
    `select version, account_number, reason, since from screening.black_list_changes
     where version > $1 order by version limit $2`,
    [version, limit],
  );
  return rows.map((row) => ({ ...row, version: Number(row.version), since: row.since.toISOString() }));
}

/** One writer at a time, so that versions are committed in their order. Changes are rare; payments never wait here. */
const lock = (sql: Sql) => sql.query(`select pg_advisory_xact_lock(hashtext('screening.black_list'))`);

async function change(sql: Sql, account_number: string, reason: BlackListReason | null, by: By): Promise<bigint> {
  const [row] = await sql.query<{ version: bigint }>(
    `insert into screening.black_list_changes (version, account_number, reason, since, by_user, trace_id)
     select coalesce(max(version), 0) + 1, $1, $2, $3, $4, $5 from screening.black_list_changes
     returning version`,
    [account_number, reason, by.at.toString(), by.user_id, by.trace_id],
  );
  return (row as { version: bigint }).version;
}

/**
 * The list for a terminal that holds `after`: what changed since, each card once, or the full list when the terminal holds
 * nothing or a version that never was.
 */
export async function blackListFor(sql: Sql, after: bigint): Promise<BlackListFile> {
  // One statement, so that list and version are of one moment.
  const [row] = await sql.query<{ newest: bigint; entries: BlackListFile['entries'] | null }>(
    `with newest as (select coalesce(max(version), 0) as version from screening.black_list_changes),
       wanted as (
         select account_number, reason, version from screening.black_list
         where $1 = 0 or $1 > (select version from newest)
         union all
         (select distinct on (account_number) account_number, reason, version from screening.black_list_changes
         where $1 > 0 and $1 <= (select version from newest) and version > $1
         order by account_number, version desc))
     select (select version from newest) as newest,
       (select jsonb_agg(jsonb_build_object('account_number', account_number, 'reason', reason) order by account_number)
        from wanted) as entries`,
    [after],
  );
  const newest = row?.newest ?? 0n;
  const full = after === 0n || after > newest;
  return { kind: full ? 'F' : 'D', from: full ? 0n : after, through: newest, entries: row?.entries ?? [] };
}
