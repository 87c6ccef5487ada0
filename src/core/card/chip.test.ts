import { beforeEach, describe, expect, test } from 'vitest';
import vectors from '../../../test/vectors/card.json' with { type: 'json' };
import { bytes, concat, hex } from '../../kernel/bytes.ts';
import { type CardKeyName, encrypt, keyCheckValue } from '../keys/index.ts';
import type { Chip, Psam } from './index.ts';
import { sampleCard, sampleFactors, samplePin, samplePsam, sampleStore } from './sample-card.fixture.ts';

const zeros = (length: number) => '00'.repeat(length);

/** Sends one command and returns data and status word as hex. */
const say = (card: Chip | Psam, command: string) => hex(card.transmit(bytes(command)));
const status = (card: Chip | Psam, command: string) => say(card, command).slice(-4);

const selectMedical = '00A4040006D15600000503';
const verify = `0020000003${samplePin}`;
let chip: Chip;
beforeEach(() => {
  chip = sampleCard();
  chip.powerOn();
});

test('answer to reset and selection answers of both generations', () => {
  expect(hex(chip.powerOn())).toBe('3B6D0000009001000186609901 00000001'.replace(' ', ''));
  const name = '7378312E73682EC9E7BBE1B1A3D5CF';
  expect(say(chip, `00A404000F${name}`)).toBe('611E');
  expect(say(chip, '00C000001E')).toBe(`6F1C840F${name}A50988011E9F0C038601039000`);
  const old = sampleCard(2);
  old.powerOn();
  expect(say(old, `00A404000F${name}`)).toBe('6118');
  expect(say(old, '00C0000018')).toBe(`6F16840F${name}A50388011E9000`);
});

test('a card without power says nothing but 6F00', () => {
  chip.powerOff();
  expect(say(chip, verify)).toBe('6F00');
});

describe.each([
  { family: 'des' as const, generation: 2 as const, v: vectors.hierarchy_des },
  { family: 'sm4' as const, generation: 3 as const, v: vectors.hierarchy_sm4 },
])('vector $v.id on the chip', ({ family, generation, v }) => {
  test('internal and external authentication', () => {
    const transport = bytes(v.root);
    const value = bytes(v.keys[2] as string);
    const names: CardKeyName[] = ['IRK', 'UKSSSE'];
    const keys = names.map((name) => ({
      name,
      encrypted: encrypt(family, transport, value),
      check_value: keyCheckValue(family, value),
    }));
    const card = sampleCard(generation, { keys, transport }, () => bytes(v.factor));
    card.powerOn();
    expect(say(card, `0088000010${v.factor}${v.original}`)).toBe('6108');
    expect(say(card, '00C0000008')).toBe(`${v.authentication}9000`);
    expect(say(card, '0084000008')).toBe(`${v.factor}9000`);
    expect(say(card, `0082000410${v.authentication}${v.original}`)).toBe('9000');
  });

  test('a key whose check value does not fit makes no card', () => {
    const keys = sampleStore.cardKeys(sampleFactors(generation), bytes(v.root));
    expect(() => sampleCard(generation, { keys })).toThrow('check value');
  });
});

