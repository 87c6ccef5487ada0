import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat } from '../../kernel/bytes.ts';
import { parseAnswer } from './apdu.ts';
import { fuzzChip } from './chip.fuzz.ts';
import { debitSubject } from './debit/debit.fuzz.ts';
import { fuzzMachine } from './machine.fuzz.ts';
import { psamSubject } from './psam/psam.fuzz.ts';
import { psamCommands } from './psam/psam-commands.ts';
import { samplePsam } from './sample-card.fixture.ts';
import { isKnownStatus } from './status-words.ts';

test('20,000 random and mutated commands: a known answer to each, nothing leaked, nothing changed', () => {
  const report = fuzzChip({ count: 20_000, seed: 2026 });
  expect(report.sent).toBe(20_000);
  // The run means something only if it gets past the first checks of many commands.
  const reached = [
    '9000',
    '61xx',
    '6Cxx',
    '63Cx',
    '6700',
    '6901',
    '6982',
    '6983',
    '6984',
    '6A80',
    '6A82',
    '6A86',
    '6D00',
    '6E00',
    '9302',
    '9401',
  ];
  expect(reached.filter((status) => !(status in report.statuses))).toEqual([]);
});

test.each([
  [
    'a PSAM',
    psamSubject,
    ['9000', '61xx', '63Cx', '6901', '6982', '6983', '6984', '6985', '6988', '6A80', '6A88', '9302'],
  ],
  [
    'a debit chip',
    debitSubject,
    ['9000', '61xx', '6Cxx', '63Cx', '6300', '6700', '6983', '6985', '6988', '6A83', '6A88'],
  ],
] as const)('20,000 commands to %s: a known answer to each, nothing told, nothing changed', (_, subject, reached) => {
  const report = fuzzMachine(subject, { count: 20_000, seed: 2026 });
  expect(reached.filter((status) => !(status in report.statuses))).toEqual([]);
  expect(fuzzMachine(subject, { count: 2_000, seed: 7 }).statuses).toEqual(
    fuzzMachine(subject, { count: 2_000, seed: 7 }).statuses,
  );
});

test('one seed, one run', () => {
  expect(fuzzChip({ count: 2_000, seed: 7 }).statuses).toEqual(fuzzChip({ count: 2_000, seed: 7 }).statuses);
});

test('a PSAM answers whatever it is sent, and counts only purchases it began', () => {
  const psam = samplePsam();
  psam.powerOn();
  const heads = Object.values(psamCommands).map(({ cla, ins }) => Uint8Array.of(cla[0] as number, ins));
  const parameters = fc.constantFrom(
    Uint8Array.of(1, 0),
    Uint8Array.of(0x27, 8),
    Uint8Array.of(5, 0),
    Uint8Array.of(0, 0),
  );
  const tail = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.uint8Array({ minLength: 1, maxLength: 60 }).map((data) => concat(Uint8Array.of(data.length), data)),
  );
  let begun = 0;
  fc.assert(
    fc.property(fc.constantFrom(...heads), parameters, tail, (head, p1p2, rest) => {
      if (head[1] === 0xfa) psam.transmit(Uint8Array.from([0, 0xa4, 0, 0, 2, 0xdf, 1]));
      const answer = parseAnswer(psam.transmit(concat(head, p1p2, rest)));
      expect(answer && isKnownStatus(answer.status)).toBe(true);
      if (head[1] === 0x70 && answer?.status === 0x6108) begun++;
    }),
    { numRuns: 3000 },
  );
  expect(psam.revision).toBe(begun);
});
