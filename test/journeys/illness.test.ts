import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../../src/apps/client/api.ts';
import { type Book, books, institutionPayable } from '../../src/core/ledger/contract.ts';
import { balances, exportHledger, trialBalance, verify } from '../../src/core/ledger/index.ts';
import { chipUpload } from '../../src/field/desk/index.ts';
import { formatYuan, subtract } from '../../src/kernel/money.ts';
import type { CloseResult, Statements } from '../../src/operations/finance/contract.ts';
import type { PersonAccount } from '../../src/operations/payment/contract.ts';
import { stations, type Trace } from '../../src/operations/trace/contract.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/identity.ts';
import type { Preview, SettlementView } from '../../src/schemes/medical/contract.ts';
import { aCold, type Desk, lineOf, today } from './support/desk.ts';
import { Platform } from './support/platform.ts';
import type { Till } from './support/till.ts';

let platform: Platform;
let hospital: Desk;
let till: Till;
let citizen: ApiClient;
let finance: ApiClient;
let inspector: ApiClient;
/** The one settlement of this story, and the trace that runs through it. */
let bill: SettlementView;
let trace_id: string;

beforeAll(async () => {
  platform = await Platform.start();
  hospital = await platform.desk('hospital');
  till = await platform.till(hospital);
  [citizen, finance, inspector] = await Promise.all([
    platform.signIn('citizen'),
    platform.signIn('finance'),
    platform.signIn('inspector'),
  ]);
});
afterAll(() => platform?.close());

const fenOf = (text: string): bigint => BigInt(text);

test('An Ping falls ill: the visit is registered, billed, previewed and settled as previewed', async () => {
  const visit = await hospital.register(aCold({ card_number: platform.cardOf('employed') }));
  const [drug, service] = [await hospital.plainItem('drug'), await hospital.plainItem('service', 20_000n)];
  await hospital.bill(visit, [lineOf(drug, '4.80', '6'), lineOf(service, '195.50', '6')]);
  const preview = await hospital.api.send<Preview>('POST', `/api/visits/${visit.visit_id}/preview`, {
    use_account: true,
  });
  bill = await hospital.settle(visit);
  trace_id = bill.trace_id;
  expect(bill).toMatchObject({ state: 'awaiting_card', amounts: preview.amounts, reasons: preview.reasons });
  const { total_fen, fund_fen, personal_fen, account_fen, cash_fen } = bill.amounts;
  expect(total_fen).toBe('120180');
  // Enough for the fund to bear a part: its journal belongs to the story.
  expect(fenOf(fund_fen)).toBeGreaterThan(0n);
  expect(fenOf(fund_fen) + fenOf(personal_fen)).toBe(fenOf(total_fen));
  expect(fenOf(account_fen) + fenOf(cash_fen)).toBe(fenOf(personal_fen));
});

test('the card pays what the account owes, and the receipt says so', async () => {
  till.insert(await platform.chip(platform.cardOf('employed')));
  const { settlement_no, amounts } = bill;
  const paid = await till.pay({ settlement_no, amount_fen: amounts.account_fen, trace_id });
  if (!paid.paid) throw new Error(`not paid: ${paid.code} ${paid.response_code}`);
  for (const slip of [paid.receipt.zh, paid.receipt.en]) {
    expect(slip).toContain(settlement_no);
    expect(slip).toContain(formatYuan(paid.amount_fen));
    expect(slip).toContain(paid.reference);
  }
  await platform.asDevice(`/api/traces/${trace_id}/chip`, chipUpload(till.device.terminal_id, newId(), till.events));
  bill = await hospital.settlement(bill);
  expect(bill).toMatchObject({ state: 'settled', payment_trace_id: trace_id });
});

test('the citizen sees what left the account, and why this amount', async () => {
  const account = await citizen.get<PersonAccount>('/api/my/account');
  const out = account.statement.items.find(({ settlement_no }) => settlement_no === bill.settlement_no);
  expect(out?.amount_fen).toBe(`-${bill.amounts.account_fen}`);
  const mine = await citizen.get<SettlementView>(`/api/settlements/${bill.settlement_id}`);
  expect(mine.reasons.map(({ step }) => step)).toContain('eligibility.met');
  expect(mine.reasons.some(({ law }) => law !== null)).toBe(true);
});

