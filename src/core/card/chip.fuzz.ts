import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { assert } from '../../kernel/assert.ts';
import { bytes, hex, readUint } from '../../kernel/bytes.ts';
import { Chip } from './chip/chip.ts';
import { readImage } from './chip/chip-image.ts';
import { type CommandSpec, cardCommands } from './command-table.ts';
import { encodeGbk } from './gbk.ts';
import { sampleCard, samplePin } from './sample-card.fixture.ts';
import { isKnownStatus } from './status-words.ts';

export type FuzzReport = {
  readonly sent: number;
  /** How often each status word was given; 61xx, 6Cxx and 63Cx are counted together. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly seconds: number;
};

/** A small generator (mulberry32): one seed, one run. Returns whole numbers below `limit`. */
export function generator(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit) | 0;
  };
}

export type Dice = ReturnType<typeof generator>;
export const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice(from.length)] as T;
export const randomBytes = (dice: Dice, length: number): Uint8Array => Uint8Array.from({ length }, () => dice(256));

/** Right commands that need no secret, to be sent as they are or with something wrong in them. */
const wellFormed = [
  '00A404000F7378312E73682EC9E7BBE1B1A3D5CF',
  '00A4040006D15600000503',
  '00A4000002DF01',
  '00A4000002DF02',
  '00A4000002DF03',
  '00A4020002EF05',
  '00B2012D40',
  '00B2012C00',
  '00B2023400',
  '00B2014400',
  '00B2812800',
  '00B0880000',
  '0084000008',
  '0088000010000102030405060708090A0B0C0D0E0F',
  '0082000410000102030405060708090A0B0C0D0E0F',
  '0020000000',
  '0020000003999999',
  '04DC022C070201310000 0000',
  '04D688000600000000FFFF',
  'B026000104',
  'B02800010B0100000064990100000007',
  'B02A00000B2026030509080700000000',
  'B0280101130100000000000000050000000A990100000007',
  'B02C01000F000000012026030509080700000000',
  'B02E0032020000',
  'B056010002',
  '00C0000010',
].map(bytes);

/** Commands that mean something only one after the other. */
const pairs = [
  ['B02800010B0100000064990100000007', 'B02A00000B2026030509080700000000'],
  ['B0280101130100000000000000050000000A990100000007', 'B02C01000F000000012026030509080700000000'],
  ['B0280101130100000001000000050000000A990100000007', 'B026000104'],
  ['0084000008', '0082000410000102030405060708090A0B0C0D0E0F'],
  ['00A4040006D15600000503', '00B2012C00'],
  ['00A4000002DF01', '00B2022C00'],
].map((pair) => pair.map(bytes));

const specs: readonly CommandSpec[] = Object.values(cardCommands);

/** Noise, a right header with random contents, right commands, or right commands with a fault. */
function commands(dice: Dice): readonly Uint8Array[] {
  const kind = dice(10);
  if (kind < 1) return [randomBytes(dice, dice(4) === 0 ? dice(300) : dice(12))];
  if (kind < 4) return [fromTable(dice)];
  if (kind < 6) return pick(dice, pairs);
  return [kind < 8 ? pick(dice, wellFormed) : mutated(dice, pick(dice, wellFormed))];
}

function fromTable(dice: Dice): Uint8Array {
  const spec = pick(dice, specs);
  const [least, most] = spec.data ?? [0, 0];
  const excess = dice(8) === 0 ? 1 : 0;
  const data = randomBytes(dice, Math.min(255, least + dice(most - least + 1) + excess));
  const p1 = spec.p1 ?? (dice(2) === 0 ? 0 : dice(256));
  const p2 = pick(dice, [0, 1, 2, 4, 0x2c, 0x2d, dice(256)]);
  const length = data.length > 0 ? [data.length] : [pick(dice, [0, 4, 8, 16, dice(256)])];
  return Uint8Array.from([pick(dice, spec.cla), spec.ins, p1, p2, ...length, ...data]);
}

export function mutated(dice: Dice, right: Uint8Array): Uint8Array {
  const out = right.slice(0, dice(5) === 0 ? dice(right.length + 1) : right.length);
  for (let changes = 1 + dice(3); changes > 0 && out.length > 0; changes--) out[dice(out.length)] = dice(256);
  return dice(5) === 0 ? Uint8Array.from([...out, ...randomBytes(dice, dice(4))]) : out;
}

