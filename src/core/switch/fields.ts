/** n: digits in BCD · z: track digits in BCD, "=" as D · an, ans: one byte a character · b: bytes. */
export type FieldType = 'n' | 'an' | 'ans' | 'b' | 'z';
/** `fixed`, or a BCD length of one byte (`LL`) or two (`LLL`) in front. */
export type FieldLength = 'fixed' | 'LL' | 'LLL';

/** What may be shown of a field in logs and dumps. */
export type MaskRule =
  | 'open'
  /** First six and last four digits. */
  | 'account'
  /** Nothing but the length. */
  | 'secret'
  /** Secret where the message delivers keys (answers to a sign-in), open elsewhere. */
  | 'keys';

export type FieldPart = { readonly id: string; readonly length: number; readonly zh: string; readonly en: string };

export type Field = {
  readonly number: number;
  readonly type: FieldType;
  readonly length: FieldLength;
  /** Digits for n and z, bytes for the rest. */
  readonly max: number;
  readonly zh: string;
  readonly en: string;
  readonly mask: MaskRule;
  /** Sub-fields in order; the last ones may be absent in a field of variable length. */
  readonly parts: readonly FieldPart[];
};

type Rest = Partial<Pick<Field, 'mask' | 'parts'>>;
const field = <const N extends number, const T extends FieldType>(
  number: N,
  type: T,
  length: FieldLength,
  max: number,
  zh: string,
  en: string,
  rest: Rest = {},
): Field & { readonly number: N; readonly type: T } => ({
  number,
  type,
  length,
  max,
  zh,
  en,
  mask: 'open',
  parts: [],
  ...rest,
});

const part = (id: string, length: number, zh: string, en: string): FieldPart => ({ id, length, zh, en });

/** Fields of the UnionPay POS terminal specification (银联 POS 终端规范) as our switch reads them (card.md 4.3). */
export const posFields = [
  field(2, 'n', 'LL', 19, '主账号', 'primary account number', { mask: 'account' }),
  field(3, 'n', 'fixed', 6, '交易处理码', 'processing code'),
  field(4, 'n', 'fixed', 12, '交易金额', 'amount'),
  field(11, 'n', 'fixed', 6, '受卡方系统跟踪号', 'system trace number'),
  field(12, 'n', 'fixed', 6, '受卡方所在地时间', 'local time'),
  field(13, 'n', 'fixed', 4, '受卡方所在地日期', 'local date'),
  field(14, 'n', 'fixed', 4, '卡有效期', 'expiry', { mask: 'secret' }),
  field(15, 'n', 'fixed', 4, '清算日期', 'settlement date'),
  field(22, 'n', 'fixed', 3, '服务点输入方式码', 'entry mode', {
    parts: [part('22.1', 2, '读卡方式', 'card entry'), part('22.2', 1, '密码方式', 'PIN entry')],
  }),
  field(23, 'n', 'fixed', 3, '卡片序列号', 'card sequence number'),
  field(25, 'n', 'fixed', 2, '服务点条件码', 'point-of-service condition'),
  field(26, 'n', 'fixed', 2, '服务点PIN获取码', 'PIN capture length'),
  field(32, 'n', 'LL', 11, '受理机构标识码', 'acquirer'),
  field(35, 'z', 'LL', 37, '第二磁道数据', 'track 2', { mask: 'secret' }),
  field(36, 'z', 'LLL', 104, '第三磁道数据', 'track 3', { mask: 'secret' }),
  field(37, 'an', 'fixed', 12, '检索参考号', 'retrieval reference'),
  field(38, 'an', 'fixed', 6, '授权标识应答码', 'authorisation code'),
  field(39, 'an', 'fixed', 2, '应答码', 'response code'),
  field(41, 'ans', 'fixed', 8, '受卡机终端标识码', 'terminal id'),
  field(42, 'ans', 'fixed', 15, '受卡方标识码', 'institution code'),
  field(44, 'ans', 'LL', 25, '附加响应数据', 'additional response data'),
  field(48, 'ans', 'LLL', 512, '附加数据', 'additional private data'),
  field(49, 'an', 'fixed', 3, '交易货币代码', 'currency'),
  field(52, 'b', 'fixed', 8, '个人标识码数据', 'PIN block', { mask: 'secret' }),
  field(53, 'n', 'fixed', 16, '安全控制信息', 'security control', {
    parts: [
      part('53.1', 1, 'PIN 格式', 'PIN format'),
      part('53.2', 1, '加密算法', 'cipher'),
      part('53.3', 14, '保留', 'reserved'),
    ],
  }),
  field(54, 'an', 'LLL', 20, '附加金额', 'balance', {
    parts: [
      part('54.1', 2, '账户类型', 'account type'),
      part('54.2', 2, '余额类型', 'amount type'),
      part('54.3', 3, '货币代码', 'currency'),
      part('54.4', 1, '符号', 'sign'),
      part('54.5', 12, '金额', 'amount'),
    ],
  }),
  field(55, 'b', 'LLL', 255, 'IC 卡数据域', 'IC card data'),
  field(58, 'ans', 'LLL', 100, '电子钱包交易信息', 'purse transaction data'),
  field(59, 'ans', 'LLL', 600, '终端信息', 'terminal information'),
  field(60, 'n', 'LLL', 17, '自定义域', 'message function', {
    parts: [
      part('60.1', 2, '交易类型码', 'function code'),
      part('60.2', 6, '批次号', 'batch'),
      part('60.3', 3, '网络管理信息码', 'network code'),
      part('60.4', 1, '终端读取能力', 'reading ability'),
      part('60.5', 1, 'IC 卡条件代码', 'IC condition'),
      part('60.6', 1, '部分扣款标志', 'partial approval'),
      part('60.7', 3, '账户类型', 'account type'),
    ],
  }),
  field(61, 'n', 'LLL', 29, '原始信息域', 'original transaction', {
    parts: [
      part('61.1', 6, '原批次号', 'original batch'),
      part('61.2', 6, '原跟踪号', 'original trace number'),
      part('61.3', 4, '原交易日期', 'original date'),
    ],
  }),
  field(62, 'b', 'LLL', 512, '自定义域（密钥或文本）', 'keys or text', { mask: 'keys' }),
  field(63, 'ans', 'LLL', 163, '自定义域（操作员、追踪号）', 'operator and trace id', {
    parts: [part('63.1', 3, '操作员代码', 'operator'), part('63.2', 36, '追踪标识', 'trace id')],
  }),
  field(64, 'b', 'fixed', 8, '报文鉴别码', 'MAC'),
  field(128, 'b', 'fixed', 8, '报文鉴别码（128 域位图）', 'MAC (128-field bitmap)'),
] as const;

type Listed = (typeof posFields)[number];
export type FieldNumber = Listed['number'];

/** Fields by number: bytes for `b`, text for the rest. Numeric values keep their leading zeros. */
export type FieldValues = {
  [F in Listed as F['number']]?: (F['type'] extends 'b' ? Uint8Array : string) | undefined;
};

const byNumber = new Map<number, Field>(posFields.map((entry) => [entry.number, entry]));
export const fieldOf = (number: number): Field | undefined => byNumber.get(number);
