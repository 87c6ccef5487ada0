import Type from 'typebox';
import { FenText, IdText, MonthText, page } from '../../platform/http/contract.ts';

export { contributionRefusals } from './refusals.ts';
export { contributionWording } from './wording.ts';

/** 企业养老, 职工医疗, 失业, 工伤, 生育 (collected with medical where merged). */
export const contributionInsurances = ['pension', 'medical', 'unemployment', 'injury', 'maternity'] as const;
export type ContributionInsurance = (typeof contributionInsurances)[number];

const FactJson = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
/** A step of the derivation; figures in fen travel as text. */
export const ReasonView = Type.Object({
  step: Type.String(),
  law: Type.Union([Type.Object({ source: Type.String(), article: Type.Optional(Type.String()) }), Type.Null()]),
  parameter: Type.Optional(
    Type.Object({ key: Type.String(), value: Type.String(), from: Type.String(), confirmed: Type.Boolean() }),
  ),
  inputs: Type.Record(Type.String(), FactJson),
  result: Type.Record(Type.String(), FactJson),
});

/** What one person and the employer owe for one insurance and month. */
export const ContributionLine = Type.Object({
  insurance: Type.Enum(contributionInsurances),
  base_fen: FenText,
  employer_fen: FenText,
  person_fen: FenText,
});

export const PersonQuery = Type.Object({ month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }) });
export const PersonParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
/** One month of one person, decided again on request, with its reasons. */
export const PersonContribution = Type.Object({
  person_id: IdText,
  month: MonthText,
  employer_code: Type.String(),
  employer_name: Type.Object({ zh: Type.String(), en: Type.String() }),
  lines: Type.Array(ContributionLine),
  /** Part that goes to the personal medical account. */
  account_fen: FenText,
  /** How far the employer's bill of that month is; null when the month was not billed. */
  bill: Type.Union([Type.Literal('billed'), Type.Literal('received'), Type.Null()]),
  reasons: Type.Array(ReasonView),
});
export type PersonContribution = Type.Static<typeof PersonContribution>;

export const MonthParams = Type.Object({ month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }) });
/** What assessing a month added. */
export const Assessed = Type.Object({
  bills: Type.Integer(),
  persons: Type.Integer(),
  employer_fen: FenText,
  person_fen: FenText,
});
export const Bill = Type.Object({
  employer_id: IdText,
  persons: Type.Integer(),
  /** Employer's and employees' parts together. */
  amount_fen: FenText,
  state: Type.Union([Type.Literal('billed'), Type.Literal('received')]),
});
export type Bill = Type.Static<typeof Bill>;
export const BillPage = page(Bill);
/** Money of employers as the treasury reports it. */
export const Receipts = Type.Object({
  receipts: Type.Array(Type.Object({ employer_id: IdText, amount_fen: FenText }), { minItems: 1, maxItems: 500 }),
});
export const ReceiptAnswers = Type.Object({
  items: Type.Array(
    Type.Object({
      employer_id: IdText,
      outcome: Type.Union([Type.Literal('booked'), Type.Literal('repeated'), Type.Literal('refused')]),
      refusal_code: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});
export type ReceiptAnswers = Type.Static<typeof ReceiptAnswers>;
