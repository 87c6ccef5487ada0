import {
  type AccountCode,
  type Book,
  credit,
  debit,
  fundAccount,
  type GlCode,
  institutionPayable,
  type JournalDraft,
  type Posting,
  personalAccount,
} from '../../core/ledger/contract.ts';
import type { Id } from '../../kernel/identifiers.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { MedicalInsurance } from './contract.ts';
import type { SettlementRow } from './settlement.store.ts';

/** What the books must know of a settlement. */
export type BookedSettlement = Pick<
  SettlementRow,
  | 'settlement_no'
  | 'person_id'
  | 'institution_code'
  | 'kind'
  | 'insurance'
  | 'pool_fen'
  | 'serious_fen'
  | 'civil_servant_fen'
  | 'aid_fen'
  | 'fund_fen'
  | 'account_fen'
>;

/** When and within which trace something is booked. */
export type Booking = { readonly business_date: Day; readonly trace_id: string };

export const bookOf = (insurance: MedicalInsurance): Book =>
  insurance === '310' ? 'medical-employee' : 'medical-resident';

/** Personal accounts are kept in the employees' fund, whatever their owner is insured for today. */
const accountBook: Book = 'medical-employee';

/** The books a settlement may touch: its fund's, and the one with the personal accounts. */
export const medicalBooks: readonly Book[] = [accountBook, 'medical-resident'];

/** The accounts a settlement of this insurance at this institution may post to, apart from the person's own. */
export const accountsTouched = (
  s: Pick<BookedSettlement, 'insurance' | 'institution_code'>,
): readonly AccountCode[] => {
  const book = bookOf(s.insurance);
  const codes: readonly GlCode[] = ['1101', '5001.01', '5001.02', '5001.04', '5101'];
  const payables = [...new Set([book, accountBook])].map((of) => institutionPayable(of, s.institution_code));
  const refunds = [fundAccount(accountBook, '5001.03'), fundAccount(accountBook, '3001.99')];
  return [...payables, ...refunds, ...codes.map((gl) => fundAccount(book, gl))];
};

/**
 * The fund's part: benefits by layer against what is owed to the institution. Civil servants' supplement and medical aid
 * are other people's money that the medical fund lays out at the desk (一站式结算): an advance until they pay it back.
 */
function fundPostings(s: BookedSettlement): Posting[] {
  const book = bookOf(s.insurance);
  const parts: readonly (readonly [GlCode, Fen])[] = [
    [s.kind === 'inpatient' ? '5001.01' : '5001.02', s.pool_fen],
    [s.insurance === '310' ? '5001.04' : '5101', s.serious_fen],
    ['1101', (s.civil_servant_fen + s.aid_fen) as Fen],
  ];
  const benefits = parts
    .filter(([, amount]) => amount > 0n)
    .map(([gl, amount]) => debit(fundAccount(book, gl), amount));
  return [...benefits, credit(institutionPayable(book, s.institution_code), s.fund_fen)];
}

const turned = (postings: readonly Posting[]): Posting[] =>
  postings.map((posting) => ({ ...posting, side: posting.side === 'debit' ? 'credit' : 'debit' }));

const draft = (what: { key: string; kind: string; memo: string }, by: Booking, postings: Posting[]): JournalDraft => ({
  ...what,
  business_date: by.business_date,
  trace_id: by.trace_id as Id<string>,
  postings,
});

/** The fund's part of a settlement; none when no fund pays. `completion` counts from 1: a reversed card may pay again. */
export const settledJournals = (s: BookedSettlement, completion: number, by: Booking): JournalDraft[] =>
  s.fund_fen === 0n
    ? []
    : [
        draft(
          {
            key: `medical.settled:${s.settlement_no}:${completion}`,
            kind: 'medical.visit_settled',
            memo: s.settlement_no,
          },
          by,
          fundPostings(s),
        ),
      ];

/** Takes `settledJournals` of the same completion back. */
export const takenBackJournals = (s: BookedSettlement, completion: number, by: Booking): JournalDraft[] =>
  s.fund_fen === 0n
    ? []
    : [
        draft(
          {
            key: `medical.taken_back:${s.settlement_no}:${completion}`,
            kind: 'medical.settlement_taken_back',
            memo: s.settlement_no,
          },
          by,
          turned(fundPostings(s)),
        ),
      ];

/**
 * Card money of a cancelled settlement comes back to the personal account at the centre, not onto the chip: the card is
 * no longer in the terminal, and the next load brings the money to it. The benefit is taken back and the institution is owed that much less.
 */
export function refundJournals(s: BookedSettlement, completion: number, by: Booking): JournalDraft[] {
  if (s.account_fen === 0n) return [];
  return [
    draft(
      {
        key: `medical.refunded:${s.settlement_no}:${completion}`,
        kind: 'medical.account_refunded',
        memo: s.settlement_no,
      },
      by,
      [
        debit(institutionPayable(accountBook, s.institution_code), s.account_fen),
        credit(fundAccount(accountBook, '5001.03'), s.account_fen),
        debit(fundAccount(accountBook, '3001.99'), s.account_fen),
        credit(personalAccount(accountBook, s.person_id), s.account_fen),
      ],
    ),
  ];
}
