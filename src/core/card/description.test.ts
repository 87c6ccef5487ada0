import { expect, test } from 'vitest';
import { bytes } from '../../kernel/bytes.ts';
import {
  CardFault,
  describeAnswer,
  describeAtr,
  describeCommand,
  describeTlv,
  SimulatedReader,
  statusWords,
} from './index.ts';
import { sampleCard } from './sample-card.fixture.ts';

const english = (lines: readonly { depth: number; label: { en: string }; value: string }[]) =>
  lines.map(({ depth, label, value }) => `${'  '.repeat(depth)}${label.en}: ${value}`);

test('a load in words', () => {
  const command = bytes('B02800010B 01 00000064 990100000007');
  expect(english(describeCommand(command))).toEqual([
    'INITIALIZE FOR LOAD: B02800010B0100000064990100000007',
    '  CLA INS: B028',
    '  P1 P2: 0001',
    '  key index: 1',
    '  amount to load: 1.00 (00000064)',
    '  terminal number: 990100000007',
  ]);
  expect(english(describeAnswer(bytes('00002710 0003 01 03 11223344 AABBCCDD 9000'), command))).toEqual([
    'status: 9000 正常 done',
    '  account balance: 100.00 (00002710)',
    '  load sequence: 3',
    '  key version: 1',
    '  algorithm: 03',
    '  random: 11223344',
    '  MAC1: AABBCCDD',
  ]);
});

test.each([
  ['0020000003135790', '0020000003******'],
  ['00200000', '00200000'],
  ['805E010007135790FF123456', '805E010007**************'],
  ['8020000003135790', '8020000003******'],
  ['00200000FF135790', '00200000FF******'],
])('%s never shows its PIN', (command, masked) => {
  const lines = describeCommand(bytes(command));
  expect(lines[0]?.value).toBe(masked);
  expect(JSON.stringify(lines)).not.toMatch(/135790|123456/);
});

test('a PSAM command, an unknown one and a broken one', () => {
  expect(english(describeCommand(bytes('8072000004AABBCCDD'))).at(-1)).toBe('  MAC2: AABBCCDD');
  expect(english(describeCommand(bytes('00FF0000')))[0]).toBe('unknown command: 00FF0000');
  expect(english(describeCommand(bytes('00A40000')))[0]).toBe('SELECT: 00A40000');
  expect(english(describeCommand(bytes('00A4000005DF')))).toContain('  fault: the lengths do not fit');
  expect(english(describeCommand(bytes('')))).toHaveLength(2);
  expect(english(describeAnswer(bytes('90')))).toEqual(['answer: 90 (too short)']);
});

test('a selection answer and the elements of a file', () => {
  const fci = bytes('6F16840F7378312E73682EC9E7BBE1B1A3D5CFA50388011E');
  expect(english(describeTlv(fci))).toEqual([
    'file control information: 840F7378312E73682EC9E7BBE1B1A3D5CFA50388011E',
    '  directory name: 7378312E73682EC9E7BBE1B1A3D5CF sx1.sh.社会保障',
    '  proprietary data: 88011E',
    '    short identifier of DIR: 1E',
  ]);
  expect(english(describeTlv(bytes('0906C0EECAD4BFA8 0A0131 0D0419880305')))).toEqual([
    'name: 李试卡',
    'sex: 1',
    'birth date: 19880305',
  ]);
  expect(english(describeTlv(bytes('8403AA')))).toEqual(['not TLV: cut-short at byte 2']);
});

test('an ATR in words', () => {
  expect(english(describeAtr(sampleCard().powerOn())).slice(1)).toEqual([
    '  chip provider: 0090',
    '  chip and system: 010001',
    '  card maker: 8660',
    '  city: 9901',
    '  serial number: 00000001',
  ]);
  expect(english(describeAtr(bytes('3B00'))).at(-1)).toBe('  note: not the ATR of a social-security card');
});

test.each([
  [0x9000, 'done'],
  [0x6110, '16 bytes more'],
  [0x6c00, 'Le must be 256'],
  [0x63c2, 'failed, 2 tries left'],
  [0x9302, 'transaction MAC wrong'],
  [0x1234, 'unknown status'],
])('status %i is "%s"', (status, words) => {
  expect(statusWords(status).en).toBe(words);
});

test('a reader says what is wrong with its slots, and tells of cards coming and going', async () => {
  const reader = new SimulatedReader();
  const events: string[] = [];
  const stop = reader.listen(({ kind, slot }) => events.push(`${kind} ${slot}`));
  await expect(reader.connect('user')).rejects.toMatchObject({ code: 'card.absent' });
  await expect(reader.connect('third')).rejects.toMatchObject({ code: 'card.slot_unknown' });
  reader.insert('user', sampleCard());
  expect(() => reader.insert('user', sampleCard())).toThrow(CardFault);
  await expect(reader.transmit('user', bytes('0084000008'))).rejects.toMatchObject({ code: 'card.not_powered' });
  await reader.connect('user');
  await reader.disconnect('user');
  await expect(reader.transmit('user', bytes('0084000008'))).rejects.toMatchObject({ code: 'card.not_powered' });
  reader.remove('user');
  expect(reader.remove('user')).toBeNull();
  stop();
  reader.insert('user', sampleCard());
  expect(events).toEqual(['inserted user', 'removed user']);
});
