import { type Decision, grant } from '../../kernel/decision.ts';
import { add, zero } from '../../kernel/money.ts';
import { type Day, day, isBefore } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { tell } from '../../platform/outbox/index.ts';
import { readBill } from './bill-reading.ts';
import { isDiagnosis, itemsOn } from './catalogue.store.ts';
import { entitlementOf, factsOfLines } from './claim.store.ts';
import type { BillLine, RegisterVisit, VisitKind } from './contract.ts';
import { type Ground, splitLines } from './deciding.ts';
import type { EligibilityFacts } from './facts.ts';
import { no } from './refusals.ts';
import { standingSettlement } from './settlement.store.ts';
import { insertVisit, lockVisit, setVisitStates, storeBill, type VisitRow, visitOfKey } from './visit.store.ts';

/** Who acts, from which institution (null for the agency), within which trace. */
export type Actor = { readonly user_id: string; readonly institution_code: string | null; readonly trace_id: string };

export type VisitRegistration = Omit<RegisterVisit, 'person'> & {
  readonly person_id: string;
  readonly institution_code: string;
  /** State of the card shown; null when the patient came with another proof. */
  readonly card: EligibilityFacts['card'];
  readonly idempotency_key: string;
};

/** Opens a visit. The same key with the same content is the same visit. */
export async function registerVisit(
  sql: Sql,
  ground: Ground,
  actor: Actor,
  wanted: VisitRegistration,
): Promise<Decision<VisitRow>> {
  const earlier = await visitOfKey(sql, wanted);
  if (earlier) return isSame(earlier, wanted) ? grant(earlier) : no('medical.key_reused');
  const begun_on = day(wanted.begun_on);
  if (isBefore(ground.clock.today(), begun_on)) return no('medical.day_in_future', { day: wanted.begun_on });
  if (!(await isDiagnosis(sql, wanted.diagnosis_code)))
    return no('medical.diagnosis_unknown', { code: wanted.diagnosis_code });
  const entitled = await entitlementOf(sql, {
    person_id: wanted.person_id,
    institution_code: wanted.institution_code,
    begun_on,
    ended_on: begun_on,
    card: wanted.card,
    lines: [],
  });
  if (!entitled.granted) return entitled;
  const { insurance, institution } = entitled.value;
  if ((wanted.kind === 'pharmacy') !== (institution.kind === 'pharmacy'))
    return no('medical.kind_not_of_institution', { kind: wanted.kind });
  const visit = await insertVisit(sql, {
    ...wanted,
    visit_id: newId<'visit'>(),
    insurance,
    registered_by: actor.user_id,
    registered_at: ground.clock.now(),
    trace_id: actor.trace_id,
  });
  // Somebody registered under this key since it was looked up: that visit is the answer.
  if (!visit) return registerVisit(sql, ground, actor, wanted);
  await tell(sql, [
    {
      name: 'medical.visit_registered',
      subject: visit.visit_id,
      trace_id: actor.trace_id,
      body: { visit_no: visit.visit_no, institution_code: visit.institution_code, kind: visit.kind },
    },
  ]);
  return grant(visit);
}

const isSame = (visit: VisitRow, wanted: VisitRegistration): boolean =>
  visit.person_id === wanted.person_id &&
  visit.kind === wanted.kind &&
  visit.department === wanted.department &&
  visit.doctor === wanted.doctor &&
  visit.diagnosis_code === wanted.diagnosis_code &&
  visit.begun_on === wanted.begun_on;

/** Locks a visit of the actor's institution that is still open; says why it is not. */
export async function lockOpenVisit(sql: Sql, actor: Actor, visit_id: string): Promise<Decision<VisitRow>> {
  const visit = await lockVisit(sql, visit_id);
  if (!visit || (actor.institution_code !== null && visit.institution_code !== actor.institution_code))
    return no('medical.visit_unknown');
  if (visit.state === 'open') return grant(visit);
  if (visit.state === 'cancelled') return no('medical.visit_cancelled');
  const settlement = await standingSettlement(sql, visit_id);
  return no(visit.state === 'settled' ? 'medical.visit_settled' : 'medical.visit_waits_for_card', {
    settlement_no: settlement?.settlement_no ?? null,
  });
}

export type NewBill = {
  readonly visit_id: string;
  readonly lines: readonly BillLine[];
  /** Day of discharge; null leaves the one stored. */
  readonly ended_on: string | null;
};

/** Puts a bill in the place of the one before. All of it, or nothing and the number of the wrong line. */
export async function replaceLines(sql: Sql, ground: Ground, actor: Actor, bill: NewBill): Promise<Decision<true>> {
  const locked = await lockOpenVisit(sql, actor, bill.visit_id);
  if (!locked.granted) return locked;
  const visit = locked.value;
  const ended_on = bill.ended_on ?? visit.ended_on;
  const ending = endOfVisit(visit, ended_on, ground.clock.today());
  if (!ending.granted) return ending;
  const items = await itemsOn(sql, visit.begun_on, [...new Set(bill.lines.map((line) => line.catalogue_code))]);
  const lines = readBill(bill.lines, items, visit.kind);
  if (!lines.granted) return lines;
  const splits = splitLines(ground, {
    settled_day: ending.value,
    insurance: visit.insurance,
    lines: factsOfLines(lines.value, items),
  });
  if (!splits.granted) return splits;
  const total_fen = add(zero, ...splits.value.map((split) => split.total_fen));
  await storeBill(sql, { visit_id: visit.visit_id, lines: lines.value, total_fen, ended_on });
  return grant(true);
}

function endOfVisit(
  visit: { readonly kind: VisitKind; readonly begun_on: string },
  ended_on: string | null,
  today: Day,
): Decision<Day> {
  if (ended_on === null) return grant(day(visit.begun_on));
  if (visit.kind !== 'inpatient') return no('medical.end_not_of_kind');
  const end = day(ended_on);
  if (isBefore(end, day(visit.begun_on))) return no('medical.end_before_begin', { begun_on: visit.begun_on, ended_on });
  return isBefore(today, end) ? no('medical.day_in_future', { day: ended_on }) : grant(end);
}

/** Ends an open visit without a settlement: registered by mistake, or the patient left. */
export async function cancelVisit(sql: Sql, actor: Actor, visit_id: string): Promise<Decision<true>> {
  const locked = await lockOpenVisit(sql, actor, visit_id);
  if (!locked.granted) return locked;
  await setVisitStates(sql, [visit_id], 'cancelled');
  await tell(sql, [
    {
      name: 'medical.visit_cancelled',
      subject: visit_id,
      trace_id: actor.trace_id,
      body: { visit_no: locked.value.visit_no },
    },
  ]);
  return grant(true);
}
