import {
  cardAccount,
  credit,
  debit,
  type JournalDraft,
  type LedgerRefusalCode,
  type PostResult,
  personalAccount,
} from '../../core/ledger/contract.ts';
import { post } from '../../core/ledger/index.ts';
import { assert, defined } from '../../kernel/assert.ts';
import type { Id } from '../../kernel/identifiers.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { Facts } from './facts.ts';
import { accountBook } from './journals.ts';
import { declined, type Moment, type Plan } from './plan.ts';
import type { DeclineCode } from './responses.ts';
import type { Completion, SettlementAnswer, Settlements } from './settlements.ts';

/** A request on its way through a round; `journal_id` once its journal is posted. */
export type Work = { readonly facts: Facts; readonly plan: Plan; readonly journal_id?: string };

/**
 * Books a round: completes or reopens the settlements it touches and posts all journals, those of the cards and those of
 * the funds, in one go. What the ledger refuses takes its settlement with it: the round goes back to where it began and
 * is booked again without that payment.
 */
export async function book(
  sql: Sql,
  settlements: Settlements,
  works: readonly Work[],
  moment: Moment,
): Promise<readonly Work[]> {
  if (!works.some(touchesSettlement)) {
    const results = await postOnOpenDay(
      sql,
      works.flatMap(({ plan }) => draftOf(plan)),
    );
    return carriedOut(
      works,
      results,
      works.map(() => []),
    );
  }
  await sql.query('savepoint booking');
  for (let left = works; ; ) {
    const { works: settled, drafts } = await settle(sql, settlements, left, moment);
    const results = await postOnOpenDay(
      sql,
      settled.flatMap(({ plan }, i) => [...draftOf(plan), ...(drafts[i] ?? [])]),
    );
    const done = carriedOut(settled, results, drafts);
    const undone = settled.map((work, i) => touchesSettlement(work) && done[i]?.journal_id === undefined);
    if (!undone.includes(true)) return done;
    await sql.query('rollback to savepoint booking');
    left = settled.map((work, i) => (undone[i] ? defined(done[i], 'refused work') : work));
  }
}

/**
 * Posts on the day that was open when the round was read. When it was closed meanwhile, the transaction fails as one that
 * the database could not serialise: `Database.transaction` runs it again, and it finds the next day.
 */
async function postOnOpenDay(sql: Sql, drafts: readonly JournalDraft[]): Promise<PostResult[]> {
  const results = await post(sql, drafts);
  if (results.some((result) => result.outcome === 'refused' && result.refusal.code === 'ledger.closed_day'))
    await sql.query(`do $$ begin raise exception 'the business day was closed' using errcode = '40001'; end $$`);
  return results;
}

const draftOf = (plan: Plan): readonly JournalDraft[] => ('draft' in plan ? [plan.draft] : []);

const settlementOf = ({ plan }: Work): string | null =>
  plan.step === 'book' ? plan.payment.settlement_no : plan.step === 'take_back' ? plan.original.settlement_no : null;

const touchesSettlement = (work: Work): boolean => settlementOf(work) !== null;

/** Asks the scheme about every settlement; a "no" refuses the work, a "yes" brings the fund's journals. */
async function settle(sql: Sql, settlements: Settlements, works: readonly Work[], moment: Moment) {
  const paying = works.filter((work) => work.plan.step === 'book' && touchesSettlement(work));
  const returning = works.filter((work) => work.plan.step === 'take_back' && touchesSettlement(work));
  const answers = new Map<Work, SettlementAnswer>();
  if (paying.length > 0) {
    const given = await settlements.complete(
      sql,
      paying.map((work) => completionOf(work, moment)),
    );
    paying.forEach((work, i) => {
      answers.set(work, defined(given[i], 'answer'));
    });
  }
  if (returning.length > 0) {
    const given = await settlements.reopen(
      sql,
      returning.map((work) => reopeningOf(work, moment)),
    );
    returning.forEach((work, i) => {
      answers.set(work, defined(given[i], 'answer'));
    });
  }
  return {
    works: works.map((work) => {
      const answer = answers.get(work);
      if (!answer || answer.granted) return work;
      return answer.code === 'payment.settlement_ended' ? giveBackToChip(work) : refusedWork(work, answer.code);
    }),
    drafts: works.map((work) => {
      const answer = answers.get(work);
      return answer?.granted ? answer.drafts : [];
    }),
  };
}

/**
 * The bill was cancelled while the chip had not paid for it: cancelling has brought the money to the personal account,
 * and it belongs back where the chip still has it.
 */
function giveBackToChip({ facts, plan }: Work): Work {
  assert(plan.step === 'take_back', 'a settlement ends before the reversal of its payment');
  const { card_id, person_id } = defined(facts.card, 'the card of an approved payment');
  const { amount_fen } = plan.original;
  const { reverses: _, ...draft } = plan.draft;
  const postings = [
    debit(personalAccount(accountBook, person_id), amount_fen),
    credit(cardAccount(accountBook, card_id), amount_fen),
  ];
  return { facts, plan: { ...plan, draft: { ...draft, postings } } };
}

const reopeningOf = (work: Work, moment: Moment) => ({
  ...moment,
  settlement_no: defined(settlementOf(work), 'settlement'),
  trace_id: work.facts.request.trace_id as Id<string>,
});

function completionOf(work: Work, moment: Moment): Completion {
  const { plan } = work;
  assert(plan.step === 'book', 'a payment completes a settlement');
  const { institution_code, amount_fen } = plan.payment;
  return { ...reopeningOf(work, moment), institution_code, account_fen: amount_fen, person_id: plan.card.person_id };
}

/** Reads the ledger's answers back: each work has its own journal first, then those of its fund. */
function carriedOut(
  works: readonly Work[],
  results: readonly PostResult[],
  fundDrafts: readonly (readonly JournalDraft[])[],
): readonly Work[] {
  let at = 0;
  return works.map((work, i) => {
    const own = draftOf(work.plan).length;
    const mine = results.slice(at, at + own + (fundDrafts[i]?.length ?? 0));
    at += mine.length;
    if (own === 0) return work;
    const journal_ids = mine.map((result) => {
      // A key that was posted before belongs to a payment that exists, and that one would have been found.
      assert(result.outcome !== 'repeated', 'a journal without its payment');
      return result.outcome === 'posted' ? result.journal_id : null;
    });
    const refused = mine.find((result) => result.outcome === 'refused');
    if (refused?.outcome === 'refused') return refusedWork(work, byLedger(refused.refusal.code));
    return { ...work, journal_id: defined(journal_ids[0], 'journal') };
  });
}

/** The refusals of the ledger that the world can bring about; every other one is a bug of the draft. */
function byLedger(code: LedgerRefusalCode): DeclineCode {
  if (code === 'ledger.unknown_account') return 'payment.no_account';
  assert(code === 'ledger.insufficient_funds', `the ledger refuses a payment: ${code}`);
  return 'payment.insufficient_funds';
}

/** A payment that is not made, or a reversal that cannot be: someone must look at that one. */
function refusedWork({ facts, plan }: Work, code: DeclineCode): Work {
  if (plan.step === 'book') return { facts, plan: { step: 'decline', code, payment: declined(plan.payment, code) } };
  assert(plan.step === 'take_back', 'only journals are refused');
  return { facts, plan: { step: 'differ', code, difference: 'reversal_refused', original: plan.original } };
}
