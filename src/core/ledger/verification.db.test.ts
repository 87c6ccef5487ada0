import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { fen } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { newId } from '../../platform/identity.ts';
import { credit, debit, fundAccount, personalAccount } from './contract.ts';
import { openAccounts, post, type VerificationReport, verify } from './index.ts';

const { database, owner } = await createTestDatabase();
const today = day('2026-01-05');
const pending = fundAccount('medical-employee', '3001.99');
const wang = personalAccount('medical-employee', 'wang');
const li = personalAccount('medical-employee', 'li');

beforeAll(async () => {
  await database.transaction((sql) =>
    openAccounts(
      sql,
      [pending, wang, li].map((account) => ({ account, opened_on: today })),
    ),
  );
  for (const key of ['first', 'second', 'third']) {
    const draft = (account = wang) => ({
      key: `${key} ${account}`,
      kind: 'test.credited',
      business_date: today,
      trace_id: newId<'trace'>(),
      postings: [debit(pending, fen(100)), credit(account, fen(100))],
    });
    await database.transaction((sql) => post(sql, [draft(wang), draft(li)]));
  }
});

/** What `verify` says when the owner of the database has done this; undone afterwards. */
async function after(...statements: string[]): Promise<VerificationReport> {
  let report: VerificationReport | undefined;
  const undo = new Error('undo');
  await owner
    .transaction(async (sql) => {
      // An attacker with the owner's rights would switch the checks off as well.
      await sql.query('set local session_replication_role = replica');
      for (const statement of statements) await sql.query(statement);
      report = await verify(sql);
      throw undo;
    })
    .catch((fault) => expect(fault).toBe(undo));
  if (!report) throw new Error('no report');
  return report;
}
const kinds = (report: VerificationReport) => report.faults.map((fault) => fault.what).join(', ');

test('an untouched ledger is whole', async () => {
  expect(await verify(database)).toMatchObject({
    ok: true,
    groups: 3,
    journals: 6,
    postings: 12,
    faults: [],
    head: { link_no: 3n },
  });
});

const second = `(select journal_id from ledger.journals where idempotency_key like 'second%wang')`;
const group = `(select group_no from ledger.journals where journal_id = ${second})`;

test.each<[what: string, found: string, statements: string[]]>([
  [
    'an amount made larger',
    'group-changed, journal-unbalanced, balance-wrong',
    [`update ledger.postings set amount_fen = 999 where journal_id = ${second} and line = 2`],
  ],
  [
    'both sides made larger, balances too',
    'group-changed',
    [
      `update ledger.postings set amount_fen = 999 where journal_id = ${second}`,
      `update ledger.balances set debit_fen = debit_fen + 899 where account_id = (select account_id from ledger.accounts where code = '${pending}')`,
      `update ledger.balances set credit_fen = credit_fen + 899 where account_id = (select account_id from ledger.accounts where code = '${wang}')`,
    ],
  ],
  ['a memo rewritten', 'group-changed', [`update ledger.journals set memo = 'gift' where journal_id = ${second}`]],
  [
    'a business date moved',
    'group-changed',
    [`update ledger.journals set business_date = '2025-12-31' where journal_id = ${second}`],
  ],
  [
    'a journal taken away with its balances',
    'group-changed',
    [
      `delete from ledger.postings where journal_id = ${second}`,
      `delete from ledger.journals where journal_id = ${second}`,
      `update ledger.balances set debit_fen = debit_fen - 100 where account_id = (select account_id from ledger.accounts where code = '${pending}')`,
      `update ledger.balances set credit_fen = credit_fen - 100 where account_id = (select account_id from ledger.accounts where code = '${wang}')`,
    ],
  ],
  [
    'a journal taken away from its postings',
    'group-changed, journal-missing',
    [`delete from ledger.journals where journal_id = ${second}`],
  ],
  [
    'postings of no journal, balances too',
    'journal-missing',
    [
      `insert into ledger.postings (journal_id, line, account_id, side, amount_fen)
       select '019b0000-0000-7000-8000-000000000000', line, account_id, side, amount_fen from ledger.postings
       where journal_id = ${second}`,
      `update ledger.balances set debit_fen = debit_fen + 100 where account_id = (select account_id from ledger.accounts where code = '${pending}')`,
      `update ledger.balances set credit_fen = credit_fen + 100 where account_id = (select account_id from ledger.accounts where code = '${wang}')`,
    ],
  ],
  [
    'an account given to another person',
    'group-changed',
    [
      `update ledger.accounts set owner = 'x' where code = '${wang}'`,
      `update ledger.accounts set owner = 'wang' where code = '${li}'`,
      `update ledger.accounts set owner = 'li' where owner = 'x'`,
    ],
  ],
  [
    'a balance made larger',
    'balance-wrong',
    [
      `update ledger.balances set credit_fen = credit_fen + 1 where account_id = (select account_id from ledger.accounts where code = '${wang}')`,
    ],
  ],
  ['a hold that nobody made', 'balance-wrong', ['update ledger.balances set held_fen = 1 where credit_fen > 0']],
  [
    'a link taken out',
    'chain-broken, journal-not-linked, journal-not-linked',
    [`delete from ledger.chain where link_no = 2`],
  ],
  ['a link with a new hash', 'chain-broken', [`update ledger.chain set hash = sha256(hash) where link_no = 2`]],
  [
    'a digest made to fit',
    'chain-broken',
    [`update ledger.groups set digest = sha256(digest) where group_no = ${group}`],
  ],
])('%s: %s', async (_, found, statements) => {
  const report = await after(...statements);
  expect([...new Set(kinds(report).split(', '))].join(', ')).toBe([...new Set(found.split(', '))].join(', '));
  expect(report.ok).toBe(false);
});

