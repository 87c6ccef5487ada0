import { beforeEach, describe, expect, test } from 'vitest';
import { bytes, hex } from '../../kernel/bytes.ts';
import { answers, lineAuthentication, lineCommand, say, status } from './host.fixture.ts';
import { blankChip, type Chip, memoryMap } from './index.ts';

const transport = bytes('FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF');
const history = bytes('00900100018660990100000001');
const key = '00112233445566778899AABBCCDDEEFF';
let chip: Chip;

/** A blank 3DES card whose issuer has shown the transport key. */
function open(capacity = 0x2000): Chip {
  const made = blankChip({ generation: 2, history, capacity, transport });
  made.powerOn();
  expect(status(made, lineAuthentication(made, 'des', transport, '00'))).toBe('9000');
  return made;
}

beforeEach(() => {
  chip = open();
});

const endIssue = (card = chip) => status(card, lineCommand(card, 'des', transport, '841C0000', ''));

test('a published FMCOS script makes a card, and a terminal uses it', () => {
  const script: [string, string, string][] = [
    ['800E000000', '9000', 'erase'],
    ['80E00000 07 3F 0050 01 F0 FFFF', '9000', 'key file of the MF'],
    [`80D40100 15 36 F0F0FF33 ${key}`, '9000', 'line protection'],
    [`80D40100 15 39 F0F0AA33 ${key}`, '9000', 'external authentication'],
    ['80E00001 07 2A 0213 F000 FFFF', '9000', 'two records of 19 bytes'],
    ['00E2000C 13 61114F09A00000000386980701500450424F43', '9000', 'the first'],
    ['80E03F01 11 38 036F F0F0 95 FFFF A00000000386980701', '9000', 'application'],
    ['00A40400 09 A00000000386980701', '610D', ''],
    ['80E00000 07 3F 018F 95F0FFFF', '9000', 'its key file'],
    [`80D40100 15 34 F0020001 ${key}`, '6A80', 'algorithm 01 is none of ours'],
    [`80D40100 15 34 F0020000 ${key}`, '9000', 'TAC'],
    [`80D40100 15 36 F002FF33 ${key}`, '9000', ''],
    [`80D40100 15 37 F002FF33 ${key}`, '9000', ''],
    [`80D40100 15 38 F002FF33 ${key}`, '9000', ''],
    [`80D40100 15 39 F0024433 ${key}`, '9000', ''],
    [`80D40101 15 3E F0020000 ${key}`, '9000', ''],
    [`80D40101 15 3F F0020000 ${key}`, '9000', ''],
    [`80D40101 0D 3D F0020100 0102030405060708`, '9000', 'a single-length key'],
    ['80D40100 0D 3A F0EF0133 12345FFFFFFFFFFF', '9000', 'PIN filled with F'],
    ['80E00015 07 A8 001E F0F0FFFF', '9000', 'line protected'],
    ['80E00017 07 28 0007 F0F0FFFF', '9000', ''],
    ['80E00018 07 2E 0A17 F0EFFFFF', '9000', 'log'],
    ['80E00002 07 2F 0208 F000 FF18', '9000', 'purse'],
    ['80E0001A 07 2C 0018 F0F0FFFF', '9000', 'composite data'],
    ['00E200D4 05 BB03112233', '9000', ''],
    ['80E00001 07 2F 0208 F100 FF18', '9000', 'deposit'],
  ];
  expect(answers(chip, script)).toEqual(script);
  expect(endIssue()).toBe('9000');
  const use: [string, string, string][] = [
    ['00A4000000', '6107', 'MF without a name'],
    ['00B2010400', '6986', 'no current file'],
    ['00B2010C00', '6C13', 'directory record'],
    ['00B2020C00', '6A83', 'one only'],
    ['00A40000023F01', '610D', ''],
    ['0020000008 12345FFFFFFFFFFF', '9000', 'PIN'],
    ['00B2010400', '6986', ''],
    ['00B201C417', '6A83', 'nothing in the log'],
    ['00B0970007', '9000', 'seven bytes'],
    ['00D6970002 ABCD', '9000', 'unprotected'],
    ['00D6950002 ABCD', '6987', 'protected'],
    ['00B2BBD000', '6C05', 'by tag'],
    ['00A40000020002', '9000', 'the purse can be selected'],
    ['00B2010400', '6981', 'and not read'],
  ];
  expect(answers(chip, use)).toEqual(use);
  expect(status(chip, lineCommand(chip, 'des', bytes(key), '04D69500', 'ABCD'))).toBe('9000');
  expect(say(chip, '00B0950002')).toBe('ABCD9000');
});

