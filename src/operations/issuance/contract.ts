import Type from 'typebox';
import { BlackListReasonText } from '../../core/screening/contract.ts';
import { DayText, IdText, InstantText, PageQuery, page, type RefusalTable } from '../../platform/http/contract.ts';

/** States of a card: issued (made, not yet handed over), active, blocked by the agency, reported lost, cancelled for good. */
export const cardStates = ['issued', 'active', 'blocked', 'lost', 'cancelled'] as const;
export type CardState = (typeof cardStates)[number];
export const CardStateText = Type.Enum(cardStates);

export const Card = Type.Object({
  card_id: IdText,
  /** 社会保障卡卡号, 9 characters. */
  card_number: Type.String(),
  /** The number on the wire (field 2), masked. */
  account_number_masked: Type.String(),
  person_id: IdText,
  holder_name: Type.Union([Type.String(), Type.Null()]),
  holder_name_latin: Type.Union([Type.String(), Type.Null()]),
  city_code: Type.String(),
  /** 2: second generation (3DES), 3: third generation (SM4). */
  generation: Type.Integer(),
  algorithm: Type.Union([Type.Literal('des'), Type.Literal('sm4')]),
  state: CardStateText,
  issued_on: DayText,
  expires_on: DayText,
});
export type Card = Type.Static<typeof Card>;

export const CardEvent = Type.Object({
  at: InstantText,
  from: Type.Union([CardStateText, Type.Null()]),
  to: CardStateText,
  reason: Type.Union([Type.String(), Type.Null()]),
  by: Type.String(),
});

export const CardDetail = Type.Object({
  ...Card.properties,
  card_id_code: Type.String({ description: '卡识别码, 16 bytes hex' }),
  /** What the centre believes the chip's counters to be. */
  load_sequence: Type.Integer(),
  purchase_sequence: Type.Integer(),
  black_list: Type.Union([Type.Object({ reason: BlackListReasonText, since: InstantText }), Type.Null()]),
  history: Type.Array(CardEvent),
});
export type CardDetail = Type.Static<typeof CardDetail>;

/** GET /api/cards: `query` is the beginning of a card number or of a holder's name. */
export const CardQuery = Type.Object({
  ...PageQuery.properties,
  query: Type.Optional(Type.String({ maxLength: 60 })),
  state: Type.Optional(CardStateText),
});
export const CardPage = page(Card);
/** GET /api/persons/:id/cards and GET /api/my/cards. */
export const CardsOfPerson = Type.Object({ items: Type.Array(Card) });
/** POST /api/cards/:id/block */
export const BlockCard = Type.Object({ reason: BlackListReasonText });
/** POST /api/my/card/report-loss; `card_id` only when the person has more than one card in use. */
export const ReportLoss = Type.Object({ card_id: Type.Optional(IdText) });

export const issuanceRefusals = {
  'issuance.card_unknown': { status: 404, zh: '没有这张卡', en: 'There is no such card.' },
  'issuance.move_not_allowed': {
    status: 409,
    zh: '卡状态为 {state}，不能执行该操作',
    en: 'The card is {state}; this cannot be done with it.',
  },
  'issuance.chip_issued_already': {
    status: 409,
    zh: '该卡的芯片已经制作，不能再次制作',
    en: 'The chip of this card was made already; there is no second one.',
  },
  'issuance.no_card_in_use': { status: 404, zh: '您名下没有在用的卡', en: 'You have no card in use.' },
} as const satisfies RefusalTable;
