import { type CommandSpec, field, hex, mac, nothing } from '../command-fields.ts';
import { general } from '../command-table.ts';

const objects = (zh: string, en: string) => field('tlv', null, zh, en);

/** Commands of a bank debit chip (EMV Book 3 §6.5, JR/T 0025.5); issuer scripts carry a MAC. */
export const debitCommands = {
  select: general.select,
  get_response: general.get_response,
  get_challenge: general.get_challenge,
  read_record: {
    cla: [0x00],
    ins: 0xb2,
    name: { zh: '读记录', en: 'READ RECORD' },
    transfer: 'out',
    sends: nothing,
    answers: [objects('记录', 'record')],
  },
  verify: {
    cla: [0x00],
    ins: 0x20,
    name: { zh: '校验PIN', en: 'VERIFY' },
    transfer: 'in',
    data: [8, 8],
    sends: [field('secret', null, 'PIN块', 'PIN block')],
    answers: nothing,
  },
  external_authenticate: {
    cla: [0x00],
    ins: 0x82,
    name: { zh: '外部认证', en: 'EXTERNAL AUTHENTICATE' },
    transfer: 'in',
    data: [10, 10],
    sends: [hex(8, '授权响应密文', 'response cryptogram'), field('text', 2, '授权响应码', 'response code')],
    answers: nothing,
  },
  get_processing_options: {
    cla: [0x80],
    ins: 0xa8,
    name: { zh: '取处理选项', en: 'GET PROCESSING OPTIONS' },
    transfer: 'both',
    data: [2, 252],
    sends: [hex(null, '终端数据', 'terminal data')],
    answers: [objects('处理选项', 'processing options')],
  },
  generate_cryptogram: {
    cla: [0x80],
    ins: 0xae,
    name: { zh: '生成应用密文', en: 'GENERATE AC' },
    transfer: 'both',
    data: [1, 252],
    sends: [hex(null, '交易数据', 'transaction data')],
    answers: [objects('应用密文', 'application cryptogram')],
  },
  get_data: {
    cla: [0x80],
    ins: 0xca,
    name: { zh: '取数据', en: 'GET DATA' },
    transfer: 'out',
    sends: nothing,
    answers: [objects('数据元', 'data element')],
  },
  block_application: {
    cla: [0x84],
    ins: 0x1e,
    name: { zh: '应用锁定', en: 'APPLICATION BLOCK' },
    transfer: 'in',
    data: [4, 4],
    sends: [mac],
    answers: nothing,
  },
  unblock_application: {
    cla: [0x84],
    ins: 0x18,
    name: { zh: '应用解锁', en: 'APPLICATION UNBLOCK' },
    transfer: 'in',
    data: [4, 4],
    sends: [mac],
    answers: nothing,
  },
  block_card: {
    cla: [0x84],
    ins: 0x16,
    name: { zh: '卡片锁定', en: 'CARD BLOCK' },
    transfer: 'in',
    data: [4, 4],
    sends: [mac],
    answers: nothing,
  },
  change_pin: {
    cla: [0x84],
    ins: 0x24,
    name: { zh: 'PIN修改/解锁', en: 'PIN CHANGE/UNBLOCK' },
    transfer: 'in',
    data: [4, 20],
    sends: [hex(null, '加密的新密码与MAC', 'enciphered new PIN and MAC')],
    answers: nothing,
  },
} satisfies Record<string, CommandSpec>;

export type DebitCommandName = keyof typeof debitCommands;
