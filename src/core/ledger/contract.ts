import Type from 'typebox';
import type { Refusal } from '../../kernel/decision.ts';
import type { Id } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { AccountCode, Book } from './accounts.ts';
import type { GlCode, Side } from './chart.ts';

export {
  type AccountCode,
  type AccountParts,
  type Book,
  books,
  cardAccount,
  fundAccount,
  institutionPayable,
  isBook,
  parseAccountCode,
  personalAccount,
} from './accounts.ts';
export {
  chart,
  type Element,
  type GeneralLedgerAccount,
  type GlCode,
  isGlCode,
  mayOverdraw,
  normalSide,
  type Side,
} from './chart.ts';

export type JournalId = Id<'journal'>;
export type HoldId = Id<'hold'>;

export type Posting = { readonly account: AccountCode; readonly side: Side; readonly amount_fen: Fen };
export const debit = (account: AccountCode, amount_fen: Fen): Posting => ({ account, side: 'debit', amount_fen });
export const credit = (account: AccountCode, amount_fen: Fen): Posting => ({ account, side: 'credit', amount_fen });

/** What a caller asks to be posted. It may touch several books and must balance in each. */
export type JournalDraft = {
  /** Idempotency key, made by the caller before the first attempt and kept for every repeat. */
  readonly key: string;
  /** What happened, as `context.event`: "medical.purchase_settled". */
  readonly kind: string;
  readonly business_date: Day;
  readonly trace_id: Id<string>;
  readonly memo?: string;
  readonly postings: readonly Posting[];
  /** The journal this one takes back; made by `reversalDrafts`. */
  readonly reverses?: JournalId;
  /** A hold this journal uses up: its amount is free again for this journal, and the hold has ended. */
  readonly captures?: HoldId;
};

/** Why the ledger says no, in order of precedence: the first that applies is the answer. */
export const ledgerRefusals = {
  'ledger.idempotency_conflict': { zh: '同一请求号的内容不同', en: 'the same key was used for another request' },
  'ledger.unknown_journal': { zh: '找不到该凭证', en: 'no such journal' },
  'ledger.already_reversed': { zh: '该凭证已冲正', en: 'the journal has been reversed already' },
  'ledger.amount_not_positive': { zh: '金额必须大于零', en: 'every amount must be above zero' },
  'ledger.unknown_account': { zh: '科目账户不存在', en: 'no such account' },
  'ledger.unbalanced': { zh: '借贷不平', en: 'debit and credit differ in a book' },
  'ledger.closed_day': { zh: '该业务日已结账', en: 'the business day is closed' },
  'ledger.unknown_hold': { zh: '找不到该冻结', en: 'no such hold' },
  'ledger.hold_ended': { zh: '该冻结已使用或已解除', en: 'the hold was used or released' },
  'ledger.insufficient_funds': { zh: '余额不足', en: 'not enough money in the account' },
} as const;
export type LedgerRefusalCode = keyof typeof ledgerRefusals;
export type LedgerRefusal = Refusal & { readonly code: LedgerRefusalCode };

export type PostResult =
  | { readonly outcome: 'posted'; readonly journal_id: JournalId }
  /** The same key with the same content was posted before: this is that journal. */
  | { readonly outcome: 'repeated'; readonly journal_id: JournalId }
  | { readonly outcome: 'refused'; readonly refusal: LedgerRefusal };

export type Balance = {
  readonly account: AccountCode;
  readonly debit_fen: Fen;
  readonly credit_fen: Fen;
  readonly held_fen: Fen;
  /** On the account's normal side. */
  readonly balance_fen: Fen;
  /** What may still be spent: the balance less what is held. */
  readonly available_fen: Fen;
};

export type TrialBalanceRow = {
  readonly gl_code: GlCode;
  readonly debit_fen: Fen;
  readonly credit_fen: Fen;
  /** On the normal side of the code. */
  readonly balance_fen: Fen;
};

/** Rows by code; debit and credit have the same total. */
export type TrialBalance = {
  readonly book: Book;
  readonly rows: readonly TrialBalanceRow[];
  readonly debit_fen: Fen;
  readonly credit_fen: Fen;
};

/** Fen as a decimal string: JSON numbers are floats to most readers. */
const FenText = Type.String({ pattern: '^-?[0-9]{1,18}$', description: 'fen, 1/100 yuan' });
const IdText = Type.String({ format: 'uuid' });

/** One line of an account statement, newest first. */
export const StatementLine = Type.Object({
  journal_id: IdText,
  line: Type.Integer({ minimum: 1 }),
  business_date: Type.String({ format: 'date' }),
  recorded_at: Type.String({ format: 'date-time' }),
  kind: Type.String(),
  memo: Type.String(),
  trace_id: IdText,
  side: Type.Union([Type.Literal('debit'), Type.Literal('credit')]),
  amount_fen: FenText,
  /** Balance after this line, on the account's normal side. */
  balance_fen: FenText,
});
export type StatementLine = Type.Static<typeof StatementLine>;

export const StatementPage = Type.Object({
  lines: Type.Array(StatementLine),
  /** Pass as `after` to read on; null on the last page. */
  next: Type.Union([Type.String(), Type.Null()]),
});
export type StatementPage = Type.Static<typeof StatementPage>;
