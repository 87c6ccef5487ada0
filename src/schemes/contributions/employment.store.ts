import type { Fen } from '../../kernel/money.ts';
import type { Day } from '../../kernel/time.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { ContributionInsurance } from './contract.ts';
import type { RiskClass } from './facts.ts';

/** One person at one employer on the first day of a month, with the insurances the employer contributes to. */
export type Employment = {
  readonly person_id: string;
  readonly employer_id: string;
  readonly employer_zh: string;
  readonly employer_en: string;
  readonly credit_code: string;
  readonly risk_class: RiskClass;
  readonly wage_fen: Fen;
  readonly insurances: readonly ContributionInsurance[];
};

/** By kind of insurance (AAE140); maternity is collected with medical and has no enrolment of its own. */
const contributedWith: Readonly<Record<string, readonly ContributionInsurance[]>> = {
  '110': ['pension'],
  '210': ['unemployment'],
  '310': ['medical', 'maternity'],
  '410': ['injury'],
};

type Row = Omit<Employment, 'risk_class' | 'insurances'> & {
  readonly injury_class: number;
  readonly kinds: readonly string[];
};

/**
 * Who is employed and insured on a day: everybody, or one person. A wage that differs between insurances makes a row of
 * its own. Flexible workers and residents have no employer and pay by themselves.
 */
export async function employmentsOn(sql: Sql, day: Day, person_id: string | null = null): Promise<Employment[]> {
  const rows = await sql.query<Row>(
    `select n.person_id, n.employer_id, e.name_zh as employer_zh, e.name_en as employer_en, e.credit_code,
       e.injury_class, n.wage_fen, array_agg(n.insurance order by n.insurance) as kinds
     from registry.v_enrolments n join registry.v_employers e using (employer_id)
     where n.status = 'in_service' and n.wage_fen is not null
       and n.from_day <= $1 and (n.through_day is null or n.through_day >= $1)
       and ($2::uuid is null or n.person_id = $2)
     group by n.person_id, n.employer_id, e.name_zh, e.name_en, e.credit_code, e.injury_class, n.wage_fen
     order by n.employer_id, n.person_id`,
    [day.toString(), person_id],
  );
  return rows.map(({ injury_class, kinds, ...row }) => ({
    ...row,
    risk_class: String(injury_class) as RiskClass,
    insurances: kinds.flatMap((kind) => contributedWith[kind] ?? []),
  }));
}
