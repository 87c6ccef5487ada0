import { randomFillSync } from 'node:crypto';
import { buildAtr } from '../atr.ts';
import { type CardCommandName, cardCommands } from '../command-table.ts';
import { root } from '../file-map.ts';
import { CardMachine, type Handler, type MachineRules } from '../machine.ts';
import { sw } from '../status-words.ts';
import * as account from './account.ts';
import { readBinary, updateBinary } from './binaries.ts';
import { readImage, writeImage } from './chip-image.ts';
import type { ChipMemory, ChipSession } from './memory.ts';
import { changePin, unblockPin, verify } from './pin.ts';
import { readRecord, updateRecord } from './records.ts';
import * as security from './security.ts';
import { select } from './selection.ts';

const handlers: Readonly<Record<CardCommandName, Handler<ChipMemory, ChipSession>>> = {
  select,
  get_response: security.getResponse,
  get_challenge: security.getChallenge,
  read_binary: readBinary,
  update_binary: updateBinary,
  read_record: readRecord,
  update_record: updateRecord,
  internal_authenticate: security.internalAuthenticate,
  external_authenticate: security.externalAuthenticate,
  verify,
  change_pin: changePin,
  unblock_pin: unblockPin,
  block_application: security.blockApplication,
  unblock_application: security.unblockApplication,
  block_card: security.blockCard,
  get_balance: account.getBalance,
  initialize_load: account.initializeLoad,
  credit_load: account.creditLoad,
  initialize_purchase: account.initializePurchase,
  debit_purchase: account.debitPurchase,
  transaction_proof: account.transactionProof,
  set_starting_day: account.setStartingDay,
  get_starting_day: account.getStartingDay,
};

const rules: MachineRules<CardCommandName, ChipMemory, ChipSession> = {
  table: cardCommands,
  handlers,
  fresh: {
    challenge: null,
    response: null,
    directory: root,
    file: null,
    record: 0,
    granted: new Set(),
    pending: null,
  },
  forget: { pending: null },
  barred: ({ life }, spec) => {
    if (life === 'card-blocked') return sw.notSupported;
    if (life === 'blocked-for-ever') return sw.lockedForEver;
    return life === 'blocked' && !spec?.whenBlocked ? sw.conditions : null;
  },
};

export type Random = (length: number) => Uint8Array;
const secureRandom: Random = (length) => randomFillSync(new Uint8Array(length));

/** A simulated social-security chip: what it keeps is its image, what it says is APDU (T=0). */
export class Chip {
  readonly #machine: CardMachine<CardCommandName, ChipMemory, ChipSession>;

  /** `random` is replaced only in tests that follow published vectors. */
  constructor(memory: ChipMemory, random: Random = secureRandom) {
    this.#machine = new CardMachine(rules, memory, random);
  }

  static fromImage(image: Uint8Array, random?: Random): Chip {
    return new Chip(readImage(image), random);
  }

  /** Answer to reset. */
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

  /** Everything the chip keeps without power, its keys included: to be stored like a secret. */
  image(): Uint8Array {
    return writeImage(this.#machine.memory);
  }

  /** Grows with every change of memory. */
  get revision(): number {
    return this.#machine.revision;
  }
}
