import { assert } from '../../kernel/assert.ts';
import { bytes, concat, hex, readUint } from '../../kernel/bytes.ts';
import { answerTo } from './chip/authentication.ts';
import { Chip } from './chip/chip.ts';
import { readImage } from './chip/chip-image.ts';
import type { CardMemory } from './chip/memory.ts';
import { type CommandSpec, chipCommands } from './command-table.ts';
import type { CardGeneration } from './contract.ts';
import { type Dice, generator, pick, randomBytes } from './dice.fixture.ts';
import { type FuzzReport, fuzzProgram } from './fuzz-program.ts';
import { encodeGbk } from './gbk.ts';
import { blankChip } from './issue-commands.ts';
import { memoryMap } from './memory-map.ts';
import type { ProfileName } from './profiles/index.ts';
import { newPurse, selectPurseFile, withPurseDirectory } from './purse-card.fixture.ts';
import { sampleOf, samplePin } from './sample-card.fixture.ts';
import { isKnownStatus } from './status-words.ts';

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
  '00A40000023F01',
  '805C000204',
  '805C000104',
  '805000020B0100000064990100000007',
  '805001020B0100000064990100000007',
  '805002010B0100000064990100000007',
  '8050040107 01 990100000007',
  '805005010B0100000064990100000007',
  '805A00060200 00',
  '00B201C417',
  '00B201CC06',
  '0082000008 0102030405060708',
  '04D6950006ABCD00000000',
].map(bytes);

/** Commands that mean something only one after the other. */
const pairs = [
  ['B02800010B0100000064990100000007', 'B02A00000B2026030509080700000000'],
  ['B0280101130100000000000000050000000A990100000007', 'B02C01000F000000012026030509080700000000'],
  ['B0280101130100000001000000050000000A990100000007', 'B026000104'],
  ['0084000008', '0082000410000102030405060708090A0B0C0D0E0F'],
  ['00A4040006D15600000503', '00B2012C00'],
  ['00A4000002DF01', '00B2022C00'],
  ['805001020B0100000064990100000007', '805401000F 00000001 20260305090807 00000000'],
  ['805000020B0100000064990100000007', '805200000B 20260305090807 00000000'],
  [
    '805003020B0100000064990100000007',
    '80DCAAC806AA0401020304',
    '00C000000F',
    '805401000F 00000001 20260305090807 00000000',
  ],
  ['805003020B0100000064990100000007', '80DCAAC806AA0401020304', '805401000F 00000001 20260305090807 00000000'],
  ['8050040107 01 990100000007', '805800000E 000064 20260305090807 00000000'],
  ['0084000004', '04D6950006ABCD00000000'],
  ['0084000004', '841E000004 00000000'],
].map((pair) => pair.map(bytes));

const specs: readonly CommandSpec[] = Object.values(chipCommands);

