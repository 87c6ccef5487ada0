import type { JournalDraft } from '../../core/ledger/contract.ts';
import { firstOpenDay, openAccounts, post } from '../../core/ledger/index.ts';
import { defined } from '../../kernel/assert.ts';
import { type Decision, grant, type Reason } from '../../kernel/decision.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { tell } from '../../platform/outbox/index.ts';
import {
  type AccumulatorKey,
  accumulatorsOfTexts,
  accumulatorTexts,
  drawLimits,
  giveBackLimits,
  lockAccumulators,
  readAccumulators,
  usedBetween,
} from './accumulator.store.ts';
import { availableIn, type Claim, claimOf } from './claim.store.ts';
import type { Preview } from './contract.ts';
import { decideClaim, type Ground } from './deciding.ts';
import type { Accumulators, Settlement } from './facts.ts';
import {
  accountsTouched,
  type Booking,
  medicalBooks,
  refundJournals,
  settledJournals,
  takenBackJournals,
} from './journals.ts';
import { no } from './refusals.ts';
import {
  endSettlement,
  insertSettlement,
  type NewSettlement,
  nextSettlementNo,
  type SettlementRow,
  settlementOf,
} from './settlement.store.ts';
import { amountsText, lineViews, reasonViews } from './statement.ts';
import { type Actor, lockOpenVisit } from './visit.commands.ts';
import { lockVisit, setVisitStates, type VisitRow, visitOf } from './visit.store.ts';

type Choice = { readonly visit_id: string; readonly use_account: boolean };

const limitsOf = (visit: VisitRow, claim: Claim): AccumulatorKey => ({
  person_id: visit.person_id,
  benefit_year: claim.facts.settled_day.year,
  insurance: claim.facts.insurance,
});

/** What `settle` would decide now. Nothing is stored and nothing is reserved. */
export async function previewSettlement(
  sql: Sql,
  ground: Ground,
  actor: Actor,
  { visit_id, use_account }: Choice,
): Promise<Decision<Preview>> {
  const visit = await visitOf(sql, visit_id);
  if (!visit || (actor.institution_code !== null && visit.institution_code !== actor.institution_code))
    return no('medical.visit_unknown');
  const claimed = await claimOf(sql, visit);
  if (!claimed.granted) return claimed;
  const claim = claimed.value;
  const account_available_fen = await availableIn(sql, await ground.accountsOf(sql, visit.person_id));
  const accumulators = await readAccumulators(sql, limitsOf(visit, claim));
  const decision = decideClaim(ground, claim, { accumulators, account_available_fen, use_account });
  if (!decision.granted) return decision;
  return grant({
    insurance: claim.facts.insurance,
    amounts: amountsText(decision.value),
    account_available_fen: account_available_fen.toString(),
    lines: lineViews(claim.lines, claim.items, decision.value.lines),
    reasons: reasonViews(decision.reasons),
  });
}

/**
 * Settles a visit. What no card has to pay is final at once and booked in this transaction; otherwise the settlement
 * waits for the card, with its part of the year's limits reserved.
 */
export async function settle(
  sql: Sql,
  ground: Ground,
  actor: Actor,
  { visit_id, use_account }: Choice,
): Promise<Decision<SettlementRow>> {
  const locked = await lockOpenVisit(sql, actor, visit_id);
  if (!locked.granted) return locked;
  const visit = locked.value;
  const claimed = await claimOf(sql, visit);
  if (!claimed.granted) return claimed;
  const claim = claimed.value;
  const used = await lockAccumulators(sql, limitsOf(visit, claim));
  const account_available_fen = await availableIn(sql, await ground.accountsOf(sql, visit.person_id));
  const decision = decideClaim(ground, claim, { accumulators: used, account_available_fen, use_account });
  if (!decision.granted) return decision;
  return conclude(sql, ground, actor, { visit, claim, use_account, used, decision });
}

type Concluded = {
  readonly visit: VisitRow;
  readonly claim: Claim;
  readonly use_account: boolean;
  readonly used: Accumulators;
  readonly decision: { readonly value: Settlement; readonly reasons: readonly Reason[] };
  /** The waiting settlement this one takes the place of. */
  readonly instead_of?: SettlementRow;
};

/** Stores a decision, reserves its limits and books it when it is final. A refusal of the ledger leaves nothing behind. */
async function conclude(sql: Sql, ground: Ground, actor: Actor, of: Concluded): Promise<Decision<SettlementRow>> {
  const { visit, claim, used, decision } = of;
  const { lines, accumulators, tilt_fen: _, ...amounts } = decision.value;
  const state = amounts.account_fen === 0n ? 'settled' : 'awaiting_card';
  const business_date = await firstOpenDay(sql, medicalBooks, ground.clock.today());
  const row: NewSettlement = {
    ...amounts,
    settlement_id: newId<'settlement'>(),
    settlement_no: await nextSettlementNo(sql),
    visit_id: visit.visit_id,
    person_id: visit.person_id,
    institution_code: visit.institution_code,
    kind: visit.kind,
    insurance: claim.facts.insurance,
    state,
    use_account: of.use_account,
    decision: {
      lines: lineViews(claim.lines, claim.items, lines),
      reasons: reasonViews(decision.reasons),
      used_before: accumulatorTexts(used),
      uses: accumulatorTexts(usedBetween(used, accumulators)),
    },
    benefit_year: claim.facts.settled_day.year,
    business_date: business_date.toString(),
    decided_by: actor.user_id,
    decided_at: ground.clock.now(),
    trace_id: actor.trace_id,
  };
  const by: Booking = { business_date, trace_id: actor.trace_id };
  await openAccounts(
    sql,
    accountsTouched(row).map((account) => ({ account, opened_on: by.business_date })),
  );
  const booked = await postAll(sql, state === 'settled' ? settledJournals(row, 0, by) : []);
  if (!booked.granted) return booked;
  if (of.instead_of) {
    await giveBackLimits(sql, of.instead_of, usesOf(of.instead_of));
    await endSettlement(sql, of.instead_of.settlement_id, 'superseded');
  }
  await drawLimits(sql, limitsOf(visit, claim), usedBetween(used, accumulators));
  await insertSettlement(sql, row);
  await setVisitStates(sql, [visit.visit_id], state);
  await tell(sql, [
    event(state === 'settled' ? 'medical.visit_settled' : 'medical.settlement_awaits_card', row, actor.trace_id),
  ]);
  return grant(defined(await settlementOf(sql, row.settlement_id), 'settlement just stored'), decision.reasons);
}

