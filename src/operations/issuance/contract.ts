import Type from 'typebox';
import { BlackListReasonText } from '../../core/screening/contract.ts';
import {
  DayText,
  FenText,
  IdText,
  InstantText,
  PageQuery,
  page,
  type RefusalTable,
} from '../../platform/http/contract.ts';

/**
 * States of a card: ordered (its number is given, its chip is not ready), issued (made, not yet in use), active, blocked
 * by the agency, suspended (provisional loss report), lost (formal one), cancelled for good.
 */
export const cardStates = ['ordered', 'issued', 'active', 'blocked', 'suspended', 'lost', 'cancelled'] as const;
export type CardState = (typeof cardStates)[number];
export const CardStateText = Type.Enum(cardStates);

/** What can be done with a card. */
export const cardMoves = [
  'complete',
  'spoil',
  'activate',
  'block',
  'unblock',
  'suspend',
  'report_loss',
  'find',
  'lapse',
  'supersede',
  'cancel',
  'emigrate',
  'die',
] as const;
export type CardMove = (typeof cardMoves)[number];

export const applicationChannels = ['counter', 'employer', 'batch'] as const;
export type ApplicationChannel = (typeof applicationChannels)[number];
export const applicationReasons = ['first', 'replacement', 'renewal'] as const;
export type ApplicationReason = (typeof applicationReasons)[number];
export const applicationStates = ['submitted', 'approved', 'rejected', 'ordered', 'handed_over'] as const;
export type ApplicationState = (typeof applicationStates)[number];
export const workStates = ['prepared', 'begun', 'checked', 'spoiled', 'delivered', 'received'] as const;
export type WorkState = (typeof workStates)[number];
/** What is counted: blanks, chips begun, finished cards, destroyed ones, PSAMs, readers. */
export const stockKinds = ['blank', 'in_work', 'finished', 'spoiled', 'psam', 'reader'] as const;
export type StockKind = (typeof stockKinds)[number];

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

/** One move of a card. */
export const CardEvent = Type.Object({
  move: Type.Enum(cardMoves),
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
  suspended_through: Type.Union([DayText, Type.Null()]),
  /** On the card's account by the books; null when it has none. */
  balance_fen: Type.Union([FenText, Type.Null()]),
  /** What the agency may do with it now, and nothing else. */
  may: Type.Array(Type.Enum(cardMoves)),
  /** In use, and its chip has yet to take up the money of the card before it. */
  take_up: Type.Boolean(),
  /** Where its money went when it ended. */
  carried: Type.Union([
    Type.Object({
      to_card: Type.Union([Type.String(), Type.Null()]),
      amount_fen: FenText,
      came_fen: FenText,
      expected_through: DayText,
      on_chip: Type.Boolean(),
    }),
    Type.Null(),
  ]),
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
/**
 * POST /api/my/card/report-loss; `card_id` only when the person has more than one card in use; `provisional`: it lapses by
 * itself, and anything else waits for the counter.
 */
export const ReportLoss = Type.Object({
  card_id: Type.Optional(IdText),
  provisional: Type.Optional(Type.Boolean()),
});

export const Application = Type.Object({
  application_id: IdText,
  person_id: IdText,
  name: Type.String(),
  name_latin: Type.String(),
  channel: Type.Enum(applicationChannels),
  reason: Type.Enum(applicationReasons),
  replaces: Type.Union([Type.String(), Type.Null()]),
  fee_fen: FenText,
  state: Type.Enum(applicationStates),
  employer_code: Type.Union([Type.String(), Type.Null()]),
  submitted_by: Type.String(),
  submitted_at: InstantText,
  decided_by: Type.Union([Type.String(), Type.Null()]),
  words: Type.Union([Type.String(), Type.Null()]),
  photo: Type.String({ description: 'base64' }),
  /** Whether the caller may decide it: four eyes. */
  may_decide: Type.Boolean(),
});
export type Application = Type.Static<typeof Application>;
export const ApplicationQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(Type.Enum(applicationStates)),
});
export const ApplicationPage = page(Application);

