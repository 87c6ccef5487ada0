import { assert } from '../../../kernel/assert.ts';
import { bytes, concat } from '../../../kernel/bytes.ts';
import { parseBankCardNumber } from '../../../kernel/identifiers.ts';
import { type Day, isBefore } from '../../../kernel/time.ts';
import { decrypt, keyCheckValue } from '../../keys/index.ts';
import { historyLength } from '../atr.ts';
import { CardFault } from '../fault.ts';
import { encodeGbk } from '../gbk.ts';
import { buildTlv } from '../tlv.ts';
import {
  type DebitKeys,
  type DebitMemory,
  type DebitProfile,
  type DebitRecords,
  nothingLeft,
  pinTries,
} from './memory.ts';

const transactionList = '9F0206 9F0306 9F1A02 9505 5F2A02 9A03 9C01 9F3704 9F2103';

/** UnionPay debit as its banks issue it: online PIN or PIN on the chip, issuer authentication, no offline signature. */
export const unionPayDebit: DebitProfile = {
  aid: bytes('A000000333010101'),
  label: Buffer.from('UnionPay Debit'),
  preferredName: encodeGbk('银联借记卡') as Uint8Array,
  languages: Buffer.from('zhen'),
  // Holder verification, terminal risk management, issuer authentication; no offline data authentication.
  interchange: bytes('1C00'),
  optionsList: bytes('9F1A02 5F2A02 9A03 9C01'),
  firstList: bytes(`${transactionList} 9F4E14`),
  secondList: bytes(`8A02 ${transactionList}`),
  logList: bytes('9A03 9F2103 9F0206 9F0306 9F1A02 5F2A02 9F4E14 9C01 9F3602'),
  keyIndex: 0x01,
  cryptogramVersion: 0x01,
  algorithm: 0x01,
  sessionScheme: 'pboc',
  padding: '80',
  lowerOfflineLimit: 0,
  upperOfflineLimit: 0,
  issuerMandatory: false,
};

/** A key on its way to the card: encrypted under the transport key (3DES), with its check value. */
export type CoveredKey = { readonly encrypted: Uint8Array; readonly check_value: string };

export type DebitPersonalisation = {
  readonly profile?: DebitProfile;
  readonly history: Uint8Array;
  /** 13 to 19 digits with their Luhn digit. */
  readonly pan: string;
  /** Two digits: which of several cards to one account. */
  readonly sequence: string;
  /** At most 26 characters of ASCII, as it would stand on the stripe. */
  readonly name: string;
  readonly from: Day;
  readonly through: Day;
  /** Three digits; 220 is domestic chip, online. */
  readonly serviceCode?: string;
  readonly pin: string;
  /** The card's keys, from the issuer's by `emvMasterKey`. */
  readonly keys: Readonly<Record<keyof DebitKeys, CoveredKey>>;
  readonly transport: Uint8Array;
};

/** The memory of a new card; wrong data are a bug, a key that does not fit its check value a fault. */
export function personalisedDebit(of: DebitPersonalisation): DebitMemory {
  assert(of.history.length === historyLength, 'an ATR of this family has 13 historical bytes');
  assert(parseBankCardNumber(of.pan).ok && of.pan.length >= 13, 'an account number of 13 to 19 digits with Luhn digit');
  assert(/^\d{2}$/.test(of.sequence) && /^\d{3}$/.test(of.serviceCode ?? '220'), 'sequence 2 digits, service code 3');
  assert(/^[ -~]{2,26}$/.test(of.name), 'a name of 2 to 26 characters of ASCII');
  assert(/^\d{4,12}$/.test(of.pin), 'a PIN has 4 to 12 digits');
  assert(!isBefore(of.through, of.from), 'a card is valid forward');
  const key = (name: keyof DebitKeys) => opened(name, of.keys[name], of.transport);
  return {
    history: of.history,
    life: 'active',
    profile: of.profile ?? unionPayDebit,
    records: recordsOf(of),
    keys: { cryptogram: key('cryptogram'), mac: key('mac'), encipherment: key('encipherment') },
    pin: { digits: of.pin, tries: pinTries, limit: pinTries },
    counter: 0,
    lastOnlineCounter: 0,
    last: nothingLeft,
    log: [],
  };
}

function opened(name: string, { encrypted, check_value }: CoveredKey, transport: Uint8Array): Uint8Array {
  const value = decrypt('des', transport, encrypted);
  if (value.length !== 16 || keyCheckValue('des', value) !== check_value)
    throw new CardFault('card.key_damaged', `the check value of the ${name} key does not fit`);
  return value;
}

const packed = (digits: string): Uint8Array => Uint8Array.fromHex(digits.length % 2 ? `${digits}F` : digits);
const shortDay = (day: Day): string => day.toString().replaceAll('-', '').slice(2);
const record = (...elements: readonly (readonly [number, Uint8Array])[]): Uint8Array =>
  buildTlv(0x70, ...elements.map(([tag, value]) => buildTlv(tag, value)));

/**
 * The records a terminal reads (EMV Book 3 §7, JR/T 0025.5): holder and stripe in file 1; account, dates and use in the
 * first record of file 2, lists and action codes in the second.
 */
function recordsOf(of: DebitPersonalisation): DebitRecords {
  const profile = of.profile ?? unionPayDebit;
  const [from, through] = [shortDay(of.from), shortDay(of.through)];
  const service = of.serviceCode ?? '220';
  const stripe = packed(`${of.pan}D${through.slice(0, 4)}${service}00000000`);
  return new Map([
    [0x0101, record([0x57, stripe], [0x5f20, Buffer.from(of.name)])],
    [
      0x0201,
      record(
        [0x5a, packed(of.pan)],
        [0x5f34, packed(of.sequence)],
        [0x5f24, packed(through)],
        [0x5f25, packed(from)],
        // Domestic and international: cash, goods, services, machines and elsewhere; no cashback.
        [0x9f07, bytes('FF00')],
        [0x5f28, bytes('0156')],
        [0x9f08, bytes('0030')],
        [0x5f30, packed(`0${service}`)],
        [0x9f42, bytes('0156')],
        [0x9f44, bytes('02')],
      ),
    ],
    [
      0x0202,
      record(
        [0x8c, profile.firstList],
        [0x8d, profile.secondList],
        // PIN on the chip in the clear, else PIN online, else signature, else nothing.
        [0x8e, concat(new Uint8Array(8), bytes('4103 4203 5E03 1F00'))],
        [0x9f0d, bytes('D86004A800')],
        [0x9f0e, bytes('0010980000')],
        [0x9f0f, bytes('D86804F800')],
      ),
    ],
  ]);
}
