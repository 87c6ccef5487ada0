import { expect, test } from 'vitest';
import { bytes, hex } from '../../kernel/bytes.ts';
import { bodyOf, pack, unpack } from './codec.ts';
import { describeMessage, dump } from './describe.ts';
import { parseIcData, writeIcData } from './ic-data.ts';
import { maskBody } from './mask.ts';

const start = { tpdu: '6000010002', header: '603100310001' } as const;
const secrets = {
  2: '9901001234567890123',
  14: '2912',
  35: '9901001234567890123=29122010000',
  52: bytes('A1A2A3A4A5A6A7A8'),
};

const purchase = {
  ...start,
  mti: '0200',
  fields: {
    ...secrets,
    4: '000000012345',
    55: writeIcData({ original: bytes('1122334455667788'), transaction_counter: bytes('0007') }),
    60: '22000001000',
    62: Buffer.from('S202507010001'),
  },
} as const;
const signedIn = { ...start, mti: '0810', fields: { 39: '00', 62: new Uint8Array(40).fill(0xc7) } } as const;

test('a purchase reads field by field', () => {
  expect(dump(purchase)).toMatchInlineSnapshot(`
    "TPDU 6000010002  header 603100310001  MTI 0200
      F2   primary account number: 990100*********0123
      F4   amount: 000000012345
      F14  expiry: *** (4)
      F35  track 2: *** (31)
      F52  PIN block: *** (8)
      F55  IC card data: 9F37081122334455667788DF38020007
            9F37  random of the terminal: 1122334455667788
            DF38  transaction counter of the chip: 0007
      F60  message function: 22000001000
            60.1  function code: 22
            60.2  batch: 000001
            60.3  network code: 000
      F62  keys or text: S202507010001"
  `);
});

test('no dump and no masked body shows a secret', () => {
  for (const message of [purchase, signedIn]) {
    const masked = maskBody(bodyOf(pack(message)));
    const again = unpack(masked);
    if (!again.ok) throw new Error(again.fault.what);
    const shown = JSON.stringify([describeMessage(message), describeMessage(again.message)]) + dump(message, 'zh');
    for (const secret of ['1234567890123', '12345678', '29122010000', 'A1A2A3A4', 'C7C7']) {
      expect(shown).not.toContain(secret);
      expect(hex(masked)).not.toContain(secret);
    }
  }
});

test.each([
  ['9901001234567890123', '9901000000000000123'],
  ['990100123456789012', '990100000000009012'],
  ['9901001234567890', '9901000000007890'],
  ['99010012345', '99010002345'],
  ['123456789', '000000000'],
])('account number %s is kept as %s', (account, kept) => {
  const masked = unpack(maskBody(bodyOf(pack({ ...start, mti: '0200', fields: { 2: account } }))));
  expect(masked).toMatchObject({ ok: true, message: { fields: { 2: kept } } });
});

test('masking leaves the original alone', () => {
  const body = Buffer.from(bodyOf(pack(purchase)));
  const before = hex(body);
  maskBody(body);
  expect(hex(body)).toBe(before);
});

test('field 55 keeps what was put in', () => {
  const data = { cryptogram: bytes('0102030405060708'), tac: bytes('AABBCCDD'), chip_balance: bytes('00003039') };
  expect(parseIcData(writeIcData(data))).toEqual(data);
});

test.each([
  ['a tag cut off', '9F'],
  ['no length', '9F26'],
  ['a value cut off', '9F26 08 0102'],
  ['a wrong length', '9F26 02 0102'],
  ['a tag said twice', 'DF37 04 01020304 DF37 04 01020304'],
  ['a tag of three bytes', '9F8101 00'],
  ['a length of three bytes', 'DF37 820004 01020304'],
])('field 55 with %s is refused', (_, field) => {
  expect(parseIcData(bytes(field))).toBeNull();
});