test('the first bad group is named', async () => {
  const [row] = await owner.query<{ group_no: bigint }>(`select ${group} as group_no`);
  const report = await after(`update ledger.journals set memo = 'x' where journal_id = ${second}`);
  expect(report.faults[0]).toEqual({ what: 'group-changed', group_no: row?.group_no, where: 'link 2' });
});

test('a chain cut short and grown again is found by a link noted down outside', async () => {
  const { head } = await verify(database);
  expect((await verify(database, head)).ok).toBe(true);
  await owner
    .transaction(async (sql) => {
      await sql.query('set local session_replication_role = replica');
      await sql.query(`update ledger.chain set hash = sha256('forged') where link_no = 3`);
      expect((await verify(sql, head)).faults.map((fault) => fault.what)).toContain('anchor-missing');
      throw new Error('undo');
    })
    .catch((fault) => expect(fault).toEqual(new Error('undo')));
});

test('the running system may add, and change nothing but the sums of balances', async () => {
  const { rows } = {
    rows: await owner.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'ledger'`),
  };
  expect(rows.map((row) => row.name).sort()).toEqual([
    'accounts',
    'balances',
    'chain',
    'closings',
    'groups',
    'hold_ends',
    'holds',
    'journals',
    'postings',
  ]);
  for (const { name } of rows) {
    const [column] = await owner.query<{ column: string }>(`select column_name as column from information_schema.columns
      where table_schema = 'ledger' and table_name = '${name}' and is_generated = 'NEVER' and is_identity = 'NO' order by ordinal_position limit 1`);
    await expect(database.query(`delete from ledger.${name}`), name).rejects.toThrow(/permission denied/);
    await expect(database.query(`truncate ledger.${name}`), name).rejects.toThrow(/permission denied/);
    await expect(
      database.query(`update ledger.${name} set ${column?.column} = ${column?.column}`),
      name,
    ).rejects.toThrow(/permission denied/);
  }
  await expect(database.query(`insert into ledger.chain values (9, 1, sha256(''), sha256(''))`)).rejects.toThrow(
    /permission denied/,
  );
  await expect(database.query('update ledger.balances set may_overdraw = true')).rejects.toThrow(/permission denied/);
});

test('the database itself refuses what the poster would never write', async () => {
  const journal = newId();
  const insert = (journal_id: string, lines: string) =>
    database.query(
      `insert into ledger.postings (journal_id, line, account_id, side, amount_fen) select '${journal_id}'::uuid, * from (values ${lines}) as v`,
    );
  const id = async (code: string) =>
    (await database.query<{ account_id: bigint }>('select account_id from ledger.accounts where code = $1', [code]))[0]
      ?.account_id;
  const [a, b] = [await id(wang), await id(pending)];
  await expect(insert(journal, `(1, ${a}, 'D'::"char", 5), (2, ${b}, 'C', 4)`)).rejects.toThrow(/out of balance/);
  await expect(insert(journal, `(1, ${a}, 'D'::"char", 5), (2, 999999, 'C', 5)`)).rejects.toThrow(/unknown account/);
  await expect(insert(journal, `(1, ${a}, 'D'::"char", 0), (2, ${b}, 'C', 0)`)).rejects.toThrow(/amount_fen/);
  const [old] = await database.query<{ id: string }>(`select ${second} as id`);
  await expect(insert(old?.id ?? '', `(3, ${a}, 'D'::"char", 5), (4, ${b}, 'C', 5)`)).rejects.toThrow(
    /cannot take more lines/,
  );
  await expect(insert(journal, `(1, ${b}, 'D'::"char", 5), (2, ${a}, 'C', 5)`)).rejects.toThrow(/is not here/);
  await expect(
    database.transaction(async (sql) => {
      const fingerprint = `sha256('forged')`;
      await sql.query(
        `insert into ledger.groups (group_no, digest, journals, postings)
         values (nextval('ledger.group_numbers'), ${fingerprint}, 1, 4)`,
      );
      await sql.query(
        `insert into ledger.journals (journal_id, idempotency_key, fingerprint, kind, business_date, trace_id, memo, group_no)
         values ($1, 'forged', ${fingerprint}, 'test.forged', '2026-01-05', $1, '', currval('ledger.group_numbers'))`,
        [journal],
      );
      await sql.query(
        `insert into ledger.postings (journal_id, line, account_id, side, amount_fen)
         values ($1, 1, ${b}, 'D', 5), ($1, 2, ${a}, 'C', 5)`,
        [journal],
      );
    }),
    'a group that says it has more postings than it has',
  ).rejects.toThrow(/is not whole/);
  await expect(
    database.query(`update ledger.balances set debit_fen = 1000000 where account_id = ${a}`),
  ).rejects.toThrow(/no_overdraft/);
});
