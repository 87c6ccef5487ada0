import Type from 'typebox';
import { type ApduRecord, type CardFaultCode, cardFaultWords, type DescribedLine } from '../../core/card/contract.ts';

/**
 * How a page at the counter and the counter agent speak: JSON texts over a WebSocket at `ws://127.0.0.1:<port>/agent`.
 * Each request has a number of the page's choice and gets one answer with it; states of readers come unasked.
 */
export const agentPath = '/agent';
export const agentPort = 8083;
/** No message of a page is longer, in bytes. */
export const longestMessage = 4096;

const id = Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, description: 'of the page’s choice' });
const slot = Type.String({ minLength: 1, maxLength: 128, description: 'as in `readers`' });

const ask = <T extends string, F extends Type.TProperties>(type: T, fields: F, description: string) =>
  Type.Object({ type: Type.Literal(type), id, ...fields }, { description, additionalProperties: false });

/** What a page may ask, by `type`. */
export const agentRequests = {
  knock: ask('knock', {}, 'Asks the agent to show a pairing code to whoever stands before the machine.'),
  pair: ask(
    'pair',
    { code: Type.String({ pattern: '^[0-9]{6}$', description: '6 digits' }) },
    'Exchanges the code for a token, which the page keeps. Answer: `token`.',
  ),
  enter: ask(
    'enter',
    { token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: '43 characters' }) },
    'Enters with the token of an earlier pairing.',
  ),
  claim: ask('claim', { slot }, 'Takes a reader for this page alone, until it is released or the page is gone.'),
  release: ask('release', { slot }, 'Powers the card off and leaves the reader to others.'),
  connect: ask('connect', { slot }, 'Powers the card on, or resets it. Answer: `atr`, hex.'),
  transmit: ask(
    'transmit',
    { slot, command: Type.String({ pattern: '^([0-9A-Fa-f]{2}){4,261}$', description: 'APDU, hex' }) },
    'One command to the card. Answer: `response`, hex, status word last; `record`, masked; `lines`, field by field.',
  ),
  disconnect: ask('disconnect', { slot }, 'Powers the card off; the reader stays with the page.'),
  find_cards: ask(
    'find_cards',
    {
      query: Type.String({ maxLength: 40, description: 'number or holder' }),
      language: Type.Union([Type.Literal('zh'), Type.Literal('en')], { description: '`zh` or `en`' }),
    },
    'Cards that can be put into a simulated reader. Answer: `cards`.',
  ),
  put_in: ask(
    'put_in',
    { slot, card_number: Type.String({ pattern: '^[A-Z][0-9]{7}[0-9X]$', description: '9 characters' }) },
    'Puts a card into a simulated reader.',
  ),
  take_out: ask('take_out', { slot }, 'Takes the card out of a simulated reader.'),
} as const;

export const AgentRequest = Type.Union(Object.values(agentRequests));
export type AgentRequestType = keyof typeof agentRequests;
export type AgentRequest = Type.Static<(typeof agentRequests)[AgentRequestType]>;

/** A reader as one page sees it. */
export type ReaderState = {
  readonly slot: string;
  readonly kind: 'pcsc' | 'simulated';
  /** `sam`: holds the counter's PSAM, not a citizen's card. */
  readonly part: 'user' | 'sam';
  readonly card: boolean;
  /** Whose it is: nobody's, this page's, another page's. */
  readonly owner: 'nobody' | 'you' | 'another';
};

/** A card of the simulated city, to be put into a simulated reader. */
export type TrayCard = { readonly card_number: string; readonly holder_name: string; readonly note: string };

/** What a request that was done is answered with; where nothing is named, nothing beside `type` and `id`. */
type AgentResults = {
  readonly pair: { readonly token: string };
  readonly connect: { readonly atr: string };
  readonly transmit: {
    readonly response: string;
    /** For the log: PINs and what says who the holder is are masked. */
    readonly record: ApduRecord;
    /** Command and answer field by field, without what the record masks. */
    readonly lines: readonly DescribedLine[];
  };
  readonly find_cards: { readonly cards: readonly TrayCard[] };
};
export type AgentResult<T extends AgentRequestType> = T extends keyof AgentResults ? AgentResults[T] : unknown;

/** Why a request was not done, beside what can happen to a card. */
export const agentRefusalWords = {
  'agent.malformed': { zh: '消息格式不正确。', en: 'This message cannot be understood.' },
  'agent.not_paired': {
    zh: '此页面尚未与柜台代理配对。',
    en: 'This page is not paired with the counter agent.',
  },
  'agent.wrong_code': {
    zh: '配对码不正确，请按柜台代理显示的六位数字输入。',
    en: 'The pairing code is wrong. Enter the six digits the counter agent shows.',
  },
  'agent.no_code': {
    zh: '配对码已失效，请输入新的配对码。',
    en: 'The pairing code is no longer valid. Enter the new one.',
  },
  'agent.too_many_tries': {
    zh: '错误次数过多，请一分钟后再试。',
    en: 'Too many wrong codes. Try again in a minute.',
  },
  'agent.unknown_token': {
    zh: '配对已失效，请重新配对。',
    en: 'The pairing has ended. Pair this page again.',
  },
  'agent.busy': { zh: '未完成的请求过多，请稍候。', en: 'Too many requests under way. Wait for their answers.' },
  'agent.reader_taken': {
    zh: '读卡器正被另一个页面使用。',
    en: 'Another page is using this reader.',
  },
  'agent.not_claimed': { zh: '请先选用这个读卡器。', en: 'Take this reader first.' },
  'agent.not_simulated': { zh: '真实读卡器只能用手插拔卡。', en: 'At a real reader cards are put in by hand.' },
  'agent.card_away': {
    zh: '这张卡不在手边，可能正在另一台终端或读卡器里。',
    en: 'This card is not at hand; it may be in another terminal or reader.',
  },
  'agent.fault': {
    zh: '柜台代理出错，没有办理；详情见代理日志。',
    en: 'The counter agent failed and did nothing; its log tells more.',
  },
} as const;

export const agentWords = { ...cardFaultWords, ...agentRefusalWords };
export type AgentRefusalCode = keyof typeof agentRefusalWords | CardFaultCode;

/** What the agent says: states of readers unasked, and one answer to each request; `id` is null for what is no request. */
export type AgentMessage =
  | { readonly type: 'readers'; readonly readers: readonly ReaderState[] }
  | { readonly type: 'done'; readonly id: number; readonly [value: string]: unknown }
  | { readonly type: 'refused'; readonly id: number | null; readonly code: AgentRefusalCode };
