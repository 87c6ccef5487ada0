import Type from 'typebox';
import { IdText, InstantText, Names, type RefusalTable } from '../../platform/http/contract.ts';

export const Family = Type.Union([Type.Literal('des'), Type.Literal('sm4')]);
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
/** First 3 bytes of E(key, 0), hex; people may type small letters and blanks around it. */
const CheckValue = Type.String({ maxLength: 12 });

export const ceremonyStates = [
  'contributing',
  'combining',
  'confirming',
  'installing',
  'installed',
  'cancelled',
  'expired',
] as const;
export type CeremonyState = (typeof ceremonyStates)[number];

export const receiverKinds = ['psam', 'terminal', 'bank', 'issuing_station', 'mother_card'] as const;
export type ReceiverKind = (typeof receiverKinds)[number];
export const applications = ['identity', 'medical', 'purse'] as const;
export const transactions = [
  'authentication',
  'maintenance',
  'reading',
  'update',
  'purchase',
  'load',
  'proof',
] as const;

const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });

const Person = Type.Object({ user_id: Type.String(), name: Type.String() });
export type Person = Type.Static<typeof Person>;

/** What happened, and who did it: append-only. `refused` has the step and the code in its detail. */
export const CustodyEvent = Type.Object({
  event_id: IdText,
  subject: Type.String(),
  kind: Type.String(),
  by: Person,
  at: InstantText,
  detail: Type.Record(Type.String(), Type.Unknown()),
});
export type CustodyEvent = Type.Static<typeof CustodyEvent>;

/** GET /api/custody/store : what the key store can promise, and who the custodians are. */
export const StoreView = Type.Object({
  kind: oneOf(['software', 'pkcs11']),
  model: Type.String(),
  notes: Type.Array(Names),
  custodians: Type.Array(Person),
  /** Card keys that have a root. */
  key_names: Type.Array(Type.String()),
  /** Whether component cards can be written here. */
  card_desk: Type.Boolean(),
});
export type StoreView = Type.Static<typeof StoreView>;

/** POST /api/custody/ceremonies : `name` is a card key's, or TK-… for a transport key; the version is the next one. */
export const OpenCeremony = Type.Object({
  purpose: text(200),
  family: Family,
  name: Type.String({ pattern: '^(TK-[A-Z0-9]{1,8}|[A-Z0-9]{2,8})$' }),
  custodians: Type.Array(text(80), { maxItems: 3 }),
});

export const Ceremony = Type.Object({
  ceremony_id: IdText,
  purpose: Type.String(),
  family: Family,
  name: Type.String(),
  /** `root`: a national key from which province, city and card keys are made; `transport`: agreed with a receiver. */
  level: oneOf(['root', 'transport']),
  version: Type.Integer(),
  state: oneOf(ceremonyStates),
  custodians: Type.Array(Type.Object({ ...Person.properties, contributed: Type.Boolean(), confirmed: Type.Boolean() })),
  opened_at: InstantText,
  expires_at: InstantText,
  /** Check value of the combined key, once it is combined. */
  check_value: Type.Union([Type.String(), Type.Null()]),
  /** What the caller may do now. */
  own_step: Type.Union([oneOf(['contribute', 'combine', 'confirm', 'install']), Type.Null()]),
});
export type Ceremony = Type.Static<typeof Ceremony>;
export const Ceremonies = Type.Object({ items: Type.Array(Ceremony) });

/** POST …/contribute : a component of 16 bytes that was brought, hex or on a card; without it one is made at random. */
export const Contribute = Type.Object({
  component: Type.Optional(Type.String({ pattern: '^[0-9A-Fa-f]{32}$' })),
  /** PIN of a component card: a new component is written to a blank one, or with `card` read from that item's. */
  pin: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
  card: Type.Optional(IdText),
});
/** Shown once. `component` is null where the custodian brought it or has it on a card. */
export const Contribution = Type.Object({
  position: Type.Integer(),
  component: Type.Union([Type.String(), Type.Null()]),
  check_value: Type.String(),
  ceremony: Ceremony,
});
export type Contribution = Type.Static<typeof Contribution>;

