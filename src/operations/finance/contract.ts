import Type from 'typebox';
import {
  DayText,
  FenText,
  IdText,
  InstantText,
  Names,
  PageQuery,
  page,
  type RefusalTable,
} from '../../platform/http/contract.ts';

export { journalNames } from './journal-names.ts';

/** A book is the set of accounts of one fund (财会〔2017〕28号: separate books per fund). */
export const Book = Type.Object({
  book: Type.String(),
  name: Names,
  /** Last closed business date, null before the first day-end. */
  closed_through: Type.Union([DayText, Type.Null()]),
});
export const Books = Type.Object({ items: Type.Array(Book) });

export const FinanceDay = Type.Object({
  business_date: DayText,
  state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  closed_at: Type.Union([InstantText, Type.Null()]),
  closed_by: Type.Union([Type.String(), Type.Null()]),
  journals: Type.Integer(),
  vouchers: Type.Integer(),
  /** Sum of the debit sides; the credit sides are the same, or the day would not close. */
  turnover_fen: FenText,
});
/** GET /api/finance/days, newest first. */
export const FinanceDays = Type.Object({ items: Type.Array(FinanceDay) });

/** POST /api/finance/days/:date/close */
export const CloseResult = Type.Object({
  business_date: DayText,
  outcome: Type.Union([Type.Literal('closed'), Type.Literal('nothing_to_do')]),
  vouchers: Type.Integer(),
  journals: Type.Integer(),
});
export type CloseResult = Type.Static<typeof CloseResult>;

export const SideText = Type.Union([Type.Literal('debit'), Type.Literal('credit')]);

export const Voucher = Type.Object({
  voucher_id: IdText,
  book: Type.String(),
  year: Type.Integer(),
  /** Without gaps in its book and year. */
  number: Type.Integer(),
  business_date: DayText,
  /** Kind of the journals it gathers. */
  kind: Type.String(),
  name: Names,
  amount_fen: FenText,
  journals: Type.Integer(),
});
export type Voucher = Type.Static<typeof Voucher>;

export const VoucherLine = Type.Object({
  line_id: IdText,
  line: Type.Integer(),
  gl_account: Type.String(),
  name: Names,
  side: SideText,
  amount_fen: FenText,
  journals: Type.Integer(),
});
/** GET /api/finance/vouchers/:id */
export const VoucherDetail = Type.Object({
  ...Voucher.properties,
  lines: Type.Array(VoucherLine),
});
export type VoucherDetail = Type.Static<typeof VoucherDetail>;

/** GET /api/finance/vouchers, newest first. */
export const VoucherQuery = Type.Object({
  ...PageQuery.properties,
  book: Type.Optional(Type.String({ maxLength: 40 })),
  date: Type.Optional(DayText),
});
export const VoucherPage = page(Voucher);

export const JournalSummary = Type.Object({
  journal_id: IdText,
  kind: Type.String(),
  name: Names,
  business_date: DayText,
  at: InstantText,
  trace_id: Type.Union([IdText, Type.Null()]),
  /** Sum posted to the account that was asked for, or the debit sum of the journal. */
  amount_fen: FenText,
  settlement_no: Type.Union([Type.String(), Type.Null()]),
  payment_id: Type.Union([IdText, Type.Null()]),
});
/** GET /api/finance/voucher-lines/:id/journals */
export const JournalPage = page(JournalSummary);

export const PostingView = Type.Object({
  book: Type.String(),
  gl_account: Type.String(),
  name: Names,
  /** Code of the ledger account: gl account and whose it is. */
  account: Type.String(),
  side: SideText,
  amount_fen: FenText,
});
/** GET /api/finance/journals/:id */
export const JournalDetail = Type.Object({
  ...JournalSummary.properties,
  reverses: Type.Union([IdText, Type.Null()]),
  reversed_by: Type.Union([IdText, Type.Null()]),
  postings: Type.Array(PostingView),
  /** Empty while the day is open. */
  voucher_lines: Type.Array(
    Type.Object({
      line_id: IdText,
      voucher_id: IdText,
      book: Type.String(),
      year: Type.Integer(),
      number: Type.Integer(),
    }),
  ),
});
export type JournalDetail = Type.Static<typeof JournalDetail>;

export const StatementLine = Type.Object({ gl_account: Type.String(), name: Names, amount_fen: FenText });
export const TrialBalanceLine = Type.Object({
  gl_account: Type.String(),
  name: Names,
  opening_fen: FenText,
  debit_fen: FenText,
  credit_fen: FenText,
  closing_fen: FenText,
});

/** GET /api/finance/statements/:book?through= : 资产负债表 and 收支表 of one fund, from 1 January through a day. */
export const Statements = Type.Object({
  book: Type.String(),
  name: Names,
  from: DayText,
  through: DayText,
  /** Postings of days not yet closed are counted too; false says that there are some. */
  all_days_closed: Type.Boolean(),
  trial_balance: Type.Object({
    lines: Type.Array(TrialBalanceLine),
    debit_fen: FenText,
    credit_fen: FenText,
    balanced: Type.Boolean(),
  }),
  balance_sheet: Type.Object({
    assets: Type.Array(StatementLine),
    liabilities: Type.Array(StatementLine),
    net_assets: Type.Array(StatementLine),
    assets_fen: FenText,
    liabilities_fen: FenText,
    net_assets_fen: FenText,
  }),
  income_statement: Type.Object({
    income: Type.Array(StatementLine),
    expense: Type.Array(StatementLine),
    income_fen: FenText,
    expense_fen: FenText,
  }),
  /** opening + income − expense = closing = assets − liabilities */
  chain: Type.Object({
    opening_fen: FenText,
    income_fen: FenText,
    expense_fen: FenText,
    closing_fen: FenText,
    assets_less_liabilities_fen: FenText,
    holds: Type.Boolean(),
  }),
});
export type Statements = Type.Static<typeof Statements>;
export const StatementQuery = Type.Object({ through: Type.Optional(DayText) });

/** GET /api/finance/accounts/:code/statement, newest first; `code` is a ledger account's code. */
export const LedgerAccountStatement = Type.Object({
  account: Type.String(),
  book: Type.String(),
  gl_account: Type.String(),
  name: Names,
  balance_fen: FenText,
  as_of: InstantText,
  lines: page(
    Type.Object({
      line_id: Type.String(),
      journal_id: IdText,
      kind: Type.String(),
      name: Names,
      business_date: DayText,
      at: InstantText,
      side: SideText,
      amount_fen: FenText,
      trace_id: Type.Union([IdText, Type.Null()]),
    }),
  ),
});
export type LedgerAccountStatement = Type.Static<typeof LedgerAccountStatement>;

export const financeRefusals = {
  'finance.book_unknown': { status: 404, zh: '没有账套 {book}', en: 'There is no book {book}.' },
  'finance.voucher_unknown': { status: 404, zh: '没有这张凭证', en: 'There is no such voucher.' },
  'finance.line_unknown': { status: 404, zh: '没有这条凭证分录', en: 'There is no such voucher line.' },
  'finance.journal_unknown': { status: 404, zh: '没有这笔分录', en: 'There is no such journal.' },
  'finance.account_unknown': { status: 404, zh: '没有账户 {account}', en: 'There is no account {account}.' },
  'finance.day_not_begun': {
    status: 409,
    zh: '业务日 {date} 尚未开始，不能日结',
    en: '{date} has not begun; it cannot be closed.',
  },
} as const satisfies RefusalTable;
