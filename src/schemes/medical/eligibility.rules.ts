import { type Decision, type Fact, grant, type Law, refuse } from '../../kernel/decision.ts';
import { formatDecimal } from '../../kernel/money.ts';
import { includes, isBefore } from '../../kernel/time.ts';
import type { EligibilityFacts } from './facts.ts';
import { medicalLaws } from './policy.ts';

type Detail = Readonly<Record<string, Fact>>;
type Condition = {
  readonly code: string;
  readonly law: Law | null;
  /** What the words of the refusal need; null when the condition is met. */
  readonly failing: (facts: EligibilityFacts) => Detail | null;
};

/** The conditions in order of precedence: of several that fail, the first is told. */
const conditions: readonly Condition[] = [
  {
    code: 'medical.person_deceased',
    law: medicalLaws.insured,
    failing: ({ deceased_on, begun_on }) =>
      deceased_on && isBefore(deceased_on, begun_on) ? { deceased_on: deceased_on.toString() } : null,
  },
  {
    code: 'medical.not_insured_on_day',
    law: medicalLaws.insured,
    failing: ({ insurance, begun_on }) => (insurance === null ? { day: begun_on.toString() } : null),
  },
  {
    code: 'medical.institution_not_designated',
    law: medicalLaws.institution,
    failing: ({ institution, begun_on }) =>
      institution.designations.some((span) => includes(span, begun_on)) ? null : { day: begun_on.toString() },
  },
  {
    code: 'medical.department_unknown',
    law: medicalLaws.institution,
    failing: ({ institution, department }) =>
      department === null || institution.departments.includes(department) ? null : { department },
  },
  {
    code: 'medical.card_not_usable',
    law: null,
    failing: ({ card }) => (card === null || card === 'usable' ? null : { card }),
  },
  {
    code: 'medical.visit_after_death',
    law: medicalLaws.insured,
    failing: ({ deceased_on, ended_on }) =>
      deceased_on && isBefore(deceased_on, ended_on)
        ? { deceased_on: deceased_on.toString(), ended_on: ended_on.toString() }
        : null,
  },
  {
    code: 'medical.unknown_item',
    law: medicalLaws.catalogue,
    failing: ({ lines }) => {
      const line = lines.find(({ known }) => !known);
      return line ? { item_code: line.item_code } : null;
    },
  },
  {
    code: 'medical.negative_quantity',
    law: null,
    failing: ({ lines }) => {
      const line = lines.find(({ quantity }) => quantity <= 0n);
      return line ? { item_code: line.item_code, quantity: formatDecimal(line.quantity, 4) } : null;
    },
  },
  {
    code: 'medical.visit_settled',
    law: null,
    failing: ({ already_settled }) => (already_settled ? {} : null),
  },
];

/** Whether a claim may be settled (SI Law art. 23–31). The refusal of a bill of nothing is the settlement's. */
export function eligibility(facts: EligibilityFacts): Decision<true> {
  for (const { code, law, failing } of conditions) {
    const detail = failing(facts);
    if (detail) return refuse(code, detail, law);
  }
  const { begun_on, insurance } = facts;
  const inputs = { day: begun_on.toString(), insurance };
  return grant(true, [{ step: 'eligibility.met', law: medicalLaws.insured, inputs, result: {} }]);
}