/** Words written where only a PIN or a key may read them; no answer may ever carry them to someone without. */
const canary = { address: '金丝雀街一号', certificate: 'CANARY000000001' };
const canaryBytes = Object.values(canary).map((text) => encodeGbk(text) as Uint8Array);

function guardedCard(): Uint8Array {
  return sampleCard(3, {
    photo: Buffer.from(canary.certificate),
    elements: [
      { directory: 0xdf01, tag: 0x23, text: canary.address },
      { directory: 0xdf04, tag: 0x8a, text: canary.certificate },
    ],
  }).image();
}

/** What no sequence without keys may change: everything but the counts of wrong tries. */
function essence(image: Uint8Array): string {
  const { pin, keys, files, account, proofs, life } = readImage(image);
  const values = [...keys].map(([name, key]) => [name, hex(key.value), key.version]);
  const contents = [...files].map(([key, pieces]) => [key, pieces.map((piece) => piece && hex(piece))]);
  return JSON.stringify([pin.digits && hex(pin.digits), values, contents, account, proofs, life]);
}

export const statusOf = (response: Uint8Array): number => readUint(response, response.length - 2, 2);

export function statusGroup(status: number): string {
  const code = status.toString(16).toUpperCase();
  if (code.startsWith('61') || code.startsWith('6C')) return `${code.slice(0, 2)}xx`;
  return code.startsWith('63C') ? '63Cx' : code;
}

/**
 * Sends `count` commands to chips that are put back to their first image every 400 commands; every second one is shown
 * the right PIN first. A chip that throws, gives an unknown status word, leaks a guarded word or changes without its keys
 * ends the run with a bug that names seed and command.
 */
export function fuzzChip(of: { readonly count: number; readonly seed: number }): FuzzReport {
  const dice = generator(of.seed);
  const image = guardedCard();
  const before = essence(image);
  const secrets = [...readImage(image).keys.values()].map((key) => Buffer.from(key.value));
  const statuses: Record<string, number> = {};
  const began = performance.now();
  for (let sent = 0; sent < of.count; ) {
    const chip = Chip.fromImage(image, (length) => randomBytes(dice, length));
    chip.powerOn();
    const pinShown = dice(2) === 0;
    if (pinShown) chip.transmit(bytes(`0020000003${samplePin}`));
    if (dice(2) === 0) chip.transmit(bytes('00A4000002DF04'));
    const guarded = pinShown ? secrets : [...secrets, ...canaryBytes];
    let next: readonly Uint8Array[] = [];
    for (let i = 0; i < 400 && sent < of.count; i++, sent++) {
      if (next.length === 0) next = commands(dice);
      const apdu = next[0] as Uint8Array;
      next = next.slice(1);
      const response = chip.transmit(apdu);
      const at = `seed ${of.seed}, command ${sent}: ${hex(apdu)} → ${hex(response)}`;
      const status = statusOf(response);
      assert(response.length >= 2 && response.length <= 258 && isKnownStatus(status), `no right answer, ${at}`);
      if (response.length > 5)
        assert(!guarded.some((secret) => Buffer.from(response).includes(secret)), `a guarded word was given, ${at}`);
      if (!pinShown)
        assert(!(apdu[0] === 0xb0 && apdu[1] === 0x26 && status === 0x9000), `a balance without PIN, ${at}`);
      const group = statusGroup(status);
      statuses[group] = (statuses[group] ?? 0) + 1;
    }
    assert(
      essence(chip.image()) === before,
      `the chip changed without its keys before command ${sent}, seed ${of.seed}`,
    );
  }
  return { sent: of.count, statuses, seconds: (performance.now() - began) / 1000 };
}

/** Heap in use after a full collection, in bytes. */
export function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  fuzzChip({ count: Math.min(20_000, count), seed });
  const heap = heapAfterCollection();
  const report = fuzzChip({ count, seed });
  const growth = heapAfterCollection() - heap;
  console.log(`${report.sent} commands in ${report.seconds.toFixed(1)} s, seed ${seed}`);
  for (const [status, times] of Object.entries(report.statuses).sort(([, a], [, b]) => b - a))
    console.log(`  ${status}  ${times}`);
  console.log(
    `heap after collection grew by ${(growth / 1024).toFixed(0)} KiB, ${(growth / count).toFixed(3)} bytes a command`,
  );
}
