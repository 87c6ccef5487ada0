import { type ModelCard, type ModelPurse, PurseModel } from './purse-model.ts';

/** A card under trial: it speaks T=0; `reset` powers it off and on and selects what holds its purses. */
export type TrialCard = {
  transmit(apdu: Uint8Array): Uint8Array;
  reset(): void;
};

export type TrialReport = {
  readonly commands: number;
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How many transactions of each type were done. */
  readonly done: Readonly<Record<number, number>>;
};

/** Numbers that one seed reproduces (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Dice = (below: number) => number;
const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice(from.length)] as T;
const hex = (value: number, bytes: number): string =>
  value
    .toString(16)
    .toUpperCase()
    .padStart(bytes * 2, '0');
const most = 0xffff_ffff;
const terminals = ['001122334455', '990100000007'];

/** A purse to begin with: mostly an ordinary one, sometimes full, empty or at the end of a counter. */
function purse(dice: Dice, limit: number): ModelPurse {
  const money = pick(dice, [0, 1, 500, 5_000, 5_000, 100_000, most - 50, most]);
  const counter = () => pick(dice, [0, 0, 1, 255, 300, 65_533, 65_534, 65_535]);
  return { money: Math.min(money, most - limit) + limit, limit, on: counter(), off: counter() };
}

/** What a trial holds fixed; `deposit` false: a small card, with an EP alone and no composite records. */
export type TrialSubject = Pick<ModelCard, 'cipher' | 'keys' | 'pin' | 'version'> & { readonly deposit?: boolean };

const startOf = (dice: Dice, { deposit = true, ...card }: TrialSubject): ModelCard => ({
  ...card,
  ed: deposit ? purse(dice, pick(dice, [0, 0, 200, 0xff_ffff])) : null,
  ep: purse(dice, 0),
  records: deposit ? ['AA0400000000', '0206000000000000'] : null,
  logSize: 2 + dice(9),
});

/** An INITIALIZE, most of the time one that fits; amounts around what is there. */
function begin(dice: Dice, model: PurseModel): string {
  const step = dice(40) === 0 ? 6 : dice(6);
  const usual = step === 3 ? 2 : step === 0 || step === 1 ? 1 + dice(2) : 1;
  const p2 = dice(25) === 0 ? dice(4) : usual;
  const index = dice(25) === 0 ? dice(4) : step > 0 && step < 4 ? 1 + dice(2) : 1;
  const { money } = (p2 === 2 ? null : model.ed) ?? model.ep;
  const sum = pick(dice, [1, 10 + dice(90), dice(1_000), dice(1_000), money, money + 1, most - money, most, 0]);
  const amount = step === 4 ? '' : hex(Math.max(0, Math.min(sum, most)), 4);
  const data = `${hex(index, 1)}${amount}${pick(dice, terminals)}`;
  const cut = dice(60) === 0 ? data.slice(2) : data;
  return `8050${hex(step, 1)}${hex(p2, 1)}${hex(cut.length / 2, 1)}${cut}`;
}

const time = (dice: Dice): string => `2025${pick(dice, ['0305', '1231'])}${hex(dice(0x24), 1)}${hex(dice(0x60), 1)}00`;
const spoilt = (dice: Dice, code: string): string =>
  dice(8) === 0 ? hex((Number.parseInt(code, 16) ^ (1 << dice(31))) >>> 0, 4) : code;

/** The second step that belongs to what has begun, with the right MAC seven times of eight. */
function finish(dice: Dice, model: PurseModel): string {
  const begun = model.begun as NonNullable<PurseModel['begun']>;
  const [when, type] = [time(dice), hex(begun.type, 1)];
  if (begun.step === 3 && (begun.cache.length === 0 || dice(3) === 0) && dice(12) !== 0) return cache(dice);
  if (begun.step >= 1 && begun.step <= 3) {
    const sequence = hex(dice(most), 4);
    const code = model.samMac(sequence, `${hex(begun.sum, 4)}${type}${begun.terminal}${when}`);
    return `80540100 0F ${sequence} ${when} ${spoilt(dice, code)}`;
  }
  const limit = hex(pick(dice, [0, model.ed?.limit ?? 0, dice(400), 0xff_ffff]), 3);
  const what = begun.step === 4 ? limit : hex(begun.sum, 4);
  const code = spoilt(dice, model.hostMac(`${what}${type}${begun.terminal}${when}`));
  if (begun.step === 4) return `80580000 0E ${limit} ${when} ${code}`;
  return `${begun.step === 0 ? '80520000' : '80540300'} 0B ${when} ${code}`;
}

function cache(dice: Dice): string {
  const tag = dice(12) === 0 ? 0x77 : pick(dice, [0xaa, 0x02]);
  const size = dice(12) === 0 ? dice(9) : tag === 2 ? 6 - dice(2) : 4 - dice(2);
  const value = Array.from({ length: size }, () => hex(dice(256), 1)).join('');
  const length = dice(20) === 0 ? dice(9) : size;
  const file = dice(20) === 0 ? pick(dice, [0xc0, 0xcc]) : 0xc8;
  const named = dice(20) === 0 ? 0xab : tag;
  return `80DC ${hex(tag, 1)} ${hex(file, 1)} ${hex(size + 2, 1)} ${hex(named, 1)}${hex(length, 1)}${value}`;
}

