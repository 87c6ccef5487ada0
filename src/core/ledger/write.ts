import { defined } from '../../kernel/assert.ts';
import { plainArray, type Sql } from '../../platform/database/index.ts';
import type { HoldId } from './contract.ts';
import { digestOf, type WrittenJournal } from './digest.ts';
import type { Candidate, Known } from './posting.rules.ts';

type Change = { debit: bigint; credit: bigint; held: bigint };

/** A journal whose key another transaction has just used is left out; `check_postings` then makes this one start again. */
const insertGroup = `
with numbered as materialized (select nextval('ledger.group_numbers') as group_no),
journals as (
  insert into ledger.journals (journal_id, idempotency_key, fingerprint, kind, business_date, trace_id, memo, reverses, group_no)
  select id, key, decode(fingerprint, 'hex'), kind, date, trace, memo, reverses, group_no
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::date[], $6::uuid[], $7::text[], $8::uuid[])
    as j (id, key, fingerprint, kind, date, trace, memo, reverses), numbered
  on conflict do nothing),
ends as (
  insert into ledger.hold_ends (hold_id, how, journal_id)
  select hold_id, 'captured', journal_id from unnest($9::uuid[], $10::uuid[]) as e (hold_id, journal_id)),
groups as (
  insert into ledger.groups (group_no, digest, journals, postings)
  select group_no, decode($11, 'hex'), cardinality($1::uuid[]), cardinality($12::uuid[]) from numbered)
insert into ledger.postings (journal_id, line, account_id, side, amount_fen)
select * from unnest($12::uuid[], $13::int[], $14::bigint[], $15::"char"[], $16::bigint[])`;

/** Rows are locked in the order of their ids before any is changed; `limit 1` as in `lockAccounts`. */
const changeBalances = `
with changes as materialized (
  select c.* from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) as c (account_id, debit, credit, held)
  cross join lateral (select from ledger.balances where account_id = c.account_id limit 1 for update) locked)
update ledger.balances b
set debit_fen = b.debit_fen + c.debit, credit_fen = b.credit_fen + c.credit, held_fen = b.held_fen + c.held
from changes c where b.account_id = c.account_id`;

/**
 * Writes an accepted group: first everything that is only added, with each check of the database over the whole group,
 * then each account's net change, so that accounts which every group touches are locked only from there to the commit.
 */
export async function writeJournals(sql: Sql, accepted: readonly Candidate[], known: Known): Promise<void> {
  const journals = accepted.map(written);
  const changes = changesOf(accepted, known);
  const ids = [...changes.keys()].sort((a, b) => (a < b ? -1 : 1));
  const net = ids.map((id) => defined(changes.get(id), 'change'));
  const captures = accepted.filter(({ draft }) => draft.captures);
  const postings = accepted.flatMap(({ draft, journal_id }) =>
    draft.postings.map((posting, i) => ({ ...posting, journal_id, line: i + 1 })),
  );
  // Sent together, carried out one after the other.
  const added = sql.query(insertGroup, [
    plainArray(journals.map((j) => j.journal_id)),
    journals.map((j) => j.key),
    plainArray(journals.map((j) => j.fingerprint)),
    journals.map((j) => j.kind),
    plainArray(journals.map((j) => j.business_date)),
    plainArray(journals.map((j) => j.trace_id)),
    journals.map((j) => j.memo),
    plainArray(journals.map((j) => j.reverses)),
    plainArray(captures.map(({ draft }) => draft.captures ?? null)),
    plainArray(captures.map(({ journal_id }) => journal_id)),
    digestOf(journals),
    plainArray(postings.map((p) => p.journal_id)),
    plainArray(postings.map((p) => p.line)),
    plainArray(postings.map((p) => known.accounts.get(p.account)?.account_id ?? null)),
    plainArray(postings.map((p) => (p.side === 'debit' ? 'D' : 'C'))),
    plainArray(postings.map((p) => p.amount_fen)),
  ]);
  const changed = sql.query(changeBalances, [
    plainArray(ids),
    plainArray(net.map((c) => c.debit)),
    plainArray(net.map((c) => c.credit)),
    plainArray(net.map((c) => c.held)),
  ]);
  await Promise.all([added, changed]);
}

function written({ draft, journal_id, fingerprint }: Candidate): WrittenJournal {
  return {
    journal_id,
    key: draft.key,
    fingerprint,
    kind: draft.kind,
    business_date: draft.business_date.toString(),
    trace_id: draft.trace_id,
    memo: draft.memo ?? '',
    reverses: draft.reverses ?? null,
    lines: draft.postings.map(({ account, side, amount_fen }) => [
      account,
      side === 'debit' ? 'D' : 'C',
      String(amount_fen),
    ]),
  };
}

/** Net change per account: a hot account costs one update per group, however many journals touch it. */
function changesOf(accepted: readonly Candidate[], known: Known): Map<bigint, Change> {
  const changes = new Map<bigint, Change>();
  const of = (account_id: bigint): Change => {
    let change = changes.get(account_id);
    if (!change) {
      change = { debit: 0n, credit: 0n, held: 0n };
      changes.set(account_id, change);
    }
    return change;
  };
  for (const { draft } of accepted) {
    for (const { account, side, amount_fen } of draft.postings) {
      of(defined(known.accounts.get(account), account).account_id)[side] += amount_fen;
    }
    if (draft.captures) {
      const hold = defined(known.holds.get(draft.captures as HoldId), 'hold');
      of(defined(known.accounts.get(hold.account), hold.account).account_id).held -= hold.amount_fen;
    }
  }
  return changes;
}
