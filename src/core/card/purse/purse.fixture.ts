import { bytes, equal, hex } from '../../../kernel/bytes.ts';
import type { CipherFamily } from '../../keys/index.ts';
import { parseAnswer } from '../apdu.ts';
import type { CommandSpec } from '../command-table.ts';
import { CardMachine, type CardState, type Handler, type MachineRules } from '../machine.ts';
import { sw } from '../status-words.ts';
import type { Port } from '../steps/port.ts';
import type { Purse, PurseApplication, PurseHandler, PurseKeyUse, PursePending } from './port.ts';
import { type PurseCommandName, purseCommands } from './purse-commands.ts';
import { purseHandlers } from './purse-handlers.ts';

/** Keys by use and index. */
export type PurseKeys = Readonly<Record<string, Uint8Array>>;
export const keyName = (use: PurseKeyUse, index: number): string => `${use} ${index}`;

export const samplePurse = (balance = 0, changes: Partial<Purse> = {}): Purse => ({
  balance,
  overdraft: 0,
  online: 0,
  offline: 0,
  ...changes,
});

export const applicationOf = (changes: Partial<PurseApplication> = {}): PurseApplication => ({
  purses: { ED: samplePurse(), EP: samplePurse() },
  proofs: [],
  log: [],
  logCapacity: 10,
  composite: [bytes('AA04 00000000'), bytes('0206 000000000000')],
  ...changes,
});

/** 1,000 fen in both purses, 300 of the deposit on credit. */
export const richApplication = (changes: Partial<PurseApplication> = {}) =>
  applicationOf({ purses: { ED: samplePurse(1000, { overdraft: 300 }), EP: samplePurse(1000) }, ...changes });

export const loadKey = bytes('11223344556677888877665544332211');
export const tacKey = bytes('00112233445566778899AABBCCDDEEFF');
/** The published keys of V1 and V2 where there are some; index 2 holds another purchase key. */
export const sampleKeys: PurseKeys = {
  'load 1': loadKey,
  'purchase 1': loadKey,
  'purchase 2': bytes('0F1E2D3C4B5A69788796A5B4C3D2E1F0'),
  'unload 1': bytes('590DF08FD06D33B2DB412A166429E730'),
  'overdraft 1': bytes('780F1CF1D78A8AFE2B88FCD6EED115CB'),
  'tac 0': tacKey,
};

type Memory = {
  readonly family: CipherFamily;
  readonly application: PurseApplication;
  readonly keys: PurseKeys;
  readonly version: number;
};
type Session = {
  readonly challenge: null;
  readonly response: Uint8Array | null;
  readonly pending: PursePending;
  readonly holderShown: boolean;
};
type Card = CardState<Memory, Session>;

const pin = bytes('135790');

/** What a purse needs of the chip around it: PIN, records, GET RESPONSE. */
const around = {
  get_response: { cla: [0], ins: 0xc0, name: { zh: '', en: '' }, transfer: 'out', keeps: true, sends: [], answers: [] },
  verify: { cla: [0], ins: 0x20, name: { zh: '', en: '' }, transfer: 'in', data: [0, 8], sends: [], answers: [] },
  read_record: { cla: [0], ins: 0xb2, name: { zh: '', en: '' }, transfer: 'out', sends: [], answers: [] },
} as const satisfies Record<string, CommandSpec>;

const bind =
  (handler: PurseHandler): Handler<Memory, Session> =>
  ({ memory, session, random }, command) => {
    const { family, application, keys, version } = memory;
    const key = (use: PurseKeyUse, index: number) => {
      const value = keys[keyName(use, index)];
      return value ? { value, version } : null;
    };
    const { pending, holderShown } = session;
    const made = handler({ family, application, pending, holderShown, compositeFile: true, key, random }, command);
    return {
      status: made.status,
      ...(made.data ? { data: made.data } : null),
      ...(made.application ? { memory: { ...memory, application: made.application } } : null),
      ...(made.pending === undefined ? null : { session: { pending: made.pending } }),
    };
  };

const handlers = {
  get_response: ({ session }: Card) =>
    session.response ? { status: sw.ok, data: session.response } : { status: sw.conditions },
  verify: (_: Card, { data }: { data: Uint8Array }) => {
    const right = equal(data, pin);
    return { status: right ? sw.ok : 0x63c2, session: { holderShown: right } };
  },
  read_record: ({ memory }: Card, { p1, p2 }: { p1: number; p2: number }) => {
    const file = p2 === 0xc4 ? memory.application.log : p2 === 0xcc ? memory.application.composite : null;
    if (!file) return { status: sw.fileNotFound };
    const data = file[p1 - 1];
    return data ? { status: sw.ok, data } : { status: sw.recordNotFound };
  },
};

const bound = Object.fromEntries(
  Object.entries(purseHandlers).map(([name, handler]) => [name, bind(handler)]),
) as Record<PurseCommandName, Handler<Memory, Session>>;

const rules: MachineRules<PurseCommandName | keyof typeof around, Memory, Session> = {
  table: { ...purseCommands, ...around },
  handlers: { ...handlers, ...bound },
  fresh: { challenge: null, response: null, pending: null, holderShown: false },
  forget: { pending: null },
  barred: () => null,
};

export type PurseHarness = {
  readonly application: () => PurseApplication;
  readonly transmit: (apdu: Uint8Array) => Uint8Array;
  /** Off and on again. */
  readonly reset: () => void;
  readonly showPin: () => void;
};

/** A card of nothing but purses: what the chip binds as well, without its files. Speaks T=0. */
export function purseHarness(of: {
  readonly random: (length: number) => Uint8Array;
  readonly family?: CipherFamily;
  readonly application?: PurseApplication;
  readonly keys?: PurseKeys;
  readonly version?: number;
}): PurseHarness {
  const { family = 'des', application = applicationOf(), keys = sampleKeys, version = 1 } = of;
  const machine = new CardMachine(rules, { family, application, keys, version }, of.random);
  machine.powerOn();
  return {
    application: () => machine.memory.application,
    transmit: (apdu) => machine.transmit(apdu),
    reset: () => {
      machine.powerOff();
      machine.powerOn();
    },
    showPin: () => machine.transmit(bytes('0020000003135790')),
  };
}

/** A connected harness, as the steps want it. */
export const portOf = (card: Pick<PurseHarness, 'transmit'>): Port => ({
  atr: new Uint8Array(),
  send: async (command) => {
    const first = parseAnswer(card.transmit(command))!;
    if (first.status >> 8 !== 0x61) return first;
    return parseAnswer(card.transmit(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, first.status & 0xff)))!;
  },
});

/** Sends a command and follows 61xx; hex of data and status. */
export function say(card: Pick<PurseHarness, 'transmit'>, command: string): string {
  const answer = card.transmit(bytes(command));
  if (answer.at(-2) !== 0x61) return hex(answer);
  return hex(card.transmit(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, answer.at(-1) as number)));
}
