import { expect, test } from 'vitest';
import type { Id } from '../../kernel/identifiers.ts';
import { type Fen, fen, formatYuan, yuan } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { type AccountCode, credit, debit, type HoldId, type JournalDraft, type JournalId } from './contract.ts';
import { type Candidate, decideGroup, type Known, type KnownAccount } from './posting.rules.ts';

const today = '2026-01-05';
const wang = 'medical-employee:3001.02:wang' as AccountCode;
const li = 'medical-employee:3001.02:li' as AccountCode;
const pending = 'medical-employee:3001.99' as AccountCode;
const pension = 'pension-employee:3001.01' as AccountCode;
const hold = 'hold-of-30-on-wang' as HoldId;
const oldHold = 'ended-hold' as HoldId;

const account = (account_id: bigint, book: string, available: Fen | null): KnownAccount => ({
  account_id,
  book,
  guard: available === null ? null : { normal_side: 'credit', available_fen: available },
});

/** Wang has 70.00 to spend and 30.00 held, Li nothing; the fund's own accounts are not watched. */
const known: Known = {
  accounts: new Map([
    [wang, account(1n, 'medical-employee', yuan('70.00'))],
    [li, account(2n, 'medical-employee', yuan('0.00'))],
    [pending, account(3n, 'medical-employee', null)],
    [pension, account(4n, 'pension-employee', null)],
  ]),
  journals: new Map([['old', { journal_id: 'old-journal' as JournalId, fingerprint: 'old-content' }]]),
  reversed: new Set(['reversed-journal' as JournalId]),
  holds: new Map([
    [hold, { account: wang, amount_fen: yuan('30.00'), ended: false }],
    [oldHold, { account: wang, amount_fen: yuan('10.00'), ended: true }],
  ]),
  closed_through: new Map([['medical-employee', day('2026-01-04')]]),
};

type Move = Partial<JournalDraft> & { from?: AccountCode; to?: AccountCode; amount?: string; fingerprint?: string };

let made = 0;
function move(of: Move): Candidate {
  const { from = wang, to = pending, amount = '1.00', fingerprint, ...rest } = of;
  const key = rest.key ?? `key-${++made}`;
  const postings = [debit(from, yuan(amount)), credit(to, yuan(amount))];
  const base = { kind: 'test', business_date: day(today), trace_id: 'trace' as Id<'trace'>, postings };
  return {
    draft: { ...base, ...rest, key },
    journal_id: `journal-${key}` as JournalId,
    fingerprint: fingerprint ?? `content of ${key}`,
  };
}

/** The answers to a group in one line: "posted, refused funds". */
function answers(...moves: Move[]): string {
  return decideGroup(moves.map(move), known)
    .map((result) => (result.outcome === 'refused' ? result.refusal.code.replace('ledger.', '') : result.outcome))
    .join(', ');
}

const unbalanced = [debit(wang, fen(100)), credit(pending, fen(99))];
const acrossBooks = [debit(wang, fen(100)), credit(pension, fen(100))];
const nobody = 'medical-employee:3001.02:nobody' as AccountCode;

test.each<[why: string, moves: Move[], answers: string]>([
  ['all that is there may be spent', [{ amount: '70.00' }], 'posted'],
  ['one fen more may not', [{ amount: '70.01' }], 'insufficient_funds'],
  [
    'what an earlier draft of the group took is gone',
    [{ amount: '70.00' }, { amount: '0.01' }],
    'posted, insufficient_funds',
  ],
  ['a refused draft takes nothing', [{ amount: '70.01' }, { amount: '70.00' }], 'insufficient_funds, posted'],
  [
    'what an earlier draft brought may be spent',
    [
      { to: li, amount: '5.00' },
      { from: li, amount: '5.00' },
    ],
    'posted, posted',
  ],
  [
    'but not before it came',
    [
      { from: li, amount: '5.00' },
      { to: li, amount: '5.00' },
    ],
    'insufficient_funds, posted',
  ],
  ['the fund’s own account may run below zero', [{ from: pending, to: li, amount: '999999.00' }], 'posted'],
  ['same key and content: the journal of before', [{ key: 'old', fingerprint: 'old-content' }], 'repeated'],
  ['same key, other content', [{ key: 'old', fingerprint: 'new' }], 'idempotency_conflict'],
  [
    'the same key twice in a group is posted once',
    [
      { key: 'a', amount: '40.00' },
      { key: 'a', amount: '40.00' },
    ],
    'posted, repeated',
  ],
  ['and its other content is refused', [{ key: 'b' }, { key: 'b', fingerprint: 'x' }], 'posted, idempotency_conflict'],
  [
    'a refused key may be used again',
    [
      { key: 'c', amount: '71.00' },
      { key: 'c', amount: '70.00' },
    ],
    'insufficient_funds, posted',
  ],
  ['debit and credit must be equal', [{ postings: unbalanced }], 'unbalanced'],
  ['in each book by itself', [{ postings: acrossBooks }], 'unbalanced'],
  ['a journal without lines', [{ postings: [] }], 'unbalanced'],
  ['amount zero', [{ amount: '0.00' }], 'amount_not_positive'],
  ['amount below zero', [{ amount: '-1.00' }], 'amount_not_positive'],
  ['an account that does not exist', [{ from: nobody }], 'unknown_account'],
  ['the day after the closed one', [{ business_date: day('2026-01-05') }], 'posted'],
  ['the closed day', [{ business_date: day('2026-01-04') }], 'closed_day'],
  [
    'another book is open',
    [{ business_date: day('2026-01-04'), postings: [debit(pension, fen(1)), credit(pension, fen(1))] }],
    'posted',
  ],
  ['a journal is reversed once', [{ reverses: 'reversed-journal' as JournalId }], 'already_reversed'],
  ['also within a group', [{ reverses: 'j' as JournalId }, { reverses: 'j' as JournalId }], 'posted, already_reversed'],
  ['a captured hold frees its money for this journal', [{ captures: hold, amount: '100.00' }], 'posted'],
  ['but no more than was held', [{ captures: hold, amount: '100.01' }], 'insufficient_funds'],
  [
    'and leaves the rest free',
    [{ captures: hold, amount: '20.00' }, { amount: '80.00' }, { amount: '0.01' }],
    'posted, posted, insufficient_funds',
  ],
  ['a hold is captured once', [{ captures: hold }, { captures: hold }], 'posted, hold_ended'],
  ['an ended hold', [{ captures: oldHold }], 'hold_ended'],
  ['a hold that never was', [{ captures: 'no' as HoldId }], 'unknown_hold'],
  [
    'a refused capture leaves the hold',
    [
      { captures: hold, amount: '101.00' },
      { captures: hold, amount: '100.00' },
    ],
    'insufficient_funds, posted',
  ],
])('%s', (_, moves, expected) => {
  expect(answers(...moves)).toBe(expected);
});

test('a refusal says what is missing', () => {
  const [result] = decideGroup([move({ amount: '100.00' })], known);
  expect(result).toMatchObject({ outcome: 'refused', refusal: { detail: { account: wang } } });
  const detail = result?.outcome === 'refused' ? result.refusal.detail : {};
  expect(formatYuan(detail.available_fen as Fen)).toBe('70.00');
  expect(formatYuan(detail.missing_fen as Fen)).toBe('30.00');
});

test('the earlier fault in the order of precedence is the answer', () => {
  const both = [debit(nobody, fen(100)), credit(pending, fen(0))];
  expect(answers({ postings: both })).toBe('amount_not_positive');
  expect(answers({ business_date: day('2026-01-04'), amount: '71.00' })).toBe('closed_day');
});
