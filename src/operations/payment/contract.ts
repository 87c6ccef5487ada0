import Type from 'typebox';
import {
  DayText,
  FenText,
  IdText,
  InstantText,
  Names,
  PageQuery,
  page,
  type RefusalTable,
} from '../../platform/http/contract.ts';

export const paymentKinds = ['purchase', 'load'] as const;
export type PaymentKind = (typeof paymentKinds)[number];
export const paymentKindNames: Readonly<Record<PaymentKind, { readonly zh: string; readonly en: string }>> = {
  purchase: { zh: '消费', en: 'purchase' },
  load: { zh: '圈存', en: 'load' },
};

/** States of a payment; moves between them are in `states.rules.ts` and in the README. */
export const paymentStates = ['approved', 'declined', 'reversed', 'chip_confirmed'] as const;
export type PaymentState = (typeof paymentStates)[number];
export const paymentStateNames: Readonly<Record<PaymentState, { readonly zh: string; readonly en: string }>> = {
  approved: { zh: '已批准', en: 'approved' },
  declined: { zh: '已拒绝', en: 'declined' },
  reversed: { zh: '已冲正', en: 'reversed' },
  chip_confirmed: { zh: '芯片已确认', en: 'confirmed by the chip' },
};

export const Payment = Type.Object({
  payment_id: IdText,
  kind: Type.Enum(paymentKinds),
  state: Type.Enum(paymentStates),
  terminal_id: Type.String(),
  batch_no: Type.String(),
  trace_no: Type.String(),
  institution_code: Type.String(),
  account_number_masked: Type.String(),
  card_id: Type.Union([IdText, Type.Null()]),
  person_id: Type.Union([IdText, Type.Null()]),
  amount_fen: FenText,
  settlement_no: Type.Union([Type.String(), Type.Null()]),
  /** ISO 8583 field 39 and its words. */
  response_code: Type.String(),
  response: Names,
  /** The precise cause behind a response code other than 00. */
  refusal_code: Type.Union([Type.String(), Type.Null()]),
  reference_no: Type.String(),
  authorisation: Type.Union([Type.String(), Type.Null()]),
  journal_id: Type.Union([IdText, Type.Null()]),
  trace_id: IdText,
  at: InstantText,
  business_date: DayText,
});
export type Payment = Type.Static<typeof Payment>;

export const PaymentDetail = Type.Object({
  ...Payment.properties,
  /** Set when the payment was taken back. */
  reversal: Type.Union([
    Type.Object({ at: InstantText, cause: Type.String(), journal_id: Type.Union([IdText, Type.Null()]) }),
    Type.Null(),
  ]),
  /** What the chip said afterwards; `matches` false is a difference that someone must look at. */
  chip: Type.Union([Type.Object({ at: InstantText, tac: Type.String(), matches: Type.Boolean() }), Type.Null()]),
});
export type PaymentDetail = Type.Static<typeof PaymentDetail>;

/** GET /api/payments, newest first. */
export const PaymentQuery = Type.Object({
  ...PageQuery.properties,
  institution: Type.Optional(Type.String({ maxLength: 12 })),
  /** Card number (9 characters). */
  card: Type.Optional(Type.String({ maxLength: 9 })),
  from: Type.Optional(DayText),
  through: Type.Optional(DayText),
});
export const PaymentPage = page(Payment);

/** One movement of a person's money, newest first. */
export const AccountLine = Type.Object({
  line_id: Type.String(),
  at: InstantText,
  business_date: DayText,
  account: Type.Union([Type.Literal('personal'), Type.Literal('card')]),
  /** Kind of the journal, such as `payment.purchase` or `payment.load`. */
  kind: Type.String(),
  what: Names,
  /** From the person's view: in positive, out negative. */
  amount_fen: FenText,
  payment_id: Type.Union([IdText, Type.Null()]),
  settlement_no: Type.Union([Type.String(), Type.Null()]),
  institution_code: Type.Union([Type.String(), Type.Null()]),
  trace_id: Type.Union([IdText, Type.Null()]),
});
export type AccountLine = Type.Static<typeof AccountLine>;

/**
 * GET /api/my/account and GET /api/persons/:id/account. Balances are those of the books at `as_of`;
 * `on_the_way` is card money approved but not yet confirmed by the chip.
 */
export const PersonAccount = Type.Object({
  person_id: IdText,
  as_of: InstantText,
  personal_fen: FenText,
  card_fen: FenText,
  on_the_way: Type.Object({ count: Type.Integer(), amount_fen: FenText }),
  cards: Type.Array(Type.Object({ card_id: IdText, card_number: Type.String(), balance_fen: FenText })),
  statement: page(AccountLine),
});
export type PersonAccount = Type.Static<typeof PersonAccount>;

export const paymentRefusals = {
  'payment.unknown': { status: 404, zh: '没有这笔交易', en: 'There is no such payment.' },
  'payment.no_account': { status: 404, zh: '该人员没有个人账户', en: 'This person has no account.' },
} as const satisfies RefusalTable;