/** Decides a waiting settlement again without the account: the patient pays in cash, and no card is needed. */
export async function payByCash(
  sql: Sql,
  ground: Ground,
  actor: Actor,
  settlement_id: string,
): Promise<Decision<SettlementRow>> {
  const locked = await lockSettlement(sql, actor, settlement_id);
  if (!locked.granted) return locked;
  const { visit, settlement } = locked.value;
  if (settlement.state !== 'awaiting_card') return no('medical.settlement_not_waiting', name(settlement));
  const claimed = await claimOf(sql, visit);
  if (!claimed.granted) return claimed;
  const claim = claimed.value;
  const limits = limitsOf(visit, claim);
  const found = await lockAccumulators(sql, limits);
  // The person may be insured otherwise by now; then the waiting settlement used other limits than this one will.
  const used = limits.insurance === settlement.insurance ? usedBetween(usesOf(settlement), found) : found;
  const situation = { accumulators: used, account_available_fen: 0n as SettlementRow['cash_fen'], use_account: false };
  const decision = decideClaim(ground, claim, situation);
  if (!decision.granted) return decision;
  return conclude(sql, ground, actor, { visit, claim, use_account: false, used, decision, instead_of: settlement });
}

/**
 * Takes a settlement back: what it used of the year's limits is given back, its journals are reversed, card money goes
 * back to the personal account, and the visit is open again. Later settlements of the person stay as they were decided.
 */
export async function cancelSettlement(
  sql: Sql,
  ground: Ground,
  actor: Actor,
  settlement_id: string,
): Promise<Decision<true>> {
  const locked = await lockSettlement(sql, actor, settlement_id);
  if (!locked.granted) return locked;
  const { settlement } = locked.value;
  if (settlement.state !== 'awaiting_card' && settlement.state !== 'settled')
    return no('medical.settlement_ended', name(settlement));
  await lockAccumulators(sql, settlement);
  const by: Booking = {
    business_date: await firstOpenDay(sql, medicalBooks, ground.clock.today()),
    trace_id: actor.trace_id,
  };
  const { completions } = settlement;
  const journals =
    settlement.state === 'settled'
      ? [...takenBackJournals(settlement, completions, by), ...refundJournals(settlement, completions, by)]
      : [];
  const booked = await postAll(sql, journals);
  if (!booked.granted) return booked;
  await giveBackLimits(sql, settlement, usesOf(settlement));
  await endSettlement(sql, settlement_id, 'cancelled');
  await setVisitStates(sql, [settlement.visit_id], 'open');
  await tell(sql, [event('medical.settlement_cancelled', settlement, actor.trace_id)]);
  return grant(true);
}

type Locked = { readonly visit: VisitRow; readonly settlement: SettlementRow };

/** The settlement under the lock of its visit, read again after the lock was had. */
async function lockSettlement(sql: Sql, actor: Actor, settlement_id: string): Promise<Decision<Locked>> {
  const found = await settlementOf(sql, settlement_id);
  if (!found || (actor.institution_code !== null && found.institution_code !== actor.institution_code))
    return no('medical.settlement_unknown');
  const visit = defined(await lockVisit(sql, found.visit_id), 'visit of a settlement');
  return grant({ visit, settlement: defined(await settlementOf(sql, settlement_id), 'settlement read before') });
}

const name = ({ settlement_no, state }: SettlementRow) => ({ settlement_no, state });

const usesOf = (settlement: SettlementRow): Accumulators => accumulatorsOfTexts(settlement.decision.uses);

/** Posts all of them or refuses; the caller has written nothing yet that a refusal would have to undo. */
async function postAll(sql: Sql, journals: readonly JournalDraft[]): Promise<Decision<true>> {
  for (const result of await post(sql, journals))
    if (result.outcome === 'refused') return { granted: false, refusal: result.refusal, reasons: [] };
  return grant(true);
}

export const event = (
  what: string,
  of: Pick<
    NewSettlement,
    'settlement_id' | 'settlement_no' | 'visit_id' | 'institution_code' | 'fund_fen' | 'account_fen'
  >,
  trace_id: string,
) => ({
  name: what,
  subject: of.settlement_id,
  trace_id,
  body: {
    settlement_no: of.settlement_no,
    visit_id: of.visit_id,
    institution_code: of.institution_code,
    fund_fen: of.fund_fen.toString(),
    account_fen: of.account_fen.toString(),
  },
});
