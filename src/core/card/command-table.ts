import type { Words } from './contract.ts';

/** A field of command or answer data: its length in bytes, or the rest where it is null. `secret` fields are masked. */
export type DataField = {
  readonly name: Words;
  readonly length: number | null;
  readonly coding: 'hex' | 'amount' | 'number' | 'text' | 'tlv' | 'secret';
};

/** How data moves over T=0: nowhere, to the card, from the card, or both (61xx and GET RESPONSE). */
export type Transfer = 'none' | 'in' | 'out' | 'both';

export type CommandSpec = {
  readonly cla: readonly number[];
  readonly ins: number;
  /** Where P1 tells two commands apart. */
  readonly p1?: number;
  readonly name: Words;
  readonly transfer: Transfer;
  /** Fewest and most bytes of command data. */
  readonly data?: readonly [number, number];
  /** Leaves a started transaction standing (LD5 table 49). */
  readonly keeps?: true;
  /** Also answered while the application is blocked. */
  readonly whenBlocked?: true;
  readonly sends: readonly DataField[];
  readonly answers: readonly DataField[];
};

/** One field of a command or answer. */
export const field = (coding: DataField['coding'], length: number | null, zh: string, en: string): DataField => ({
  name: { zh, en },
  length,
  coding,
});
export const hex = (length: number | null, zh: string, en: string) => field('hex', length, zh, en);
export const amount = (zh: string, en: string) => field('amount', 4, zh, en);
export const number = (length: number, zh: string, en: string) => field('number', length, zh, en);

const keyIndex = number(1, '密钥索引', 'key index');
export const keyVersion = number(1, '密钥版本', 'key version');
export const algorithm = hex(1, '算法标识', 'algorithm');
export const random4 = hex(4, '伪随机数', 'random');
const terminal = hex(6, '终端机编号', 'terminal number');
export const time = hex(7, '交易时间', 'transaction time');
export const mac = hex(4, 'MAC', 'MAC');
export const mac1 = hex(4, 'MAC1', 'MAC1');
export const mac2 = hex(4, 'MAC2', 'MAC2');
const tac = hex(4, 'TAC', 'TAC');
const balance = amount('账户余额', 'account balance');
export const parts = [
  amount('个人账户支付', 'paid from the account'),
  amount('个人自付', 'paid by the person'),
  amount('统筹支付', 'paid by the pooled fund'),
];
const authentication = [
  hex(8, '认证数据', 'authentication data'),
  hex(8, '原始信息', 'original'),
  hex(null, '密钥版本', 'key version'),
];
export const nothing: readonly DataField[] = [];

/** Commands every card of the family answers: user cards and PSAMs. */
export const general = {
  select: {
    cla: [0x00],
    ins: 0xa4,
    name: { zh: '选择文件', en: 'SELECT' },
    transfer: 'both',
    data: [0, 16],
    whenBlocked: true,
    sends: [hex(null, '文件标识或名称', 'file identifier or name')],
    answers: [field('tlv', null, '文件控制信息', 'file control information')],
  },
  get_response: {
    cla: [0x00],
    ins: 0xc0,
    name: { zh: '取响应数据', en: 'GET RESPONSE' },
    transfer: 'out',
    keeps: true,
    whenBlocked: true,
    sends: nothing,
    answers: [hex(null, '响应数据', 'answer data')],
  },
  get_challenge: {
    cla: [0x00],
    ins: 0x84,
    name: { zh: '取随机数', en: 'GET CHALLENGE' },
    transfer: 'out',
    whenBlocked: true,
    sends: nothing,
    answers: [hex(null, '随机数', 'challenge')],
  },
  read_binary: {
    cla: [0x00],
    ins: 0xb0,
    name: { zh: '读二进制文件', en: 'READ BINARY' },
    transfer: 'out',
    sends: nothing,
    answers: [hex(null, '数据', 'data')],
  },
} satisfies Record<string, CommandSpec>;

