import { expect, test } from 'vitest';
import { bytes } from '../../kernel/bytes.ts';
import { fuzzAccount } from './account.fuzz.ts';
import { addToYear, dateOfTime } from './account.rules.ts';
import { status } from './host.fixture.ts';
import { Chip } from './index.ts';
import { sampleCard, samplePin } from './sample-card.fixture.ts';

const year = { year: 2025, startDay: 701, selfPaid: 100, pooled: 1000 };
const bill = { selfPaid: 7, pooled: 70 };

test.each([
  [20250701, { year: 2025, selfPaid: 107, pooled: 1070 }, 'first day of the payment year'],
  [20260630, { year: 2025, selfPaid: 107, pooled: 1070 }, 'its last day'],
  [20260701, { year: 2026, selfPaid: 7, pooled: 70 }, 'first day of the next'],
  [20280630, { year: 2027, selfPaid: 7, pooled: 70 }, 'a gap of years, before the first day'],
  [20280701, { year: 2028, selfPaid: 7, pooled: 70 }, 'a gap of years, on it'],
  [20250630, { year: 2025, selfPaid: 107, pooled: 1070 }, 'a late bill of the year before counts into this one'],
])('payment year from 1 July 2025: a bill of %i gives %o (%s)', (date, sums) => {
  expect(addToYear(year, date, bill)).toEqual(sums);
});

test.each([
  ['20240229120000', 20240229],
  ['20250229120000', null],
  ['20251301000000', null],
  ['20251231235959', 20251231],
  ['20251231240000', null],
  ['2025123123595A', null],
])('time %s is day %s', (time, date) => {
  expect(dateOfTime(bytes(time))).toBe(date);
});

test('any order of loads, settlements, wrong proofs, replays, tears and stored images agrees with the model', () => {
  const report = fuzzAccount({ count: 2_000, seed: 2026 });
  expect(report.sequences).toBe(2_000);
  // The run means something only if much of it goes through.
  expect(report.done).toBeGreaterThan(report.steps / 5);
});

test('counters end: no load and no purchase after 65535', () => {
  const { memory } = sampleCard();
  const directories = memory.directories.map((it) => ({
    ...it,
    account: it.account && { ...it.account, balance: 9, loads: 0xffff, purchases: 0xffff },
  }));
  const chip = new Chip({ ...memory, directories });
  chip.powerOn();
  status(chip, '00A4000002DF04');
  status(chip, `0020000003${samplePin}`);
  expect(status(chip, 'B02800010B 01 00000001 990100000007')).toBe('9402');
  expect(status(chip, 'B028010113 01 00000001 00000000 00000000 990100000007')).toBe('9402');
});
