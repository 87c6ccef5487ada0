import { parseArgs } from 'node:util';
import { assert } from '../../kernel/assert.ts';
import { bytes, concat, hex, readUint, uint } from '../../kernel/bytes.ts';
import { type Dice, generator, pick } from './dice.fixture.ts';
import { Chip, type Psam } from './index.ts';
import { sampleCard, sampleFactors, samplePin, samplePsam, sampleStore } from './sample-card.fixture.ts';

/** What a card should hold, kept in the plainest way; amounts in fen, the starting day month × 100 + day. */
type Model = {
  balance: number;
  loads: number;
  purchases: number;
  self: number;
  pooled: number;
  year: number;
  start: number;
};

type Proof = 'right' | 'wrong' | 'none';
type Step =
  | { readonly do: 'load'; readonly amount: number; readonly proof: Proof }
  | {
      readonly do: 'buy';
      readonly parts: readonly [number, number, number];
      readonly date: number;
      readonly proof: Proof;
    }
  | { readonly do: 'day'; readonly day: number }
  | { readonly do: 'tear' | 'image' | 'second-step' | 'replay' };

const factors = sampleFactors(3);
const terminal = bytes('990100000007');
const limit = 0xffff_ffff;
const days = [101, 228, 701, 1231, 1301, 229];

function randomStep(dice: Dice): Step {
  const amount = () => (dice(8) === 0 ? pick(dice, [0, 1, limit]) : dice(5000));
  const proof = pick(dice, ['right', 'right', 'right', 'wrong', 'none'] as const);
  const kind = dice(12);
  if (kind < 4) return { do: 'load', amount: amount(), proof };
  if (kind < 8) {
    const date = (2025 + dice(5)) * 10_000 + (1 + dice(12)) * 100 + 1 + dice(28);
    return { do: 'buy', parts: [amount(), amount(), amount()], date, proof };
  }
  return kind === 8
    ? { do: 'day', day: pick(dice, days) }
    : { do: pick(dice, ['tear', 'image', 'second-step', 'replay']) };
}

/** The model's own view of what a step does; null when the card must refuse and change nothing. */
function next(model: Model, step: Step): Model | null {
  if (step.do === 'day')
    return step.day % 100 > 28 && step.day !== 1231 ? null : step.day > 1231 ? null : { ...model, start: step.day };
  if (step.do === 'load') {
    if (step.proof !== 'right' || step.amount === 0 || model.balance + step.amount > limit) return null;
    return { ...model, balance: model.balance + step.amount, loads: model.loads + 1 };
  }
  if (step.do !== 'buy' || step.proof !== 'right') return null;
  const [account, own, fund] = step.parts;
  if (account + own + fund === 0 || account > model.balance) return null;
  // A payment year runs from its first day to the day before that day a year later.
  const opens = step.date >= (model.year + 1) * 10_000 + model.start;
  const calendar = Math.floor(step.date / 10_000);
  const year = step.date - calendar * 10_000 < model.start ? calendar - 1 : calendar;
  const self = (opens ? 0 : model.self) + own;
  const pooled = (opens ? 0 : model.pooled) + fund;
  if (self > limit || pooled > limit) return null;
  const sums = { self, pooled, year: opens ? year : model.year };
  return { ...model, ...sums, balance: model.balance - account, purchases: model.purchases + 1 };
}

/** A card in a reader with a PSAM beside it, spoken to in bare commands. */
class Bench {
  chip: Chip;
  readonly psam: Psam;
  #last: Uint8Array | null = null;

  constructor(image: Uint8Array, psam: Psam) {
    this.chip = Chip.fromImage(image);
    this.psam = psam;
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
    return answer.at(-2) === 0x90 ? answer.slice(0, -2) : null;
  }

  /** Whether the card did it. */
  take(step: Step): boolean {
    switch (step.do) {
      case 'load':
        return this.#load(step.amount, step.proof);
      case 'buy':
        return this.#buy(step);
      case 'day':
        return this.#day(step.day);
      case 'second-step':
        return this.ask(this.chip, bytes('B02A00000B2025030509080700000000')) !== null;
      case 'replay':
        return this.#last !== null && this.ask(this.chip, this.#last) !== null;
      case 'image':
        this.chip = Chip.fromImage(this.chip.image());
        break;
      case 'tear':
        this.chip.powerOff();
    }
    this.start();
    return false;
  }

  #load(amount: number, proof: Proof): boolean {
    const started = this.ask(this.chip, concat(bytes('B02800010B01'), uint(amount, 4), terminal));
    if (!started || proof === 'none') return false;
    const time = bytes('20250305090807');
    const session = { random: started.slice(8, 12), sequence: readUint(started, 4, 2) };
    const mac = sampleStore.loadMac(factors, session, concat(uint(amount, 4), bytes('31'), terminal, time));
    this.#last = concat(bytes('B02A00000B'), time, spoiled(mac, proof));
    return this.ask(this.chip, this.#last) !== null;
  }