/** Commands one after the other on a fresh card, each with the status word it must get. */
const scripts: Record<string, [command: string, status: string, why: string][]> = {
  'PIN to blocking': [
    ['0020000000', '63C3', 'three tries, a PIN is set'],
    ['0020000003000000', '63C2', 'wrong'],
    [verify, '9000', 'the right one gives the tries back'],
    ['0020000003000000', '63C2', 'wrong'],
    ['0020000003000001', '63C1', 'wrong'],
    ['0020000003000002', '6983', 'wrong, blocked'],
    [verify, '6983', 'too late'],
    ['0020000000', '6983', 'asked'],
    [`805E010007${samplePin}FF123456`, '6983', 'nor can it be changed'],
  ],
  'PIN formats': [
    ['002000000213F5', '6A80', 'F in the middle'],
    ['0020000002123F', '6A80', 'three digits'],
    ['002000000312345A', '6A80', 'not a digit'],
    ['0020000009135790000000000000', '6700', 'too long'],
    ['0020000103135790', '6A86', 'another PIN'],
    ['0020000003', '6700', 'announced, not sent'],
    [`805E010006${samplePin}123456`, '6A80', 'no separator'],
    [`805E010007000000FF123456`, '63C2', 'old PIN wrong'],
    [`805E010007${samplePin}FF123456`, '9000', 'changed'],
    [verify, '63C2', 'the old one is gone'],
  ],
  'a wrong PIN takes the right back': [
    [selectMedical, '610A', ''],
    [verify, '9000', ''],
    ['B026000104', '9000', ''],
    ['0020000003000000', '63C2', ''],
    ['B026000104', '6982', ''],
  ],
  selection: [
    ['00A40000023F00', '611E', 'environment'],
    ['00A4000000', '611E', 'nothing is the environment too'],
    ['00A4000002DF04', '610A', 'by identifier'],
    ['00A4020002EF05', '9000', 'file without data'],
    ['00A4000002DF09', '6A82', 'unknown directory'],
    ['00A4020002EF77', '6A82', 'unknown file'],
    ['00A4040006A00000000101', '6A82', 'unknown name'],
    ['00A4040005D156000005', '610A', 'partial name: first'],
    ['00A4040205D156000005', '610A', 'next'],
    ['00A4040205D156000005', '610A', 'next'],
    ['00A4040205D156000005', '610A', 'next'],
    ['00A4040205D156000005', '610A', 'next'],
    ['00A4040205D156000005', '610A', 'next'],
    ['00A4040205D156000005', '610A', 'next: the seventh'],
    ['00A4040205D156000005', '6A82', 'no more'],
    ['00A404000476543210', '6700', 'name too short'],
    ['00A40300023F00', '6A86', 'P1'],
    ['00A40400077601FF00000000', '6A82', 'a probe of another program'],
  ],
  reading: [
    ['00B2070409', '6986', 'no current file'],
    ['00B2072C00', '6C0B', 'by number, length told'],
    ['00B2072C0B', '9000', 'by number'],
    ['00B207040B', '9000', 'the file is current now'],
    ['00B2072800', '6C0B', 'by tag 07'],
    ['00B2082800', '6A83', 'no such tag here'],
    ['00B2082C00', '6A83', 'no such record'],
    ['00B2002C00', '6A83', 'record 0'],
    ['00B2002F00', '6A86', 'mode 7'],
    ['00B201F400', '6C14', 'DIR'],
    ['00B207F400', '6C14', 'the seventh application'],
    ['00B208F400', '6A83', 'end of DIR'],
    ['00B2017C00', '6A82', 'unknown short identifier'],
    ['00B2014400', '6981', 'a transparent file has no records'],
    ['00B0880010', '6982', 'the photo wants a key'],
    ['00B0850010', '6981', 'a record file has no bytes'],
    ['00B2012C', '6700', 'no Le'],
    ['00A4000002DF01', '610A', ''],
    ['00B2012C00', '6982', 'neither PIN nor key'],
    ['00B0960080', '9000', 'reserved file, free'],
    ['00B0967F00', '6C01', 'its last byte'],
    ['00B0968001', '6B00', 'behind its end'],
    [verify, '9000', ''],
    ['00B2012C00', '6C04', 'with PIN'],
    ['00A4000002DF02', '610A', ''],
    ['00B2012D00', '6700', 'whole file longer than an answer'],
    ['00A4000002DF04', '610A', ''],
    ['00B2013400', '6982', 'EF06 wants PIN and key'],
  ],
  writing: [
    ['00DC0104020201', '6986', 'no current file'],
    ['00DC022C03020131', '6982', 'no key shown'],
    ['04DC022C0702013100000000', '6982', 'MAC alone is not enough'],
    ['04D688000500000000FF', '6982', 'photo'],
    ['00DC01F40161', '6982', 'DIR is not written'],
    [selectMedical, '610A', ''],
    ['00DC004301FF', '6982', 'the log is not written'],
  ],
  authentication: [
    [`0082000410${zeros(16)}`, '6984', 'no challenge'],
    ['0084000008', '9000', ''],
    [`0082000410${zeros(16)}`, '63CE', 'wrong'],
    [`0082000410${zeros(16)}`, '6984', 'the challenge is used up'],
    ['0084000008', '9000', ''],
    ['0020000000', '63C3', 'another command comes between'],
    [`0082000410${zeros(16)}`, '6984', 'the challenge is gone'],
    ['0084000004', '9000', ''],
    [`0082000410${zeros(16)}`, '6984', 'a challenge of four bytes is not enough'],
    ['0084000009', '6700', 'odd length'],
    ['0084000008', '9000', ''],
    [`0082007710${zeros(16)}`, '6A88', 'unknown key'],
    [`0082008410${zeros(16)}`, '6A88', 'a key of another directory'],
    [`0082000010${zeros(16)}`, '6A88', 'IRK is not for this'],
    [`0082000411${zeros(16)}07`, '6A88', 'another version'],
    [`008200040F${zeros(15)}`, '6700', ''],
    [`0088000010${zeros(16)}`, '6108', 'internal is free'],
    ['00C0000010', '6C08', ''],
    ['00C0000003', '6105', 'in pieces'],
    ['00C0000005', '9000', ''],
    ['00C0000005', '6985', 'nothing left'],
  ],
  account: [
    ['B026000104', '6985', 'not selected'],
    [selectMedical, '610A', ''],
    ['B026000104', '6982', 'no PIN'],
    ['B02800010B 01 00000064 990100000007', '6982', 'no PIN'],
    [verify, '9000', ''],
    ['B026000100', '6C04', ''],
    ['B026000206', '9000', ''],
    ['B026000404', '6A86', 'no such form'],
    ['B02800010B 02 00000064 990100000007', '9403', 'key index'],
    ['B02800010B 01 00000000 990100000007', '6A80', 'amount zero'],
    ['B02800010A 01 00000064 9901000000', '6700', 'short'],
    ['B02A00000B 20260305090807 00000000', '6901', 'nothing begun'],
    ['B02800010B 01 00000064 990100000007', '6110', 'begun'],
    ['B02C01000F 00000001 20260305090807 00000000', '6901', 'another second step'],
    ['B02A00000B 20260305090807 00000000', '6901', 'and it is idle now'],
    ['B02800010B 01 00000064 990100000007', '6110', 'begun'],
    ['B026000104', '9000', 'the balance may be asked between'],
    ['B02E00310200 00', '9406', 'and a proof'],
    ['B02A00000B 20260305090807 00000000', '9302', 'MAC2 wrong'],
    ['B02A00000B 20260305090807 00000000', '6901', 'idle'],
    ['B02800010B 01 00000064 990100000007', '6110', 'begun'],
    ['B02A00000B 20260231090807 00000000', '6A80', 'no such day'],
    ['B028010113 01 00000001 00000000 00000000 990100000007', '9401', 'nothing there'],
    ['B028010113 01 00000000 00000000 00000000 990100000007', '6A80', 'nothing to pay'],
    ['B028010113 01 00000000 00000005 00000000 990100000007', '6116', 'cash only'],
    ['B02C01000F 00000001 20260305090807 00000000', '9302', 'MAC1 wrong'],
    ['B028020113 01 00000000 00000005 00000000 990100000007', '6A86', 'no such INITIALIZE'],
    ['B02E0033020000', '6A86', 'no such type'],
    ['B0560000020101', '6982', 'starting day wants DSK'],
    ['B056010002', '9000', 'reading it does not'],
  ],
  'other commands': [
    ['', '6700', 'nothing at all'],
    ['00', '6700', ''],
    ['00FF0000', '6D00', 'unknown instruction'],
    ['B03C0000', '6D00', 'a probe'],
    ['80A40000023F00', '6E00', 'unknown class'],
    ['00A4000003DF04', '6700', 'cut short'],
    ['8424000004 00000000', '6982', 'PUK first'],
    ['841E000004 00000000', '6982', 'BK first'],
    ['8418000004 00000000', '6985', 'not blocked'],
    ['8416000004 00000000', '6982', 'BK first'],
  ],
};

