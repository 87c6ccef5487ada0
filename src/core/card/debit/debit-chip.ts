import { buildAtr } from '../atr.ts';
import { type Eeprom, formatted, ImageSlots, storeIn } from '../eeprom.ts';
import { CardMachine, type MachineRules } from '../machine.ts';
import { type Random, secureRandom } from '../random.ts';
import { sw } from '../status-words.ts';
import { externalAuthenticate, generateCryptogram } from './cryptogram.ts';
import { type DebitCommandName, debitCommands } from './debit-commands.ts';
import { readImage, writeImage } from './debit-image.ts';
import { type DebitPersonalisation, personalisedDebit } from './debit-profile.ts';
import type { Debit, DebitMemory, DebitOutcome, DebitSession } from './memory.ts';
import { verify } from './pin.ts';
import { getData, getProcessingOptions, readRecord } from './reading.ts';
import { blockApplication, blockCard, changePin, unblockApplication } from './scripts.ts';
import { select } from './selection.ts';

const rules: MachineRules<DebitCommandName, DebitMemory, DebitSession> = {
  table: debitCommands,
  handlers: {
    select,
    get_response: ({ session }: Debit): DebitOutcome =>
      session.response ? { status: sw.ok, data: session.response } : { status: sw.conditions },
    get_challenge: (card, { p1, p2, le }) => {
      if (p1 !== 0 || p2 !== 0) return { status: sw.wrongParameters };
      if (le !== 8 && le !== 256) return { status: sw.wrongLength };
      const challenge = card.random(8);
      return { status: sw.ok, data: challenge, session: { challenge } };
    },
    read_record: readRecord,
    verify,
    external_authenticate: externalAuthenticate,
    get_processing_options: getProcessingOptions,
    generate_cryptogram: generateCryptogram,
    get_data: getData,
    block_application: blockApplication,
    unblock_application: unblockApplication,
    block_card: blockCard,
    change_pin: changePin,
  },
  fresh: {
    challenge: null,
    response: null,
    selected: null,
    stage: 'idle',
    first: null,
    told: new Map(),
    pin: 'not-shown',
    issuer: 'not-shown',
  },
  forget: {},
  barred: ({ life }) => (life === 'card-blocked' ? sw.notSupported : null),
};

/** Bytes of EEPROM: records, profile and a log of ten lines take a good kilobyte. */
const capacity = 0x2000;

/** A simulated bank debit chip (UnionPay, contact): what any EMV terminal reads and asks for a cryptogram. */
export class DebitChip {
  readonly #machine: CardMachine<DebitCommandName, DebitMemory, DebitSession>;

  /** With an EEPROM every change is written there. */
  constructor(memory: DebitMemory, random: Random = secureRandom, slots?: ImageSlots) {
    this.#machine = new CardMachine(rules, memory, random, slots && storeIn(slots, readImage, writeImage));
  }

  static personalise(of: DebitPersonalisation): DebitChip {
    return new DebitChip(personalisedDebit(of));
  }

  static fromImage(image: Uint8Array): DebitChip {
    return new DebitChip(readImage(image));
  }

  /** The bytes of a new EEPROM that holds the chip of an image. */
  static eepromOf(image: Uint8Array): Uint8Array {
    return formatted(writeImage(readImage(image)), capacity);
  }

  /** A chip that lives in an EEPROM: what a command changed is there before it answers. */
  static fromEeprom(eeprom: Eeprom): DebitChip {
    const slots = new ImageSlots(eeprom);
    return new DebitChip(readImage(slots.read()), undefined, slots);
  }

  powerOn(): Uint8Array {
    this.#machine.powerOn();
    return buildAtr(this.#machine.memory.history);
  }

  powerOff(): void {
    this.#machine.powerOff();
  }

  /** Data and status word; never throws. */
  transmit(apdu: Uint8Array): Uint8Array {
    return this.#machine.transmit(apdu);
  }

  /** Everything the chip keeps without power, its keys and PIN included: to be stored like a secret. */
  image(): Uint8Array {
    return writeImage(this.#machine.memory);
  }

  /** Grows with every change of memory. */
  get revision(): number {
    return this.#machine.revision;
  }
}
