import { beforeEach, describe, expect, test } from 'vitest';
import { bytes, concat, hex, xor } from '../../../kernel/bytes.ts';
import { parseBankCardNumber } from '../../../kernel/identifiers.ts';
import { day } from '../../../kernel/time.ts';
import { emvCryptogram, emvMasterKey, emvResponseCryptogram, emvSessionKey } from '../../keys/index.ts';
import { des3, desMac, pad80, say, turned } from '../independent.fixture.ts';
import { describeAnswer, describeCommand, SimulatedReader } from '../index.ts';
import { maskAnswer } from '../masking.ts';
import { findTag, parseTlv } from '../tlv.ts';
import { DebitChip } from './debit-chip.ts';
import { readImage } from './debit-image.ts';
import { unionPayDebit } from './debit-profile.ts';
import { issuerKeys, sampleDebit, sampleDebitPin, sampleName, samplePan } from './sample-debit.fixture.ts';

const aid = 'A000000333010101';
const selectApplication = `00A4040008${aid}`;
/** PDOL: country, currency, date, type. CDOL1 and CDOL2 without the response code: what a terminal says of 123.45 yuan. */
const options = `80A800000A8308 0156 0156 260305 00`;
const money = '000000012345 000000000000 0156 0000000000 0156 260305 00 A1B2C3D4';
const merchant = hex(Buffer.from('LINJIANG PHARMACY   '));
const first = (kind: string) => `80AE${kind}0034${money}090807${merchant}`;
const second = (kind: string, code = '00') => `80AE${kind}0022${hex(Buffer.from(code.padStart(2, '0')))}${money}090807`;

function value(answer: string, tag: number): string {
  const parsed = parseTlv(bytes(answer.slice(0, -4)));
  return parsed.ok ? hex(findTag(parsed.value, tag)?.value ?? new Uint8Array()) : 'not TLV';
}

/** A transaction's key by hand: card key of option A with odd parity, then 00…ATC and 00…~ATC (JR/T 0025.7). */
function keyByHand(issuer: Uint8Array, counter: string): { card: Uint8Array; session: Uint8Array } {
  const digits = bytes(`${samplePan}01`.slice(-16));
  const raw = concat(des3(issuer)(digits), des3(issuer)(turned(digits)));
  const card = raw.map((byte) => {
    const ones = byte.toString(2).replaceAll('0', '').length;
    return ones % 2 === 1 ? byte : byte ^ 1;
  });
  const zeros = new Uint8Array(6);
  const session = des3(card)(concat(zeros, bytes(counter), zeros, turned(bytes(counter))));
  return { card, session };
}

function cryptogramByHand(counter: string, results: string): string {
  const { session } = keyByHand(issuerKeys.cryptogram, counter);
  return hex(desMac(session, pad80(bytes(`${money} 1C00 ${counter} ${results}`), 8)));
}

/** The issuer's answer, and its scripts, by hand. */
function issuerAnswer(counter: string, arqc: string, code = '00'): string {
  const text = Buffer.from(code);
  const { session } = keyByHand(issuerKeys.cryptogram, counter);
  const arpc = des3(session)(xor(bytes(arqc), concat(text, new Uint8Array(6))));
  return `008200000A${hex(arpc)}${hex(text)}`;
}

function scriptByHand(
  header: string,
  counter: string,
  cryptogram: string,
  data: Uint8Array = new Uint8Array(),
): string {
  const length = (data.length + 4).toString(16).padStart(2, '0');
  const { session } = keyByHand(issuerKeys.mac, counter);
  const input = concat(bytes(header + length + counter + cryptogram), data);
  return `${header}${length}${hex(data)}${hex(desMac(session, pad80(input, 8)).slice(0, 4))}`;
}

let chip: DebitChip;
beforeEach(() => {
  chip = sampleDebit();
  chip.powerOn();
});

/** A transaction up to its first cryptogram. */
function begin(kind = '80', card = chip): { answer: string; counter: string; cryptogram: string } {
  say(card, selectApplication);
  expect(say(card, options).slice(-4)).toBe('9000');
  const answer = say(card, first(kind));
  return { answer, counter: value(answer, 0x9f36), cryptogram: value(answer, 0x9f26) };
}