describe.each(Object.entries(scripts))('%s', (_, script) => {
  test('answers', () => {
    const rows = script.map(([command, , why]) => [command, status(chip, command), why]);
    expect(rows).toEqual(script);
  });
});

test('a key that was tried too often is blocked, the others are not', () => {
  const wrong = `0082000410${zeros(16)}`;
  for (let left = 14; left >= 0; left--) {
    status(chip, '0084000008');
    expect(status(chip, wrong)).toBe(left === 0 ? '6983' : `63C${left.toString(16).toUpperCase()}`);
  }
  const factor = chip.transmit(bytes('0084000008')).slice(0, 8);
  const right = sampleStore.authentication('UKSSSE', sampleFactors(3), factor, new Uint8Array(8));
  expect(status(chip, `0082000410${hex(right)}${zeros(8)}`)).toBe('6983');
  const other = sampleStore.authentication(
    'PUK',
    sampleFactors(3),
    chip.transmit(bytes('0084000008')).slice(0, 8),
    factor,
  );
  expect(status(chip, `0082000610${hex(other)}${hex(factor)}`)).toBe('9000');
});

test('a replayed external authentication is refused: the next challenge is another', () => {
  const factor = chip.transmit(bytes('0084000008')).slice(0, 8);
  const command = `0082000410${hex(sampleStore.authentication('UKSSSE', sampleFactors(3), factor, factor))}${hex(factor)}`;
  expect(status(chip, command)).toBe('9000');
  status(chip, '0084000008');
  expect(status(chip, command)).toBe('63CE');
});

