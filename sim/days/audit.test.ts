import { expect, test } from 'vitest';
import type { Statements } from '../../src/operations/finance/contract.ts';
import type { Payment } from '../../src/operations/payment/contract.ts';
import { paymentDifferences, statementDifferences } from './audit.ts';

const name = { zh: '科目', en: 'account' };
const line = (gl_account: string, amount_fen: string) => ({ gl_account, name, amount_fen });
const balance = (gl_account: string, debit_fen: string, credit_fen: string) => ({
  gl_account,
  name,
  opening_fen: '0',
  debit_fen,
  credit_fen,
  closing_fen: '0',
});

/** A fund that took over 1000, received 500 and spent 300, of which 100 is still owed. */
const statements = (): Statements => ({
  book: 'medical_310',
  name,
  from: '2026-01-01',
  through: '2026-03-02',
  all_days_closed: false,
  trial_balance: {
    lines: [balance('1004', '1500', '200'), balance('5001', '300', '0'), balance('2001', '0', '1600')],
    debit_fen: '1800',
    credit_fen: '1800',
    balanced: true,
  },
  balance_sheet: {
    assets: [line('1004', '1300')],
    liabilities: [line('2001', '100')],
    net_assets: [line('3001', '1200')],
    assets_fen: '1300',
    liabilities_fen: '100',
    net_assets_fen: '1200',
  },
  income_statement: {
    income: [line('4001', '500')],
    expense: [line('5001', '300')],
    income_fen: '500',
    expense_fen: '300',
  },
  chain: {
    opening_fen: '1000',
    income_fen: '500',
    expense_fen: '300',
    closing_fen: '1200',
    assets_less_liabilities_fen: '1200',
    holds: true,
  },
});

test('books that add up have no differences', () => {
  expect(statementDifferences(statements())).toEqual([]);
});

test.each<[string, (book: Statements) => unknown, RegExp]>([
  [
    'one fen too much on a debit side',
    (book) => Object.assign(book.trial_balance.lines[0] ?? {}, { debit_fen: '1501' }),
    /debits 1801/,
  ],
  [
    'a total that is not the sum of its lines',
    (book) => Object.assign(book.trial_balance, { debit_fen: '1900' }),
    /1900 shown/,
  ],
  ['an asset without a claim', (book) => book.balance_sheet.assets.push(line('1002', '1')), /assets 1301/],
  ['a closing that nobody can derive', (book) => Object.assign(book.chain, { closing_fen: '1199' }), /give 1200/],
])('%s is named, whatever the statement says of itself', (_, spoil, words) => {
  const spoilt = statements();
  spoil(spoilt);
  expect(statementDifferences(spoilt).join('\n')).toMatch(words);
});

const approved = { trace_id: 't1', settlement_no: 'S1', amount_fen: '500' };
const payment = (change: Partial<Payment> = {}): Payment =>
  ({ kind: 'purchase', state: 'chip_confirmed', ...approved, ...change }) as Payment;

test.each<[string, Payment[], RegExp | null]>([
  ['confirmed by the chip', [payment()], null],
  ['approved, proof on its way', [payment({ state: 'approved' })], null],
  ['with the load before it', [payment({ kind: 'load', settlement_no: null }), payment()], null],
  ['declined first, then paid', [payment({ state: 'declined' }), payment()], null],
  ['nowhere', [], /0 at the centre/],
  ['twice', [payment(), payment()], /2 at the centre/],
  ['reversed', [payment({ state: 'reversed' })], /0 at the centre/],
  ['of another amount', [payment({ amount_fen: '501' })], /501 at the centre/],
  ['of another trace', [payment({ trace_id: 't2' })], /another trace/],
])('a payment seen approved, at the centre %s', (_, payments, words) => {
  const found = paymentDifferences([approved], payments);
  if (words) expect(found.join('\n')).toMatch(words);
  else expect(found).toEqual([]);
});
