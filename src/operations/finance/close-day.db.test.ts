import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { defined } from '../../kernel/assert.ts';
import { fen } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { type City, foundCity, Till } from '../payment/city.fixture.ts';
import { authorise, type PaymentRequest, type Settlements } from '../payment/index.ts';
import {
  accountStatement,
  bookList,
  closeDay,
  findVouchers,
  journalDetail,
  journalsOfLine,
  statementsOf,
  voucherDetail,
} from './index.ts';

const { database } = await createTestDatabase();
const settlements: Settlements = { complete: async () => [], reopen: async () => [] };

let city: City;
let till: Till;
beforeAll(async () => {
  city = await foundCity(database, 4, { personal_fen: fen(50_000), card_fen: fen(10_000) });
  till = new Till(city);
});
afterAll(() => city.close());

const pay = (sql: Sql, requests: readonly PaymentRequest[]) =>
  authorise({ keys: city.keys, clock: city.clock, settlements })(sql, requests);
const send = (...requests: PaymentRequest[]) => database.transaction((sql) => pay(sql, requests));
const close = (date: string) => closeDay(database, { date: day(date), by: 'treasurer' });
/** Until a transaction of this database waits for an advisory lock. */
async function someoneWaits(): Promise<void> {
  const waiting = `select from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  await expect.poll(async () => (await database.query(waiting)).length, { timeout: 5_000 }).toBeGreaterThan(0);
}
const vouchers = async () => {
  const { items } = await findVouchers(database, { book: null, date: null, after: null, limit: 50 });
  return items
    .reverse()
    .map(({ number, business_date, kind, amount_fen, journals }) =>
      [number, business_date, kind, amount_fen, journals].join(' '),
    );
};

describe('day-end', () => {
  it('turns the open days into vouchers, once', async () => {
    const [a, b, c] = city.citizens;
    const requests = [a, b].map((citizen, i) => till.purchase(defined(citizen, 'citizen'), 1000 + i, 1));
    const load = till.load(defined(c, 'citizen'), 500, 1, 10_000);
    await send(...requests, load);
    await send(till.reversal(defined(requests[1], 'request')));

    expect(await close('2026-03-02')).toEqual({
      business_date: '2026-03-02',
      outcome: 'closed',
      vouchers: 4,
      journals: 8,
    });
    expect(await close('2026-03-02')).toMatchObject({ outcome: 'nothing_to_do', vouchers: 0 });
    expect(await close('2026-03-01')).toMatchObject({ outcome: 'nothing_to_do' });
    expect(await vouchers()).toEqual([
      '1 2026-03-01 ledger.opening 240000 4',
      '2 2026-03-02 payment.load 500 1',
      '3 2026-03-02 payment.purchase 4002 2',
      '4 2026-03-02 payment.purchase_reversed 2002 1',
    ]);
    expect((await bookList(database))[0]?.closed_through).toBe('2026-03-02');
  });

  it('books what comes after it on the next open day, and numbers go on without a gap', async () => {
    const [, , , d] = city.citizens;
    const [answer] = await send(till.purchase(defined(d, 'citizen'), 250, 1));
    expect(answer).toMatchObject({ response_code: '00', settlement_date: '0303' });
    expect(await close('2026-03-03')).toMatchObject({ outcome: 'closed', vouchers: 1, journals: 1 });
    expect((await vouchers()).at(-1)).toBe('5 2026-03-03 payment.purchase 500 1');
    expect(await close('2026-03-04')).toMatchObject({ outcome: 'closed', vouchers: 0, journals: 0 });
  });

  it('waits for payments that are being written, so that none is left out of its vouchers', async () => {
    const [a, b] = city.citizens;
    const written = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const paying = database.transaction(async (sql) => {
      const answers = await pay(sql, [till.purchase(defined(a, 'citizen'), 10, 2)]);
      written.resolve();
      await gate.promise;
      return answers;
    });
    await written.promise;
    const closing = close('2026-03-05');
    await someoneWaits();
    const meanwhile = send(till.purchase(defined(b, 'citizen'), 10, 2));
    gate.resolve();
    expect([...(await paying), ...(await meanwhile)].map(({ response_code }) => response_code)).toEqual(['00', '00']);
    expect(await closing).toMatchObject({ outcome: 'closed', journals: 1 });
    await close('2026-03-06');
    const [left] = await database.query<{ count: bigint }>(
      `select count(*) from (select journal_id from ledger.journals except select journal_id from finance.voucher_journals) j`,
    );
    expect(left?.count).toBe(0n);
  });

  it('keeps no payment waiting while its vouchers are written', async () => {
    const [, , c, d] = city.citizens;
    await send(till.purchase(defined(c, 'citizen'), 10, 2));
    const { closing } = await database.transaction(async (sql) => {
      // As another day-end would that is at its vouchers.
      await sql.query(`select pg_advisory_xact_lock(hashtext('finance.days'))`);
      const closing = close('2026-03-07');
      await someoneWaits();
      const [answer] = await send(till.purchase(defined(d, 'citizen'), 10, 2));
      expect(answer).toMatchObject({ response_code: '00', settlement_date: '0308' });
      return { closing };
    });
    expect(await closing).toMatchObject({ outcome: 'closed', journals: 1 });
  });

  it('makes the vouchers again when they were lost after the books were closed', async () => {
    const lost = new Error('the power failed');
    const closing = { date: day('2026-03-08'), by: 'treasurer' };
    await expect(closeDay(database, closing, () => Promise.reject(lost))).rejects.toBe(lost);
    expect(await close('2026-03-08')).toMatchObject({ outcome: 'closed', vouchers: 1, journals: 1 });
    expect(await close('2026-03-08')).toMatchObject({ outcome: 'nothing_to_do' });
  });
});

describe('books', () => {
  it('lead from a voucher line to its journals, to the payment, and back', async () => {
    const { items } = await findVouchers(database, {
      book: 'medical-employee',
      date: '2026-03-02',
      after: null,
      limit: 50,
    });
    const voucher = defined(
      items.find(({ kind }) => kind === 'payment.purchase'),
      'voucher',
    );
    const detail = defined(await voucherDetail(database, voucher.voucher_id), 'detail');
    expect(detail.lines.map(({ gl_account, side, amount_fen }) => [gl_account, side, amount_fen])).toEqual([
      ['3001.03', 'debit', '2001'],
      ['5001.03', 'debit', '2001'],
      ['2001.01', 'credit', '2001'],
      ['3001.99', 'credit', '2001'],
    ]);
    const line = defined(detail.lines[2], 'line');
    const first = defined(await journalsOfLine(database, line.line_id, { after: null, limit: 1 }), 'page');
    const second = defined(await journalsOfLine(database, line.line_id, { after: first.next, limit: 1 }), 'page');
    expect([...first.items, ...second.items].map(({ amount_fen }) => amount_fen)).toEqual(['1000', '1001']);
    expect(second.next).toBeNull();
    const journal = defined(await journalDetail(database, second.items[0]?.journal_id ?? ''), 'journal');
    expect(journal.reversed_by).not.toBeNull();
    expect(journal.payment_id).not.toBeNull();
    expect(journal.voucher_lines.map(({ line_id }) => line_id)).toContain(line.line_id);
  });

  it('balance, and the chain of the year holds', async () => {
    const through = await statementsOf(database, 'medical-employee', day('2026-03-06'));
    expect(through.all_days_closed).toBe(true);
    expect(through.trial_balance.balanced).toBe(true);
    expect(through.chain).toMatchObject({ opening_fen: '240000', income_fen: '0', expense_fen: '1270', holds: true });
    const before = await statementsOf(database, 'medical-employee', day('2026-03-02'));
    expect(before.income_statement.expense_fen).toBe('1000');
  });

  it('tell an account line by line', async () => {
    const code = 'medical-employee:5001.03';
    const page = { after: null, limit: 2 };
    const found = defined(await accountStatement(database, code, page, city.clock.now()), 'account');
    expect(found.balance_fen).toBe('1290');
    expect(found.lines.items).toHaveLength(2);
    expect(await accountStatement(database, 'medical-employee:5001.03:X', page, city.clock.now())).toBeNull();
  });
});