test('keys of a directory are forgotten when another is selected; PIN and environment keys stay', () => {
  const show = (key: CardKeyName, id: string) => {
    const factor = chip.transmit(bytes('0084000008')).slice(0, 8);
    return status(
      chip,
      `008200${id}10${hex(sampleStore.authentication(key, sampleFactors(3), factor, factor))}${hex(factor)}`,
    );
  };
  expect(show('RKSSSE', '0A')).toBe('9000');
  status(chip, selectMedical);
  expect(show('RK1DF04', '84')).toBe('9000');
  expect(status(chip, '00B2012C00')).toBe('6C0A');
  status(chip, selectMedical);
  expect(status(chip, '00B2012C00'), 'the same directory again').toBe('6C0A');
  status(chip, '00A4000000');
  expect(status(chip, '00B0880010')).toBe('9000');
  status(chip, selectMedical);
  expect(status(chip, '00B2012C00')).toBe('6982');
});

test('a photo is written and read in pieces', () => {
  const key = (name: CardKeyName, id: string) => {
    const factor = chip.transmit(bytes('0084000008')).slice(0, 8);
    status(
      chip,
      `008200${id}10${hex(sampleStore.authentication(name, sampleFactors(3), factor, factor))}${hex(factor)}`,
    );
  };
  key('UKSSSE', '04');
  key('RKSSSE', '0A');
  const write = (header: string, data: string) => {
    const challenge = chip.transmit(bytes('0084000008')).slice(0, 8);
    const input = bytes(`${header}${data}`);
    return status(chip, `${header}${data}${hex(sampleStore.commandMac('STK', sampleFactors(3), challenge, input))}`);
  };
  expect(write('04D6880206', 'FFD8')).toBe('9000');
  expect(say(chip, '00B0000004')).toBe('0000FFD89000');
  expect(write('04D60FFF06', 'FFD8')).toBe('6B00');
  expect(chip.image().length).toBeGreaterThan(4096);
});

test('the starting day moves the payment year', () => {
  status(chip, selectMedical);
  const factor = chip.transmit(bytes('0084000008')).slice(0, 8);
  const data = sampleStore.authentication('DSK', sampleFactors(3), factor, factor);
  expect(status(chip, `0082008710${hex(data)}${hex(factor)}`)).toBe('9000');
  expect(status(chip, 'B0560000021332')).toBe('6A80');
  expect(status(chip, 'B0560000020701')).toBe('9000');
  expect(say(chip, 'B056010002')).toBe('07019000');
});

