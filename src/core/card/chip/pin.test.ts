import { expect, test } from 'vitest';
import { bytes, hex } from '../../../kernel/bytes.ts';
import { sampleCard, samplePin } from '../sample-card.fixture.ts';
import type { Chip } from './chip.ts';

const say = (chip: Chip, command: string): string => hex(chip.transmit(bytes(command)));
const balance = 'B026000104';

test('a wrong old PIN takes back the one that was shown; a right one leaves it', () => {
  const chip = sampleCard(3);
  chip.powerOn();
  expect(say(chip, '00A4040006D15600000503')).toMatch(/^61/);
  expect(say(chip, balance)).toBe('6982');
  expect(say(chip, `0020000003${samplePin}`)).toBe('9000');
  expect(say(chip, `805E010007${samplePin}FF246802`)).toBe('9000');
  expect(say(chip, balance)).toMatch(/9000$/);
  expect(say(chip, '805E010007000000FF246802')).toBe('63C2');
  expect(say(chip, balance)).toBe('6982');
  expect(say(chip, '0020000003246802')).toBe('9000');
  expect(say(chip, balance)).toMatch(/9000$/);
});
