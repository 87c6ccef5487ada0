import { buildAtr } from '../atr.ts';
import { chipCommands } from '../command-table.ts';
import { type Eeprom, formatted, ImageSlots, storeIn } from '../eeprom.ts';
import { CardMachine, type MachineRules } from '../machine.ts';
import { type Random, secureRandom } from '../random.ts';
import { sw } from '../status-words.ts';
import { masterFile } from '../structure.ts';
import { readImage, writeImage } from './chip-image.ts';
import { chipHandlers } from './handlers.ts';
import { type CardMemory, type ChipSession, directoryAt, lifeOf } from './memory.ts';

const rules: MachineRules<string, CardMemory, ChipSession> = {
  table: chipCommands,
  handlers: chipHandlers,
  fresh: {
    challenge: null,
    response: null,
    directory: masterFile,
    file: null,
    record: 0,
    shown: new Set(),
    states: new Map(),
    issuer: false,
    pending: null,
    purse: null,
  },
  forget: { pending: null, purse: null },
  barred: (memory, spec, session) => {
    if (memory.life === 'blocked') return sw.notSupported;
    const directory = directoryAt(memory, session.directory);
    const life = directory ? lifeOf(memory, directory) : 'active';
    if (life === 'active' || spec === chipCommands.select) return null;
    if (life === 'blocked-for-ever') return sw.lockedForEver;
    return spec?.whenBlocked ? null : sw.conditions;
  },
};

/** A simulated chip: what it keeps is its image, what it says is APDU (T=0). */
export class Chip {
  readonly #machine: CardMachine<string, CardMemory, ChipSession>;

  /** `random` is replaced only in tests that follow published vectors; with an EEPROM every change is written there. */
  constructor(memory: CardMemory, random: Random = secureRandom, slots?: ImageSlots) {
    this.#machine = new CardMachine(rules, memory, random, slots && storeIn(slots, readImage, writeImage));
  }

  static fromImage(image: Uint8Array, random?: Random): Chip {
    return new Chip(readImage(image), random);
  }

  /** The bytes of a new EEPROM that holds the card of an image. */
  static eepromOf(image: Uint8Array): Uint8Array {
    return formatted(image, readImage(image).capacity);
  }

  /** A chip that lives in an EEPROM: what a command changed is there before it answers. */
  static fromEeprom(eeprom: Eeprom, random?: Random): Chip {
    const slots = new ImageSlots(eeprom);
    return new Chip(readImage(slots.read()), random, slots);
  }

  /** Answer to reset. */
  powerOn(): Uint8Array {
    this.#machine.powerOn();
    return buildAtr(this.#machine.memory.history);
  }

  powerOff(): void {
    this.#machine.powerOff();
  }

  /** Data and status word; never throws on what it is sent. */
  transmit(apdu: Uint8Array): Uint8Array {
    return this.#machine.transmit(apdu);
  }

  /** Everything the chip keeps without power, its keys included: to be stored like a secret. */
  image(): Uint8Array {
    return writeImage(this.#machine.memory);
  }

  /** What the chip holds, for its maker's tools: memory map, description, script. */
  get memory(): CardMemory {
    return this.#machine.memory;
  }

  /** Grows with every change of memory. */
  get revision(): number {
    return this.#machine.revision;
  }
}
