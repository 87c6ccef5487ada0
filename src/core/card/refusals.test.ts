import { describe, expect, test } from 'vitest';
import { bytes, hex, uint } from '../../kernel/bytes.ts';
import { DebitChip } from './debit/debit-chip.ts';
import { readImage } from './debit/debit-image.ts';
import { unionPayDebit } from './debit/debit-profile.ts';
import { sampleDebit, sampleDebitPin } from './debit/sample-debit.fixture.ts';
import { keyOn, lineAuthentication, lineCommand, sessionAuthentication, sessionCommand } from './host.fixture.ts';
import { say } from './independent.fixture.ts';
import type { Chip } from './index.ts';
import type { Psam } from './psam/psam.ts';
import {
  applicationKey,
  createKeyCommand,
  issuedPsam,
  makerKey,
  masterKey,
  protectedCommand,
  psamInIssue,
} from './psam/psam-station.fixture.ts';
import { newPurse, purseChip } from './purse-card.fixture.ts';
import { sampleCard, sampleOf, samplePin } from './sample-card.fixture.ts';

/** A command as it is, or made of what the card says and holds. */
type Line<Card> = string | ((card: Card) => string);
/** What goes wrong; the commands that lead there, each of which the card takes or refuses as it likes; the last one's word. */
type Row<Card> = readonly [wrong: string, lines: readonly Line<Card>[], word: string];

function lastWord<Card extends { transmit(apdu: Uint8Array): Uint8Array; powerOn(): unknown }>(
  card: Card,
  lines: readonly Line<Card>[],
): string {
  card.powerOn();
  return lines
    .map((line) => say(card, typeof line === 'string' ? line : line(card)))
    .at(-1)!
    .slice(-4);
}

const times = <T>(count: number, ...lines: readonly T[]): T[] => Array.from({ length: count }, () => lines).flat();
const zeros = (length: number) => '00'.repeat(length);
const family = 'sm4';
const key = (chip: Chip, directory: number, use: Parameters<typeof keyOn>[2], id = 0) =>
  keyOn(chip.memory, directory, use, id);

describe('user card, social-security manner: the right word each time', () => {
  const medical = '00A4000002DF04';
  const verify = `0020000003${samplePin}`;
  const wrongPin = '0020000003000000';
  const show = (id: number) => (chip: Chip) =>
    sessionAuthentication(chip, family, key(chip, 0x3f00, 'external', id), hex(uint(id, 1)));
  const maintained = (header: string, data: string) => (chip: Chip) =>
    sessionCommand(chip, family, key(chip, 0x3f00, 'maintenance', 2), header, data);
  const load = 'B02800010B0100001388990100000007';
  let kept = '';
  const keep = (make: (chip: Chip) => string) => (chip: Chip) => {
    kept = make(chip);
    return kept;
  };
  const rows: readonly Row<Chip>[] = [
    ['wrong key', ['0084000008', `0082000410${zeros(16)}`], '63CE'],
    ['wrong key for the fifteenth time', times(15, '0084000008', `0082000410${zeros(16)}`), '6983'],
    ['a key that is not there', ['0084000008', `0082007F10${zeros(16)}`], '6A88'],
    ['a key version that is not there', ['0084000008', `0082000411${zeros(16)}77`], '6A88'],
    ['a version of the internal key that is not there', [`0088000011${zeros(16)}77`], '6A88'],
    ['a load key index that is not there', [medical, verify, 'B02800010B0700001388990100000007'], '9403'],
    ['wrong MAC', [show(4), '0084000008', '04DC022C0702013100000000'], '6988'],
    ['no MAC', [show(4), '00DC022C03020131'], '6987'],
    ['wrong MAC of a load', [medical, verify, load, `B02A00000B20260305090807${zeros(4)}`], '9302'],
    ['a replayed authentication', [keep(show(4)), () => kept], '6984'],
    ['a replayed write', [show(4), keep(maintained('04DC022C', '020131')), () => kept], '6984'],
    ['a second step without a first', [medical, verify, `B02A00000B20260305090807${zeros(4)}`], '6901'],
    ['another command between', [medical, verify, load, '0084000008', `B02A00000B20260305090807${zeros(4)}`], '6901'],
    ['a second step of another transaction', [medical, verify, load, `B02C01000F${zeros(15)}`], '6901'],
    ['a blocked PIN', times(4, wrongPin), '6983'],
    ['a blocked PIN, the right digits', [...times(3, wrongPin), verify], '6983'],
    ['a wrong PIN', [wrongPin], '63C2'],
    ['no PIN', [medical, 'B026000104'], '6982'],
    ['more than there is', [medical, verify, 'B028010113010000FFFF0000000000000000990100000007'], '9401'],
    ['a blocked application', [medical, show(5), maintained('841E0000', ''), 'B026000104'], '6985'],
    ['a blocked application, selected', [medical, show(5), maintained('841E0000', ''), medical], '6283'],
    ['an application blocked for ever', [medical, show(5), maintained('841E0001', ''), medical], '9303'],
    ['a blocked card', [show(5), maintained('84160000', ''), '0084000008'], '6A81'],
    ['no challenge', [`0082000410${zeros(16)}`], '6984'],
    ['a challenge of four bytes', ['0084000004', `0082000410${zeros(16)}`], '6984'],
    ['wrong length', ['0082000403010203'], '6700'],
    ['an odd challenge', ['0084000005'], '6700'],
    ['wrong P1', ['0082010410'.concat(zeros(16))], '6A86'],
    ['wrong P2', ['0084000108'], '6A86'],
    ['unknown instruction', ['00FF000000'], '6D00'],
    ['unknown class', ['A0A40000023F00'], '6E00'],
    ['unknown file', ['00A4000002EE77'], '6A82'],
    ['unknown application', ['00A4040006D15600009999'], '6A82'],
    ['no current file', ['00B0000001'], '6986'],
    ['unknown record', ['00B2632C00'], '6A83'],
    ['records of a file that has none', ['00B2014400'], '6981'],
    ['behind the end of a file', [verify, show(0x0a), '00A4020002EF08', '00B07FFF01'], '6B00'],
    ['no proof', [medical, verify, 'B02E0032020009'], '9406'],
    ['nothing to fetch', ['00C0000010'], '6985'],
  ];
  test.each(rows)('%s', (_, lines, word) => {
    expect(lastWord(sampleCard(), lines)).toBe(word);
  });

  test('full memory', () => {
    const create = '00E000001C621A8201018302EF2080020080850101AB0A80010190008001069700';
    const card = sampleOf('small-account');
    const fill = times(30, create).map((line, i) => line.replace('EF20', `EF${(0x20 + i).toString(16)}`));
    expect(lastWord(card, [show(4), ...fill])).toBe('6A84');
  });
});

