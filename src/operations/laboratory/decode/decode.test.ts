import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes } from '../../../kernel/bytes.ts';
import { bitsOf, bitTables } from './bits.ts';
import { decode, type Form } from './decode.ts';
import { tagNamed, tags } from './tags.ts';

/** A line a part: depth, tag, name, value = meaning, bits. */
const told = (hex: string, form: Form | null = null, command?: string) =>
  decode(bytes(hex), form, command === undefined ? undefined : bytes(command)).lines.map(
    ({ depth, id, name, value, meaning, bits }) =>
      `${'  '.repeat(depth)}${[id, name.en].filter(Boolean).join(' ')}: ${value}${meaning ? ` = ${meaning.en}` : ''}${bits.map((bit) => ` [${bit.place} ${bit.value} ${bit.name.en}]`).join('')}`,
  );

test('the dictionary has 200 tags and more, each once, each in both languages', () => {
  expect(tags.length).toBeGreaterThan(200);
  for (const { id, form, name } of tags) {
    expect(id).toMatch(/^([0-9A-F]{2}){1,2}$/);
    expect(name.zh, id).toMatch(/[\p{Script=Han}]/u);
    expect(name.en, id).toMatch(/^[\x20-\x7e]+$/);
    if (form.startsWith('bits:')) expect(bitTables, id).toContain(form.slice(5));
  }
  expect(tagNamed('9F26')?.name).toEqual({ zh: '应用密文 AC', en: 'application cryptogram (AC)' });
  expect(tagNamed('9F79')?.name.zh).toBe('电子现金余额');
});

test.each([
  ['tvr', '0000000000', []],
  ['tvr', '8000000000', ['1.8 1']],
  ['tvr', '0080048000', ['2.8 1', '3.3 1', '4.8 1']],
  ['tsi', 'E800', ['1.8 1', '1.7 1', '1.6 1', '1.4 1']],
  ['aip', '7C00', ['1.7 1', '1.6 1', '1.5 1', '1.4 1', '1.3 1']],
  ['cid', '40', ['1.8-7 01', '1.6-5 00', '1.3-1 000']],
  ['auc', 'FF00', ['1.8 1', '1.7 1', '1.6 1', '1.5 1', '1.4 1', '1.3 1', '1.2 1', '1.1 1']],
  ['aip', '8000', ['1.8 1']],
  ['nonesuch', '01', ['1.1 1']],
])('bits of %s %s', (table, value, expected) => {
  expect(bitsOf(table, bytes(value)).map(({ place, value: digits }) => `${place} ${digits}`)).toEqual(expected);
});

describe('TLV', () => {
  test('values in the form of their tag', () => {
    expect(told('9F02060000000123459A032606309C01005F2A0201569F36020012')).toEqual([
      '9F02 amount, authorised: 000000012345 = 123.45',
      '9A transaction date: 260630 = 2026-06-30',
      '9C transaction type: 00 = purchase',
      '5F2A transaction currency code: 0156 = renminbi CNY',
      '9F36 application transaction counter (ATC): 0012 = 18',
    ]);
  });

  test('issuer application data of PBOC, with its CVR (JR/T 0025)', () => {
    expect(told('9F100807010103A0B00001')).toEqual([
      '9F10 issuer application data (IAD): 07010103A0B00001',
      '  derivation key index: 01',
      '  cryptogram version number: 01',
      '  card verification results (CVR): 03A0B000 [2.8-7 10 second GENERATE AC returned: not requested]' +
        ' [2.6-5 10 first GENERATE AC returned: ARQC] [3.8 1 last online transaction not completed]' +
        ' [3.6 1 velocity checking counters exceeded] [3.5 1 new card]' +
        ' [4.8-5 0000 issuer script commands with secure messaging: 0]',
      '  algorithm: 01 = 3DES',
    ]);
  });

  test('lists: DOL, AFL, CVM', () => {
    expect(told('9F38069F66049F0206')).toEqual([
      '9F38 processing options data object list (PDOL): 9F66049F0206',
      '  9F66 terminal transaction qualifiers (TTQ):  = 4 bytes',
      '  9F02 amount, authorised:  = 6 bytes',
      '  total:  = 10 bytes',
    ]);
    expect(told('940408010301')[1]).toBe(
      '  SFI 1: 08010301 = records 1 to 3, the first 1 signed for offline data authentication',
    );
    expect(told('8E0C000003E80000000042031F00').slice(1)).toEqual([
      '  X: 000003E8 = 1000',
      '  Y: 00000000 = 0',
      '  rule 1: 4203 = enciphered PIN verified online; if the terminal supports the CVM; if it fails, the next',
      '  rule 2: 1F00 = no CVM required; always; if it fails, the end',
    ]);
  });

  test('the elements of a social-security card by their one-byte tags', () => {
    expect(told('0709543030303030303144 0A0131 0D0419900101')).toEqual([
      'card number: T0000001D',
      'sex: 1',
      'birth date: 19900101',
    ]);
  });

  test('what is neither says where it ends', () => {
    expect(told('9F02', 'tlv')).toEqual(['not TLV: 9F02 = byte 3: the data end too early']);
  });
});