/** POST …/confirm : both check values, as the custodian read them. */
export const Confirm = Type.Object({ check_value: CheckValue, own_check_value: CheckValue });

/** GET …/minutes : the record of a ceremony; `hash` is SHA-256 over its lines, hex. */
export const Minutes = Type.Object({ ceremony: Ceremony, events: Type.Array(CustodyEvent), hash: Type.String() });
export type Minutes = Type.Static<typeof Minutes>;

export const InventoryKey = Type.Object({
  key: Type.String(),
  family: Family,
  name: Type.String(),
  version: Type.Integer(),
  check_value: Type.String(),
});
export const InventoryItem = Type.Object({
  item_id: IdText,
  kind: oneOf(['component', 'component_card', ...receiverKinds]),
  label: Type.String(),
  keys: Type.Array(Type.String()),
  custodian: Person,
  state: oneOf(['held', 'destroyed']),
});
/** GET /api/custody/inventory */
export const Inventory = Type.Object({ keys: Type.Array(InventoryKey), items: Type.Array(InventoryItem) });
export type Inventory = Type.Static<typeof Inventory>;

/** GET /api/custody/history?subject= : newest last. */
export const HistoryQuery = Type.Object({ subject: text(80) });
export const History = Type.Object({ items: Type.Array(CustodyEvent) });
export type History = Type.Static<typeof History>;

/** POST /api/custody/items/:id/hand-over */
export const HandOver = Type.Object({ to: text(80) });

export const Distribute = Type.Object({
  kind: Type.Literal('distribute'),
  receiver: oneOf(receiverKinds),
  label: text(60),
  family: Family,
  version: Type.Integer({ minimum: 1, maximum: 99 }),
  applications: Type.Array(oneOf(applications), { minItems: 1, maxItems: 3 }),
  transactions: Type.Array(oneOf(transactions), { minItems: 1, maxItems: 7 }),
  /** A province's keys from the national root, or a city's from the province's. */
  level: oneOf(['province', 'city']),
  city_code: Type.String({ pattern: '^\\d{6}$' }),
  /** Transport key TK-…, its newest version. */
  transport: Type.String({ pattern: '^TK-[A-Z0-9]{1,8}$' }),
});
export type Distribute = Type.Static<typeof Distribute>;
/** `destroy` ends a version; `drill` asks what would have to be replaced if it were known to strangers. */
export const EndKey = Type.Object({
  kind: oneOf(['destroy', 'drill']),
  family: Family,
  name: Type.String({ pattern: '^[A-Z0-9-]{2,12}$' }),
  version: Type.Integer({ minimum: 1, maximum: 99 }),
});
export type EndKey = Type.Static<typeof EndKey>;
/** POST /api/custody/orders : carried out when another custodian approves it. */
export const NewOrder = Type.Union([Distribute, EndKey]);
export type NewOrder = Type.Static<typeof NewOrder>;

export const Order = Type.Object({
  order_id: IdText,
  order: NewOrder,
  asked_by: Person,
  asked_at: InstantText,
  done_by: Type.Union([Person, Type.Null()]),
  /** Of a distribution the keys with check values and blocks; of a drill the items that would have to be replaced. */
  result: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
});
export type Order = Type.Static<typeof Order>;
export const Orders = Type.Object({ items: Type.Array(Order) });