describe('user card, PBOC manner: the right word each time', () => {
  const verify = `0020000003${samplePin}`;
  const shown = (chip: Chip) => lineAuthentication(chip, family, key(chip, 0x3f01, 'external'), '00');
  const line =
    (header: string, data: string, cipher = false) =>
    (chip: Chip) =>
      lineCommand(chip, family, key(chip, 0x3f01, 'maintenance'), header, data, cipher);
  const select = '00A40000023F01';
  const start = (p1: string, p2: string, index = '01', amount = '00000064') =>
    `8050${p1}${p2}0B${index}${amount}990100000007`;
  const debit = `805401000F00000001${'20260305090807'}${zeros(4)}`;
  const credit = `805200000B20260305090807${zeros(4)}`;
  let kept = '';
  const keep = (make: (chip: Chip) => string) => (chip: Chip) => {
    kept = make(chip);
    return kept;
  };
  const rows: readonly Row<Chip>[] = [
    ['wrong key', ['0084000010', `0082000010${zeros(16)}`], '63C2'],
    ['wrong key for the third time', times(3, '0084000010', `0082000010${zeros(16)}`), '6983'],
    ['a key that is not there', ['0084000010', `0082000910${zeros(16)}`], '6A88'],
    ['a key index that is not there', [start('01', '02', '09')], '9403'],
    ['wrong MAC', ['0084000004', '04D6950006ABCD00000000'], '6988'],
    ['no MAC', ['00D6950002ABCD'], '6987'],
    ['wrong MAC three times', [...times(3, '0084000004', '04D6950006ABCD00000000'), line('04D69500', 'ABCD')], '6983'],
    ['wrong MAC of a purchase', [start('01', '02'), debit], '9302'],
    ['wrong MAC of a load', [verify, start('00', '02'), credit], '9302'],
    ['a replayed authentication', [keep(shown), () => kept], '6984'],
    ['a replayed write', [keep(line('04D69500', 'ABCD')), () => kept], '6984'],
    ['a second step without a first', [debit], '6901'],
    ['a second step of another transaction', [start('01', '02'), credit], '6901'],
    ['another command between', [start('01', '02'), '0084000004', debit], '6901'],
    ['a composite purchase without record', [start('03', '02'), debit], '6901'],
    ['a right MAC after a wrong one', [start('01', '02'), debit, debit], '6901'],
    ['a blocked PIN', [...times(3, '0020000003000000'), verify], '6983'],
    ['no PIN', ['805C000104'], '6982'],
    ['no PIN for a load', [start('00', '02')], '6982'],
    ['more than there is', [start('01', '02', '01', '0000FFFF')], '9401'],
    ['more than a purse holds', [verify, start('00', '02', '01', 'FFFFFFFF')], '6985'],
    ['nothing to pay', [start('01', '02', '01', '00000000')], '6A80'],
    ['a blocked application', [line('841E0000', ''), '805C000204'], '6985'],
    ['a blocked application, selected', [line('841E0000', ''), select], '6283'],
    ['an application blocked for ever', [line('841E0001', ''), select], '9303'],
    [
      'a blocked card',
      ['00A4000000', (it) => lineCommand(it, family, key(it, 0x3f00, 'maintenance'), '84160000', ''), select],
      '6A81',
    ],
    ['no challenge', [`0082000010${zeros(16)}`], '6984'],
    ['no challenge for a write', ['04D6950006ABCD00000000'], '6984'],
    ['wrong length', ['805001020A01000000649901000000'], '6700'],
    ['no such transaction', [start('06', '02')], '6A86'],
    ['no such purse', [start('01', '03')], '6A86'],
    ['an overdraft limit of a purse', [`8050040207${'01990100000007'}`], '6A86'],
    ['unknown file', ['00B0960101', '00A4000002EE77'], '6A82'],
    ['unknown record', ['80DC77C803770100'], '6901'],
    ['unknown composite record', [start('03', '02'), '80DC77C803770100'], '6A83'],
    ['a longer composite record', [start('03', '02'), '80DCAAC807AA050102030405'], '6A84'],
    ['a log nobody may read', ['00B201C417'], '6982'],
    ['an empty log', [verify, '00B201C417'], '6A83'],
    ['no proof', ['805A0006020001'], '9406'],
    ['a key file that is full', [shown, line('84D40102', `3EF0FA0203${'A5'.repeat(16)}`, true)], '6A84'],
  ];
  test.each(rows)('%s', (_, lines, word) => {
    const card = purseChip({
      family,
      purses: { ED: newPurse(500), EP: newPurse(500) },
      composite: [bytes('AA0400000000')],
    });
    expect(lastWord(card, [select, ...lines])).toBe(word);
  });

  test.each([
    ['the last purchase', start('01', '02')],
    ['the last load', start('00', '02')],
  ])('%s was made: the counter is at its end', (_, command) => {
    const full = newPurse(500, { online: 0xffff, offline: 0xffff });
    expect(lastWord(purseChip({ family, purses: { EP: full } }), [select, verify, command])).toBe('9402');
  });
});

