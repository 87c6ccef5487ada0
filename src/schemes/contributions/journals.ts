import {
  type AccountCode,
  type Book,
  credit,
  debit,
  fundAccount,
  type JournalDraft,
  type Posting,
  personalAccount,
} from '../../core/ledger/contract.ts';
import type { Id } from '../../kernel/identifiers.ts';
import { add } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { AccountPart, BillPart, BillRow } from './bill.store.ts';
import type { ContributionInsurance } from './contract.ts';

/** The fund that takes the contribution; maternity is kept in the employees' medical fund (合并实施). */
const bookOf: Readonly<Record<ContributionInsurance, Book>> = {
  pension: 'pension-employee',
  medical: 'medical-employee',
  unemployment: 'unemployment',
  injury: 'injury',
  maternity: 'medical-employee',
};

/**
 * A premium that arrives in the treasury (rules of the fund's accounting, premium income): each fund's treasury account
 * against its income of employers and employees. The part of personal medical accounts is moved to its owners at once.
 */
export function receiptJournal(
  bill: BillRow,
  of: { readonly parts: readonly BillPart[]; readonly accounts: readonly AccountPart[] },
  by: { readonly received_on: Day; readonly trace_id: string },
): JournalDraft {
  const postings = of.parts.flatMap(incomePostings);
  for (const { person_id, account_fen } of of.accounts)
    postings.push(credit(personalAccount('medical-employee', person_id), account_fen));
  if (of.accounts.length > 0)
    postings.push(
      debit(fundAccount('medical-employee', '3001.99'), add(...of.accounts.map((part) => part.account_fen))),
    );
  return {
    key: `contributions.received:${bill.employer_id}:${bill.month}`,
    kind: 'contributions.bill_received',
    business_date: by.received_on,
    trace_id: by.trace_id as Id<string>,
    memo: bill.month.slice(0, 7),
    postings,
  };
}

function incomePostings({ insurance, employer_fen, person_fen }: BillPart): Posting[] {
  const book = bookOf[insurance];
  const income = [
    credit(fundAccount(book, '4001.01'), employer_fen),
    credit(fundAccount(book, '4001.02'), person_fen),
    debit(fundAccount(book, '1005'), add(employer_fen, person_fen)),
  ];
  return income.filter((posting) => posting.amount_fen > 0n);
}

/** Every account that drafts post to, once. */
export const accountsOf = (drafts: readonly JournalDraft[]): ReadonlySet<AccountCode> =>
  new Set(drafts.flatMap((draft) => draft.postings.map((posting) => posting.account)));