test('records of every kind, in every mode', () => {
  const script: [string, string, string][] = [
    ['80E00011 07 2A 0302 F0F0 FFFF', '9000', 'fixed: three of two'],
    ['80E00012 07 2C 000A F0F0 FFFF', '9000', 'tagged: ten bytes'],
    ['80E00013 07 2E 0202 F0F0 FFFF', '9000', 'cyclic: two of two'],
    ['00E20088 02 A101', '9000', ''],
    ['00E20088 02 A202', '9000', ''],
    ['00E20088 03 A30303', '6700', 'too long'],
    ['00E20088 02 A303', '9000', ''],
    ['00E20088 02 A404', '6A84', 'full'],
    ['00B2018D00', '6C06', 'from 1 to the last'],
    ['00B2028E00', '6C04', 'the second down to 1'],
    ['00B2048C00', '6A83', 'no fourth'],
    ['00B2A18800', '6A83', 'fixed records have no tags'],
    ['00DC028C02 BB02', '9000', 'the second'],
    ['00DC048C02 BB02', '6A83', ''],
    ['00DC028C03 BB0202', '6700', ''],
    ['00DC018D02 BB02', '6A86', 'more than one'],
    ['00E20090 04 70020102', '9000', ''],
    ['00E20090 03 7101FF', '9000', ''],
    ['00E20090 04 70020304', '6A84', 'eleven bytes'],
    ['00E20090 03 700101', '9000', 'ten'],
    ['00E20090 03 7002FF', '6A80', 'its length does not fit'],
    ['00B2709000', '6C04', 'first 70'],
    ['00B2709004', '9000', ''],
    ['00B2709200', '6C03', 'next 70'],
    ['00B2709203', '9000', ''],
    ['00B2709200', '6A83', 'no more'],
    ['00B2709100', '6C03', 'last 70'],
    ['00B2709300', '6C04', 'previous 70'],
    ['00B2729000', '6A83', 'no 72'],
    ['00DC7190 03 7101AA', '9000', 'by tag'],
    ['00DC7190 03 7201AA', '6A80', 'the tag stays'],
    ['00DC7190 04 7102AABB', '6700', 'and the length'],
    ['00DC0296 02 0101', '6A86', 'mode 6 names none'],
    ['00DC009B 02 0101', '9000', 'cyclic: add'],
    ['00E20098 02 0202', '9000', 'append adds too'],
    ['00DC009B 02 0303', '9000', ''],
    ['00DC009C 02 0303', '6A86', 'no other way'],
    ['00DC009B 03 030303', '6700', ''],
    ['00D6910002 0101', '6981', 'no bytes here'],
  ];
  expect(answers(chip, script)).toEqual(script);
  expect(say(chip, '00B2018D06')).toBe('A101BB02A3039000');
  expect(say(chip, '00B2028E04')).toBe('BB02A1019000');
  expect(say(chip, '00B2019D04'), 'newest first').toBe('030302029000');
});

