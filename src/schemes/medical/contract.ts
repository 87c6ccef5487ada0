import Type from 'typebox';
import { DayText, FenText, IdText, InstantText, Names, PageQuery, page } from '../../platform/http/contract.ts';

export { medicalRefusals } from './refusals.ts';
export { medicalWording } from './wording.ts';

/** What the city's catalogue lists: 药品, 诊疗项目, 医用材料. */
export const itemKinds = ['drug', 'service', 'material'] as const;
export type ItemKind = (typeof itemKinds)[number];
/** 甲 (in scope whole), 乙 (a first-pay share, then in scope), 丙 (the patient's own). */
export const itemClasses = ['A', 'B', 'C'] as const;
export type ItemClass = (typeof itemClasses)[number];
/** 门诊, 住院, 药店购药. */
export const visitKinds = ['outpatient', 'inpatient', 'pharmacy'] as const;
export type VisitKind = (typeof visitKinds)[number];
export const visitStates = ['open', 'awaiting_card', 'settled', 'cancelled'] as const;
export type VisitState = (typeof visitStates)[number];
/** `superseded`: another settlement of the same visit took its place before any money moved. */
export const settlementStates = ['awaiting_card', 'settled', 'cancelled', 'superseded'] as const;
export type SettlementState = (typeof settlementStates)[number];
/** 职工基本医疗保险 310, 城乡居民基本医疗保险 390 (AAE140). */
export const medicalInsurances = ['310', '390'] as const;
export type MedicalInsurance = (typeof medicalInsurances)[number];

/** Quantity with up to four decimals (N16,4 of the national interface). */
export const QuantityText = Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,4})?$', description: 'quantity' });
/** Yuan with up to six decimals (N16,6 of the national interface). */
export const PriceText = Type.String({ pattern: '^-?\\d{1,10}(\\.\\d{1,6})?$', description: 'unit price in yuan' });
/** A share such as `10%`. */
export const RateText = Type.String({ pattern: '^\\d{1,3}(\\.\\d{1,4})?%$', description: 'share' });
/** A day or id that somebody sends: it must exist in the calendar, it must be a UUID. */
const GivenDay = Type.String({ format: 'date' });
const GivenId = Type.String({ format: 'uuid' });
const OrNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const CatalogueItem = Type.Object({
  code: Type.String(),
  kind: Type.Enum(itemKinds),
  class: Type.Enum(itemClasses),
  name: Names,
  unit: Type.String(),
  /** Price above it is the patient's own; null when the item has no ceiling. */
  price_ceiling: OrNull(PriceText),
  /** Share the patient pays first (class B). */
  first_pay: RateText,
  /** 限制支付: the condition under which the fund pays; null when there is none. */
  restriction: OrNull(Names),
  valid_from: DayText,
  valid_through: OrNull(DayText),
});
export type CatalogueItem = Type.Static<typeof CatalogueItem>;
export const CatalogueQuery = Type.Object({
  ...PageQuery.properties,
  query: Type.Optional(Type.String({ maxLength: 60 })),
  kind: Type.Optional(Type.Enum(itemKinds)),
});
export const CataloguePage = page(CatalogueItem);

export const Diagnosis = Type.Object({ code: Type.String(), name: Names });
export type Diagnosis = Type.Static<typeof Diagnosis>;
export const DiagnosisQuery = Type.Object({ query: Type.Optional(Type.String({ maxLength: 60 })) });
export const DiagnosisList = Type.Object({ items: Type.Array(Diagnosis) });

/** A patient is named by card, by citizen number or by our id: exactly one of them. */
export const PatientKey = Type.Union([
  Type.Object({ citizen_number: Type.String({ maxLength: 30 }) }, { additionalProperties: false }),
  Type.Object({ card_number: Type.String({ maxLength: 30 }) }, { additionalProperties: false }),
  Type.Object({ person_id: GivenId }, { additionalProperties: false }),
]);
export type PatientKey = Type.Static<typeof PatientKey>;

export const RegisterVisit = Type.Object(
  {
    person: PatientKey,
    kind: Type.Enum(visitKinds),
    department: Type.String({ minLength: 1, maxLength: 60 }),
    doctor: Type.String({ minLength: 1, maxLength: 60 }),
    diagnosis_code: Type.String({ minLength: 1, maxLength: 20 }),
    begun_on: GivenDay,
  },
  { additionalProperties: false },
);
export type RegisterVisit = Type.Static<typeof RegisterVisit>;

