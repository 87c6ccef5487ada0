import { type Day, type Days, includes, isBefore, overlaps } from '../../kernel/time.ts';
import type { EnrolmentStatus, Insurance } from './contract.ts';
import { no, type Refused } from './refusal.rules.ts';

/** What is asked of the registry when someone is to be enrolled. */
export type EnrolmentFacts = {
  readonly insurance: Insurance;
  readonly status: EnrolmentStatus;
  readonly has_employer: boolean;
  readonly has_wage: boolean;
  readonly span: { readonly from: Day; readonly through: Day | null };
  readonly birth: Day;
  readonly died_on: Day | null;
  /** Spans already held for the same person and a rival insurance. */
  readonly held: readonly Days[];
};

const statuses: Readonly<Record<Insurance, readonly EnrolmentStatus[]>> = {
  '110': ['in_service', 'retired'],
  '210': ['in_service'],
  '310': ['in_service', 'retired'],
  '390': ['resident'],
  '410': ['in_service'],
};

/** Insurances of which a person has one at a time: workers' and residents' medical cover the same risk. */
export const rivals = (insurance: Insurance): readonly Insurance[] =>
  insurance === '310' || insurance === '390' ? ['310', '390'] : [insurance];

/** Why the enrolment cannot be; null when it can. The first reason in order of precedence. */
export function enrolmentRefusal(facts: EnrolmentFacts): Refused | null {
  const { from, through } = facts.span;
  if (facts.died_on && (through === null || isBefore(facts.died_on, through)))
    return no('registry.person_deceased', { died_on: String(facts.died_on) });
  if (isBefore(from, facts.birth)) return no('registry.day_before_birth', { birth: String(facts.birth) });
  if (through && isBefore(through, from))
    return no('registry.range_backwards', { from: String(from), through: String(through) });
  if (!statuses[facts.insurance].includes(facts.status))
    return no('registry.status_not_of_insurance', { insurance: facts.insurance, status: facts.status });
  if (facts.status !== 'in_service' && (facts.has_employer || facts.has_wage))
    return no('registry.wage_not_of_status', { status: facts.status });
  const other = facts.held.find((span) => overlaps(span, { from, through }));
  if (!other) return null;
  return no('registry.enrolment_overlaps', {
    from: String(other.from),
    through: other.through && String(other.through),
  });
}

/** What a death on `died_on` does to an enrolment: it ends that day, or it never was. */
export const afterDeath = (span: Days, died_on: Day): 'untouched' | 'ends' | 'never_was' => {
  if (isBefore(died_on, span.from)) return 'never_was';
  return span.through === null || (includes(span, died_on) && isBefore(died_on, span.through)) ? 'ends' : 'untouched';
};