const PhotoText = Type.String({ maxLength: 5_500, description: 'JPEG or BMP of at most 4096 bytes, base64' });
/** POST /api/card-applications: persons by id (counter) or by citizen number (employer, batch file). */
export const Apply = Type.Object({
  channel: Type.Enum(applicationChannels),
  employer_code: Type.Optional(Type.String({ maxLength: 18 })),
  rows: Type.Array(
    Type.Object({
      person_id: Type.Optional(IdText),
      citizen_number: Type.Optional(Type.String({ maxLength: 18 })),
      photo: PhotoText,
    }),
    { minItems: 1, maxItems: 5_000 },
  ),
});
/** One answer for each row, in their order: the application, or why there is none. */
export const Applied = Type.Object({
  items: Type.Array(
    Type.Object({
      application_id: Type.Union([IdText, Type.Null()]),
      reason: Type.Union([Type.Enum(applicationReasons), Type.Null()]),
      /** What was charged. */
      fee_fen: Type.Union([FenText, Type.Null()]),
      refusal: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});
export type Applied = Type.Static<typeof Applied>;
export const Decide = Type.Object({
  ids: Type.Array(IdText, { minItems: 1, maxItems: 5_000 }),
  approve: Type.Boolean(),
  words: Type.Optional(Type.String({ maxLength: 200 })),
});

export const Order = Type.Object({
  order_id: IdText,
  number: Type.Integer(),
  place: Type.Union([Type.Literal('station'), Type.Literal('bureau')]),
  cards: Type.Integer(),
  by: Type.String(),
  at: InstantText,
  sent_at: Type.Union([InstantText, Type.Null()]),
  /** How many cards are in which state of work. */
  counts: Type.Object(
    Object.fromEntries(workStates.map((state) => [state, Type.Integer()])) as Record<WorkState, Type.TInteger>,
  ),
  /** How many stand with an error. */
  failed: Type.Integer(),
  /** Whether a station of this centre works on it now. */
  running: Type.Boolean(),
});
export type Order = Type.Static<typeof Order>;
export const Orders = Type.Object({ items: Type.Array(Order) });
export const MakeOrder = Type.Object({
  place: Type.Union([Type.Literal('station'), Type.Literal('bureau')]),
  most: Type.Integer({ minimum: 1, maximum: 100_000 }),
});

export const Work = Type.Object({
  card_id: IdText,
  position: Type.Integer(),
  card_number: Type.String(),
  name: Type.String(),
  name_latin: Type.String(),
  state: Type.Enum(workStates),
  station: Type.Union([Type.String(), Type.Null()]),
  error: Type.Union([Type.String(), Type.Null()]),
  employer_code: Type.Union([Type.String(), Type.Null()]),
  received_by: Type.Union([Type.String(), Type.Null()]),
});
export type Work = Type.Static<typeof Work>;
/** GET /api/card-orders/:id/work: those with an error first, then by place. */
export const WorkQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(Type.Enum(workStates)),
});
export const WorkPage = page(Work);

/** POST /api/cards/:id/move, by the agency's desk. */
export const MoveCard = Type.Object({
  move: Type.Enum(['suspend', 'report_loss', 'find', 'cancel', 'emigrate', 'die']),
});
/** POST /api/cards/:id/activate: the PIN the holder has typed at the counter. */
export const ActivateCard = Type.Object({ pin: Type.String({ pattern: '^\\d{6}$' }) });
export const ReceiveCard = Type.Object({ received_by: Type.String({ minLength: 1, maxLength: 60 }) });
export const Done = Type.Object({ count: Type.Integer() });

export const StockLine = Type.Object({
  kind: Type.Enum(stockKinds),
  count: Type.Integer(),
  moved: Type.Integer(),
  cards: Type.Union([Type.Integer(), Type.Null()]),
});
export const Stock = Type.Object({ items: Type.Array(StockLine) });
export type Stock = Type.Static<typeof Stock>;
export const CountStock = Type.Object({
  kind: Type.Enum(['blank', 'psam', 'reader']),
  change: Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }),
});

export const ListedCard = Type.Object({
  card_id: IdText,
  card_number: Type.String(),
  holder_name: Type.Union([Type.String(), Type.Null()]),
  holder_name_latin: Type.Union([Type.String(), Type.Null()]),
  reason: BlackListReasonText,
  since: InstantText,
  version: Type.String(),
});
export type ListedCard = Type.Static<typeof ListedCard>;
export const BlackListPage = page(ListedCard);

/** GET /api/card-orders/:id/faces: what is printed, for the preview. */
export const FacePreview = Type.Object({
  title: Type.String(),
  name: Type.String(),
  card_number: Type.String(),
  citizen_number: Type.String({ description: 'masked' }),
  issued: Type.String(),
  valid_through: Type.String(),
  photo: Type.String({ description: 'base64' }),
});
export type FacePreview = Type.Static<typeof FacePreview>;

