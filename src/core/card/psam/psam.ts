import { assert } from '../../../kernel/assert.ts';
import type { Day } from '../../../kernel/time.ts';
import { type CipherFamily, decrypt, keyCheckValue, type TransportedKey } from '../../keys/index.ts';
import { buildAtr, historyLength } from '../atr.ts';
import { type Eeprom, formatted, ImageSlots, storeIn } from '../eeprom.ts';
import { CardFault } from '../fault.ts';
import { CardMachine, type MachineRules } from '../machine.ts';
import { secureRandom } from '../random.ts';
import { sw } from '../status-words.ts';
import * as issuing from './issuing.ts';
import { keyTries, masterFile, type PsamMemory, type PsamSession, type Sam, type SamOutcome } from './memory.ts';
import { type PsamCommandName, psamCommands } from './psam-commands.ts';
import { readBinary, select, updateBinary } from './psam-files.ts';
import { readImage, writeImage } from './psam-image.ts';
import { keyFiles, psamKeyOrder } from './psam-keys.ts';
import { type NamedKey, type PsamIdentity, psamLayout } from './psam-layout.ts';
import { creditSam, initializePurseSam, initializeSam } from './purchase.ts';
import { cipherData, deliverKey, deliverSessionKey, initializeEnvironment } from './session-keys.ts';

const rules: MachineRules<PsamCommandName, PsamMemory, PsamSession> = {
  table: psamCommands,
  handlers: {
    select,
    get_response: getResponse,
    get_challenge: issuing.getChallenge,
    read_binary: readBinary,
    update_binary: updateBinary,
    external_authenticate: issuing.externalAuthenticate,
    initialize_environment: initializeEnvironment,
    deliver_session_key: deliverSessionKey,
    deliver_key: deliverKey,
    cipher_data: cipherData,
    initialize_purse_sam: initializePurseSam,
    initialize_sam: initializeSam,
    credit_sam: creditSam,
    erase: issuing.erase,
    create_master_file: issuing.createMasterFile,
    create_file: issuing.createFile,
    create_key: issuing.createKey,
    change_key: issuing.changeKey,
    end_issue: issuing.endIssue,
  },
  fresh: {
    challenge: null,
    response: null,
    directory: masterFile,
    environment: null,
    file: null,
    shown: new Set(),
    authority: false,
    delivered: null,
    pending: null,
  },
  forget: { pending: null },
  barred: () => null,
};

function getResponse({ session }: Sam): SamOutcome {
  return session.response ? { status: sw.ok, data: session.response } : { status: sw.conditions };
}

export type PsamPersonalisation = {
  /** 12 digits: region 6, issuer's number 6. */
  readonly terminalNumber: string;
  /** 20 digits. */
  readonly serial: string;
  readonly from: Day;
  readonly through: Day;
  /** City keys for each family of cards the terminal is to serve. */
  readonly keys: readonly { readonly family: CipherFamily; readonly keys: readonly TransportedKey[] }[];
  readonly transport: Uint8Array;
};

/** A simulated PSAM: the terminal's key card. */
export class Psam {
  readonly #machine: CardMachine<PsamCommandName, PsamMemory, PsamSession>;

  /** With an EEPROM every change is written there. */
  constructor(memory: PsamMemory, slots?: ImageSlots) {
    const store = slots && storeIn(slots, readImage, writeImage);
    this.#machine = new CardMachine(rules, memory, secureRandom, store);
  }

  /** An issued PSAM, its structures written directly. `issuePsam` makes the same by commands. */
  static personalise(of: PsamPersonalisation): Psam {
    const identity = identityOf(of);
    const directories = psamLayout(identity, 0, keysOf(of));
    return new Psam({ history: identity.history, life: 'issued', transport: null, directories });
  }

  /** A PSAM as its maker delivers it: no files, and the 16-byte key under which it is to be issued (3DES). */
  static blank(of: { readonly history: Uint8Array; readonly transport: Uint8Array }): Psam {
    assert(of.history.length === historyLength && of.transport.length === 16, '13 historical bytes and a key of 16');
    const file = keyFiles.national;
    const about = { file, usage: 0, id: 0, version: 0, algorithm: 0, tries: keyTries, limit: keyTries };
    return new Psam({
      history: of.history,
      life: 'blank',
      transport: { ...about, value: of.transport },
      directories: [],
    });
  }

  static fromImage(image: Uint8Array): Psam {
    return new Psam(readImage(image));
  }

  /** The bytes of a new EEPROM that holds the PSAM of an image. */
  static eepromOf(image: Uint8Array): Uint8Array {
    return formatted(writeImage(readImage(image)), issuing.capacity_bytes);
  }

  /** A PSAM that lives in an EEPROM: what a command changed is there before it answers. */
  static fromEeprom(eeprom: Eeprom): Psam {
    const slots = new ImageSlots(eeprom);
    return new Psam(readImage(slots.read()), slots);
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

  /** Everything the PSAM keeps without power, its keys included: to be stored like a secret. */
  image(): Uint8Array {
    return writeImage(this.#machine.memory);
  }

  /** Grows with every change of memory. */
  get revision(): number {
    return this.#machine.revision;
  }
}

/** What a PSAM is to say of itself, packed. */
export function identityOf(of: PsamPersonalisation): PsamIdentity {
  assert(/^\d{12}$/.test(of.terminalNumber) && /^\d{20}$/.test(of.serial), 'terminal number 12, serial 20 digits');
  const packedDay = (day: Day) => Uint8Array.fromHex(day.toString().replaceAll('-', ''));
  return {
    history: Uint8Array.fromHex(`0090020001${of.serial.slice(-16)}`),
    serial: Uint8Array.fromHex(of.serial),
    terminalNumber: Uint8Array.fromHex(of.terminalNumber),
    from: packedDay(of.from),
    through: packedDay(of.through),
  };
}

/** The clear keys a PSAM has a place for; a check value that does not fit is a fault. */
export function keysOf({ keys, transport }: Pick<PsamPersonalisation, 'keys' | 'transport'>): readonly NamedKey[] {
  return keys.flatMap(({ family, keys }) => keys.flatMap((key) => opened(family, key, transport)));
}

function opened(family: CipherFamily, key: TransportedKey, transport: Uint8Array): NamedKey[] {
  const name = psamKeyOrder.find((it) => it === key.name);
  if (!name) return [];
  const value = decrypt(family, transport, key.encrypted);
  if (keyCheckValue(family, value) !== key.check_value)
    throw new CardFault('card.key_damaged', `the check value of ${key.name} does not fit`);
  return [{ name, family, value }];
}
