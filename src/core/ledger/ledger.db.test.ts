import { spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { type Fen, fen, formatYuan, yuan } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { newId } from '../../platform/identity.ts';
import {
  type AccountCode,
  type Book,
  books,
  cardAccount,
  credit,
  debit,
  fundAccount,
  institutionPayable,
  type JournalDraft,
  type PostResult,
  personalAccount,
} from './contract.ts';
import * as ledger from './index.ts';

const { database } = await createTestDatabase();

const today = day('2026-01-05');
const book = 'medical-employee';
const pending = fundAccount(book, '3001.99');
const expense = fundAccount(book, '5001.03');
const hospital = institutionPayable(book, 'H0001');

let made = 0;
const draft = (postings: JournalDraft['postings'], more: Partial<JournalDraft> = {}): JournalDraft => ({
  key: `test:${++made}`,
  kind: 'test.moved',
  business_date: today,
  trace_id: newId(),
  postings,
  ...more,
});
let attempts = 0;
const post = (...drafts: JournalDraft[]) =>
  database.transaction((sql) => {
    attempts++;
    return ledger.post(sql, drafts);
  });
const outcome = (result: PostResult | undefined) =>
  result?.outcome === 'refused' ? result.refusal.code : result?.outcome;
const posted = (result: PostResult | undefined) => {
  if (result?.outcome !== 'posted') throw new Error(`not posted: ${JSON.stringify(result)}`);
  return result.journal_id;
};

/** A fresh personal account with this much in it. */
async function person(name: string, amount: string): Promise<AccountCode> {
  const account = personalAccount(book, name);
  await database.transaction((sql) => ledger.openAccounts(sql, [{ account, opened_on: today }]));
  posted((await post(draft([debit(pending, yuan(amount)), credit(account, yuan(amount))])))[0]);
  return account;
}
const availableIn = async (account: AccountCode) =>
  formatYuan((await ledger.balances(database, [account])).get(account)?.available_fen ?? fen(-1));

beforeAll(async () => {
  const accounts = [
    pending,
    expense,
    hospital,
    fundAccount('pension-employee', '1004'),
    fundAccount('pension-employee', '4201'),
  ];
  await database.transaction((sql) =>
    ledger.openAccounts(
      sql,
      accounts.map((account) => ({ account, opened_on: today })),
    ),
  );
});

test('accounts are opened once', async () => {
  const account = cardAccount(book, 'once');
  const open = () => database.transaction((sql) => ledger.openAccounts(sql, [{ account, opened_on: today }]));
  expect([await open(), await open()]).toEqual([1, 0]);
});

test('a purchase moves the fund’s books and the person’s account in one journal', async () => {
  const wang = await person('wang', '100.00');
  const [result] = await post(
    draft([
      debit(expense, yuan('12.34')),
      credit(hospital, yuan('12.34')),
      debit(wang, yuan('12.34')),
      credit(pending, yuan('12.34')),
    ]),
  );
  expect(outcome(result)).toBe('posted');
  expect(await availableIn(wang)).toBe('87.66');
  expect(await availableIn(hospital)).toBe('12.34');
});

test('the same key with the same content is the same journal, with other content it is refused', async () => {
  const first = draft([debit(pending, fen(5)), credit(expense, fen(5))]);
  const journal_id = posted((await post(first))[0]);
  expect((await post({ ...first, trace_id: newId() }))[0]).toEqual({ outcome: 'repeated', journal_id });
  expect(outcome((await post({ ...first, memo: 'other' }))[0])).toBe('ledger.idempotency_conflict');
});

test('the same key at the same moment is posted once', async () => {
  const same = draft([debit(pending, fen(7)), credit(expense, fen(7))]);
  const results = await Promise.all(Array.from({ length: 6 }, () => post(same)));
  expect(results.map(([result]) => outcome(result)).sort()).toEqual(['posted', ...Array(5).fill('repeated')]);
});

test('what is refused leaves the others of its group alone', async () => {
  const poor = await person('poor', '1.00');
  const take = (amount: Fen) => draft([debit(poor, amount), credit(pending, amount)]);
  expect((await post(take(fen(60)), take(fen(60)), take(fen(40)))).map(outcome)).toEqual([
    'posted',
    'ledger.insufficient_funds',
    'posted',
  ]);
});

test('many writers at once never overdraw an account and lose nothing', async () => {
  const shared = await person('shared', '50.00');
  const other = await person('other', '0.01');
  const before = attempts;
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      // Both directions, so that groups that locked in their own order would wait for each other in a ring.
      i % 4 === 3
        ? post(
            draft([debit(pending, fen(1)), credit(other, fen(1))]),
            draft([debit(pending, fen(1)), credit(shared, fen(1))]),
          )
        : post(
            draft([debit(shared, fen(300)), credit(pending, fen(300))]),
            draft([debit(other, fen(1)), credit(pending, fen(1))]),
          ),
    ),
  );
  const spent = results.filter((group, i) => i % 4 !== 3 && outcome(group[0]) === 'posted').length;
  expect(spent).toBe(16);
  expect(await availableIn(shared)).toBe(formatYuan(fen(5000 - 300 * spent + 10)));
  expect((await ledger.verify(database)).faults).toEqual([]);
  expect(attempts, 'no group waited for another in a ring').toBe(before + results.length);
});