export const BureauFile = Type.Object({ file: Type.String({ description: 'base64' }) });
export const BureauReturn = Type.Object({
  finished: Type.Integer(),
  spoiled: Type.Integer(),
  rejected: Type.Array(Type.Object({ card_number: Type.String(), why: Type.String() })),
});

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
  'issuance.person_unknown': { status: 404, zh: '没有这个人', en: 'There is no such person.' },
  'issuance.holder_died': { status: 422, zh: '该人已死亡，不能发卡', en: 'The person has died; no card is issued.' },
  'issuance.not_insured': {
    status: 422,
    zh: '该人当前没有参保，不能发卡',
    en: 'The person is not insured today; no card is issued.',
  },
  'issuance.photo_invalid': {
    status: 422,
    zh: '照片必须是不超过 4096 字节的 JPEG 或 BMP',
    en: 'The photo must be a JPEG or BMP of at most 4096 bytes.',
  },
  'issuance.application_under_way': {
    status: 409,
    zh: '已有一张卡在申领或制作中',
    en: 'A card was applied for already and is on its way.',
  },
  'issuance.has_card': {
    status: 409,
    zh: '该人已有一张有效卡；遗失请先正式挂失',
    en: 'The person has a valid card; if it is lost, report the loss formally first.',
  },
  'issuance.application_unknown': { status: 404, zh: '没有这份申领', en: 'There is no such application.' },
  'issuance.application_decided': { status: 409, zh: '该申领已经处理', en: 'The application was decided already.' },
  'issuance.same_person': {
    status: 403,
    zh: '申领人不能审批自己提交的申领，请由另一人审批',
    en: 'Who submitted an application does not decide it; ask a second person.',
  },
  'issuance.nothing_to_order': {
    status: 409,
    zh: '没有已批准、待制卡的申领',
    en: 'No approved application waits for a card.',
  },
  'issuance.order_unknown': { status: 404, zh: '没有这个制卡订单', en: 'There is no such order.' },
  'issuance.file_sent_already': {
    status: 409,
    zh: '该订单的制卡文件已发出，不能再次生成',
    en: 'The file of this order was sent already; there is no second one.',
  },
  'issuance.return_unreadable': {
    status: 422,
    zh: '回盘文件无法读取，或不属于该订单',
    en: 'The return file cannot be read, or belongs to another order. Nothing was changed.',
  },
  'issuance.bureau_key_missing': {
    status: 409,
    zh: '未设置与制卡厂交换的密钥（TESSERA_BUREAU_KEY）',
    en: 'No key was exchanged with the bureau (TESSERA_BUREAU_KEY).',
  },
  'issuance.no_station': {
    status: 409,
    zh: '本中心没有连接制卡读卡器',
    en: 'No personalisation readers are connected to this centre.',
  },
  'issuance.chip_fault': {
    status: 409,
    zh: '读卡器上的卡无法完成操作（{fault}），资金未动，请重试',
    en: 'The card in the reader did not finish ({fault}); no money moved. Try again.',
  },
  'issuance.no_blanks': {
    status: 409,
    zh: '白卡库存不足，请先入库',
    en: 'There are not enough blanks in stock; take some in first.',
  },
  'issuance.not_in_work': { status: 409, zh: '该卡不在制作中', en: 'The card is not in work.' },
  'issuance.nothing_to_deliver': { status: 409, zh: '没有已质检的卡可发', en: 'No checked card waits for delivery.' },
  'issuance.not_delivered': {
    status: 409,
    zh: '该卡尚未发出或已签收',
    en: 'The card was not sent, or was signed for already.',
  },
  'issuance.not_received': {
    status: 409,
    zh: '该卡尚未签收，不能启用',
    en: 'Nobody has signed for the card yet; it cannot be activated.',
  },
  'issuance.tap_differs': {
    status: 409,
    zh: '同一终端流水号已记录另一笔脱机交易',
    en: 'Another offline payment was recorded under this number of the terminal.',
  },
  'issuance.count_differs': {
    status: 409,
    zh: '盘点后库存不能小于零',
    en: 'A count cannot fall below zero.',
  },
  'issuance.no_card_in_use': { status: 404, zh: '您名下没有在用的卡', en: 'You have no card in use.' },
} as const satisfies RefusalTable;