/** Noise, a right header with random contents, right commands, or right commands with a fault. */
function commands(dice: Dice, right: readonly Uint8Array[]): readonly Uint8Array[] {
  const kind = dice(10);
  if (kind < 1) return [randomBytes(dice, dice(4) === 0 ? dice(300) : dice(12))];
  if (kind < 4) return [fromTable(dice)];
  if (kind < 6) return pick(dice, pairs);
  return [kind < 8 ? pick(dice, right) : mutated(dice, pick(dice, right))];
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

/** A card of any profile; those with the areas of V2.0 carry the guarded words, those with a purse have money in it. */
function guardedCard(profile: ProfileName, generation: CardGeneration): Chip {
  const words = {
    photo: Buffer.from(canary.certificate),
    elements: [
      { directory: 0xdf01, tag: 0x23, text: canary.address },
      { directory: 0xdf04, tag: 0x8a, text: canary.certificate },
    ],
  };
  const { memory } = sampleOf(profile, generation, profile.startsWith('small') ? {} : words);
  const rich = withPurseDirectory(memory, (it) => {
    const purse = it.purse && { ...it.purse, purses: { ...it.purse.purses, EP: newPurse(1_000) } };
    const composite = profile === 'three-areas' ? [bytes('AA0400000000')] : [];
    return { ...it, purse: purse && { ...purse, composite } };
  });
  return new Chip(rich);
}

/** What no sequence without keys may change: everything but the counts of wrong tries. */
const essence = (memory: CardMemory): string =>
  JSON.stringify(memory, (name, value: unknown) => {
    if (name === 'tries') return undefined;
    if (value instanceof Uint8Array) return hex(value);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });

/** A card in the middle of its making: directories, files of all kinds and keys, and the transport key that opens it. */
function halfMade(): Chip {
  const transport = bytes('B1A2B3A4B5A6B7A8B9AABBACBDAEBFA0');
  const blank = blankChip({ generation: 3, history: bytes('00900100018660990100000001'), capacity: 0x800, transport });
  blank.powerOn();
  const random = blank.transmit(bytes('0084000008')).slice(0, 8);
  blank.transmit(concat(bytes('0082000010'), answerTo('sm4', transport, random)));
  for (const command of creations) blank.transmit(command);
  return blank;
}

/** Right commands of the issuer of a blank card. */
const creations = [
  '80E00000073F008001F0FFFF',
  '80D401001536F0F0FF33A0A1A2A3A4A5A6A7A8A9AAABACADAEAF',
  '80D401000A3AF0EF01331357908642',
  '80E000150728001EF0F0FFFF',
  '80E00011072A0302F0F0FFFF',
  '80E00012072C0040F0F0FFFF',
  '80E00013072E0302F0F0FFFF',
  '80E03F0111380100F0F095FFFFA00000000386980701',
  '00E000001C621A8201018302EF2080020010850101AB0A80010190008001069700',
  '00E000003462328201058302EF0580020040850101AB22800101A010A406830100950108A406830184950180800106AF08A406830184950180',
  '00E200880201A1',
  '00E200900370010A',
  '00DC009B020102',
  '00D695000400112233',
  '00A40000023F01',
  '80E00000073F010001F0FFFF',
  '80E00018072E0317F0EFFFFF',
  '80E00002072F0208F000FF18',
  '80E00019072C0040F0F0FFFF',
  '80D40101153EF002000300112233445566778899AABBCCDDEEFF',
  '00E200C806AA0400000000',
  '80E000A50728FFFFF0F0FFFF',
  '800E000000',
  '00A4000000',
  '80E03F000838010000F095FFFF',
].map(bytes);

export const statusOf = (response: Uint8Array): number => readUint(response, response.length - 2, 2);

export function statusGroup(status: number): string {
  const code = status.toString(16).toUpperCase();
  if (code.startsWith('61') || code.startsWith('6C')) return `${code.slice(0, 2)}xx`;
  return code.startsWith('63C') ? '63Cx' : code;
}

/** What may be at the wire of a fuzz: what it is sent, what must never come out of it, what must not change. */
type Target = {
  readonly card: Chip;
  readonly wellFormed: readonly Uint8Array[];
  readonly guarded: readonly Uint8Array[];
  /** What must be as before when the run is over; a card in the making changes, and must stay whole. */
  readonly essence: string | null;
  readonly pinShown: boolean;
};

const profileNames: readonly ProfileName[] = ['social-security', 'small-account', 'small-purse', 'three-areas'];

/** Cards to be sent commands: with and without the PIN shown, with a purse, and blank with its issuer at work. */
function targets(dice: Dice): () => Target {
  const random = (length: number) => randomBytes(dice, length);
  const cards = profileNames.flatMap((name) => ([2, 3] as const).map((generation) => [name, generation] as const));
  const known = cards.map(([profile, generation]) => {
    const card = guardedCard(profile, generation);
    const secrets = card.memory.directories.flatMap(({ keys }) => keys.map(({ value }) => value));
    return { image: card.image(), essence: essence(card.memory), secrets };
  });
  return () => {
    if (dice(4) === 0) {
      const card = halfMade();
      return { card, wellFormed: creations, guarded: [], essence: null, pinShown: true };
    }
    const { image, essence: before, secrets } = pick(dice, known);
    const card = Chip.fromImage(image, random);
    card.powerOn();
    const pinShown = dice(2) === 0;
    if (pinShown) card.transmit(bytes(`0020000003${samplePin}`));
    // A chosen application is where most commands mean something.
    card.transmit(pick(dice, [bytes('00A4040006D15600000503'), selectPurseFile, bytes('00A4000000')]));
    return {
      card,
      wellFormed: dice(4) === 0 ? [...wellFormed, ...creations] : wellFormed,
      guarded: pinShown ? secrets : [...secrets, ...canaryBytes],
      essence: before,
      pinShown,
    };
  };
}

/**
 * Sends `count` commands to chips, a fresh one every 400. A chip that throws, gives an unknown status word, leaks a guarded
 * word, changes without its keys, outgrows its memory or cannot be read back ends the run with a bug that names seed and
 * command.
 */
export function fuzzChip(of: { readonly count: number; readonly seed: number }): FuzzReport {
  const dice = generator(of.seed);
  const draw = targets(dice);
  const statuses: Record<string, number> = {};
  const began = performance.now();
  for (let sent = 0; sent < of.count; ) {
    const target = draw();
    const { card } = target;
    let next: readonly Uint8Array[] = [];
    for (let i = 0; i < 400 && sent < of.count; i++, sent++) {
      if (next.length === 0) next = commands(dice, target.wellFormed);
      const apdu = next[0] as Uint8Array;
      next = next.slice(1);
      const response = card.transmit(apdu);
      const at = `seed ${of.seed}, command ${sent}: ${hex(apdu)} → ${hex(response)}`;
      const status = statusOf(response);
      assert(response.length >= 2 && response.length <= 258 && isKnownStatus(status), `no right answer, ${at}`);
      if (response.length > 5)
        assert(!target.guarded.some((it) => Buffer.from(response).includes(it)), `a guarded word was given, ${at}`);
      if (!target.pinShown)
        assert(!(apdu[0] === 0xb0 && apdu[1] === 0x26 && status === 0x9000), `a balance without PIN, ${at}`);
      const group = statusGroup(status);
      statuses[group] = (statuses[group] ?? 0) + 1;
    }
    const at = `before command ${sent}, seed ${of.seed}`;
    if (target.essence !== null)
      assert(essence(card.memory) === target.essence, `the chip changed without its keys ${at}`);
    assert(essence(readImage(card.image())) === essence(card.memory), `the image is another card ${at}`);
    assert(
      memoryMap(card.memory).rows.every(({ free }) => free >= 0),
      `more is stored than there is room for ${at}`,
    );
  }
  return { sent: of.count, statuses, seconds: (performance.now() - began) / 1000 };
}

if (import.meta.main) fuzzProgram(fuzzChip);