describe('PSAM', () => {
  test.each([
    ['00B0960006', '9901000000079000', 'terminal number'],
    ['00B095000F', '9199010000000000000007010100009000', 'basic file'],
    ['00B0990004', '6A82', 'the application is not selected'],
    ['BFDE2708180000', '6700', ''],
    [`BFDE270810${zeros(16)}`, '6985', 'the application is not selected'],
    ['BFEC00000199', '9000', 'environment'],
    [`80FA000008${zeros(8)}`, '6985', 'no session key'],
    [`8072000004${zeros(4)}`, '6901', 'nothing begun'],
  ])('%s → %s %s', (command, answer) => {
    const psam = samplePsam();
    psam.powerOn();
    expect(say(psam, command)).toBe(answer);
  });

  test('gives session keys only for keys it has, with as many factors as their usage says', () => {
    const psam = samplePsam();
    psam.powerOn();
    status(psam, '00A4000002DF01');
    expect(status(psam, `BFDE270810${zeros(16)}`)).toBe('9000');
    expect(status(psam, `BFDE277710${zeros(16)}`)).toBe('6A88');
    expect(status(psam, `BFDE220110${zeros(16)}`), 'the purchase key stays inside').toBe('6A88');
    expect(status(psam, `BFDE470818${zeros(24)}`), 'two factors where the key takes one (LD9 §8)').toBe('6A80');
    expect(status(psam, `BFDE270811${zeros(17)}`)).toBe('6A80');
  });

  test('makes MACs at once or in parts, as the card checks them', () => {
    const psam = samplePsam();
    psam.powerOn();
    status(psam, '00A4000002DF01');
    const { card } = sampleFactors(2);
    const challenge = '1122334455667788';
    const deliver = () => status(psam, `BFDE280910${hex(card)}${challenge}`);
    deliver();
    const message = '8424000004800000';
    expect(say(psam, `80FA050010${zeros(8)}${message}`)).toBe('6104');
    const mac = say(psam, '00C0000004').slice(0, 8);
    expect(mac).toBe(hex(sampleStore.commandMac('STK', sampleFactors(2), bytes(challenge), bytes('8424000004'))));
    deliver();
    expect(say(psam, `80FA070010${zeros(8)}${'11'.repeat(8)}`)).toBe('9000');
    expect(say(psam, `80FA010008${message}`)).toBe('6104');
    const inParts = say(psam, '00C0000004').slice(0, 8);
    const whole = sampleStore.commandMac(
      'STK',
      sampleFactors(2),
      bytes(challenge),
      concat(bytes('11'.repeat(8)), bytes('8424000004')),
    );
    expect(inParts).toBe(hex(whole));
  });

  test('refuses a purchase of another type, version or algorithm', () => {
    const psam = samplePsam();
    psam.powerOn();
    status(psam, '00A4000002DF01');
    const begin = (type: string, version: string, algorithm: string) =>
      status(psam, `8070010024 11223344 0000 ${zeros(12)} ${type} 20260305090807 ${version} ${algorithm} ${zeros(8)}`);
    expect(begin('32', '01', '03')).toBe('6108');
    expect(begin('31', '01', '03')).toBe('6A80');
    expect(begin('32', '02', '03')).toBe('6A88');
    expect(begin('32', '01', '07')).toBe('6A80');
  });
});

test('MAC1 of a load follows the rule with the random the card chose', () => {
  const random = bytes('11223344');
  const card = sampleCard(2, {}, () => random);
  card.powerOn();
  status(card, selectMedical);
  status(card, verify);
  status(card, 'B02800010B 01 00001000 001122334455');
  const answer = say(card, '00C0000010');
  expect(answer.slice(0, 24)).toBe('000000000000010011223344');
  const input = bytes('00000000 00001000 31 001122334455');
  expect(answer.slice(24, 32)).toBe(hex(sampleStore.loadMac(sampleFactors(2), { random, sequence: 0 }, input)));
});