  #buy({ parts, date, proof }: Extract<Step, { do: 'buy' }>): boolean {
    const amounts = concat(...parts.map((part) => uint(part, 4)));
    const started = this.ask(this.chip, concat(bytes('B02801011301'), amounts, terminal));
    if (!started || proof === 'none') return false;
    const time = bytes(`${date}090807`);
    const facts = [started.slice(18), started.slice(14, 16), amounts, bytes('32'), time, started.slice(16, 18)];
    const signed = this.ask(this.psam, concat(bytes('8070010024'), ...facts, factors.card)) as Uint8Array;
    this.#last = concat(bytes('B02C01000F'), signed.slice(0, 4), time, spoiled(signed.slice(4), proof));
    const done = this.ask(this.chip, this.#last);
    if (done) assert(this.ask(this.psam, concat(bytes('8072000004'), done.slice(4))), 'MAC2 is right');
    return done !== null;
  }

  #day(day: number): boolean {
    const random = this.chip.transmit(bytes('0084000008')).slice(0, 8);
    const shown = sampleStore.authentication('DSK', factors, random, random);
    this.ask(this.chip, concat(bytes('0082008710'), shown, random));
    return this.ask(this.chip, bytes(`B056000002${day.toString().padStart(4, '0')}`)) !== null;
  }

  read(): Omit<Model, 'loads'> & { loads: number | null } {
    const balance = this.ask(this.chip, bytes('B026000104')) as Uint8Array;
    const self = this.ask(this.chip, bytes('B026000206')) as Uint8Array;
    const pooled = this.ask(this.chip, bytes('B026000306')) as Uint8Array;
    const start = this.ask(this.chip, bytes('B056010002')) as Uint8Array;
    // Only INITIALIZE tells the counters; begun and left alone it changes nothing. A full account takes no load.
    const load = this.ask(this.chip, concat(bytes('B02800010B0100000001'), terminal));
    const buy = this.ask(this.chip, concat(bytes('B028010113010000000000000001 00000000'), terminal)) as Uint8Array;
    return {
      balance: readUint(balance),
      loads: load && readUint(load, 4, 2),
      purchases: readUint(buy, 14, 2),
      self: readUint(self, 0, 4),
      pooled: readUint(pooled, 0, 4),
      year: Number(hex(self.subarray(4))),
      start: Number(hex(start)),
    };
  }
}

const spoiled = (mac: Uint8Array, proof: Proof): Uint8Array =>
  proof === 'wrong' ? mac.map((byte, i) => (i === 3 ? byte ^ 1 : byte)) : mac;

export type AccountReport = { readonly sequences: number; readonly steps: number; readonly done: number };

/** Runs random sequences of loads, settlements, wrong proofs, tears and stored images; a bug names seed and sequence. */
export function fuzzAccount(of: { readonly count: number; readonly seed: number }): AccountReport {
  const dice = generator(of.seed);
  const image = sampleCard(3).image();
  const psam = samplePsam();
  psam.powerOn();
  psam.transmit(bytes('00A4000002DF01'));
  let [steps, done] = [0, 0];
  for (let sequence = 0; sequence < of.count; sequence++) {
    const bench = new Bench(image, psam);
    let model: Model = { balance: 0, loads: 0, purchases: 0, self: 0, pooled: 0, year: 2025, start: 101 };
    for (let left = 1 + dice(12); left > 0; left--, steps++) {
      const step = randomStep(dice);
      const expected = next(model, step);
      const is = `seed ${of.seed}, sequence ${sequence}, ${JSON.stringify(step)}`;
      assert(bench.take(step) === (expected !== null), `the card and the model disagree: ${is}`);
      if (expected) done++;
      model = expected ?? model;
      const held = bench.read();
      const shown = { ...model, loads: model.balance === limit ? null : model.loads };
      assert(JSON.stringify(held) === JSON.stringify(inOrder(shown, held)), `${JSON.stringify([held, shown])}: ${is}`);
    }
  }
  return { sequences: of.count, steps, done };
}

const inOrder = <T extends object>(values: T, order: object): T =>
  Object.fromEntries(Object.keys(order).map((name) => [name, values[name as keyof T]])) as T;

if (import.meta.main) {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const began = performance.now();
  const report = fuzzAccount({ count: Number(values.count), seed: Number(values.seed) });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${report.sequences} sequences, ${report.steps} steps, ${report.done} done, in ${seconds} s`);
}