/** Commands of the user card (card.md 1.2 and 3.9). */
export const cardCommands = {
  ...general,
  update_binary: {
    cla: [0x00, 0x04],
    ins: 0xd6,
    name: { zh: '修改二进制文件', en: 'UPDATE BINARY' },
    transfer: 'in',
    data: [1, 255],
    sends: [hex(null, '数据与MAC', 'data and MAC')],
    answers: nothing,
  },
  read_record: {
    cla: [0x00],
    ins: 0xb2,
    name: { zh: '读记录', en: 'READ RECORD' },
    transfer: 'out',
    sends: nothing,
    answers: [field('tlv', null, '记录', 'records')],
  },
  update_record: {
    cla: [0x00, 0x04],
    ins: 0xdc,
    name: { zh: '修改记录', en: 'UPDATE RECORD' },
    transfer: 'in',
    data: [1, 255],
    sends: [hex(null, '记录与MAC', 'record and MAC')],
    answers: nothing,
  },
  internal_authenticate: {
    cla: [0x00],
    ins: 0x88,
    name: { zh: '内部认证', en: 'INTERNAL AUTHENTICATE' },
    transfer: 'both',
    data: [16, 17],
    sends: [
      hex(8, '过程密钥因子', 'session factor'),
      hex(8, '原始信息', 'original'),
      hex(null, '密钥版本', 'key version'),
    ],
    answers: [hex(8, '认证数据', 'authentication data')],
  },
  external_authenticate: {
    cla: [0x00],
    ins: 0x82,
    name: { zh: '外部认证', en: 'EXTERNAL AUTHENTICATE' },
    transfer: 'in',
    data: [16, 17],
    whenBlocked: true,
    sends: authentication,
    answers: nothing,
  },
  verify: {
    cla: [0x00],
    ins: 0x20,
    name: { zh: '校验PIN', en: 'VERIFY' },
    transfer: 'in',
    data: [0, 8],
    sends: [field('secret', null, '个人密码', 'PIN')],
    answers: nothing,
  },
  change_pin: {
    cla: [0x80],
    ins: 0x5e,
    name: { zh: '修改PIN', en: 'CHANGE PIN' },
    transfer: 'in',
    data: [3, 17],
    sends: [field('secret', null, '旧密码与新密码', 'old and new PIN')],
    answers: nothing,
  },
  unblock_pin: {
    cla: [0x84],
    ins: 0x24,
    name: { zh: 'PIN解锁', en: 'PIN UNBLOCK' },
    transfer: 'in',
    data: [4, 36],
    sends: [hex(null, '加密的新密码与MAC', 'enciphered new PIN and MAC')],
    answers: nothing,
  },
  block_application: {
    cla: [0x84],
    ins: 0x1e,
    name: { zh: '应用锁定', en: 'APPLICATION BLOCK' },
    transfer: 'in',
    data: [4, 4],
    whenBlocked: true,
    sends: [mac],
    answers: nothing,
  },
  unblock_application: {
    cla: [0x84],
    ins: 0x18,
    name: { zh: '应用解锁', en: 'APPLICATION UNBLOCK' },
    transfer: 'in',
    data: [4, 4],
    whenBlocked: true,
    sends: [mac],
    answers: nothing,
  },
  block_card: {
    cla: [0x84],
    ins: 0x16,
    name: { zh: '卡片锁定', en: 'CARD BLOCK' },
    transfer: 'in',
    data: [4, 4],
    whenBlocked: true,
    sends: [mac],
    answers: nothing,
  },
  get_balance: {
    cla: [0xb0],
    ins: 0x26,
    name: { zh: '读余额', en: 'GET BALANCE' },
    transfer: 'out',
    keeps: true,
    sends: nothing,
    answers: [amount('金额', 'amount'), hex(null, '医保年度', 'payment year')],
  },
  initialize_load: {
    cla: [0xb0],
    ins: 0x28,
    p1: 0x00,
    name: { zh: '划入初始化', en: 'INITIALIZE FOR LOAD' },
    transfer: 'both',
    data: [11, 11],
    sends: [keyIndex, amount('划入金额', 'amount to load'), terminal],
    answers: [balance, number(2, '划入交易序号', 'load sequence'), keyVersion, algorithm, random4, mac1],
  },
  credit_load: {
    cla: [0xb0],
    ins: 0x2a,
    name: { zh: '划入', en: 'CREDIT FOR LOAD' },
    transfer: 'both',
    data: [11, 11],
    sends: [time, mac2],
    answers: [tac],
  },
  initialize_purchase: {
    cla: [0xb0],
    ins: 0x28,
    p1: 0x01,
    name: { zh: '结算初始化', en: 'INITIALIZE FOR PURCHASE' },
    transfer: 'both',
    data: [19, 19],
    sends: [keyIndex, ...parts, terminal],
    answers: [
      balance,
      amount('年度个人自付累计', 'paid by the person this year'),
      amount('年度统筹支付累计', 'paid by the pooled fund this year'),
      hex(2, '医保年度', 'payment year'),
      number(2, '结算交易序号', 'purchase sequence'),
      keyVersion,
      algorithm,
      random4,
    ],
  },
  debit_purchase: {
    cla: [0xb0],
    ins: 0x2c,
    name: { zh: '结算', en: 'DEBIT FOR PURCHASE' },
    transfer: 'both',
    data: [15, 15],
    sends: [number(4, '终端交易序号', 'terminal sequence'), time, mac1],
    answers: [tac, mac2],
  },
  transaction_proof: {
    cla: [0xb0],
    ins: 0x2e,
    name: { zh: '取交易认证', en: 'GET TRANSACTION PROOF' },
    transfer: 'both',
    data: [2, 2],
    keeps: true,
    sends: [number(2, '交易序号', 'sequence')],
    answers: [mac, tac],
  },
  set_starting_day: {
    cla: [0xb0],
    ins: 0x56,
    p1: 0x00,
    name: { zh: '修改年度起始日', en: 'UPDATE STARTING DAY' },
    transfer: 'in',
    data: [2, 2],
    sends: [hex(2, '起始月日', 'month and day')],
    answers: nothing,
  },
  get_starting_day: {
    cla: [0xb0],
    ins: 0x56,
    p1: 0x01,
    name: { zh: '读年度起始日', en: 'GET STARTING DAY' },
    transfer: 'out',
    sends: nothing,
    answers: [hex(2, '起始月日', 'month and day')],
  },
} satisfies Record<string, CommandSpec>;

