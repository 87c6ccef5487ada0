import type { Fen } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { AccountCode, HoldId, JournalDraft, JournalId } from './contract.ts';
import type { Known, KnownAccount } from './posting.rules.ts';

/** Locks and reads what deciding the drafts needs: accounts, then earlier journals. */
export async function loadKnown(sql: Sql, drafts: readonly JournalDraft[]): Promise<Known> {
  const held = drafts.flatMap((draft) => draft.captures ?? []);
  const holds = held.length > 0 ? await readHolds(sql, held) : [];
  const codes = new Set(holds.map((hold) => hold.account));
  for (const draft of drafts) for (const posting of draft.postings) codes.add(posting.account);
  // Asked for together and carried out in this order. Whether a hold has ended is read under the lock of its account,
  // which every end of a hold takes.
  const [{ accounts, closed_through }, { journals, reversed }, ended] = await Promise.all([
    lockAccounts(sql, codes),
    readJournals(sql, drafts),
    held.length > 0 ? readEnds(sql, held) : new Set<HoldId>(),
  ]);
  return {
    accounts,
    closed_through,
    journals,
    reversed,
    holds: new Map(holds.map((hold) => [hold.hold_id, { ...hold, ended: ended.has(hold.hold_id) }])),
  };
}

type AccountRow = {
  code: AccountCode;
  account_id: bigint;
  book: string;
  normal_side: 'D' | 'C';
  available_fen: Fen | null;
  closed_through: string | null;
};

/**
 * Reads accounts by code and locks the balances of those that may not run below zero, in the order of their codes, so
 * that two groups never wait for each other in a ring. Accounts that may overdraw are locked only when they are written.
 * `limit 1` makes each look-up an index search of its own: a plan made while a table was small would read it whole.
 */
export async function lockAccounts(
  sql: Sql,
  codes: ReadonlySet<AccountCode>,
): Promise<Pick<Known, 'closed_through'> & { accounts: Map<AccountCode, KnownAccount> }> {
  const rows = await sql.query<AccountRow>(
    `with found as materialized (
       select wanted.code, a.account_id, a.book, a.normal_side, b.available_fen
       from unnest($1::text[]) as wanted (code)
       cross join lateral (select * from ledger.accounts where accounts.code = wanted.code limit 1) a
       left join lateral (
         select case normal_side when 'D' then debit_fen - credit_fen else credit_fen - debit_fen end - held_fen
           as available_fen
         from ledger.balances where account_id = a.account_id and not a.may_overdraw limit 1 for update) b on true)
     select found.*, closed.through as closed_through
     from found left join lateral (
       select through from ledger.closings where book = found.book order by through desc limit 1) closed on true`,
    [[...codes].sort()],
  );
  const accounts = new Map<AccountCode, KnownAccount>();
  const closed_through = new Map<string, Temporal.PlainDate>();
  for (const row of rows) {
    const guard =
      row.available_fen === null
        ? null
        : {
            normal_side: row.normal_side === 'D' ? ('debit' as const) : ('credit' as const),
            available_fen: row.available_fen,
          };
    accounts.set(row.code, { account_id: row.account_id, book: row.book, guard });
    if (row.closed_through && !closed_through.has(row.book)) closed_through.set(row.book, day(row.closed_through));
  }
  return { accounts, closed_through };
}

type JournalRow = { idempotency_key: string; journal_id: JournalId; fingerprint: string; reverses: JournalId | null };

async function readJournals(sql: Sql, drafts: readonly JournalDraft[]): Promise<Pick<Known, 'journals' | 'reversed'>> {
  const rows = await sql.query<JournalRow>(
    `select j.* from unnest($1::text[]) as wanted (key)
     cross join lateral (
       select idempotency_key, journal_id, encode(fingerprint, 'hex') as fingerprint, reverses
       from ledger.journals where idempotency_key = wanted.key limit 1) j
     union all
     select j.* from unnest($2::uuid[]) as wanted (id)
     cross join lateral (
       select idempotency_key, journal_id, encode(fingerprint, 'hex') as fingerprint, reverses
       from ledger.journals where reverses = wanted.id limit 1) j`,
    [drafts.map((draft) => draft.key), drafts.flatMap((draft) => draft.reverses ?? [])],
  );
  return {
    journals: new Map(rows.map((row) => [row.idempotency_key, row])),
    reversed: new Set(rows.flatMap((row) => row.reverses ?? [])),
  };
}

const readHolds = (sql: Sql, held: readonly HoldId[]) =>
  sql.query<{ hold_id: HoldId; account: AccountCode; amount_fen: Fen }>(
    `select hold_id, code as account, amount_fen from ledger.holds join ledger.accounts using (account_id)
     where hold_id = any($1::uuid[])`,
    [held],
  );

async function readEnds(sql: Sql, held: readonly HoldId[]): Promise<Set<HoldId>> {
  const rows = await sql.query<{ hold_id: HoldId }>(
    'select hold_id from ledger.hold_ends where hold_id = any($1::uuid[])',
    [held],
  );
  return new Set(rows.map((row) => row.hold_id));
}
