import { concat } from '../../kernel/bytes.ts';
import type { Day } from '../../kernel/time.ts';
import { encodeElement } from './coding.ts';
import { type DataField, field, hex } from './command-fields.ts';

/** Public files of a PBOC application, field by field (card.md 1.4; 0016 with the document number of 32 bytes). */
export const publicFiles: Readonly<Record<number, readonly DataField[]>> = {
  21: [
    hex(8, '发卡方标识', 'issuer'),
    hex(1, '应用类型标识', 'application type'),
    hex(1, '应用版本', 'application version'),
    hex(10, '应用序列号', 'application serial number'),
    hex(4, '启用日期', 'valid from'),
    hex(4, '有效期', 'valid through'),
    hex(2, '发卡方自定义数据', 'issuer control information'),
  ],
  22: [
    hex(1, '卡类型标识', 'card type'),
    hex(1, '本行职工标识', 'staff'),
    field('text', 20, '持卡人姓名', 'holder'),
    field('text', 32, '证件号码', 'document number'),
    hex(1, '证件类型', 'document type'),
  ],
};

/** A record of log 0018 (card.md 1.4). */
export const purseLogFields: readonly DataField[] = [
  field('number', 2, '交易序号', 'sequence'),
  field('amount', 3, '透支限额', 'overdraft limit'),
  field('amount', 4, '交易金额', 'amount'),
  hex(1, '交易类型', 'transaction type'),
  hex(6, '终端机编号', 'terminal number'),
  hex(7, '交易时间', 'transaction time'),
];

type Holder = {
  readonly history: Uint8Array;
  readonly cityCode: string;
  readonly name: string;
  readonly citizenNumber: string;
  readonly issued: Day;
  readonly expiry: Day;
};

const packed = (day: Day): Uint8Array => Uint8Array.fromHex(day.toString().replaceAll('-', ''));

/** 0015: the city as issuer, type 03 (deposit and purse), version 1; the serial ends in the card's factor. */
export const publicContents = ({ history, cityCode, issued, expiry }: Holder): Uint8Array =>
  concat(
    Uint8Array.fromHex(`${cityCode}0000000000`),
    Uint8Array.of(0x03, 0x01),
    Uint8Array.of(0, 0),
    history.slice(5),
    packed(issued),
    packed(expiry),
    Uint8Array.of(0, 0),
  );

/** 0016: an ordinary card of no employee; document type 00, citizen number. */
export const holderContents = ({ name, citizenNumber }: Holder): Uint8Array =>
  concat(
    Uint8Array.of(0, 0),
    encodeElement('an', name, 20) ?? new Uint8Array(20),
    encodeElement('an', citizenNumber, 32) ?? new Uint8Array(32),
    Uint8Array.of(0),
  );