/** One line of a bill as the institution sends it. */
export const BillLine = Type.Object(
  {
    catalogue_code: Type.String({ minLength: 1, maxLength: 50 }),
    quantity: QuantityText,
    unit_price: PriceText,
    /** The drug is used outside its restriction, so the fund does not pay it. */
    outside_restriction: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type BillLine = Type.Static<typeof BillLine>;
/** The whole bill: it replaces the lines sent before. */
export const ReplaceLines = Type.Object(
  {
    lines: Type.Array(BillLine, { maxItems: 2000 }),
    /** Day of discharge of an inpatient stay. */
    ended_on: Type.Optional(GivenDay),
  },
  { additionalProperties: false },
);
export type ReplaceLines = Type.Static<typeof ReplaceLines>;

/** total = full_own + over_limit + first_pay + in_scope (rules of the national interface, 2204). */
export const LineView = Type.Object({
  line_no: Type.Integer(),
  catalogue_code: Type.String(),
  name: Names,
  kind: Type.Enum(itemKinds),
  class: Type.Enum(itemClasses),
  unit: Type.String(),
  quantity: QuantityText,
  unit_price: PriceText,
  price_ceiling: OrNull(PriceText),
  first_pay: RateText,
  outside_restriction: Type.Boolean(),
  total_fen: FenText,
  full_own_fen: FenText,
  over_limit_fen: FenText,
  first_pay_fen: FenText,
  in_scope_fen: FenText,
});
export type LineView = Type.Static<typeof LineView>;

/** Figures of a settlement that add up: total = fund + personal, personal = account + cash. */
export const amountNames = [
  'total_fen',
  'full_own_fen',
  'over_limit_fen',
  'first_pay_fen',
  'in_scope_fen',
  'deductible_fen',
  'pool_fen',
  'serious_fen',
  'civil_servant_fen',
  'aid_fen',
  'fund_fen',
  'personal_fen',
  'account_fen',
  'cash_fen',
] as const;
export type AmountName = (typeof amountNames)[number];
export const Amounts = Type.Object({
  total_fen: FenText,
  /** 全自费 */
  full_own_fen: FenText,
  /** 超限价自费 */
  over_limit_fen: FenText,
  /** 先行自付 */
  first_pay_fen: FenText,
  /** 符合范围 */
  in_scope_fen: FenText,
  /** 本次起付线 */
  deductible_fen: FenText,
  /** 统筹基金支付 (hifp_pay) */
  pool_fen: FenText,
  /** 大额 (310) / 大病保险 (390) 支付 */
  serious_fen: FenText,
  /** 公务员医疗补助支付 */
  civil_servant_fen: FenText,
  /** 医疗救助支付, 倾斜救助 included */
  aid_fen: FenText,
  /** pool + serious + civil_servant + aid */
  fund_fen: FenText,
  /** 个人负担 (psn_part_amt) */
  personal_fen: FenText,
  /** 个人账户支付 */
  account_fen: FenText,
  /** 现金支付 */
  cash_fen: FenText,
});
export type Amounts = Type.Static<typeof Amounts>;

const FactJson = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
/** A step of the derivation; figures in fen travel as text. Its sentence is looked up by `step` in wording.ts. */
export const ReasonView = Type.Object({
  step: Type.String(),
  law: OrNull(Type.Object({ source: Type.String(), article: Type.Optional(Type.String()) })),
  parameter: Type.Optional(
    Type.Object({ key: Type.String(), value: Type.String(), from: Type.String(), confirmed: Type.Boolean() }),
  ),
  inputs: Type.Record(Type.String(), FactJson),
  result: Type.Record(Type.String(), FactJson),
});
export type ReasonView = Type.Static<typeof ReasonView>;

const Patient = Type.Object({
  person_id: IdText,
  name: Names,
  /** Masked: enough to recognise, too little to use. */
  citizen_number: Type.String(),
});
const InstitutionRef = Type.Object({ code: Type.String(), name: Names });

export const SettlementSummary = Type.Object({
  settlement_id: IdText,
  /** Travels in field 62 of the card payment. */
  settlement_no: Type.String(),
  visit_id: IdText,
  visit_no: Type.String(),
  kind: Type.Enum(visitKinds),
  state: Type.Enum(settlementStates),
  insurance: Type.Enum(medicalInsurances),
  patient: Patient,
  institution: InstitutionRef,
  use_account: Type.Boolean(),
  amounts: Amounts,
  business_date: DayText,
  decided_at: InstantText,
  settled_at: OrNull(InstantText),
  trace_id: IdText,
  /** Trace of the card payment that completed it; null when no card was asked. */
  payment_trace_id: OrNull(IdText),
});
export type SettlementSummary = Type.Static<typeof SettlementSummary>;
/** A settlement with the statement: why every figure is what it is. */
export const SettlementView = Type.Object({
  ...SettlementSummary.properties,
  department: Type.String(),
  doctor: Type.String(),
  diagnosis: Diagnosis,
  begun_on: DayText,
  ended_on: OrNull(DayText),
  lines: Type.Array(LineView),
  reasons: Type.Array(ReasonView),
  /** What the person had used of the year's limits before this settlement, by name of the accumulator; fen, and stays. */
  used_before: Type.Record(Type.String(), FenText),
});
export type SettlementView = Type.Static<typeof SettlementView>;
export const SettlementQuery = Type.Object({
  ...PageQuery.properties,
  person: Type.Optional(IdText),
  institution: Type.Optional(Type.String({ maxLength: 20 })),
  from: Type.Optional(GivenDay),
  through: Type.Optional(GivenDay),
  state: Type.Optional(Type.Enum(settlementStates)),
});
export type SettlementQuery = Type.Static<typeof SettlementQuery>;
export const SettlementPage = page(SettlementSummary);

export const VisitSummary = Type.Object({
  visit_id: IdText,
  visit_no: Type.String(),
  kind: Type.Enum(visitKinds),
  state: Type.Enum(visitStates),
  insurance: Type.Enum(medicalInsurances),
  patient: Patient,
  institution: InstitutionRef,
  department: Type.String(),
  doctor: Type.String(),
  diagnosis: Diagnosis,
  begun_on: DayText,
  ended_on: OrNull(DayText),
  line_count: Type.Integer(),
  total_fen: FenText,
  registered_at: InstantText,
});
export type VisitSummary = Type.Static<typeof VisitSummary>;
export const VisitView = Type.Object({
  ...VisitSummary.properties,
  lines: Type.Array(LineView),
  /** The settlement that stands (waiting or settled); null while the visit is open or cancelled. */
  settlement: OrNull(SettlementSummary),
});
export type VisitView = Type.Static<typeof VisitView>;
export const VisitQuery = Type.Object({ ...PageQuery.properties, state: Type.Optional(Type.Enum(visitStates)) });
export type VisitQuery = Type.Static<typeof VisitQuery>;
export const VisitPage = page(VisitSummary);

export const UseAccount = Type.Object({ use_account: Type.Boolean() }, { additionalProperties: false });
/** What a settlement would be now; nothing is stored. */
export const Preview = Type.Object({
  insurance: Type.Enum(medicalInsurances),
  amounts: Amounts,
  /** Personal account and card account together. */
  account_available_fen: FenText,
  lines: Type.Array(LineView),
  reasons: Type.Array(ReasonView),
});
export type Preview = Type.Static<typeof Preview>;

/** The live page: one row for each hour of the day and kind of visit that has settlements. */
export const Today = Type.Object({
  business_date: DayText,
  waiting_for_card: Type.Integer(),
  hours: Type.Array(
    Type.Object({
      hour: Type.Integer({ minimum: 0, maximum: 23 }),
      kind: Type.Enum(visitKinds),
      insurance: Type.Enum(medicalInsurances),
      settlements: Type.Integer(),
      total_fen: FenText,
      pool_fen: FenText,
      serious_fen: FenText,
      civil_servant_fen: FenText,
      aid_fen: FenText,
      account_fen: FenText,
      cash_fen: FenText,
    }),
  ),
});
export type Today = Type.Static<typeof Today>;

export const IdParams = Type.Object({ id: GivenId });
