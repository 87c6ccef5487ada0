import { join } from 'node:path';
import type { DeviceRecord } from '../../../src/apps/field/devices.ts';
import { demoPin } from '../../../src/apps/seed/users.ts';
import {
  Chip,
  connect,
  type Insertable,
  Psam,
  readAccount,
  SimulatedReader,
  selectMedical,
  type Tear,
  verifyPin,
} from '../../../src/core/card/index.ts';
import { decrypt } from '../../../src/core/keys/index.ts';
import { SoftwarePinPad } from '../../../src/core/switch/index.ts';
import {
  type LinkOptions,
  type PaymentResult,
  Terminal,
  type TerminalEvent,
} from '../../../src/field/terminal/index.ts';
import { assert } from '../../../src/kernel/assert.ts';
import { type Fen, fen } from '../../../src/kernel/money.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/identity.ts';

type TillOptions = {
  readonly device: DeviceRecord;
  /** Where the switch listens. */
  readonly centre: LinkOptions;
  /** Folder of the terminal's journal. */
  readonly folder: string;
};

type TillOrder = {
  readonly amount_fen: bigint | string;
  /** A blank buys something that no bill waits for. */
  readonly settlement_no: string;
  readonly trace_id?: string;
};

/** A till with a terminal as the city shipped it: its own reader, PSAM, PIN pad and journal. */
export class Till {
  readonly reader = new SimulatedReader();
  readonly events: TerminalEvent[] = [];
  readonly device: DeviceRecord;
  readonly pad: SoftwarePinPad;
  /** What the holder types; null gives up. */
  pin: string | null = demoPin;
  #terminal!: Terminal;

  private constructor(device: DeviceRecord) {
    this.device = device;
    const master_key = decrypt('des', Uint8Array.fromHex(device.transport), Uint8Array.fromHex(device.injection));
    this.pad = new SoftwarePinPad(master_key);
  }

  static async open({ device, centre, folder }: TillOptions): Promise<Till> {
    const till = new Till(device);
    till.reader.insert('sam', Psam.fromImage(Uint8Array.fromBase64(device.psam)));
    const { terminal_id, institution_code, institution } = device;
    till.#terminal = await Terminal.open({
      identity: {
        terminal_id,
        institution_code,
        institution,
        tpdu: '6000010000',
        header: '603200000000',
        operator: '001',
      },
      reader: till.reader,
      pad: till.pad,
      centre,
      clock: systemClock,
      journal_path: join(folder, `${terminal_id}.journal`),
      askPin: async () => till.pin,
      onEvent: (event) => till.events.push(event),
      doubt_ms: 300,
    });
    return till;
  }

  insert(card: Insertable): void {
    this.reader.insert('user', card);
  }

  remove(): void {
    this.reader.remove('user');
  }

  signIn(): Promise<boolean> {
    return this.#terminal.signIn();
  }

  pay({ amount_fen, settlement_no, trace_id = newId() }: TillOrder): Promise<PaymentResult> {
    this.events.length = 0;
    return this.#terminal.pay({ amount_fen: fen(BigInt(amount_fen)), settlement_number: settlement_no, trace_id });
  }

  /** Does what the journal says is owed; true when nothing is left. */
  async settle(): Promise<boolean> {
    await this.#terminal.settle();
    return this.#terminal.unfinished === 0;
  }

  /** The card is pulled out at the command that begins so (hex): before the chip has seen it, or after it has done it. */
  pullOutAt(command: string, tear: Tear): void {
    const { reader } = this;
    const transmit = reader.transmit.bind(reader);
    reader.transmit = (slot, apdu) => {
      if (slot === 'user' && apdu.toHex().startsWith(command)) {
        reader.transmit = transmit;
        reader.tearOut(slot, tear);
      }
      return transmit(slot, apdu);
    };
  }

  close(): Promise<void> {
    return this.#terminal.close();
  }
}

/** What a chip says it holds, asked from a copy so that the card itself is left alone. */
export async function chipBalance(chip: Chip): Promise<Fen> {
  const reader = new SimulatedReader(['user']);
  reader.insert('user', Chip.fromImage(chip.image()));
  const port = await connect(reader, 'user');
  await verifyPin(port, demoPin);
  assert((await selectMedical(port)).ok, 'a card with a medical application');
  const account = await readAccount(port);
  assert(account.ok, 'a balance that may be read');
  return account.value.balance;
}