test('V7: master key, session keys, ARQC and ARPC of the published EMV vectors', () => {
  const key = bytes('12345678'.repeat(4));
  const card = emvMasterKey({ key, pan: '1234567890123456', sequence: '00', option: 'A' });
  expect(hex(card)).toBe('DCE992BCE398C264F7858AFD4C4A324A');
  const data = bytes('000000010000 000000001000 0840 0000001080 0840 980704 00 11111111 5800 3456 A08003242000');
  const rows = [
    ['none', 'zeros', '26C8A1042D1CAF3E', 1, '3030', '98DE7C7B3D80A831'],
    ['none', '80', '2263CD868F3E0234', 1, '3030', '5A1D15A96C035C4F'],
    ['common', 'zeros', '36DBEE15F36B1E7F', 1, '0012', '0E56BBA476EB5588'],
    ['common', '80', '55BE45DD2C9E0CBF', 1, '0012', '01BAE8DE6A0DE9E0'],
    ['common', 'zeros', '36DBEE15F36B1E7F', 2, '00120000', '332CD266'],
    ['common', '80', '55BE45DD2C9E0CBF', 2, '00120000', 'B4C698B6'],
  ] as const;
  for (const [scheme, padding, expected, method, code, response] of rows) {
    const session = emvSessionKey({ scheme, key: card, atc: bytes('3456') });
    if (scheme === 'common') expect(hex(session)).toBe('F3A65095C3B854A4173F9886BCA45473');
    const arqc = emvCryptogram(session, data, padding);
    const answer = emvResponseCryptogram({ method, key: session, arqc, code: bytes(code) });
    expect([hex(arqc), hex(answer)]).toEqual([expected, response]);
  }
});

describe('a terminal that has never seen the card', () => {
  test('finds the application by the contact and the contactless environment', () => {
    const environment = say(chip, '00A404000E315041592E5359532E4444463031');
    expect(value(environment, 0x88)).toBe('01');
    const entry = say(chip, '00B2010C00');
    expect([value(entry, 0x4f), Buffer.from(value(entry, 0x50), 'hex').toString()]).toEqual([aid, 'UnionPay Debit']);
    expect(say(chip, '00B2020C00')).toBe('6A83');
    expect(say(chip, '00B2011400')).toBe('6A82');
    expect(value(say(chip, '00A404000E325041592E5359532E4444463031'), 0x4f)).toBe(aid);
  });

  test('selects it by a part of its name and learns its label in both languages, its list and its log', () => {
    const answer = say(chip, '00A4040005A000000333');
    expect(value(answer, 0x84)).toBe(aid);
    expect(new TextDecoder('gbk').decode(bytes(value(answer, 0x9f12)))).toBe('银联借记卡');
    expect(value(answer, 0x9f38)).toBe('9F1A025F2A029A039C01');
    expect(value(answer, 0x9f4d)).toBe('0B0A');
    expect(say(chip, '00A4040205A000000333')).toBe('6A82');
    expect(say(chip, '00A4040007A0000000031010')).toBe('6A82');
    expect(say(chip, '00A40000023F00')).toBe('6A86');
  });

  test('reads who it belongs to where the locator says', () => {
    say(chip, selectApplication);
    const answer = say(chip, options);
    expect(value(answer, 0x82)).toBe('1C00');
    expect(value(answer, 0x94)).toBe('0801010010010200');
    const [holder, account, lists] = ['00B2010C00', '00B2011400', '00B2021400'].map((read) => say(chip, read)) as [
      string,
      string,
      string,
    ];
    expect(parseBankCardNumber(samplePan).ok).toBe(true);
    expect(value(holder, 0x57)).toBe(`${samplePan}D341222000000000F`);
    expect(Buffer.from(value(holder, 0x5f20), 'hex').toString()).toBe(sampleName);
    expect(value(account, 0x5a)).toBe(`${samplePan}F`);
    expect([0x5f24, 0x5f34, 0x5f28, 0x9f07].map((tag) => value(account, tag))).toEqual([
      '341231',
      '01',
      '0156',
      'FF00',
    ]);
    expect(value(lists, 0x8c)).toBe(hex(unionPayDebit.firstList));
    expect(value(lists, 0x8d)).toBe(hex(unionPayDebit.secondList));
    expect(value(lists, 0x8e)).toBe('0000000000000000410342035E031F00');
    expect(say(chip, '00B2031400')).toBe('6A83');
    expect(say(chip, '00B2011C00')).toBe('6A82');
  });
});

