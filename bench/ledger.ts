/**
 * How near the ledger comes to its limit: journals a second through the group poster (locks, overdraft and idempotency
 * checks, balances, chain) beside the plain insert of the same rows in groups of the same size, on the same server, with
 * full durability, in the same run. `node bench/ledger.ts [journals] [group] [lanes]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cardAccount,
  credit,
  debit,
  fundAccount,
  institutionPayable,
  type JournalDraft,
} from '../src/core/ledger/contract.ts';
import { openAccounts, post, verify } from '../src/core/ledger/index.ts';
import { type Fen, fen, zero } from '../src/kernel/money.ts';
import { day } from '../src/kernel/time.ts';
import { groupCommit } from '../src/platform/database/group-commit.ts';
import { type Database, migrate, openDatabase, type Sql } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/identity.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/index.ts';

const [journals = 5_000, group = 64, lanes = 2] = process.argv.slice(2).map(Number);
const persons = 20_000;
const today = day('2026-01-05');
const book = 'medical-employee';
const expense = fundAccount(book, '5001.03');
const pending = fundAccount(book, '3001.99');
const cards = Array.from({ length: persons }, (_, i) => cardAccount(book, `C${i}`));
const institutions = Array.from({ length: 48 }, (_, i) => institutionPayable(book, `H${i}`));

/** A purchase with the card: two postings of the fund, two of the card's account. */
const purchase = (i: number, amount_fen: Fen): JournalDraft => ({
  key: `bench:${i}`,
  kind: 'medical.card_purchase',
  business_date: today,
  trace_id: newId(),
  postings: [
    debit(expense, amount_fen),
    credit(institutions[(i * 31) % institutions.length]!, amount_fen),
    debit(cards[(i * 7919) % persons]!, amount_fen),
    credit(pending, amount_fen),
  ],
});

async function prepare(database: Database): Promise<void> {
  const accounts = [...cards, ...institutions, expense, pending].map((account) => ({ account, opened_on: today }));
  await database.transaction(async (sql) => {
    await openAccounts(sql, accounts);
    const loads = cards.map((card) => credit(card, fen(100_000_00)));
    const total = loads.reduce((sum, load) => (sum + load.amount_fen) as Fen, zero);
    const [opening] = await post(sql, [
      {
        key: 'opening',
        kind: 'bench.opening',
        business_date: today,
        trace_id: newId(),
        postings: [debit(pending, total), ...loads],
      },
    ]);
    if (opening?.outcome !== 'posted') throw new Error('the opening balances were refused');
  });
}

/** Every caller waits for its answer before it asks again, as a terminal does. */
async function throughLedger(database: Database, first: number): Promise<number> {
  const writer = groupCommit({ database, run: post, max_group: group, lanes });
  let next = first;
  const started = performance.now();
  const caller = async () => {
    while (next < first + journals) {
      const result = await writer.submit(purchase(next++, fen(1_25)));
      if (result.outcome !== 'posted') throw new Error(`not posted: ${result.outcome}`);
    }
  };
  await Promise.all(Array.from({ length: group * lanes * 2 }, caller));
  return perSecond(started);
}

/** The limit: the same rows and indexes, without reading, checking, balances or chain. */
async function plainInsert(owner: Database, first: number): Promise<number> {
  let next = first;
  const started = performance.now();
  const writer = async () => {
    while (next < first + journals) {
      const size = Math.min(group, first + journals - next);
      const drafts = Array.from({ length: size }, () => ({ id: newId(), ...purchase(next++, fen(1_25)) }));
      await owner.transaction((sql) => insertRows(sql, drafts));
    }
  };
  await Promise.all(Array.from({ length: lanes }, writer));
  return perSecond(started);
}

async function insertRows(sql: Sql, drafts: readonly (JournalDraft & { id: string })[]): Promise<void> {
  const lines = drafts.flatMap((draft) =>
    draft.postings.map((posting, i) => ({ ...posting, id: draft.id, line: i + 1 })),
  );
  await sql.query(
    `insert into bench.journals (journal_id, idempotency_key, fingerprint, kind, business_date, trace_id, memo, group_no)
     select id, key, sha256(key::bytea), 'medical.card_purchase', '2026-01-05', trace, '', 1
     from unnest($1::uuid[], $2::text[], $3::uuid[]) as j (id, key, trace)`,
    [drafts.map((d) => d.id), drafts.map((d) => d.key), drafts.map((d) => d.trace_id)],
  );
  await sql.query(
    `insert into bench.postings (journal_id, line, account_id, side, amount_fen)
     select * from unnest($1::uuid[], $2::int[], $3::bigint[], $4::"char"[], $5::bigint[])`,
    [
      lines.map((l) => l.id),
      lines.map((l) => l.line),
      lines.map((l) => ids.get(l.account) ?? 0n),
      lines.map((l) => (l.side === 'debit' ? 'D' : 'C')),
      lines.map((l) => l.amount_fen),
    ],
  );
}

const perSecond = (started: number): number => Math.round(journals / ((performance.now() - started) / 1000));
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const home = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
const server = await startEmbeddedPostgres({ home });
const database = openDatabase(server.url);
const owner = openDatabase(server.url, { role: null });
const ids = new Map<string, bigint>();
try {
  await migrate(server.url, 'db/migrations');
  await prepare(database);
  for (const row of await owner.query<{ code: string; account_id: bigint }>(
    'select code, account_id from ledger.accounts',
  )) {
    ids.set(row.code, row.account_id);
  }
  await owner.query(`create schema bench;
    create table bench.journals (like ledger.journals including defaults including indexes);
    create table bench.postings (like ledger.postings including indexes)`);
  // In turns, so that whatever else the machine does falls on both.
  const rounds = Array.from({ length: 5 }, (_, i) => i * journals);
  const ledger: number[] = [];
  const limit: number[] = [];
  for (const first of rounds) {
    ledger.push(await throughLedger(database, first));
    limit.push(await plainInsert(owner, first));
  }
  const { ok } = await verify(database);
  console.log(`${journals} journals of 4 postings a round, groups of ${group}, ${lanes} lanes, full durability`);
  console.log(`ledger        ${median(ledger)}/s (${median(ledger) * 4} postings/s), rounds ${ledger.join(' ')}`);
  console.log(`plain insert  ${median(limit)}/s, rounds ${limit.join(' ')}`);
  console.log(`ratio         ${median(ledger.map((rate, i) => rate / (limit[i] ?? rate))).toFixed(2)}`);
  console.log(`books         ${ok ? 'whole' : 'BROKEN'}`);
} finally {
  await Promise.all([database.close(), owner.close()]);
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
