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

export const field = (coding: DataField['coding'], length: number | null, zh: string, en: string): DataField => ({
  name: { zh, en },
  length,
  coding,
});
export const hex = (length: number | null, zh: string, en: string) => field('hex', length, zh, en);
export const amount = (zh: string, en: string) => field('amount', 4, zh, en);
export const number = (length: number, zh: string, en: string) => field('number', length, zh, en);

export const keyIndex = number(1, '密钥索引', 'key index');
export const keyVersion = number(1, '密钥版本', 'key version');
export const algorithm = hex(1, '算法标识', 'algorithm');
export const random4 = hex(4, '伪随机数', 'random');
export const terminal = hex(6, '终端机编号', 'terminal number');
export const time = hex(7, '交易时间', 'transaction time');
export const mac = hex(4, 'MAC', 'MAC');
export const mac1 = hex(4, 'MAC1', 'MAC1');
export const mac2 = hex(4, 'MAC2', 'MAC2');
export const tac = hex(4, 'TAC', 'TAC');
export const balance = amount('账户余额', 'account balance');
export const parts = [
  amount('个人账户支付', 'paid from the account'),
  amount('个人自付', 'paid by the person'),
  amount('统筹支付', 'paid by the pooled fund'),
];
export const authentication = [
  hex(8, '认证数据', 'authentication data'),
  hex(8, '原始信息', 'original'),
  hex(null, '密钥版本', 'key version'),
];
export const nothing: readonly DataField[] = [];
