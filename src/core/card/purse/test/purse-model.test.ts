import { randomFillSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { bytes, hex } from '../../../../kernel/bytes.ts';
import { applicationOf, purseHarness, sampleKeys } from '../purse.fixture.ts';
import { type ModelCard, type ModelPurse, mac } from './purse-model.ts';
import { type TrialCard, tryPurses } from './purse-trial.ts';

const purse = ({ money, limit, on, off }: ModelPurse) => ({
  balance: money,
  overdraft: limit,
  online: on,
  offline: off,
});

/** A harness that begins as the model does. */
const open = (start: ModelCard): TrialCard =>
  purseHarness({
    random: (length) => randomFillSync(new Uint8Array(length)),
    family: start.cipher,
    keys: start.keys,
    version: start.version,
    application: applicationOf({
      purses: { ...(start.ed && { ED: purse(start.ed) }), EP: purse(start.ep) },
      logCapacity: start.logSize,
      composite: (start.records ?? []).map((record) => bytes(record)),
    }),
  });

const cardOf = (cipher: 'des' | 'sm4') => ({ cipher, keys: sampleKeys, pin: '135790', version: 2 });

/** A run means something only if it gets through every transaction and every refusal. */
const reached = ['9000', '6700', '6901', '6982', '6985', '6A80', '6A82', '6A83', '6A84', '6A86', '6D00'].concat([
  '9302',
  '9401',
  '9402',
  '9403',
  '9406',
]);

test.each([
  ['des', 10_000, 2026],
  ['sm4', 3_000, 7],
] as const)('%s: %i random sequences, each answer as the model says', (cipher, sequences, seed) => {
  const report = tryPurses({ sequences, seed, card: cardOf(cipher), open });
  expect(reached.filter((status) => (report.statuses[status] ?? 0) < 20)).toEqual([]);
  expect([1, 2, 3, 4, 5, 6, 7, 9].filter((type) => (report.done[type] ?? 0) < 200)).toEqual([]);
  expect(report.commands).toBeGreaterThan(20 * sequences);
});

test('the model makes the published MACs with its own cipher', () => {
  expect(mac('des', Buffer.from('9B1D924E05595603', 'hex'), '000000000000100001001122334455')).toBe('2988AE5A');
  expect(mac('des', Buffer.from('003238ABC57659DD', 'hex'), '00001000')).toBe('56988A13');
});

/** Cards with one fault each, made over APDU, so that the trial is known to see it. */
const faults: readonly [string, (apdu: string, answer: string) => string][] = [
  ['a TAC with one bit changed', (apdu, answer) => (apdu.startsWith('8052') ? flip(answer) : answer)],
  ['a balance that is one fen too much', (apdu, answer) => (apdu.startsWith('805C') ? flip(answer) : answer)],
  ['9000 for a wrong MAC', (_, answer) => (answer === '9302' ? '9000' : answer)],
  ['a log that forgets its first line', (apdu, answer) => (apdu.startsWith('00B201C4') ? '6A83' : answer)],
  ['a proof of nothing', (apdu, answer) => (apdu.startsWith('805A') && answer === '9406' ? '9000' : answer)],
];
const flip = (answer: string) =>
  answer.length > 4 ? `${hex(Uint8Array.of(Number.parseInt(answer.slice(0, 2), 16) ^ 1))}${answer.slice(2)}` : answer;

test.each(faults)('the trial sees %s', (_, spoil) => {
  const spoiled = (start: ModelCard): TrialCard => {
    const card = open(start);
    let last = '';
    return {
      reset: card.reset,
      transmit: (apdu) => {
        const sent = hex(apdu);
        if (!sent.startsWith('00C0')) last = sent;
        return bytes(spoil(last, hex(card.transmit(apdu))));
      },
    };
  };
  expect(() => tryPurses({ sequences: 300, seed: 1, card: cardOf('des'), open: spoiled })).toThrow(/model/);
});