export type CardCommandName = keyof typeof cardCommands;

/** The command a header names in a table, or the status word that says why none. */
export function lookUp<N extends string>(
  table: Readonly<Record<N, CommandSpec>>,
  header: { cla: number; ins: number; p1: number },
): N | 'unknown-instruction' | 'unknown-class' | 'wrong-parameters' {
  const sameInstruction = indexed(table)[header.ins];
  if (!sameInstruction) return 'unknown-instruction';
  const sameClass = sameInstruction.filter(([, spec]) => spec.cla.includes(header.cla));
  if (sameClass.length === 0) return 'unknown-class';
  const found = sameClass.find(([, spec]) => spec.p1 === undefined || spec.p1 === header.p1);
  return found ? (found[0] as N) : 'wrong-parameters';
}

type Indexed = readonly (readonly [string, CommandSpec][] | undefined)[];
const indexes = new WeakMap<object, Indexed>();

/** A table by instruction byte: a chip looks up every command it gets. */
function indexed(table: Readonly<Record<string, CommandSpec>>): Indexed {
  const known = indexes.get(table);
  if (known) return known;
  const index: [string, CommandSpec][][] = [];
  for (const [name, spec] of Object.entries(table)) index[spec.ins] = [...(index[spec.ins] ?? []), [name, spec]];
  indexes.set(table, index);
  return index;
}