test('what does not fit, or is not right, is not created', () => {
  const script: [string, string, string][] = [
    ['80E00011 07 28 1FF0 F0F0 FFFF', '6A84', 'larger than the card'],
    ['80E00011 07 28 0010 F0F0 FFFF', '9000', ''],
    ['80E00011 07 28 0010 F0F0 FFFF', '6A80', 'twice'],
    ['80E00012 07 29 0010 F0F0 FFFF', '6A80', 'no such type'],
    ['80E00012 08 28 0010 F0F0 FFFFFF', '6A80', 'too long'],
    ['80E00012 06 28 0010 F0F0 FF', '6700', 'too short'],
    ['80E00012 07 2A 0000 F0F0 FFFF', '6A80', 'records of no bytes'],
    ['80E00003 07 2F 0208 F000 FF18', '6A80', 'a purse is 0001 or 0002'],
    ['80E00012 07 3F 0050 01F0 FFFF', '6A80', 'keys lie in 0000'],
    [`80D40100 15 36 F0F0FF33 ${key}`, '6A82', 'no key file'],
    ['80E00000 07 3F 0020 01F0 FFFF', '9000', '32 bytes for keys'],
    [`80D40100 14 36 F0F0FF33 ${key.slice(2)}`, '6700', 'a key of 15 bytes'],
    [`80D40100 15 36 F0F0FF33 ${key}`, '9000', ''],
    [`80D40100 15 36 F0F0FF33 ${key}`, '6A80', 'there is one'],
    [`80D40101 15 36 F0F0FF33 ${key}`, '6A84', 'no room for another'],
    [`80D40100 15 2F F0F0FF33 ${key}`, '6A80', 'no such key type'],
    [`80D40101 15 39 F0F0FF03 ${key}`, '6A80', 'no tries at all'],
    ['80E03F01 11 38 0100 F0F0 95 FFFF A00000000386980701', '9000', ''],
    ['80E03F01 11 38 0100 F0F0 95 FFFF A00000000386980702', '6A80', 'identifier taken'],
    ['80E03F02 11 38 0100 F0F0 95 FFFF A00000000386980701', '6A80', 'name taken'],
    ['80E03F02 0C 38 0100 F0F0 95 FFFF A0000000', '6A80', 'name too short'],
    ['80E03F02 08 38 2000 F0F0 95 FFFF', '6A84', ''],
    ['80E03F00 08 38 0100 F0F0 95 FFFF', '6985', 'the MF holds something'],
    ['00A40000023F01', '610D', ''],
    ['80E03F03 08 38 0010 F0F0 95 FFFF', '6A80', 'no directory in an application'],
    ['80E00005 07 28 00F6 F0F0 FFFF', '6A84', 'one byte more than there is'],
    ['80E00005 07 28 00F5 F0F0 FFFF', '9000', 'filled to the last byte'],
    ['800E000100', '6A86', ''],
    ['800E000000', '9000', 'erased'],
    ['80E00005 07 28 00F5 F0F0 FFFF', '9000', 'and there is room again'],
    ['00E00000 02 6200', '6A80', 'an empty template'],
    ['00E00000 05 6203820101', '6A80', 'no identifier'],
    ['00E00001 02 6200', '6A86', ''],
    ['00E00000 20 6F1E', '6700', 'cut short'],
  ];
  expect(answers(chip, script)).toEqual(script);
  expect(memoryMap(chip.memory).rows.at(-1)).toMatchObject({ fid: 5, header: 11, body: 245, used: 0 });
});

test('DIR names what fits into it, and no more', () => {
  const free = 'AB0A 800101 9000 800106 9700';
  const rights = 'AB0A 800106 9000 800101 9000';
  const master = `00E00000 25 62 23 820138 83023F00 80021000 8405 A1A2A3A4A5 850100 ${rights} 5000`;
  expect(status(chip, master)).toBe('9000');
  status(chip, '00A4000000');
  const application = (number: string) =>
    `00E00000 28 62 26 820138 8302DF${number} 80020010 8405 B1B2B3B4${number} 5003 414243 850100 ${rights}`;
  expect(status(chip, application('01'))).toBe('9000');
  expect(status(chip, `00E00000 1C 62 1A 820105 8302EF1E 8002000D 850100 ${free}`), 'too small').toBe('6A84');
  expect(status(chip, `00E00000 1C 62 1A 820105 8302EF1E 8002000E 850100 ${free}`)).toBe('9000');
  expect(say(chip, '00B201F40E')).toBe('610C4F05B1B2B3B40150034142439000');
  expect(status(chip, application('02')), 'no room in DIR').toBe('6A84');
  expect(status(chip, '00A40200 02 EF1E')).toBe('9000');
  expect(status(chip, '00E20000 02 6100'), 'the card writes it alone').toBe('6982');
});