export const custodyRefusals = {
  'custody.two_or_three': {
    status: 422,
    zh: '密钥仪式须由两名或三名保管员共同进行',
    en: 'A ceremony takes two or three custodians.',
  },
  'custody.same_person_twice': {
    status: 409,
    zh: '同一人不能两次担任或两次完成同一步；未作任何更改',
    en: 'One person cannot stand twice or take the same step twice. Nothing was changed.',
  },
  'custody.no_custodian': {
    status: 422,
    zh: '所列人员中有人不是密钥保管员',
    en: 'Somebody on the list is not a key custodian.',
  },
  'custody.key_unknown': { status: 422, zh: '没有名为 {name} 的密钥', en: 'There is no key named {name}.' },
  'custody.ceremony_running': {
    status: 409,
    zh: '{name} 已有一场仪式正在进行，请先完成或取消',
    en: 'A ceremony for {name} is under way; finish or cancel it first.',
  },
  'custody.ceremony_unknown': { status: 404, zh: '没有这场密钥仪式', en: 'There is no such ceremony.' },
  'custody.not_named': {
    status: 403,
    zh: '您不是这场仪式的保管员；此次尝试已记录',
    en: 'You are not a custodian of this ceremony. The attempt is on record.',
  },
  'custody.ceremony_over': { status: 409, zh: '仪式已经结束', en: 'The ceremony is over.' },
  'custody.too_late': {
    status: 409,
    zh: '仪式已超时；请取消后重新开始',
    en: 'The time of this ceremony has run out; cancel it and open another.',
  },
  'custody.not_your_turn': {
    status: 409,
    zh: '还没有轮到您提交分量',
    en: 'It is not your turn to contribute.',
  },
  'custody.components_missing': {
    status: 409,
    zh: '分量尚未齐备，不能合成',
    en: 'Components are missing; they cannot be combined yet.',
  },
  'custody.combined_already': { status: 409, zh: '分量已经合成', en: 'The components are combined already.' },
  'custody.not_combined': { status: 409, zh: '分量尚未合成', en: 'The components are not combined yet.' },
  'custody.own_check_value_wrong': {
    status: 422,
    zh: '您本人分量的校验值不符；未确认，此次尝试已记录',
    en: 'The check value of your own component is wrong. Nothing was confirmed; the attempt is on record.',
  },
  'custody.check_value_wrong': {
    status: 422,
    zh: '合成密钥的校验值不符；未确认，此次尝试已记录',
    en: 'The check value of the combined key is wrong. Nothing was confirmed; the attempt is on record.',
  },
  'custody.not_confirmed': {
    status: 409,
    zh: '须全体保管员确认校验值后才能安装',
    en: 'Every custodian must confirm the check value before the key is installed.',
  },
  'custody.alone': {
    status: 409,
    zh: '须由另一名保管员完成这一步；此次尝试已记录',
    en: 'Another custodian must take this step. The attempt is on record.',
  },
  'custody.card_missing': {
    status: 409,
    zh: '读卡器中没有可用的分量卡',
    en: 'There is no component card in the reader.',
  },
  'custody.card_used': { status: 409, zh: '这张分量卡已经写过', en: 'This component card has been written before.' },
  'custody.card_pin_wrong': { status: 422, zh: '分量卡的 PIN 不符', en: 'The PIN of the component card is wrong.' },
  'custody.card_blocked': { status: 409, zh: '分量卡已锁定', en: 'The component card is blocked.' },
  'custody.item_unknown': { status: 404, zh: '清单中没有这一项', en: 'There is no such item in the inventory.' },
  'custody.not_holder': {
    status: 403,
    zh: '只有现保管人可以移交；此次尝试已记录',
    en: 'Only its custodian can hand it over. The attempt is on record.',
  },
  'custody.label_taken': { status: 409, zh: '编号 {label} 已经使用', en: 'The label {label} is taken.' },
  'custody.order_unknown': { status: 404, zh: '没有这份指令', en: 'There is no such order.' },
  'custody.order_done': { status: 409, zh: '指令已经执行', en: 'The order has been carried out.' },
  'custody.not_for_receiver': {
    status: 422,
    zh: '该接收方不得持有这类交易的密钥',
    en: 'This receiver may not hold keys for these transactions.',
  },
  'custody.no_such_keys': {
    status: 422,
    zh: '所选应用和交易没有对应的密钥',
    en: 'No key serves these applications and transactions.',
  },
  'custody.version_unknown': {
    status: 422,
    zh: '密钥库中没有 {key}',
    en: 'The key store does not hold {key}.',
  },
  'custody.last_version': {
    status: 409,
    zh: '{key} 是唯一版本，请先安装新版本再销毁',
    en: '{key} is the only version; install a new one before you destroy it.',
  },
} as const satisfies RefusalTable;
