import { buildAnswer, type Command, parseCommand } from './apdu.ts';
import { type CommandSpec, lookUp } from './command-table.ts';
import { exactLength, moreData, sw } from './status-words.ts';

/** What a command makes of a card: an answer, and the memory and session after it. Nothing is changed in place. */
export type Outcome<Memory, Session> = {
  readonly status: number;
  readonly data?: Uint8Array;
  readonly memory?: Memory;
  readonly session?: Partial<Session>;
};

/** What every card forgets without power. */
export type BasicSession = {
  /** The random of GET CHALLENGE; good for the next command only. */
  readonly challenge: Uint8Array | null;
  /** Data waiting for GET RESPONSE. */
  readonly response: Uint8Array | null;
};

export type CardState<Memory, Session> = {
  readonly memory: Memory;
  readonly session: Session;
  readonly random: (length: number) => Uint8Array;
};

export type Handler<Memory, Session> = (card: CardState<Memory, Session>, command: Command) => Outcome<Memory, Session>;

export type MachineRules<Name extends string, Memory, Session extends BasicSession> = {
  readonly table: Readonly<Record<Name, CommandSpec>>;
  readonly handlers: Readonly<Record<Name, Handler<Memory, Session>>>;
  /** The session right after power-on. */
  readonly fresh: Session;
  /** What is forgotten when another command than one that `keeps` comes. */
  readonly forget: Partial<Session>;
  /** A status word that answers any command before it is looked at (card or application locked). */
  readonly barred: (memory: Memory, spec: CommandSpec | null, session: Session) => number | null;
};

/** Where memory outlives power: `save` has written it whole, or throws and what was there before is still there. */
export type MemoryStore<Memory> = { load(): Memory; save(memory: Memory): void };

/**
 * One card under T=0: command in, data and status word out. A command is decided on a frozen memory and takes effect by
 * replacing it in one assignment, so a card torn out of its reader holds the state before or after, never between.
 */
export class CardMachine<Name extends string, Memory, Session extends BasicSession> {
  readonly #rules: MachineRules<Name, Memory, Session>;
  readonly #random: (length: number) => Uint8Array;
  readonly #store: MemoryStore<Memory> | undefined;
  #memory: Memory;
  #session: Session | null = null;
  #revision = 0;
  /** A save was cut short: what the store holds must be read again. */
  #torn = false;

  constructor(
    rules: MachineRules<Name, Memory, Session>,
    memory: Memory,
    random: (length: number) => Uint8Array,
    store?: MemoryStore<Memory>,
  ) {
    this.#rules = rules;
    this.#memory = memory;
    this.#random = random;
    this.#store = store;
  }

  get memory(): Memory {
    return this.#memory;
  }

  /** Grows with every change of memory: the owner saves an image when it has grown. */
  get revision(): number {
    return this.#revision;
  }

  get powered(): boolean {
    return this.#session !== null;
  }

  powerOn(): void {
    if (this.#torn && this.#store) this.#memory = this.#store.load();
    this.#torn = false;
    this.#session = this.#rules.fresh;
  }

  powerOff(): void {
    this.#session = null;
  }

  /**
   * Never throws on what comes from outside; an unpowered card answers 6F00. A store that fails takes the power with it
   * and its fault is the caller's: nothing was answered.
   */
  transmit(apdu: Uint8Array): Uint8Array {
    const session = this.#session;
    if (!session) return buildAnswer(0x6f00);
    const command = parseCommand(apdu);
    if (!command) return this.#refuse(session, null, sw.wrongLength);
    const name = lookUp(this.#rules.table, command);
    if (!(name in this.#rules.table)) return this.#refuse(session, null, unknown[name as keyof typeof unknown]);
    const spec = this.#rules.table[name as Name];
    const wrong = this.#rules.barred(this.#memory, spec, session) ?? wrongLength(spec, command);
    if (wrong !== null) return this.#refuse(session, spec, wrong);
    const card = { memory: this.#memory, session, random: this.#random };
    return this.#commit(session, spec, command, this.#rules.handlers[name as Name](card, command));
  }

  #refuse(session: Session, spec: CommandSpec | null, status: number): Uint8Array {
    this.#session = { ...session, ...this.#forgotten(spec) };
    return buildAnswer(this.#rules.barred(this.#memory, spec, session) ?? status);
  }

  #forgotten(spec: CommandSpec | null): Partial<Session> {
    return { ...(spec?.keeps ? null : this.#rules.forget), challenge: null, response: null } as Partial<Session>;
  }

  #commit(session: Session, spec: CommandSpec, command: Command, outcome: Outcome<Memory, Session>): Uint8Array {
    const data = outcome.data;
    if (spec.transfer === 'out' && data && command.le !== data.length) {
      // 6Cxx: nothing has happened yet; what waits for GET RESPONSE goes on waiting.
      return buildAnswer(exactLength(data.length));
    }
    const after = { ...session, ...this.#forgotten(spec), ...outcome.session };
    const waits = spec.transfer === 'both' && data !== undefined && data.length > 0;
    if (outcome.memory !== undefined && outcome.memory !== this.#memory) {
      this.#keep(outcome.memory);
    }
    this.#session = waits ? { ...after, response: data } : after;
    return waits ? buildAnswer(moreData(data.length)) : buildAnswer(outcome.status, data);
  }

  #keep(memory: Memory): void {
    try {
      this.#store?.save(memory);
    } catch (fault) {
      this.#torn = true;
      this.#session = null;
      throw fault;
    }
    this.#memory = memory;
    this.#revision++;
  }
}

const unknown = {
  'unknown-instruction': sw.unknownInstruction,
  'unknown-class': sw.unknownClass,
  'wrong-parameters': sw.wrongParameters,
};

/** 6700 when the command carries too little or too much, or data where there is none to carry. */
function wrongLength(spec: CommandSpec, command: Command): number | null {
  const [least, most] = spec.data ?? [0, 0];
  const sent = command.data.length;
  if (sent < least || sent > most) return sw.wrongLength;
  // Five bytes with P3 ≠ 00 announce data that did not come.
  const takesData = spec.transfer === 'in' || spec.transfer === 'both';
  if (takesData && sent === 0 && command.le !== null && command.le !== 256) return sw.wrongLength;
  return null;
}
