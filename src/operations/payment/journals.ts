import {
  type Book,
  cardAccount,
  credit,
  debit,
  fundAccount,
  institutionPayable,
  type JournalDraft,
  type JournalId,
  type Posting,
  personalAccount,
} from '../../core/ledger/contract.ts';
import type { Id } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { PaymentKind } from './contract.ts';
import { keyText, type TransactionKey } from './facts.ts';

/** Personal accounts exist in the employees' medical fund only (国办发〔2021〕14号). */
export const accountBook: Book = 'medical-employee';

type Money = {
  readonly key: TransactionKey;
  readonly card_id: string;
  readonly person_id: string;
  readonly institution_code: string;
  readonly amount_fen: Fen;
};
type When = { readonly business_date: Day; readonly trace_id: Id<string> };

/**
 * A load moves money of one person from the account at the agency to the chip. A purchase takes it off the chip: the
 * person's claim is closed, and the fund bears a benefit that it owes the institution (rules.md 6.2).
 */
const postings: Readonly<Record<PaymentKind, (money: Money) => Posting[]>> = {
  load: ({ person_id, card_id, amount_fen }) => [
    debit(personalAccount(accountBook, person_id), amount_fen),
    credit(cardAccount(accountBook, card_id), amount_fen),
  ],
  purchase: ({ card_id, institution_code, amount_fen }) => [
    debit(cardAccount(accountBook, card_id), amount_fen),
    credit(fundAccount(accountBook, '3001.99'), amount_fen),
    debit(fundAccount(accountBook, '5001.03'), amount_fen),
    credit(institutionPayable(accountBook, institution_code), amount_fen),
  ],
};

export const paymentDraft = (money: Money, when: When): JournalDraft => ({
  ...when,
  key: `payment/${keyText(money.key)}`,
  kind: `payment.${money.key.kind}`,
  postings: postings[money.key.kind](money),
});

/** The same accounts, the other way round. */
export const reversalDraft = (money: Money, journal_id: string, when: When): JournalDraft => ({
  ...when,
  key: `payment-reversal/${keyText(money.key)}`,
  kind: `payment.${money.key.kind}_reversed`,
  postings: postings[money.key.kind](money).map((posting) => ({
    ...posting,
    side: posting.side === 'debit' ? 'credit' : 'debit',
  })),
  reverses: journal_id as JournalId,
});
