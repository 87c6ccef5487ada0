import { expect, test } from 'vitest';
import { bytes } from '../../kernel/bytes.ts';
import { maskAnswer, maskCommand } from './masking.ts';

const readRecord = bytes('00B2083C14');

test.each([
  ['citizen number', '0804 31323334 9000', '0804********9000'],
  ['sex, nation left', '0A01 31 0B01 01 9000', '0A01**0B01019000'],
  ['a record cut short', '0904 C1D6 9000', '0904****9000'],
  ['what says nothing of the holder', '0704 41303030 9000', '0704413030309000'],
  ['a refusal', '6A83', '6A83'],
  ['no answer', '90', '90'],
])('%s', (_, answer, masked) => {
  expect(maskAnswer(readRecord, bytes(answer))).toBe(masked);
});

test.each([
  ['a name that is written, its MAC left', '04DC092808 0902C1D6 01020304', '04DC0928080902****01020304'],
  ['what says nothing of the holder', '04DC072809 0703413030 01020304', '04DC072809070341303001020304'],
  ['a command cut short', '04DC0928', '04DC0928'],
  ['a command with a length alone', '04DC092808', '04DC092808'],
])('%s', (_, command, masked) => {
  expect(maskCommand(bytes(command))).toBe(masked);
});

test.each([
  ['holder of a purse', '00B0960037', `0000${'41'.repeat(53)}9000`, `0000${'**'.repeat(53)}9000`],
  ['a part of it', '00B0961404', '414243449000', '********9000'],
  ['terminal number of a PSAM', '00B0960006', '9901000000079000', '9901000000079000'],
  ['public file', '00B095001E', `${'11'.repeat(30)}9000`, `${'11'.repeat(30)}9000`],
  ['photo', '00B0880010', `${'FF'.repeat(16)}9000`, `${'FF'.repeat(10)}${'*'.repeat(12)}9000`],
  ['a refusal', '00B0880010', '6982', '6982'],
])('bytes of a file: %s', (_, command, answer, masked) => {
  expect(maskAnswer(bytes(command), bytes(answer))).toBe(masked);
});

test('keys on their way are masked', () => {
  expect(maskCommand(bytes('80D40100063AF0EF0133AB'))).toBe('80D4010006************');
});

test('other answers are not masked', () => {
  expect(maskAnswer(bytes('805C000204'), bytes('0A0100009000'))).toBe('0A0100009000');
  expect(maskCommand(readRecord)).toBe('00B2083C14');
});