describe('PSAM: the right word each time', () => {
  const K = '11223344556677888877665544332211';
  const begin = '8070000014112233440000000010000620120229135100 0100';
  const nothing = new Uint8Array();
  const atWork = () =>
    issuedPsam([
      ['11', `0201000000000000${K}`],
      ['11', `0708000000000000${K}`],
      ['11', `0E05000000000000${K}`],
    ]);
  const credit = '807200000400000000';
  const rows: readonly Row<Psam>[] = [
    ['wrong key', ['0084000008', `0082000508${zeros(8)}`], '63CE'],
    ['wrong key for the fifteenth time', times(15, '0084000008', `0082000508${zeros(8)}`), '6983'],
    ['a key that is not there', [`BFDE070908${zeros(8)}`], '6A88'],
    ['a purchase key version that is not there', ['8070000014112233440000000010000620120229135100 0200'], '6A88'],
    ['an algorithm the key is not of', ['8070000014112233440000000010000620120229135100 0103'], '6A80'],
    ['a factor too many', [`BFDE070810${zeros(16)}`], '6A80'],
    ['a purchase key to encipher with', [`BFDE020108${zeros(8)}`], '6A88'],
    ['wrong MAC2', [begin, credit], '9302'],
    ['wrong MAC2 for the sixteenth time', times(16, begin, credit), '6901'],
    ['a purchase with an ended key', [...times(15, begin, credit), begin], '6983'],
    ['MAC2 without a purchase', [credit], '6901'],
    ['another command between', [begin, '0084000008', credit], '6901'],
    ['a second MAC2', [begin, credit, credit], '6901'],
    ['nothing to encipher with', [`80FA000008${zeros(8)}`], '6985'],
    [
      'a session key a second time',
      [`BFDE070808${zeros(8)}`, `80FA000008${zeros(8)}`, `80FA000008${zeros(8)}`],
      '6985',
    ],
    ['no challenge', [`0082000508${zeros(8)}`], '6984'],
    ['no challenge for a key', [`84D4001124${zeros(36)}`], '6984'],
    ['wrong MAC of a key', ['0084000008', `84D4001124${zeros(36)}`], '6988'],
    ['wrong length', ['807000001311223344'.concat(zeros(15))], '6700'],
    ['wrong P1', ['8070050014'.concat(zeros(20))], '6A86'],
    ['wrong P2', ['8070000114'.concat(zeros(20))], '6A86'],
    ['unknown file', ['00A4000002EE77'], '6A82'],
    ['unknown application', ['00A4040006D15600009999'], '6A82'],
    ['behind the end of a file', ['00B0990801'], '6B00'],
    ['no current file', ['00B0000001'], '6986'],
    ['a key file to read', ['00B0910001'], '6981'],
    ['a file nobody updates', ['00D699000100'], '6982'],
    ['outside its application', ['00A40000023F00', begin], '6985'],
    ['another type of transaction', ['8070000014112233440000000010000220120229135100 0100'], '6A80'],
    ['erased when it is issued', ['0084000008', '848A010004AABBCCDD'], '6985'],
    ['ended when it is issued', ['0084000008', '841C000004AABBCCDD'], '6985'],
    ['unknown instruction', ['80FF000000'], '6D00'],
  ];
  test.each(rows)('%s', (_, lines, word) => {
    expect(lastWord(atWork(), ['00A4000002DF01', ...lines])).toBe(word);
  });

  test('in its making: a stranger, a replayed key, full memory', () => {
    expect(lastWord(psamInIssue(), ['80800000081234280000040000'])).toBe('6982');
    let kept = '';
    const keep = (psam: Psam) => {
      kept = createKeyCommand(psam, '11', `0201000000000000${K}`, applicationKey);
      return kept;
    };
    expect(lastWord(psamInIssue(), ['00A4000002DF01', keep, () => kept])).toBe('6984');
    const erased = (psam: Psam) => protectedCommand(psam, '848A0100', nothing, makerKey);
    expect(lastWord(psamInIssue(), [(it) => protectedCommand(it, '841C0000', nothing, masterKey), erased])).toBe(
      '6985',
    );
    const blocks = Array.from({ length: 3 }, (_, i) => `808000000800${hex(uint(2 + i, 1))}280021000000`);
    const again = `808A00002A3F001000FFFF01000082FF81FFFFFF02${'7378'.padEnd(32, '0')}0000000000000000 3300`;
    expect(lastWord(psamInIssue(), [erased, again, ...blocks])).toBe('6A84');
  });
});

