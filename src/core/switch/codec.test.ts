import { describe, expect, test } from 'vitest';
import { bytes, hex } from '../../kernel/bytes.ts';
import { bodyOf, type CodecFaultCode, pack, unpack } from './codec.ts';
import { posFields } from './fields.ts';

/** Sample M1 of card.md 4.6: a sign-in as a terminal sent it. */
const m1 =
  bytes(`0063 6000490000 603200320501 0800 0020000000C00016 000074 3132333435363738 313233343536373839313233343536
  0011 000000000030 0037 53657175656E6365204E6F32343934393130303030303130343138313243413835393239 31 0003 313233`);
const start = { tpdu: '6000010002', header: '603100310001', mti: '0200' } as const;
/** TPDU, header and MTI of a body in hex; bitmap and fields follow. */
const front = '6000010002 603100310001 0200';

const decoded = (body: Uint8Array) => {
  const unpacked = unpack(body);
  if (!unpacked.ok) throw new Error(unpacked.fault.what);
  return unpacked.message;
};

test('sample M1 decodes with no rest and packs back to the same bytes', () => {
  const message = decoded(bodyOf(m1));
  expect(message).toMatchObject({ tpdu: '6000490000', header: '603200320501', mti: '0800' });
  expect({ ...message.fields, 62: Buffer.from(message.fields[62] ?? []).toString() }).toEqual({
    11: '000074',
    41: '12345678',
    42: '123456789123456',
    60: '00000000003',
    62: 'Sequence No249491000001041812CA859291',
    63: '123',
  });
  expect(hex(pack(message))).toBe(hex(m1));
});

test('sample V10: 40 bytes of working keys travel in field 62', () => {
  const keys = '6701EAD6A9AD51E51AA406E2C27FCFA9 8D0A74B8 B651F9E9BACE9AE1 0000000000000000 AB7153CA';
  const frame = pack({ ...start, mti: '0810', fields: { 39: '00', 62: bytes(keys) } });
  expect(hex(frame.subarray(-44))).toBe(`30300040${keys.replaceAll(' ', '')}`);
  expect(decoded(bodyOf(frame)).fields[62]).toEqual(bytes(keys));
});

describe('how values lie on the wire', () => {
  const table: readonly [string, Parameters<typeof pack>[0]['fields'], string][] = [
    ['a fixed number is filled with zeros in front', { 11: '74' }, '0020000000000000 000074'],
    ['an odd fixed number ends in a zero nibble', { 22: '051' }, '0000040000000000 0510'],
    ['an odd LL number too; its length counts digits', { 2: '12345' }, '4000000000000000 05 123450'],
    ['track 2 with = as D', { 35: '99=12' }, '0000000020000000 05 99D120'],
    ['an LLL length of two bytes', { 60: '22000001000' }, '0000000000000010 0011 220000010000'],
    ['text as it is, GBK bytes included', { 44: '\xd3\xe0A' }, '0000000000100000 03 D3E041'],
    ['bytes', { 52: bytes('0123456789ABCDEF') }, '0000000000001000 0123456789ABCDEF'],
    [
      'field 128 widens the bitmap',
      { 11: '000074', 128: bytes('0011223344556677') },
      '80200000000000000000000000000001 000074 0011223344556677',
    ],
  ];
  test.each(table)('%s', (_, fields, wire) => {
    const body = bodyOf(pack({ ...start, fields }));
    expect(hex(body)).toBe(hex(bytes(front + wire)));
    const again = decoded(body);
    expect(bodyOf(pack(again))).toEqual(body);
  });
});

describe('what does not fit is refused with the field and the byte', () => {
  const table: readonly [string, string, CodecFaultCode, number | null, number][] = [
    ['nothing', '', 'too_short', null, 0],
    ['no bitmap', front, 'too_short', null, 13],
    ['another TPDU', '61 00010002 603100310001 0200 0000000000000000', 'tpdu', null, 0],
    ['letters in the MTI', '6000010002 603100310001 02A0 0000000000000000', 'mti', null, 11],
    ['half a wide bitmap', `${front} 8000000000000000 00`, 'too_short', null, 22],
    ['a field we do not know', `${front} 0800000000000000 00`, 'unknown_field', 5, 13],
    ['a field beyond 64 we do not know', `${front} 80000000000000004000000000000000`, 'unknown_field', 66, 21],
    ['a length too long', `${front} 4000000000000000 20 00000000000000000000`, 'field_length', 2, 21],
    ['a length that is not BCD', `${front} 4000000000000000 1A 0000`, 'field_length', 2, 21],
    ['a length cut off', `${front} 0000000000000010 00`, 'field_cut', 60, 22],
    ['a value cut off', `${front} 0020000000000000 0000`, 'field_cut', 11, 23],
    ['a hex digit in a number', `${front} 0020000000000000 0000A4`, 'digits', 11, 23],
    ['a hex digit in a track', `${front} 0000000020000000 04 12A4`, 'digits', 35, 23],
    ['a control character in text', `${front} 0000000002000000 3107`, 'characters', 39, 22],
    ['punctuation in an alphanumeric field', `${front} 0000000002000000 302D`, 'characters', 39, 22],
    ['a pad nibble that says something', `${front} 0000040000000000 0511`, 'padding', 22, 22],
    ['bytes after the last field', `${front} 0020000000000000 000074 00`, 'rest', null, 24],
  ];
  test.each(table)('%s', (_, body, code, field, at) => {
    expect(unpack(bytes(body))).toMatchObject({ ok: false, fault: { code, field, at } });
  });

  test('every field is refused when it is one longer than its maximum', () => {
    for (const { number, length, max } of posFields) {
      if (length === 'fixed') continue;
      const bitmap = new Uint8Array(8);
      bitmap[(number - 1) >> 3] = 0x80 >> ((number - 1) & 7);
      const digits = String(max + 1).padStart(length === 'LL' ? 2 : 4, '0');
      const body = bytes(`${front}${hex(bitmap)}${digits}${'00'.repeat(max + 1)}`);
      expect(unpack(body), `F${number}`).toMatchObject({ ok: false, fault: { code: 'field_length', field: number } });
    }
  });
});

test('packing what does not fit is a bug, not a message', () => {
  const packing = (fields: object) => () => pack({ ...start, fields });
  expect(packing({ 11: '1234567' })).toThrow('field 11');
  expect(packing({ 11: '12a' })).toThrow('digits');
  expect(packing({ 41: 'short' })).toThrow('field 41');
  expect(packing({ 39: '0\n' })).toThrow('field 39');
  expect(packing({ 52: new Uint8Array(9) })).toThrow('field 52');
  expect(packing({ 5: '1' })).toThrow('not in the profile');
  expect(() => pack({ ...start, tpdu: '60', fields: {} })).toThrow('TPDU');
});