describe('a transaction', () => {
  test('asks the issuer with a cryptogram it can compute, believes its answer and ends in an approval', () => {
    const { answer, counter, cryptogram } = begin();
    expect([counter, value(answer, 0x9f27)]).toEqual(['0001', '80']);
    // A new card, beyond its limit of offline transactions: it asked for the issuer.
    expect(value(answer, 0x9f10)).toBe('07010103A0300001');
    expect(cryptogram).toBe(cryptogramByHand('0001', '03A03000'));
    expect(say(chip, '80CA9F1300')).toBe('9F130200009000');
    expect(say(chip, issuerAnswer('0001', cryptogram))).toBe('9000');
    expect(say(chip, issuerAnswer('0001', cryptogram)), 'once in a transaction').toBe('6985');
    const last = say(chip, second('40'));
    expect(value(last, 0x9f27)).toBe('40');
    expect(value(last, 0x9f10)).toBe('0701010360B00001');
    expect(value(last, 0x9f26)).toBe(cryptogramByHand('0001', '0360B000'));
    expect(say(chip, '80CA9F1300')).toBe('9F130200019000');
    expect(say(chip, second('40')), 'it is over').toBe('6985');
    expect(value(begin().answer, 0x9f10), 'no longer new, nothing left behind').toBe('07010103A0200001');
  });

  test.each([
    ['40', '00', true, '40'],
    ['40', '00', false, '40'],
    ['00', '05', true, '00'],
    ['40', 'Y3', null, '00'],
  ] as const)('ended with P1 %s, code %s, issuer right: %s → %s', (p1, code, issuer, expected) => {
    const { cryptogram } = begin();
    if (issuer) say(chip, issuerAnswer('0001', cryptogram));
    expect(value(say(chip, second(p1, code)), 0x9f27)).toBe(expected);
  });

  test('a wrong answer of the issuer is 6300 and no approval; the next cryptogram tells of it', () => {
    const { cryptogram } = begin();
    expect(say(chip, issuerAnswer('0002', cryptogram))).toBe('6300');
    const last = say(chip, second('40'));
    expect([value(last, 0x9f27), value(last, 0x9f10)]).toEqual(['00', '0701010328B00001']);
    expect(value(begin().answer, 0x9f10)).toBe('07010103A0380001');
  });

  test('one that was never ended is told of in the next, also over a power cut', () => {
    begin();
    const again = DebitChip.fromImage(chip.image());
    again.powerOn();
    const { answer, counter, cryptogram } = begin('40', again);
    expect([counter, value(answer, 0x9f10)]).toEqual(['0002', '07010103A0B00001']);
    expect(cryptogram).toBe(cryptogramByHand('0002', '03A0B000'));
  });

  test('within its limits a card approves alone, beyond the upper one it declines without the issuer', () => {
    const card = sampleDebit({ profile: { ...unionPayDebit, lowerOfflineLimit: 2, upperOfflineLimit: 3 } });
    card.powerOn();
    const kinds = Array.from({ length: 4 }, () => {
      const kind = value(begin('40', card).answer, 0x9f27);
      return kind === '80' ? `80 then ${value(say(card, second('40', 'Y3')), 0x9f27)}` : kind;
    });
    expect(kinds).toEqual(['40', '40', '80 then 40', '80 then 00']);
    expect(say(card, '80CA9F1300')).toBe('9F130200009000');
  });

  test('a card that insists on its issuer approves online only after it has shown itself', () => {
    const card = sampleDebit({ profile: { ...unionPayDebit, issuerMandatory: true } });
    card.powerOn();
    begin('80', card);
    expect(value(say(card, second('40')), 0x9f27)).toBe('00');
    expect(say(card, '80CA9F1300')).toBe('9F130200009000');
    const { cryptogram, answer } = begin('80', card);
    expect(value(answer, 0x9f10), 'the issuer was missing').toBe('07010103A0340001');
    say(card, issuerAnswer('0002', cryptogram));
    expect(value(say(card, second('40')), 0x9f27)).toBe('40');
  });

  test.each<[string | null, string, string, string]>([
    [selectApplication, options.replace('A8308', 'A8307'), '6A80', 'a template of another length'],
    [selectApplication, '80A8000002830 0', '6985', 'nothing of what the list asks'],
    [selectApplication, `${options.slice(0, 4)}0100${options.slice(8)}`, '6A86', 'parameters'],
    [null, options, '6985', 'nothing is selected'],
    [selectApplication, first('80'), '6985', 'not begun'],
    [selectApplication, issuerAnswer('0001', '0000000000000000'), '6985', 'nobody asked the issuer'],
    [selectApplication, '841E000004FFFFFFFF', '6985', 'a script without a transaction'],
    [selectApplication, '80CA9F1400', '6A88', 'unknown data'],
    [selectApplication, '00B2010500', '6A86', 'records by another mode'],
  ])('after %s, %s → %s: %s', (before, command, status, _) => {
    if (before) say(chip, before);
    const { revision } = chip;
    expect(say(chip, command)).toBe(status);
    expect(chip.revision).toBe(revision);
  });

  test.each([
    [`${first('80').slice(0, 8)}04A1B2C3D4`, '6700'],
    [first('90'), '6A86'],
    [first('C0'), '6A86'],
  ])('%s is no first cryptogram → %s', (command, status) => {
    say(chip, selectApplication);
    say(chip, options);
    expect(say(chip, command)).toBe(status);
  });

  test('counts to its end and no further', () => {
    const image = chip.image();
    const last = counterAt(image, 0xfffe);
    last.powerOn();
    expect(begin('80', last).counter).toBe('FFFF');
    say(last, selectApplication);
    expect(say(last, options)).toBe('6985');
  });
});

