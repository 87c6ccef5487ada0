import {
  algorithm,
  type CommandSpec,
  field,
  hex,
  keyIndex,
  keyVersion,
  mac1,
  mac2,
  nothing,
  number,
  random4,
  tac,
  terminal,
  time,
} from '../command-fields.ts';
import { transactionRules } from './purse.rules.ts';

const balance = field('amount', 4, '余额', 'balance');
const amount = field('amount', 4, '交易金额', 'amount');
const overdraft = field('amount', 3, '透支限额', 'overdraft limit');
const newOverdraft = field('amount', 3, '新透支限额', 'new overdraft limit');
const online = number(2, '联机交易序号', 'online sequence');
const offline = number(2, '脱机交易序号', 'offline sequence');
const key = [keyVersion, algorithm, random4] as const;

const cla = [0x80] as const;
const withHost = { sends: [keyIndex, amount, terminal], answers: [balance, online, ...key, mac1] } as const;
const withPsam = { sends: [keyIndex, amount, terminal], answers: [balance, offline, overdraft, ...key] } as const;

/** Commands of a deposit and a purse (card.md 1.2): class 80, in the directory that holds them. */
export const purseCommands = {
  get_balance: {
    cla,
    ins: 0x5c,
    name: { zh: '读余额', en: 'GET BALANCE' },
    transfer: 'out',
    keeps: true,
    sends: nothing,
    answers: [balance],
  },
  initialize_load: {
    cla,
    ins: 0x50,
    p1: transactionRules.load.p1,
    name: { zh: '圈存初始化', en: 'INITIALIZE FOR LOAD' },
    transfer: 'both',
    data: [11, 11],
    ...withHost,
  },
  credit_load: {
    cla,
    ins: 0x52,
    name: { zh: '圈存', en: 'CREDIT FOR LOAD' },
    transfer: 'both',
    data: [11, 11],
    sends: [time, mac2],
    answers: [tac],
  },
  initialize_purchase: {
    cla,
    ins: 0x50,
    p1: transactionRules.purchase.p1,
    name: { zh: '消费初始化', en: 'INITIALIZE FOR PURCHASE' },
    transfer: 'both',
    data: [11, 11],
    ...withPsam,
  },
  debit_purchase: {
    cla,
    ins: 0x54,
    p1: 0x01,
    name: { zh: '消费', en: 'DEBIT FOR PURCHASE' },
    transfer: 'both',
    data: [15, 15],
    sends: [number(4, '终端交易序号', 'terminal sequence'), time, mac1],
    answers: [tac, mac2],
  },
  initialize_withdraw: {
    cla,
    ins: 0x50,
    p1: transactionRules.withdrawal.p1,
    name: { zh: '取现初始化', en: 'INITIALIZE FOR CASH WITHDRAW' },
    transfer: 'both',
    data: [11, 11],
    ...withPsam,
  },
  initialize_unload: {
    cla,
    ins: 0x50,
    p1: transactionRules.unload.p1,
    name: { zh: '圈提初始化', en: 'INITIALIZE FOR UNLOAD' },
    transfer: 'both',
    data: [11, 11],
    ...withHost,
  },
  debit_unload: {
    cla,
    ins: 0x54,
    p1: 0x03,
    name: { zh: '圈提', en: 'DEBIT FOR UNLOAD' },
    transfer: 'both',
    data: [11, 11],
    sends: [time, mac2],
    answers: [hex(4, 'MAC3', 'MAC3')],
  },
  initialize_overdraft: {
    cla,
    ins: 0x50,
    p1: transactionRules.overdraft.p1,
    name: { zh: '修改透支限额初始化', en: 'INITIALIZE FOR UPDATE' },
    transfer: 'both',
    data: [7, 7],
    sends: [keyIndex, terminal],
    answers: [balance, online, overdraft, ...key, mac1],
  },
  update_overdraft: {
    cla,
    ins: 0x58,
    name: { zh: '修改透支限额', en: 'UPDATE OVERDRAFT LIMIT' },
    transfer: 'both',
    data: [14, 14],
    sends: [newOverdraft, time, mac2],
    answers: [tac],
  },
  initialize_composite: {
    cla,
    ins: 0x50,
    p1: transactionRules.composite.p1,
    name: { zh: '复合消费初始化', en: 'INITIALIZE FOR CAPP PURCHASE' },
    transfer: 'both',
    data: [11, 11],
    ...withPsam,
  },
  update_composite_cache: {
    cla,
    ins: 0xdc,
    name: { zh: '更新复合应用数据缓存', en: 'UPDATE CAPP DATA CACHE' },
    transfer: 'in',
    data: [2, 255],
    sends: [hex(null, '复合应用记录', 'composite record')],
    answers: nothing,
  },
  transaction_prove: {
    cla,
    ins: 0x5a,
    name: { zh: '取交易认证', en: 'GET TRANSACTION PROVE' },
    transfer: 'both',
    data: [2, 2],
    keeps: true,
    sends: [number(2, '交易序号', 'sequence')],
    answers: [hex(4, 'MAC', 'MAC'), tac],
  },
} as const satisfies Record<string, CommandSpec>;

export type PurseCommandName = keyof typeof purseCommands;