describe('commands and answers', () => {
  test('a PIN is shown: the laboratory masks nothing', () => {
    expect(told('0020000003123456')).toEqual([
      'VERIFY: 0020000003123456',
      '  CLA INS: 0020',
      '  P1 P2: 0000',
      '  PIN: 123456',
    ]);
  });

  test('the PBOC purse (published trace V1)', () => {
    const command = '805000010B 01 00001000 001122334455';
    expect(told(command)).toEqual([
      'INITIALIZE FOR LOAD: 805000010B0100001000001122334455',
      '  CLA INS: 8050',
      '  P1 P2: 0001',
      '  key index: 1',
      '  amount: 40.96 (00001000)',
      '  terminal number: 001122334455',
    ]);
    expect(told('00000000 0000 02 00 11223344 2988AE5A 9000', 'answer', command).slice(1)).toEqual([
      '  balance: 0.00 (00000000)',
      '  online sequence: 0',
      '  key version: 2',
      '  algorithm: 00',
      '  random: 11223344',
      '  MAC1: 2988AE5A',
    ]);
  });

  test('GENERATE AC in both formats (EMV Book 3 §6.5.5)', () => {
    const command = '80AE8000021234';
    expect(told(command)[2]).toBe('  P1 P2: 8000 = asks for an ARQC (go online)');
    expect(told('800B 80 0001 AABBCCDDEEFF0011 9000', 'answer', command).slice(2)).toEqual([
      '    9F27 cryptogram information data (CID): 80 [1.8-7 10 cryptogram: ARQC (online requested)]' +
        ' [1.6-5 00 payment system-specific cryptogram: 0] [1.3-1 000 reason/advice code: no information]',
      '    9F36 application transaction counter (ATC): 0001 = 1',
      '    9F26 application cryptogram (AC): AABBCCDDEEFF0011',
    ]);
    expect(told('7708 9F2701409F36 9000', 'answer', command)).toContain(
      '    not TLV: 77089F2701409F36 = byte 3: the data end too early',
    );
  });

  test.each([
    ['00B2010C00', '  P1 P2: 010C = SFI 1, record 1'],
    ['00A4040005A000000333', '  P1 P2: 0400 = by name'],
    ['00B0820400', '  P1 P2: 8204 = SFI 2, offset 4'],
    ['80CA9F3600', '  P1 P2: 9F36 = application transaction counter (ATC)'],
    ['805C000204', '  P1 P2: 0002 = purse'],
  ])('%s', (command, line) => {
    expect(told(command)).toContain(line);
  });
});

test('an answer to reset, of a social-security card and of another', () => {
  expect(told('3B6D000000900100018660990100000003')).toEqual([
    'answer to reset: 3B6D000000900100018660990100000003',
    '  TS: 3B = direct convention',
    '  T0: 6D = 13 historical bytes',
    '  TB1: 00',
    '  TC1: 00 = extra guard time 0 etu',
    '  historical bytes: 00900100018660990100000003',
    '    chip provider: 0090',
    '    chip and system: 010001',
    '    card maker: 8660',
    '    city: 9901',
    '    serial number: 00000003',
  ]);
  expect(told('3B8180018080')).toContain('  TCK: 80 = right');
  expect(told('3B8180018081')).toContain('  TCK: 81 = wrong');
});

test('an ISO 8583 message with and without its head, and where a broken one breaks (card.md 4.6, M1)', () => {
  const fields =
    '0800 0020000000C00016 000074 3132333435363738 313233343536373839313233343536 0011 000000000030 0037 53657175656E6365204E6F3234393439313030303030313034313831324341383539323931 0003 313233';
  const lines = told(`0063 6000490000 603200320501 ${fields}`);
  expect(lines.slice(0, 3)).toEqual([
    'message type (MTI): 0800 = TPDU 6000490000, header 603200320501',
    '  F11 system trace number: 000074',
    '  F41 terminal id: 12345678',
  ]);
  expect(told(fields).slice(1)).toEqual(lines.slice(1));
  expect(told('6000490000 603200320501 0800 0020000000C00016 00', 'iso8583')).toEqual([
    expect.stringMatching(/ = field 11, byte \d+: field 11 needs 2 more bytes$/),
  ]);
});

test('whatever it is given, decoding never throws and leaves nothing out', () => {
  const forms = [null, 'apdu', 'answer', 'atr', 'tlv', 'iso8583'] as const;
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), fc.constantFrom(...forms), (data, form) => {
      expect(decode(data, form).lines.length).toBeGreaterThan(0);
    }),
    { numRuns: 3_000, seed: 8583 },
  );
});
