import type { Fact, Reason } from '../../kernel/decision.ts';
import { type Decision, grant } from '../../kernel/decision.ts';
import { add, zero } from '../../kernel/money.ts';
import type { Month } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import { assessorOf, type Ground } from './assessing.ts';
import { billState } from './bill.store.ts';
import type { PersonContribution } from './contract.ts';
import { employmentsOn } from './employment.store.ts';
import { no } from './refusals.ts';

const factTexts = (facts: Readonly<Record<string, Fact>>) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'bigint' ? fact.toString() : fact]),
  );
const reasonView = ({ inputs, result, ...reason }: Reason) => ({
  ...reason,
  inputs: factTexts(inputs),
  result: factTexts(result),
});

/** One person's contributions of a month, decided again as they would be billed, with the reason of every figure. */
export async function personContribution(
  sql: Sql,
  ground: Ground,
  of: { readonly person_id: string; readonly month: Month },
): Promise<Decision<PersonContribution>> {
  const { person_id, month } = of;
  const employments = await employmentsOn(sql, month.toPlainDate({ day: 1 }), person_id);
  const [first] = employments;
  if (!first) return no('contributions.not_employed', { month: month.toString() });
  const assess = assessorOf(ground, month);
  const lines: PersonContribution['lines'] = [];
  const reasons: Reason[] = [];
  let account_fen = zero;
  for (const employment of employments) {
    const decision = assess(employment);
    if (!decision.granted) return decision;
    const { base_fen, items, medical_account_fen } = decision.value;
    for (const { insurance, employer_fen, person_fen } of items)
      lines.push({
        insurance,
        base_fen: base_fen.toString(),
        employer_fen: employer_fen.toString(),
        person_fen: person_fen.toString(),
      });
    reasons.push(...decision.reasons);
    account_fen = add(account_fen, medical_account_fen);
  }
  return grant({
    person_id,
    month: month.toString(),
    employer_code: first.credit_code,
    employer_name: { zh: first.employer_zh, en: first.employer_en },
    lines,
    account_fen: account_fen.toString(),
    bill: await billState(sql, { employer_id: first.employer_id, month }),
    reasons: reasons.map(reasonView),
  });
}
