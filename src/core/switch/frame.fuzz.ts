import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { assert } from '../../kernel/assert.ts';
import { equal } from '../../kernel/bytes.ts';
import { bodyOf, pack, unpack } from './codec.ts';
import { describeMessage } from './describe.ts';
import { FrameDecoder } from './framing.ts';
import { maskBody } from './mask.ts';

export type FuzzReport = {
  readonly count: number;
  readonly accepted: number;
  /** How often each refusal answered. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Growth of the heap over the run after collection, by least squares; a leak shows as some bytes per frame. */
  readonly heap_bytes_per_frame: number;
};

/** Numbers below `bound` from a seed (xorshift32), so that a failing run can be repeated. */
function randomFrom(seed: number): (bound: number) => number {
  let state = seed | 0 || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

const start = { tpdu: '6000010002', header: '603100310001' };
const common = { 11: '000123', 12: '101112', 13: '0701', 41: '99010001', 42: 'H9901000001    ' };
const wellFormed = [
  pack({
    ...start,
    mti: '0800',
    fields: { 11: '000001', 41: common[41], 42: common[42], 60: '00000001003', 63: '001' },
  }),
  pack({
    ...start,
    mti: '0200',
    fields: {
      ...common,
      2: '9901000000000000017',
      3: '000000',
      4: '000000012345',
      22: '051',
      25: '00',
      35: '9901000000000000017=2912201',
      52: new Uint8Array(8),
      54: '0002156C000000001234',
      55: Uint8Array.fromHex('9f370811223344556677889f3602000adf370401020304'),
      60: '22000001000',
      62: Buffer.from('S202507010001'),
      64: new Uint8Array(8),
    },
  }),
  pack({
    ...start,
    mti: '0400',
    fields: { ...common, 3: '000000', 39: '98', 61: '0000010001220701', 128: new Uint8Array(8) },
  }),
].map(bodyOf);

function randomBody(random: (bound: number) => number): Uint8Array {
  const model = wellFormed[random(wellFormed.length)] as Uint8Array;
  const dice = random(10);
  if (dice === 0) return new Uint8Array(1 + random(300)).map(() => random(256));
  // A right beginning and a random bitmap reach every field of the table.
  if (dice === 1) return model.map((byte, i) => (i < 13 ? byte : random(256)));
  if (dice === 2) return model.slice(0, 1 + random(model.length));
  if (dice === 3) return Uint8Array.from([...model, ...new Uint8Array(1 + random(20))]);
  const body = model.slice();
  for (let flips = random(4); flips >= 0; flips--) body[random(body.length)] = random(256);
  return body;
}

function framed(body: Uint8Array, random: (bound: number) => number): Uint8Array {
  const frame = new Uint8Array(2 + body.length);
  // One length in a thousand lies: the stream is lost and must be given up, as a server does.
  const length = random(1000) === 0 ? random(65_536) : body.length;
  frame.set([length >> 8, length & 255]);
  frame.set(body, 2);
  return frame;
}

function check(body: Uint8Array, count: (outcome: string) => void): void {
  const unpacked = unpack(body);
  count(unpacked.ok ? 'accepted' : unpacked.fault.code);
  if (!unpacked.ok) return;
  describeMessage(unpacked.message);
  assert(unpack(maskBody(body)).ok, 'a masked body can be taken apart');
  // A second bitmap without a field in it is allowed and not written again.
  const written = bodyOf(pack(unpacked.message));
  assert((body[13] as number) & 0x80 || equal(written, body), 'what was accepted packs back to the same bytes');
}

/** Sends random and mutated frames through framing and codec. Throws on the first one that breaks a promise. */
export function fuzzFrames({ count, seed }: { readonly count: number; readonly seed: number }): FuzzReport {
  const random = randomFrom(seed);
  const outcomes: Record<string, number> = {};
  const tally = (outcome: string) => {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  };
  const heap: number[] = [];
  const collect = garbageCollector();
  const began_ms = performance.now();
  let decoder = new FrameDecoder();
  for (let i = 0; i < count; i++) {
    const frame = framed(randomBody(random), random);
    const cut = random(3) === 0 ? random(frame.length) : 0;
    for (const chunk of cut ? [frame.subarray(0, cut), frame.subarray(cut)] : [frame]) {
      const fault = decoder.push(chunk, (body) => check(body, tally));
      if (!fault) continue;
      tally(fault.code);
      decoder = new FrameDecoder();
      break;
    }
    if (i % Math.ceil(count / 20) === 0) {
      collect();
      heap.push(process.memoryUsage().heapUsed);
    }
  }
  const { accepted = 0, ...refusals } = outcomes;
  const seconds = (performance.now() - began_ms) / 1000;
  return { count, accepted, refusals, seconds, heap_bytes_per_frame: slope(heap.slice(4)) / Math.ceil(count / 20) };
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Least-squares slope per step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const above = values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0);
  return above / values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
}

if (import.meta.main) {
  const options = { count: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } } as const;
  const { count, seed } = parseArgs({ options }).values;
  const report = fuzzFrames({ count: Number(count), seed: Number(seed) });
  console.log(`${report.count} frames in ${report.seconds.toFixed(1)} s, ${report.accepted} accepted`);
  for (const [code, times] of Object.entries(report.refusals).sort()) console.log(`  ${code.padEnd(16)}${times}`);
  console.log(`heap ${report.heap_bytes_per_frame.toFixed(3)} bytes per frame`);
}