test('the ISO form makes files with any and all conditions', () => {
  const rules = 'AB1D 800101 A010 A406 830100 950108 A406 830184 950180 800106 A003 A401 00';
  expect(status(chip, `00E00000 2F 62 2D 820105 8302EF05 80020040 850101 ${rules}`)).toBe('6A80');
  const anyOf = 'A010 A406 830100 950108 A406 830184 950180';
  const allOf = 'AF08 A406 830184 950180';
  const right = `AB22 800101 ${anyOf} 800106 ${allOf}`;
  expect(status(chip, `00E00000 34 62 32 820105 8302EF05 80020040 850101 ${right}`)).toBe('9000');
  expect(chip.memory.directories[0]?.shape.files[0]).toEqual({
    fid: 0xef05,
    kind: 'tagged',
    size: 0x40,
    recordLength: 0,
    capacity: 0,
    read: { rule: 'any', of: [0, 0x84] },
    update: { rule: 'all', of: [0x84] },
    protection: 'mac',
  });
});

describe('a blank card', () => {
  test('does nothing for a stranger, and takes 15 wrong keys', () => {
    const stranger = blankChip({ generation: 2, history, capacity: 0x2000, transport });
    stranger.powerOn();
    expect(status(stranger, '80E00011 07 28 0010 F0F0 FFFF')).toBe('6982');
    expect(status(stranger, '800E000000')).toBe('6982');
    expect(status(stranger, '841C0000 04 00000000')).toBe('6982');
    expect(status(stranger, '8416000004 00000000')).toBe('6985');
    expect(status(stranger, '00820000 08 0000000000000000')).toBe('6984');
    expect(status(stranger, '00820001 08 0000000000000000')).toBe('6A88');
    for (let left = 14; left >= 0; left--) {
      status(stranger, '0084000008');
      const code = left === 0 ? '6983' : `63C${left.toString(16).toUpperCase()}`;
      expect(status(stranger, '00820000 08 0000000000000000')).toBe(code);
    }
    expect(status(stranger, lineAuthentication(stranger, 'des', transport, '00'))).toBe('6983');
  });

  test('is put into use once, with a right MAC, and keeps no transport key', () => {
    expect(status(chip, '841C0000 04 00000000')).toBe('6984');
    status(chip, '0084000004');
    expect(status(chip, '841C0000 04 00000000')).toBe('6988');
    expect(endIssue()).toBe('9000');
    expect(chip.memory).toMatchObject({ life: 'active', transport: null });
    expect(endIssue()).toBe('6985');
    expect(status(chip, lineAuthentication(chip, 'des', transport, '00'))).toBe('6A88');
    expect(hex(chip.image())).not.toContain(hex(transport));
  });

  test('forgets its issuer with its power', () => {
    chip.powerOff();
    chip.powerOn();
    expect(status(chip, '800E000000')).toBe('6982');
  });

  test('takes keys enciphered under the transport key', () => {
    status(chip, '80E00000 07 3F 0050 01F0 FFFF');
    const command = lineCommand(chip, 'des', transport, '84D40100', `36F0F0FF33${key}`, true);
    expect(status(chip, command)).toBe('9000');
    expect(status(chip, command), 'replayed').toBe('6984');
    status(chip, '0084000004');
    expect(status(chip, command), 'under another challenge').toBe('6988');
    expect(chip.memory.directories[0]?.keys[0]?.value).toEqual(bytes(key));
  });
});