test('the day is closed: vouchers, and statements that hold', async () => {
  const closed = await finance.send<CloseResult>('POST', `/api/finance/days/${today()}/close`, {});
  expect(closed.outcome).toBe('closed');
  const statements = await finance.get<Statements>('/api/finance/statements/medical-employee');
  expect(statements).toMatchObject({
    all_days_closed: true,
    trial_balance: { balanced: true },
    chain: { holds: true },
  });
  const benefits = statements.income_statement.expense.filter(({ gl_account }) => gl_account.startsWith('5001'));
  const spent = benefits.reduce((sum, { amount_fen }) => sum + fenOf(amount_fen), 0n);
  expect(spent).toBe(fenOf(bill.amounts.fund_fen) + fenOf(bill.amounts.account_fen));
  const owed = institutionPayable('medical-employee', bill.institution.code);
  expect((await balances(platform.database, [owed])).get(owed)?.balance_fen).toBe(spent);
});

test('forwards: one trace id leads from the tap to the voucher', async () => {
  const read = () => inspector.get<Trace>(`/api/traces/${trace_id}`);
  // The wire is written down a little after it was answered.
  await expect.poll(async () => (await read()).stations.wire.entries.length).toBeGreaterThanOrEqual(8);
  const trace = await read();
  expect(trace).toMatchObject({ failure: null, settlement_no: bill.settlement_no });
  for (const station of stations) expect(trace.stations[station], station).toMatchObject({ state: 'done' });
  expect(trace.stations.wire.entries.map(({ mti }) => mti)).toEqual(
    // Load with its TAC, purchase with its TAC.
    ['0200', '0210', '0320', '0330', '0200', '0210', '0320', '0330'],
  );
  expect(trace.stations.decision.entries.map(({ kind }) => kind)).toContain('settlement');
});

test('backwards: every voucher line, journal, payment and settlement leads to the same trace', async () => {
  const { stations: at, payment_id } = await inspector.get<Trace>(`/api/traces/${trace_id}`);
  const ways = [
    ...at.books.entries.map(({ line_id }) => `voucher_line=${line_id}`),
    ...at.ledger.entries.map(({ journal_id }) => `journal=${journal_id}`),
    `settlement=${bill.settlement_no}`,
    `payment=${payment_id}`,
  ];
  // Load, purchase and the fund's part, in two lines each at least.
  expect(ways.length).toBeGreaterThanOrEqual(8);
  for (const way of ways) {
    const { items } = await inspector.get<{ items: { trace_id: string }[] }>(`/api/traces?${way}`);
    expect([...new Set(items.map((item) => item.trace_id))], way).toEqual([trace_id]);
  }
});

test('the ledger verifies, and hledger finds the same balances, fund by fund', async ({ skip }) => {
  expect(await verify(platform.database)).toMatchObject({ ok: true, faults: [] });
  let journal = '';
  await exportHledger(platform.database, (text) => {
    journal += text;
  });
  const hledger = (...values: string[]) =>
    spawnSync('hledger', ['-f', '-', ...values], { input: journal, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (hledger('--version').error) skip('hledger is not installed: its word on our books was not heard');
  expect(hledger('check', '--strict').stderr).toBe('');
  for (const book of Object.keys(books) as Book[]) {
    const { rows } = await trialBalance(platform.database, { book, through: systemClock.today() });
    const ours = rows
      .map((row) => `"${book}:${row.gl_code}","CNY ${formatYuan(subtract(row.debit_fen, row.credit_fen))}"`)
      .filter((line) => !line.endsWith('CNY 0.00"'));
    const theirs = hledger('balance', '--depth=2', '--flat', '--no-total', '-O', 'csv', `^${book}:`).stdout;
    expect(theirs.split('\n').slice(1).filter(Boolean), book).toEqual(ours);
  }
});
