import type { AccountCode } from '../../core/ledger/contract.ts';
import { balances } from '../../core/ledger/index.ts';
import type { AidClass } from '../../core/registry/contract.ts';
import { institutionOn, insuredOn, type Person, person } from '../../core/registry/index.ts';
import { defined } from '../../kernel/assert.ts';
import { type Decision, grant, type Reason } from '../../kernel/decision.ts';
import { add, type Fen, type Price, type Quantity, type Rate, zero } from '../../kernel/money.ts';
import { type Day, day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { type CatalogueEntry, itemsOn } from './catalogue.store.ts';
import type { MedicalInsurance } from './contract.ts';
import { eligibility } from './eligibility.rules.ts';
import type { ClaimFacts, EligibilityFacts, InsuredStatus, LineFacts, Need } from './facts.ts';
import { no } from './refusals.ts';
import { linesOf, type StoredLine, type VisitRow } from './visit.store.ts';

/** The accounts a person's card can pay from: the personal account and what lies on the card. Issuance knows the cards. */
export type AccountsOf = (sql: Sql, person_id: string) => Promise<readonly AccountCode[]>;

const needOf: Readonly<Record<AidClass, Need>> = {
  subsistence: 'minimum_living',
  destitute: 'destitute',
  near_subsistence: 'borderline',
};

/** Who comes where, on which days. */
export type Attendance = {
  readonly person_id: string;
  readonly institution_code: string;
  readonly begun_on: Day;
  readonly ended_on: Day;
  readonly card: EligibilityFacts['card'];
  readonly lines: EligibilityFacts['lines'];
};

export type Entitlement = {
  readonly person: Person;
  readonly insurance: MedicalInsurance;
  readonly status: InsuredStatus;
  readonly institution: { readonly kind: 'hospital' | 'pharmacy'; readonly level: 1 | 2 | 3 };
  readonly reasons: readonly Reason[];
};

/** Asks the registry about person, insurance and institution, and the rule whether that entitles to settle. */
export async function entitlementOf(sql: Sql, at: Attendance): Promise<Decision<Entitlement>> {
  const who = await person(sql, at.person_id);
  if (!who) return no('medical.person_unknown');
  const where = await institutionOn(sql, at.institution_code, at.begun_on);
  if (!where) return no('medical.institution_unknown', { code: at.institution_code });
  const enrolment = (await insuredOn(sql, { person_id: at.person_id, day: at.begun_on })).find(
    ({ insurance }) => insurance === '310' || insurance === '390',
  );
  const insurance = (enrolment?.insurance ?? null) as MedicalInsurance | null;
  const decision = eligibility({
    begun_on: at.begun_on,
    ended_on: at.ended_on,
    deceased_on: who.died_on,
    insurance,
    // The agreement names an institution, not its departments: the registry keeps no list of them.
    institution: {
      designations: [{ from: where.designated_from, through: where.designated_through }],
      departments: [],
    },
    department: null,
    card: at.card,
    lines: at.lines,
    already_settled: false,
  });
  if (!decision.granted) return decision;
  return grant(
    {
      person: who,
      insurance: defined(insurance, 'insurance of an eligible person'),
      status: defined(enrolment, 'enrolment of an eligible person').status,
      institution: { kind: where.kind, level: where.level ?? 1 },
      reasons: decision.reasons,
    },
    decision.reasons,
  );
}

/** A bill with everything the law asks about it, except what the person used before and can pay now. */
export type Claim = {
  readonly facts: Omit<ClaimFacts, 'accumulators' | 'account_available_fen' | 'use_account'>;
  readonly lines: readonly StoredLine[];
  readonly items: ReadonlyMap<string, CatalogueEntry>;
  readonly reasons: readonly Reason[];
};

/** The claim of a visit. Refuses an empty bill, an unfinished stay, and whatever `entitlementOf` refuses. */
export async function claimOf(sql: Sql, visit: VisitRow): Promise<Decision<Claim>> {
  if (visit.kind === 'inpatient' && visit.ended_on === null) return no('medical.not_discharged');
  const lines = await linesOf(sql, visit.visit_id);
  if (lines.length === 0) return no('medical.bill_empty');
  const items = await itemsOn(sql, visit.begun_on, [...new Set(lines.map((line) => line.catalogue_code))]);
  const ended_on = day(visit.ended_on ?? visit.begun_on);
  const entitled = await entitlementOf(sql, {
    person_id: visit.person_id,
    institution_code: visit.institution_code,
    begun_on: day(visit.begun_on),
    ended_on,
    card: null,
    lines: lines.map((line) => ({
      item_code: line.catalogue_code,
      known: items.has(line.catalogue_code),
      quantity: line.quantity as Quantity,
    })),
  });
  if (!entitled.granted) return entitled;
  const { person: who, insurance, status, institution, reasons } = entitled.value;
  return grant({
    facts: {
      kind: visit.kind,
      settled_day: ended_on,
      insurance,
      status,
      level: institution.level,
      // Nobody has told the registry yet who is a civil servant.
      civil_servant: false,
      need: who.aid_class ? needOf[who.aid_class] : 'none',
      lines: factsOfLines(lines, items),
    },
    lines,
    items,
    reasons,
  });
}

/** Lines as the rules see them; every item was found before. */
export const factsOfLines = (
  lines: readonly StoredLine[],
  items: ReadonlyMap<string, CatalogueEntry>,
): readonly LineFacts[] =>
  lines.map((line) => {
    const item = defined(items.get(line.catalogue_code), `catalogue item ${line.catalogue_code}`);
    return {
      item_code: item.code,
      name_zh: item.name_zh,
      name_en: item.name_en,
      class: item.class,
      price: line.unit_price as Price,
      quantity: line.quantity as Quantity,
      ceiling: item.price_ceiling as Price | null,
      first_pay: item.first_pay as Rate,
      outside_restriction: line.outside_restriction,
    };
  });

/** What those accounts can pay now, less what is held; an account that was never opened has nothing. */
export async function availableIn(sql: Sql, accounts: readonly AccountCode[]): Promise<Fen> {
  const found = await balances(sql, accounts);
  return add(zero, ...[...found.values()].map((balance) => balance.available_fen));
}
