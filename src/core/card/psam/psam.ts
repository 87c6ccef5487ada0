import { randomFillSync } from 'node:crypto';
import { assert } from '../../../kernel/assert.ts';
import type { Day } from '../../../kernel/time.ts';
import { type CipherFamily, decrypt, keyCheckValue, type TransportedKey } from '../../keys/index.ts';
import { buildAtr } from '../atr.ts';
import { type PsamCommandName, psamCommands } from '../command-table.ts';
import { CardFault } from '../fault.ts';
import { CardMachine, type MachineRules } from '../machine.ts';
import { sw } from '../status-words.ts';
import {
  type PsamKey,
  type PsamMemory,
  type PsamSession,
  readImage,
  type Sam,
  type SamOutcome,
  writeImage,
} from './memory.ts';
import * as cipher from './psam-cipher.ts';
import { readBinary, select } from './psam-files.ts';
import { psamKeyOrder } from './psam-keys.ts';

const rules: MachineRules<PsamCommandName, PsamMemory, PsamSession> = {
  table: psamCommands,
  handlers: {
    select,
    get_response: (sam: Sam): SamOutcome =>
      sam.session.response ? { status: sw.ok, data: sam.session.response } : { status: sw.conditions },
    get_challenge: (sam, { le }) =>
      le === 4 || le === 8 || le === 16 ? { status: sw.ok, data: sam.random(le) } : { status: sw.wrongLength },
    read_binary: readBinary,
    initialize_environment: cipher.initializeEnvironment,
    deliver_session_key: cipher.deliverSessionKey,
    cipher_data: cipher.cipherData,
    initialize_sam: cipher.initializeSam,
    credit_sam: cipher.creditSam,
  },
  fresh: { challenge: null, response: null, application: false, delivered: null, pending: null },
  forget: { pending: null },
  barred: () => null,
};

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

  constructor(memory: PsamMemory) {
    this.#machine = new CardMachine(rules, memory, (length) => randomFillSync(new Uint8Array(length)));
  }

  static personalise(of: PsamPersonalisation): Psam {
    assert(/^\d{12}$/.test(of.terminalNumber) && /^\d{20}$/.test(of.serial), 'terminal number 12, serial 20 digits');
    const packedDay = (day: Day) => Uint8Array.fromHex(day.toString().replaceAll('-', ''));
    return new Psam({
      history: Uint8Array.fromHex(`0090020001${of.serial.slice(-16)}`),
      serial: Uint8Array.fromHex(of.serial),
      terminalNumber: Uint8Array.fromHex(of.terminalNumber),
      terminalSequence: 0,
      from: packedDay(of.from),
      through: packedDay(of.through),
      keys: of.keys.flatMap(({ family, keys }) => keys.flatMap((key) => loaded(family, key, of.transport))),
    });
  }

  static fromImage(image: Uint8Array): Psam {
    return new Psam(readImage(image));
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

/** Keys a PSAM has no place for are left out. */
function loaded(family: CipherFamily, key: TransportedKey, transport: Uint8Array): PsamKey[] {
  const name = psamKeyOrder.find((it) => it === key.name);
  if (!name) return [];
  const value = decrypt(family, transport, key.encrypted);
  if (keyCheckValue(family, value) !== key.check_value)
    throw new CardFault('card.key_damaged', `the check value of ${key.name} does not fit`);
  return [{ name, family, value }];
}