function prove(dice: Dice, model: PurseModel): string {
  const type = dice(20) === 0 ? pick(dice, [0, 8, 10]) : 1 + dice(9);
  const at = model.proofs.get(type)?.at ?? dice(3);
  return `805A00${hex(type, 1)} 02 ${hex(Math.max(0, at - (dice(4) === 0 ? 1 : 0)), 2)}`;
}

/** Second steps in nobody's turn, and headers and lengths that are wrong. */
const astray = [
  '80520000 0B 20250305090807 00000000',
  '80520100 0B 20250305090807 00000000',
  '80540100 0F 00000001 20250305090807 00000000',
  '80540300 0B 20250305090807 00000000',
  '80540301 0B 20250305090807 00000000',
  '80540200 0B 20250305090807 00000000',
  '80580000 0E 000064 20250305090807 00000000',
  '80580000 0D 0064 20250305090807 00000000',
  '805A0001 01 01',
  '805C0003 04',
  '80FF0000 00',
];

function next(dice: Dice, model: PurseModel): string {
  if (model.begun && dice(4) !== 0) return finish(dice, model);
  const choice = dice(24);
  if (!model.pinShown && choice < 5) return `00200000 03 ${model.card.pin}`;
  if (choice < 15) return begin(dice, model);
  if (choice < 18) return `805C00${hex(1 + dice(2), 1)}04`;
  if (choice < 20) return prove(dice, model);
  if (choice < 22 || !model.pinShown) return pick(dice, astray);
  return readCommand(dice(2) === 0 ? 'log' : 'records', 1 + dice(4), model);
}

/** READ RECORD by number with the length of what the model holds there, 00 beyond the last. */
function readCommand(file: 'log' | 'records', number: number, model: PurseModel): string {
  const length = (model[file]?.[number - 1]?.length ?? 0) / 2;
  return `00B2${hex(number, 1)}${file === 'log' ? 'C4' : 'CC'}${hex(length, 1)}`;
}

/** What must be the same at the end: both balances, four counters, all proofs, log and records. */
function* inventory(model: PurseModel): Generator<string> {
  yield `00200000 03 ${model.card.pin}`;
  yield '805C000104';
  yield '805C000204';
  for (const p2 of ['01', '02']) for (const p1 of ['00', '01']) yield `8050${p1}${p2} 0B 01 00000001 ${terminals[0]}`;
  for (const [type, { at }] of model.proofs) yield `805A00${hex(type, 1)} 02 ${hex(at, 2)}`;
  for (let number = 1; number <= model.log.length + 1; number++) yield readCommand('log', number, model);
  for (let number = 1; number <= (model.records?.length ?? 0) + 1; number++)
    yield readCommand('records', number, model);
}

/** One command under T=0: follows 61xx; data and status as hex. */
function exchange(card: TrialCard, command: string): string {
  let answer = Buffer.from(card.transmit(Uint8Array.from(Buffer.from(command, 'hex'))));
  if (answer[answer.length - 2] === 0x61)
    answer = Buffer.from(card.transmit(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, answer[answer.length - 1] as number)));
  return answer.toString('hex').toUpperCase();
}

/**
 * Runs random sequences of commands against cards that `open` makes, each beginning as it is told, and against the model;
 * throws at the first answer that differs, with the seed and the commands that lead there.
 */
export function tryPurses(of: {
  readonly sequences: number;
  readonly seed: number;
  readonly card: TrialSubject;
  readonly open: (start: ModelCard) => TrialCard;
}): TrialReport {
  const statuses: Record<string, number> = {};
  const done: Record<number, number> = {};
  let commands = 0;
  for (let sequence = 0; sequence < of.sequences; sequence++) {
    const dice = numbers(of.seed * 1_000_003 + sequence);
    const model = new PurseModel(startOf(dice, of.card));
    const card = of.open(model.card);
    const sent: string[] = [];
    const send = (text: string) => {
      const command = text.replaceAll(' ', '');
      sent.push(command);
      commands++;
      const said = exchange(card, command);
      const before = model.begun?.type;
      const expected = model.answer(command, said);
      const status = expected.slice(-4);
      statuses[status] = (statuses[status] ?? 0) + 1;
      const finished = /^80(52|54|58)/.test(command) && status === '9000';
      if (before !== undefined && finished) done[before] = (done[before] ?? 0) + 1;
      if (said !== expected)
        throw new Error(`seed ${of.seed}, sequence ${sequence}: ${sent.join(' ')} → ${said}, model ${expected}`);
    };
    for (let length = 5 + dice(25); length > 0; length--) {
      if (dice(60) === 0) {
        card.reset();
        model.reset();
        sent.push('reset');
      } else send(next(dice, model));
    }
    for (const command of inventory(model)) send(command);
  }
  return { commands, statuses, done };
}
