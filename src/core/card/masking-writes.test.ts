import { expect, test } from 'vitest';
import { bytes } from '../../kernel/bytes.ts';
import { maskAnswer, maskCommand } from './masking.ts';

const name = '41'.repeat(20);

test.each([
  ['a record that is appended, its MAC left', '04E2003008 0902C1D6 01020304', '04E20030080902****01020304'],
  ['a record appended without MAC', '00E2003004 0902C1D6', '00E20030040902****'],
  ['a record updated without MAC', '00DC083C06 080431323334', '00DC083C060804********'],
  ['holder of a purse', `04D696001A 0000${name} 01020304`, `04D696001A0000${'**'.repeat(20)}01020304`],
  ['public file', '00D6950002 1122', '00D69500021122'],
  ['bytes of a file that was selected before', '00D6000002 4142', '00D6000002****'],
  ['a command cut short', '04D69600', '04D69600'],
  ['a MAC cut short', '04DC083C02 0102', '04DC083C020102'],
])('what is written: %s', (_, command, masked) => {
  expect(maskCommand(bytes(command))).toBe(masked);
});

test('bytes that are read of a file selected before', () => {
  expect(maskAnswer(bytes('00B0000008'), bytes('00004142434445469000'))).toBe(`${'*'.repeat(16)}9000`);
});