/** The same card with another count, as after so many transactions. */
function counterAt(image: Uint8Array, counter: number): DebitChip {
  return new DebitChip({ ...readImage(image), counter });
}

describe('the PIN', () => {
  const block = (pin: string) => `0020008008${`2${pin.length}${pin}`.padEnd(16, 'F')}`;
  beforeEach(() => void say(chip, selectApplication));

  test('is right, wrong and counted down, and the cryptogram tells of it', () => {
    expect(say(chip, block('135790'))).toBe('63C2');
    expect(say(chip, '80CA9F1700')).toBe('9F1701029000');
    expect(say(chip, block(sampleDebitPin))).toBe('9000');
    say(chip, options);
    expect(value(say(chip, first('80')), 0x9f10)).toBe('07010103A4300001');
    say(chip, selectApplication);
    const answers = [1, 2, 3, 4].map(() => say(chip, block('135790')));
    expect(answers).toEqual(['63C2', '63C1', '63C0', '6983']);
    expect(say(chip, block(sampleDebitPin))).toBe('6983');
    say(chip, options);
    expect(value(say(chip, first('80')), 0x9f10)).toBe('07010103A6F00001');
  });

  test.each([
    ['0020008008 14246810FFFFFFFF0', '6A80'],
    ['0020008008 2624681AFFFFFFFF', '6A80'],
    ['0020008008 23246FFFFFFFFFFF', '6A80'],
    ['0020008008 26246810FFFFFF00', '6A80'],
    ['0020000008 26246810FFFFFFFF', '6A86'],
    ['0020008004 26246810', '6700'],
  ])('%s is no PIN block → %s, and costs no try', (command, status) => {
    expect(say(chip, command.replace('FFFFFFFF0', 'FFFFFFFF'))).toBe(status);
    expect(say(chip, '80CA9F1700')).toBe('9F1701039000');
  });

  test('never stands in a log, nor whose card it is', () => {
    expect(describeCommand(bytes(block(sampleDebitPin)))[0]?.value).toBe(`0020008008${'*'.repeat(16)}`);
    const read = bytes('00B2010C00');
    const masked = maskAnswer(read, bytes(say(chip, '00B2010C00')));
    expect(masked).toMatch(/^70..57..\*{36,}5F20..\*{16}9000$/);
    expect(masked.replaceAll('*', '')).not.toContain(samplePan.slice(0, 6));
    expect(maskAnswer(read, bytes(say(chip, '00B2011400')))).toMatch(/^70..5A0A\*{20}5F340101/);
  });
});