test('a journal is reversed once, and only while the money is there', async () => {
  const zhao = await person('zhao', '10.00');
  const paid = posted((await post(draft([debit(zhao, yuan('4.00')), credit(pending, yuan('4.00'))])))[0]);
  const reverse = (journal_id = paid, key = newId<'key'>() as string) =>
    database.transaction((sql) => ledger.reverse(sql, { key, journal_id, business_date: today, trace_id: newId() }));
  const results = await Promise.all([reverse(), reverse(), reverse(paid, 'same'), reverse(paid, 'same')]);
  expect(results.filter((result) => result.outcome === 'posted')).toHaveLength(1);
  expect(await availableIn(zhao)).toBe('10.00');

  const load = posted((await post(draft([debit(pending, yuan('5.00')), credit(zhao, yuan('5.00'))])))[0]);
  await post(draft([debit(zhao, yuan('14.00')), credit(pending, yuan('14.00'))]));
  expect(outcome(await reverse(load))).toBe('ledger.insufficient_funds');
  expect(outcome(await reverse(newId()))).toBe('ledger.unknown_journal');
});

test('held money cannot be spent until it is released or captured', async () => {
  const sun = await person('sun', '100.00');
  const spend = (amount: string, more = {}) => draft([debit(sun, yuan(amount)), credit(pending, yuan(amount))], more);
  const request = { key: 'hold-sun', account: sun, amount_fen: yuan('80.00'), business_date: today, trace_id: newId() };
  const hold = (more = {}) => database.transaction((sql) => ledger.hold(sql, { ...request, ...more }));
  const held = await hold();
  if (held.outcome === 'refused') throw new Error(held.refusal.code);
  const { hold_id } = held;

  expect(await hold()).toEqual({ outcome: 'repeated', hold_id });
  expect(await hold({ amount_fen: fen(1) })).toMatchObject({ refusal: { code: 'ledger.idempotency_conflict' } });
  expect(await hold({ key: 'more', amount_fen: yuan('20.01') })).toMatchObject({
    refusal: { code: 'ledger.insufficient_funds' },
  });
  expect(outcome((await post(spend('20.01')))[0])).toBe('ledger.insufficient_funds');

  const capture = (amount: string) => database.transaction((sql) => ledger.capture(sql, hold_id, spend(amount)));
  expect((await Promise.all([capture('75.00'), capture('75.00')])).map(outcome).sort()).toEqual([
    'ledger.hold_ended',
    'posted',
  ]);
  expect(await availableIn(sun)).toBe('25.00');
  expect(await database.transaction((sql) => ledger.release(sql, hold_id))).toMatchObject({
    refusal: { code: 'ledger.hold_ended' },
  });

  const second = await hold({ key: 'second', amount_fen: yuan('25.00') });
  if (second.outcome === 'refused') throw new Error(second.refusal.code);
  expect(await availableIn(sun)).toBe('0.00');
  for (const _ of [1, 2]) {
    expect(await database.transaction((sql) => ledger.release(sql, second.hold_id))).toEqual({ outcome: 'released' });
  }
  expect(await availableIn(sun)).toBe('25.00');
});

