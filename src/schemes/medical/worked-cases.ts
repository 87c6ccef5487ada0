import Type from 'typebox';
import { type CaseRule, caseFacts, type Lookup, type WorkedCase } from '../../core/policy/index.ts';
import { defined } from '../../kernel/assert.ts';
import type { Reason } from '../../kernel/decision.ts';
import { fen, formatYuan, price, quantity, rate, subtract, yuan } from '../../kernel/money.ts';
import { itemClasses, medicalInsurances, visitKinds } from './contract.ts';
import { drgPayment } from './drg.rules.ts';
import {
  type Accumulators,
  type ClaimFacts,
  insuredStatuses,
  type LineFacts,
  needs,
  noneUsed,
  type Settlement,
} from './facts.ts';
import { seriousIllness } from './layers.rules.ts';
import { policyQuestion, settlementPolicy } from './policy.ts';
import { settlement } from './settlement.rules.ts';

const Yuan = Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,2})?$' });
const Percentage = Type.String({ pattern: '^\\d{1,3}(\\.\\d{1,4})?%$' });
const Flag = Type.Enum(['true', 'false']);
const closed = { additionalProperties: false };

/** A line by its amount, or by price and quantity. */
const CaseLine = Type.Object(
  {
    class: Type.Enum(itemClasses),
    amount: Type.Optional(Yuan),
    price: Type.Optional(Type.String({ pattern: '^\\d{1,10}(\\.\\d{1,6})?$' })),
    quantity: Type.Optional(Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,4})?$' })),
    ceiling: Type.Optional(Type.String({ pattern: '^\\d{1,10}(\\.\\d{1,6})?$' })),
    first_pay: Type.Optional(Percentage),
    outside_restriction: Type.Optional(Flag),
  },
  closed,
);

const usedNames = [
  'outpatient_deductible_paid',
  'outpatient_pool_paid',
  'inpatient_in_scope',
  'inpatient_pool_paid',
  'serious_basis',
  'serious_paid',
  'aid_basis',
  'aid_paid',
  'tilt_basis',
  'tilt_paid',
] as const;

const Used = Type.Partial(
  Type.Object(
    {
      ...(Object.fromEntries(usedNames.map((name) => [name, Yuan])) as Record<(typeof usedNames)[number], typeof Yuan>),
      admissions: Type.String({ pattern: '^\\d{1,3}$' }),
    },
    closed,
  ),
);

/** A claim as written in a worked case; what is left out is absent: no account, no need, nothing used before. */
const CaseClaim = Type.Object(
  {
    kind: Type.Enum(visitKinds),
    insurance: Type.Enum(medicalInsurances),
    status: Type.Enum(insuredStatuses),
    level: Type.Enum(['1', '2', '3']),
    civil_servant: Type.Optional(Flag),
    need: Type.Optional(Type.Enum(needs)),
    lines: Type.Array(CaseLine, { minItems: 1 }),
    used: Type.Optional(Used),
    account: Type.Optional(Yuan),
  },
  closed,
);
type CaseClaim = Type.Static<typeof CaseClaim>;

const Burden = Type.Object(
  { burden: Yuan, used: Type.Optional(Used), insurance: Type.Enum(medicalInsurances) },
  closed,
);
const Drg = Type.Object({ standard: Yuan, patient: Yuan, other_funds: Yuan }, closed);

/** The medical rules that worked cases can name. */
export const medicalCaseRules: ReadonlyMap<string, CaseRule> = new Map<string, CaseRule>([
  ['medical.settlement', settlementCase],
  ['medical.serious_illness', seriousCase],
  ['medical.drg_payment', drgCase],
]);

function settlementCase(worked: WorkedCase, law: Lookup) {
  const written = caseFacts(worked, CaseClaim);
  const claim = claimOf(written, law);
  const decision = settlement(claim, settlementPolicy(law, policyQuestion(claim)));
  if (!decision.granted) return { refusal: decision.refusal.code };
  const after = subtract(claim.account_available_fen, decision.value.account_fen);
  return { ...amounts(decision.value), account_after: formatYuan(after) };
}

function claimOf(written: CaseClaim, law: Lookup): ClaimFacts {
  return {
    kind: written.kind,
    settled_day: law.day,
    insurance: written.insurance,
    status: written.status,
    level: Number(written.level) as ClaimFacts['level'],
    civil_servant: written.civil_servant === 'true',
    need: written.need ?? 'none',
    lines: written.lines.map(lineOf),
    accumulators: usedOf(written.used ?? {}),
    account_available_fen: yuan(written.account ?? '0'),
    use_account: written.account !== undefined,
  };
}

function lineOf(line: Type.Static<typeof CaseLine>, i: number): LineFacts {
  return {
    item_code: String(i + 1),
    name_zh: String(i + 1),
    name_en: String(i + 1),
    class: line.class,
    price: price(line.amount ?? defined(line.price, 'amount or price of a line')),
    quantity: quantity(line.quantity ?? '1'),
    ceiling: line.ceiling === undefined ? null : price(line.ceiling),
    first_pay: rate(line.first_pay ?? '0%'),
    outside_restriction: line.outside_restriction === 'true',
  };
}

function usedOf(used: Type.Static<typeof Used>): Accumulators {
  const amountsUsed = Object.fromEntries(usedNames.map((name) => [`${name}_fen`, yuan(used[name] ?? '0')]));
  return { ...noneUsed, ...amountsUsed, admissions: Number(used.admissions ?? 0) };
}

/** Every amount of a settlement by its name without the unit, in yuan. */
function amounts({ lines: _lines, accumulators: _used, ...rest }: Settlement): Record<string, string> {
  return Object.fromEntries(
    Object.entries(rest).map(([name, amount]) => [name.replace(/_fen$/, ''), formatYuan(fen(amount))]),
  );
}

function seriousCase(worked: WorkedCase, law: Lookup) {
  const { burden, used, insurance } = caseFacts(worked, Burden);
  const status = insurance === '390' ? 'resident' : 'in_service';
  const p = settlementPolicy(law, { kind: 'inpatient', insurance, status, level: 3, need: 'none', repeated: false });
  const why: Reason[] = [];
  const { paid_fen } = seriousIllness(yuan(burden), usedOf(used ?? {}), p.layers.serious, p.rounding, why);
  return { paid: formatYuan(paid_fen) };
}

function drgCase(worked: WorkedCase) {
  const { standard, patient, other_funds } = caseFacts(worked, Drg);
  const paid = { standard_fen: yuan(standard), patient_fen: yuan(patient), other_funds_fen: yuan(other_funds) };
  return { pooled: formatYuan(drgPayment(paid)) };
}