describe('scripts of the issuer', () => {
  const approve = () => {
    const begun = begin();
    say(chip, issuerAnswer(begun.counter, begun.cryptogram));
    say(chip, second('40'));
    return begun;
  };

  test('block the application, in which the card only declines, and unblock it', () => {
    const { counter, cryptogram } = approve();
    expect(say(chip, scriptByHand('841E0000', counter, cryptogram))).toBe('9000');
    expect(say(chip, selectApplication)).toBe('6283');
    say(chip, options);
    const declined = say(chip, first('40'));
    expect(value(declined, 0x9f27)).toBe('00');
    expect(say(chip, second('40'))).toBe('6985');
    const unblock = scriptByHand('84180000', value(declined, 0x9f36), value(declined, 0x9f26));
    expect(say(chip, unblock)).toBe('9000');
    expect(say(chip, selectApplication).slice(-4)).toBe('9000');
  });

  test('block the card for ever', () => {
    const { counter, cryptogram } = approve();
    expect(say(chip, scriptByHand('84160000', counter, cryptogram))).toBe('9000');
    const again = DebitChip.fromImage(chip.image());
    again.powerOn();
    for (const command of [selectApplication, '00A404000E315041592E5359532E4444463031', '0084000008'])
      expect(say(again, command)).toBe('6A81');
  });

  test('with a wrong MAC do nothing and are told of in the next transaction', () => {
    const { counter, cryptogram } = approve();
    expect(say(chip, scriptByHand('841E0000', counter, '0000000000000000'))).toBe('6988');
    expect(say(chip, scriptByHand('84240000', counter, cryptogram))).toBe('9000');
    expect(value(begin().answer, 0x9f10)).toBe('07010103A0202801');
  });

  const newPin = (pin: string, counter: string, present?: string) => {
    const { card } = keyByHand(issuerKeys.cryptogram, counter);
    const { session } = keyByHand(issuerKeys.encipherment, counter);
    const plain = bytes(`0${pin.length}${pin}`.padEnd(16, 'F'));
    const masked = xor(plain, concat(new Uint8Array(4), card.slice(4, 8)));
    const bound = present ? xor(masked, bytes(present.padEnd(16, '0'))) : masked;
    return des3(session)(concat(bytes('08'), bound, bytes('80000000000000')));
  };

  test.each([
    ['84240002', undefined],
    ['84240001', sampleDebitPin],
  ])('%s gives a new PIN and all tries', (header, present) => {
    say(chip, selectApplication);
    say(chip, '002000800826135790FFFFFFFF');
    const { counter, cryptogram } = approve();
    expect(say(chip, scriptByHand(header, counter, cryptogram, newPin('97531', counter, present)))).toBe('9000');
    expect(say(chip, '80CA9F1700')).toBe('9F1701039000');
    expect(say(chip, '002000800826246810FFFFFFFF')).toBe('63C2');
    expect(say(chip, '00200080082597531FFFFFFFFF')).toBe('9000');
  });

  test('a new PIN bound to another than the present one is refused', () => {
    const { counter, cryptogram } = approve();
    const command = scriptByHand('84240001', counter, cryptogram, newPin('97531', counter, '1111'));
    expect(say(chip, command)).toBe('6A80');
    expect(say(chip, '002000800826246810FFFFFFFF')).toBe('9000');
    expect(say(chip, scriptByHand('84240003', counter, cryptogram))).toBe('6A86');
  });

  test('the tries come back to a PIN that was blocked', () => {
    say(chip, selectApplication);
    for (let i = 0; i < 3; i++) say(chip, '002000800826135790FFFFFFFF');
    const { counter, cryptogram } = approve();
    expect(say(chip, scriptByHand('84240000', counter, cryptogram))).toBe('9000');
    expect(say(chip, '002000800826246810FFFFFFFF')).toBe('9000');
  });
});