describe('debit chip: the right word each time', () => {
  const select = '00A4040008A000000333010101';
  const options = '80A800000A83080156015626030500';
  const money = '00000001234500000000000001560000000000015626030500A1B2C3D4';
  const first = (kind: string) => `80AE${kind}0034${money}090807${'20'.repeat(20)}`;
  const second = (kind: string) => `80AE${kind}0022${'3030'}${money}090807`;
  const pin = (digits: string) => `00200080082${digits.length}${digits}`.padEnd(26, 'F');
  const wrongPin = pin('999999');
  const rows: readonly Row<DebitChip>[] = [
    ['wrong answer of the issuer', [select, options, first('80'), `008200000A${zeros(8)}3030`], '6300'],
    ['a second answer of the issuer', [select, options, first('80'), ...times(2, `008200000A${zeros(8)}3030`)], '6985'],
    ['an answer nobody asked for', [select, options, `008200000A${zeros(8)}3030`], '6985'],
    ['a script with a wrong MAC', [select, options, first('00'), '841E000004AABBCCDD'], '6988'],
    ['a script before the cryptogram', [select, options, '841E000004AABBCCDD'], '6985'],
    ['a cryptogram without options', [select, first('80')], '6985'],
    ['a third cryptogram', [select, options, first('80'), second('00'), second('00')], '6985'],
    ['options twice', [select, options, options], '6985'],
    ['options before selection', [options], '6985'],
    ['a wrong PIN', [select, wrongPin], '63C2'],
    ['a blocked PIN', [select, ...times(4, wrongPin)], '6983'],
    ['a blocked PIN, the right digits', [select, ...times(3, wrongPin), pin(sampleDebitPin)], '6983'],
    ['wrong length', [select, '0020008003123456'], '6700'],
    ['a cryptogram of wrong length', [select, options, `80AE800003${zeros(3)}`], '6700'],
    ['wrong P2', ['00A4040108A000000333010101'], '6A86'],
    ['unknown application', ['00A4040008A000000333019999'], '6A82'],
    ['unknown record', [select, options, '00B2091400'], '6A83'],
    ['unknown data', [select, '80CA9F9900'], '6A88'],
    ['unknown instruction', ['00FF000000'], '6D00'],
    ['unknown class', ['A0A4040000'], '6E00'],
    ['nothing to fetch', ['00C0000010'], '6985'],
  ];
  test.each(rows)('%s', (_, lines, word) => {
    const card = sampleDebit({ profile: { ...unionPayDebit, issuerMandatory: false } });
    expect(lastWord(card, lines)).toBe(word);
  });

  test.each([
    ['a blocked application', 'blocked', '6283'],
    ['a blocked card', 'card-blocked', '6A81'],
  ] as const)('%s', (_, life, word) => {
    const memory = readImage(sampleDebit().image());
    expect(lastWord(new DebitChip({ ...memory, life }), [select])).toBe(word);
  });
});
