import { expect, test } from 'vitest';
import { hex } from '../../kernel/bytes.ts';
import { accessWords } from './card-words.ts';
import { Chip, cardLines, describeCard } from './index.ts';
import { sampleOf, samplePin } from './sample-card.fixture.ts';
import { rights } from './structure.ts';

const chip = sampleOf('three-areas');
const lines = (language: 'zh' | 'en') =>
  cardLines(describeCard(chip.image()), language).map(
    ({ depth, label, value }) => `${'  '.repeat(depth)}${label[language]}: ${value}`,
  );

test('a card in words says what it is, what is on it, and who may do what', () => {
  const text = lines('en');
  expect(text).toEqual(
    expect.arrayContaining([
      'card: financial and social-security card',
      '  life: active',
      'master file 3F00: 315041592E5359532E4444463031 1PAY.SYS.DDF01',
      '  application definition file 3F01: A00000000386980701',
      '    PIN: ****** 3/3',
      '    0018 cyclic records: 11+230 bytes, 0 used; read: security state 1 to F; update: never, plain',
      '  directory definition file DDF1: 7378312E73682EC9E7BBE1B1A3D5CF sx1.sh.社会保障 社会保障',
      '      EF05 tagged records: 11+182 bytes, 182 used; read: PIN or RK1DF04; update: UK1DF04, with MAC',
      '      EF06 tagged records: 11+13 bytes, 13 used; read: PIN and RK1DF04; update: UK2DF04, with MAC',
      '    EF08 transparent: 11+4096 bytes, 0 used; read: RKSSSE; update: UKSSSE, with MAC',
    ]),
  );
  expect(lines('zh')).toEqual(
    expect.arrayContaining([
      '卡片: 金融与社保三区卡',
      '  状态: 正常',
      '      EF06 变长记录: 11+13字节，已用13；读：PIN和RK1DF04；改：UK2DF04，带MAC',
      '      姓名: 李试卡',
    ]),
  );
});

test('no key and no digit of a PIN is in it', () => {
  const text = JSON.stringify(describeCard(chip.image())) + lines('en').join('\n');
  const keys = chip.memory.directories.flatMap((directory) => directory.keys);
  expect(keys.length).toBeGreaterThan(20);
  for (const { value } of keys) expect(text).not.toContain(hex(value));
  expect(text).not.toContain(samplePin);
});

test('an EEPROM file is described as its image is', () => {
  expect(describeCard(Chip.eepromOf(chip.image()))).toEqual(describeCard(chip.image()));
});

test('what is no card is a fault', () => {
  expect(() => describeCard(new Uint8Array(40))).toThrow('damaged');
});

test.each([
  [0xf0, 'free', '自由'],
  [0xf1, 'security state 1 to F', '安全状态1至F'],
  [0xef, 'never', '禁止'],
  [0x02, 'security state of the MF from 2 on', 'MF安全状态不低于2'],
])('rights byte %i is "%s"', (byte, en, zh) => {
  expect(accessWords(rights(byte), String)).toEqual({ en, zh });
});