test('a closed day takes no more journals, the day after does', async () => {
  const line = [
    debit(fundAccount('pension-employee', '1004'), fen(9)),
    credit(fundAccount('pension-employee', '4201'), fen(9)),
  ];
  await database.transaction((sql) =>
    ledger.closeThrough(sql, { book: 'pension-employee', through: day('2025-12-31') }),
  );
  expect(outcome((await post(draft(line, { business_date: day('2025-12-31') })))[0])).toBe('ledger.closed_day');
  expect(outcome((await post(draft(line, { business_date: day('2026-01-01') })))[0])).toBe('posted');
});

test('a statement shows each balance, page by page', async () => {
  const qian = await person('qian', '10.00');
  for (const amount of ['1.00', '2.00', '3.00'])
    await post(draft([debit(qian, yuan(amount)), credit(pending, yuan(amount))]));
  const first = await ledger.statement(database, qian, { limit: 3 });
  expect(first?.lines.map((line) => [line.side, line.amount_fen, line.balance_fen])).toEqual([
    ['debit', '300', '400'],
    ['debit', '200', '700'],
    ['debit', '100', '900'],
  ]);
  const second = await ledger.statement(database, qian, { limit: 3, after: first?.next ?? '' });
  expect(second?.lines.map((line) => [line.side, line.amount_fen, line.balance_fen])).toEqual([
    ['credit', '1000', '1000'],
  ]);
  expect(second?.next).toBeNull();
  expect(await ledger.statement(database, personalAccount(book, 'nobody'), { limit: 3 })).toBeNull();
});

test('the trial balance counts business days, not days of recording', async () => {
  const before = await ledger.trialBalance(database, { book, through: today });
  await post(
    draft([debit(expense, yuan('8.00')), credit(hospital, yuan('8.00'))], { business_date: day('2026-01-06') }),
  );
  expect(await ledger.trialBalance(database, { book, through: today })).toEqual(before);
  const after = await ledger.trialBalance(database, { book, through: day('2026-01-06') });
  expect(after.debit_fen - before.debit_fen).toBe(800n);
  expect(after.debit_fen).toBe(after.credit_fen);
});

test('hledger reads the export and finds the same balances, fund by fund', async ({ skip }) => {
  let text = '';
  await ledger.exportHledger(database, (piece) => {
    text += piece;
  });
  expect(text).toMatch(/^2026-01-05 test\.moved {2}; journal:[0-9a-f-]{36}, key:test:\d+$/m);
  expect(text).toContain('    medical-employee:3001.02:wang  CNY -100.00');
  const hledger = (...args: string[]) => spawnSync('hledger', ['-f', '-', ...args], { input: text, encoding: 'utf8' });
  if (hledger('--version').error)
    skip('hledger is not installed: its agreement with the trial balance was not checked');
  expect(hledger('check', '--strict').stderr).toBe('');
  for (const book of Object.keys(books) as Book[]) {
    const { rows } = await ledger.trialBalance(database, { book, through: day('2999-12-31') });
    const ours = rows
      .map((row) => [`${book}:${row.gl_code}`, formatYuan((row.debit_fen - row.credit_fen) as Fen)])
      .filter(([, amount]) => amount !== '0.00');
    const theirs = hledger('balance', '--depth', '2', '--flat', '--no-total', '-O', 'csv', `^${book}:`)
      .stdout.split('\n')
      .slice(1)
      .filter(Boolean)
      .map((line) => [...line.matchAll(/"([^"]*)"/g)].map(([, cell]) => cell?.replace('CNY ', '')));
    expect(theirs).toEqual(ours);
  }
});