test('the log holds the last ten approvals, newest first, in the form the card tells', () => {
  const card = sampleDebit({ profile: { ...unionPayDebit, lowerOfflineLimit: 20, upperOfflineLimit: 20 } });
  card.powerOn();
  for (let i = 0; i < 12; i++) begin(i === 5 ? '00' : '40', card);
  expect(value(say(card, '80CA9F4F00'), 0x9f4f)).toBe(hex(unionPayDebit.logList));
  const counters = Array.from({ length: 10 }, (_, i) => say(card, `00B2${(i + 1).toString(16).padStart(2, '0')}5C00`));
  expect(counters[0]).toBe(`260305090807000000012345000000000000${'0156'}${'0156'}${merchant}00000C9000`);
  expect(counters.map((record) => Number.parseInt(record.slice(-8, -4), 16))).toEqual([
    12, 11, 10, 9, 8, 7, 5, 4, 3, 2,
  ]);
  expect(say(card, '00B20B5C00')).toBe('6A83');
});

test('commands and answers in words', () => {
  const lines = (described: ReturnType<typeof describeCommand>) => described.map(({ label }) => [label.zh, label.en]);
  say(chip, selectApplication);
  expect(lines(describeCommand(bytes(options)))[0]).toEqual(['取处理选项', 'GET PROCESSING OPTIONS']);
  say(chip, options);
  const answer = bytes(say(chip, first('80')));
  expect(lines(describeAnswer(answer, bytes(first('80'))))).toContainEqual(['应用密文', 'application cryptogram']);
  expect(lines(describeCommand(bytes(issuerAnswer('0001', '0000000000000000'))))).toContainEqual([
    '授权响应密文',
    'response cryptogram',
  ]);
  const record = bytes(say(chip, '00B2011400'));
  expect(lines(describeAnswer(record, bytes('00B2011400')))).toContainEqual(['账号', 'account number']);
});

test('torn out before or after a command, the card is as before or after it', async () => {
  const { counter, cryptogram } = begin();
  const commands = [
    selectApplication,
    options,
    '002000800826135790FFFFFFFF',
    first('80'),
    issuerAnswer(counter, cryptogram),
    second('40'),
  ].map(bytes);
  const whole = sampleDebit();
  whole.powerOn();
  const images = [whole.image()];
  for (const command of commands) {
    whole.transmit(command);
    images.push(whole.image());
  }
  expect(new Set(images.map(hex)).size, 'four of the commands write').toBe(5);
  for (let at = 0; at < commands.length; at++)
    for (const tear of ['before', 'after'] as const) {
      const card = sampleDebit();
      const reader = new SimulatedReader(['user']);
      reader.insert('user', card);
      await reader.connect('user');
      reader.tearOut('user', tear, at);
      for (const command of commands.slice(0, at)) await reader.transmit('user', command);
      await expect(reader.transmit('user', commands[at] as Uint8Array)).rejects.toThrow('pulled out');
      expect(card.image()).toEqual(images[tear === 'before' ? at : at + 1]);
      const kept = DebitChip.fromImage(card.image());
      kept.powerOn();
      expect(say(kept, first('80')), 'what was begun is forgotten').toBe('6985');
    }
});

describe('personalisation', () => {
  test.each([
    ['pan', { pan: '6229990000000000420' }],
    ['pan', { pan: '622999' }],
    ['sequence', { sequence: '1' }],
    ['name', { name: '李试卡' }],
    ['pin', { pin: '123' }],
    ['dates', { from: day('2034-12-31'), through: day('2025-01-01') }],
    ['service code', { serviceCode: '2200' }],
  ])('takes no wrong %s', (_, changes) => {
    expect(() => sampleDebit(changes)).toThrow();
  });

  test('makes no card of a key that does not fit its check value', () => {
    const key = { encrypted: new Uint8Array(16), check_value: '000000' };
    expect(() => sampleDebit({ keys: { cryptogram: key, mac: key, encipherment: key } })).toThrow('check value');
  });

  test('an image is the card, and damage is told', () => {
    begin();
    const image = chip.image();
    expect(DebitChip.fromImage(image).image()).toEqual(image);
    for (const at of [0, 2, 14, image.length - 5])
      expect(() => DebitChip.fromImage(image.with(at, (image[at] as number) ^ 1))).toThrow('damaged');
  });
});
