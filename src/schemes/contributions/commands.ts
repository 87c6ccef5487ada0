import { openAccounts, post } from '../../core/ledger/index.ts';
import { defined } from '../../kernel/assert.ts';
import { type Decision, grant, type Refusal } from '../../kernel/decision.ts';
import { add, type Fen, formatYuan, zero } from '../../kernel/money.ts';
import type { Day, Month } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { tell } from '../../platform/outbox/index.ts';
import { type Assessor, assessorOf, type Ground } from './assessing.ts';
import {
  type Assessment,
  accountPartsOf,
  type BillRow,
  lockBills,
  markReceived,
  type NewBill,
  partsOf,
  storeBills,
} from './bill.store.ts';
import { type Employment, employmentsOn } from './employment.store.ts';
import type { MonthlyContribution } from './facts.ts';
import { accountsOf, receiptJournal } from './journals.ts';
import { no } from './refusals.ts';

export type Assessed = {
  /** Bills made now; employers billed before are not among them. */
  readonly bills: number;
  readonly persons: number;
  readonly employer_fen: Fen;
  readonly person_fen: Fen;
};

/**
 * Bills every employer for a month: who is insured on its first day, by the law of that day. Running it again adds only
 * employers that had no bill. The first person who cannot be assessed refuses the month and is named.
 */
export async function assessMonth(
  sql: Sql,
  ground: Ground,
  of: { readonly month: Month; readonly trace_id: string },
): Promise<Decision<Assessed>> {
  const assess = assessorOf(ground, of.month);
  const employments = await employmentsOn(sql, of.month.toPlainDate({ day: 1 }));
  const bills: NewBill[] = [];
  for (const [employer_id, staff] of Map.groupBy(employments, (employment) => employment.employer_id)) {
    const bill = billOf(employer_id, staff, assess);
    if (!bill.granted) return bill;
    bills.push(bill.value);
  }
  const added = await storeBills(sql, { ...of, at: ground.clock.now() }, bills);
  const assessed = {
    bills: added.length,
    persons: added.reduce((sum, bill) => sum + bill.persons, 0),
    employer_fen: add(zero, ...added.map((bill) => bill.employer_fen)),
    person_fen: add(zero, ...added.map((bill) => bill.person_fen)),
  };
  if (added.length > 0)
    await tell(sql, [
      {
        name: 'contributions.month_assessed',
        subject: of.month.toString(),
        trace_id: of.trace_id,
        body: { bills: assessed.bills, persons: assessed.persons },
      },
    ]);
  return grant(assessed);
}

function billOf(employer_id: string, staff: readonly Employment[], assess: Assessor): Decision<NewBill> {
  const assessments: Assessment[] = [];
  for (const employment of staff) {
    const decision = assess(employment);
    if (!decision.granted) return withPerson(decision.refusal, employment);
    assessments.push(...assessmentsOf(employment, decision.value));
  }
  return grant({
    bill_id: newId<'bill'>(),
    employer_id,
    persons: new Set(staff.map((employment) => employment.person_id)).size,
    employer_fen: add(zero, ...assessments.map((assessment) => assessment.employer_fen)),
    person_fen: add(zero, ...assessments.map((assessment) => assessment.person_fen)),
    assessments,
  });
}

const withPerson = (refusal: Refusal, { person_id }: Employment): Decision<never> => ({
  granted: false,
  refusal: { ...refusal, detail: { ...refusal.detail, person_id } },
  reasons: [],
});

const assessmentsOf = ({ person_id }: Employment, owed: MonthlyContribution): Assessment[] =>
  owed.items.map(({ insurance, employer_fen, person_fen }) => ({
    person_id,
    insurance,
    base_fen: owed.base_fen,
    employer_fen,
    person_fen,
    account_fen: insurance === 'medical' ? owed.medical_account_fen : zero,
  }));

export type Receipt = { readonly employer_id: string; readonly amount_fen: Fen };
export type Received = { readonly bill_id: string; readonly outcome: 'booked' | 'repeated' };

/**
 * Money of employers for a month has arrived in the treasury: premium income in the books of each fund, and the part of
 * the personal medical accounts to their owners. One answer for each receipt, in order; a bill received before is
 * answered again and booked once. A refused receipt touches no other.
 */
export async function receive(
  sql: Sql,
  of: { readonly month: Month; readonly received_on: Day; readonly trace_id: string },
  receipts: readonly Receipt[],
): Promise<Decision<Received>[]> {
  const bills = await lockBills(
    sql,
    of.month,
    receipts.map((receipt) => receipt.employer_id),
  );
  const checked = receipts.map((receipt) => dueOf(receipt, bills.get(receipt.employer_id), of.month));
  const due = new Map<string, BillRow>();
  for (const answer of checked)
    if (answer.granted && answer.value.state === 'billed') due.set(answer.value.bill_id, answer.value);
  const refused = await book(sql, of, [...due.values()]);
  return checked.map((answer): Decision<Received> => {
    if (!answer.granted) return answer;
    const { bill_id } = answer.value;
    // A receipt that stands twice in the list is booked with its first place.
    return refused.get(bill_id) ?? grant({ bill_id, outcome: due.delete(bill_id) ? 'booked' : 'repeated' });
  });
}

function dueOf({ amount_fen }: Receipt, bill: BillRow | undefined, month: Month): Decision<BillRow> {
  if (!bill) return no('contributions.not_billed', { month: month.toString() });
  const due = add(bill.employer_fen, bill.person_fen);
  return due === amount_fen
    ? grant(bill)
    : no('contributions.amount_differs', { received: formatYuan(amount_fen), due: formatYuan(due) });
}

/** Books bills and marks those booked; the answers of the ledger to the others, by bill. */
async function book(
  sql: Sql,
  of: { readonly received_on: Day; readonly trace_id: string },
  bills: readonly BillRow[],
): Promise<ReadonlyMap<string, Decision<never>>> {
  const refused = new Map<string, Decision<never>>();
  if (bills.length === 0) return refused;
  const bill_ids = bills.map((bill) => bill.bill_id);
  const parts = Map.groupBy(await partsOf(sql, bill_ids), (part) => part.bill_id);
  const accounts = Map.groupBy(await accountPartsOf(sql, bill_ids), (part) => part.bill_id);
  const drafts = bills.map((bill) =>
    receiptJournal(bill, { parts: parts.get(bill.bill_id) ?? [], accounts: accounts.get(bill.bill_id) ?? [] }, of),
  );
  const opened_on = of.received_on;
  await openAccounts(
    sql,
    [...accountsOf(drafts)].map((account) => ({ account, opened_on })),
  );
  for (const [i, result] of (await post(sql, drafts)).entries()) {
    const { bill_id } = defined(bills[i], 'bill of a journal');
    if (result.outcome === 'refused') refused.set(bill_id, { granted: false, refusal: result.refusal, reasons: [] });
  }
  const booked = bills.filter((bill) => !refused.has(bill.bill_id));
  await markReceived(
    sql,
    booked.map((bill) => bill.bill_id),
    of.received_on,
  );
  await tell(
    sql,
    booked.map((bill) => ({
      name: 'contributions.bill_received',
      subject: bill.bill_id,
      trace_id: of.trace_id,
      body: {
        employer_id: bill.employer_id,
        month: bill.month,
        amount_fen: String(bill.employer_fen + bill.person_fen),
      },
    })),
  );
  return refused;
}
