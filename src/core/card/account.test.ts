import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, concat, hex, readUint, uint } from '../../kernel/bytes.ts';
import { addToYear, dateOfTime } from './account.rules.ts';
import { readImage } from './chip/chip-image.ts';
import { Chip, type Psam } from './index.ts';
import { sampleCard, sampleFactors, samplePin, samplePsam, sampleStore } from './sample-card.fixture.ts';

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

/** What a card should hold, kept in the plainest way; amounts in fen. */
type Model = { balance: number; loads: number; purchases: number; self: number; pooled: number; year: number };

type Step =
  | { do: 'load'; amount: number; mac: 'right' | 'wrong' | 'none' }
  | { do: 'buy'; account: number; self: number; pooled: number; year: number; mac: 'right' | 'wrong' | 'none' }
  | { do: 'tear' }
  | { do: 'image' };

const mac = fc.constantFrom<('right' | 'wrong' | 'none')[]>('right', 'right', 'right', 'wrong', 'none');
const amount = fc.oneof(fc.nat(5000), fc.constantFrom(0, 1, 0xffff_ffff));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('load' as const), amount, mac }),
  fc.record({
    do: fc.constant('buy' as const),
    account: amount,
    self: amount,
    pooled: amount,
    year: fc.integer({ min: 2025, max: 2029 }),
    mac,
  }),
  fc.constant({ do: 'tear' as const }),
  fc.constant({ do: 'image' as const }),
);

const factors = sampleFactors(3);
const terminal = bytes('990100000007');

class Bench {
  chip: Chip = sampleCard(3);
  readonly psam: Psam = samplePsam();

  constructor() {
    this.psam.powerOn();
    this.psam.transmit(bytes('00A4000002DF01'));
    this.start();
  }

  start(): void {
    this.chip.powerOn();
    this.chip.transmit(bytes('00A4000002DF04'));
    this.chip.transmit(bytes(`0020000003${samplePin}`));
  }

  /** Data of an answer, or null when it is refused. */
  ask(card: Chip | Psam, command: Uint8Array): Uint8Array | null {
    const first = card.transmit(command);
    const answer = first.at(-2) === 0x61 ? card.transmit(Uint8Array.of(0, 0xc0, 0, 0, first.at(-1) as number)) : first;
    return hex(answer.subarray(-2)) === '9000' ? answer.slice(0, -2) : null;
  }

  load(of: Extract<Step, { do: 'load' }>): boolean {
    const started = this.ask(this.chip, concat(bytes('B02800010B01'), uint(of.amount, 4), terminal));
    if (!started) return false;
    if (of.mac === 'none') return false;
    const time = bytes('20250305090807');
    const session = { random: started.slice(8, 12), sequence: readUint(started, 4, 2) };
    const mac2 = sampleStore.loadMac(factors, session, concat(uint(of.amount, 4), bytes('31'), terminal, time));
    if (of.mac === 'wrong') mac2[0] = (mac2[0] as number) ^ 1;
    return this.ask(this.chip, concat(bytes('B02A00000B'), time, mac2)) !== null;
  }

  buy(of: Extract<Step, { do: 'buy' }>): boolean {
    const amounts = concat(uint(of.account, 4), uint(of.self, 4), uint(of.pooled, 4));
    const started = this.ask(this.chip, concat(bytes('B02801011301'), amounts, terminal));
    if (!started || of.mac === 'none') return false;
    const time = bytes(`${of.year}0601090807`);
    const data = concat(
      started.slice(18),
      started.slice(14, 16),
      amounts,
      bytes('32'),
      time,
      started.slice(16, 18),
      factors.card,
    );
    const signed = this.ask(this.psam, concat(bytes('8070010024'), data)) as Uint8Array;
    if (of.mac === 'wrong') signed[7] = (signed[7] as number) ^ 1;
    const done = this.ask(this.chip, concat(bytes('B02C01000F'), signed.slice(0, 4), time, signed.slice(4)));
    if (done) expect(this.ask(this.psam, concat(bytes('8072000004'), done.slice(4)))).not.toBeNull();
    return done !== null;
  }

  read(): Model {
    const balance = this.ask(this.chip, bytes('B026000104')) as Uint8Array;
    const self = this.ask(this.chip, bytes('B026000206')) as Uint8Array;
    const pooled = this.ask(this.chip, bytes('B026000306')) as Uint8Array;
    // Only INITIALIZE tells the counters; begun and left alone it changes nothing.
    const load = this.ask(this.chip, concat(bytes('B02800010B0100000001'), terminal));
    const buy = this.ask(this.chip, concat(bytes('B028010113010000000000000001 00000000'), terminal)) as Uint8Array;
    return {
      balance: readUint(balance),
      loads: load ? readUint(load, 4, 2) : -1,
      purchases: readUint(buy, 14, 2),
      self: readUint(self, 0, 4),
      pooled: readUint(pooled, 0, 4),
      year: Number(hex(self.subarray(4))),
    };
  }
}

const limit = 0xffff_ffff;

/** The model's own view of what a right load or purchase does; null when the card must refuse. */
function next(model: Model, of: Step): Model | null {
  if (of.do === 'load') {
    if (of.mac !== 'right' || of.amount === 0 || model.balance + of.amount > limit) return null;
    return { ...model, balance: model.balance + of.amount, loads: model.loads + 1 };
  }
  if (of.do !== 'buy' || of.mac !== 'right') return null;
  if (of.account + of.self + of.pooled === 0 || of.account > model.balance) return null;
  const fresh = of.year > model.year;
  const self = (fresh ? 0 : model.self) + of.self;
  const pooled = (fresh ? 0 : model.pooled) + of.pooled;
  if (self > limit || pooled > limit) return null;
  return {
    balance: model.balance - of.account,
    loads: model.loads,
    purchases: model.purchases + 1,
    self,
    pooled,
    year: Math.max(of.year, model.year),
  };
}

test('any order of loads, purchases, wrong MACs, tears and stored images agrees with the model', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const bench = new Bench();
      let model: Model = { balance: 0, loads: 0, purchases: 0, self: 0, pooled: 0, year: 2025 };
      for (const of of steps) {
        if (of.do === 'image') bench.chip = Chip.fromImage(bench.chip.image());
        if (of.do === 'tear') bench.chip.powerOff();
        if (of.do === 'image' || of.do === 'tear') bench.start();
        else {
          const expected = next(model, of);
          const done = of.do === 'load' ? bench.load(of) : bench.buy(of);
          expect(done).toBe(expected !== null);
          model = expected ?? model;
        }
        const full = model.balance === limit;
        expect(bench.read()).toEqual(full ? { ...model, loads: -1 } : model);
      }
    }),
    { numRuns: 60 },
  );
});

test('counters end: no load and no purchase after 65535', () => {
  const memory = readImage(sampleCard().image());
  const chip = new Chip({ ...memory, account: { ...memory.account, balance: 9, loads: 0xffff, purchases: 0xffff } });
  const bench = new Bench();
  bench.chip = chip;
  bench.start();
  expect(hex(chip.transmit(concat(bytes('B02800010B0100000001'), terminal)))).toBe('9402');
  expect(hex(chip.transmit(concat(bytes('B028010113010000000100000000 00000000'), terminal)))).toBe('9402');
});
