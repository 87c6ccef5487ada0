import type { CipherFamily } from '../../keys/index.ts';
import { damaged, ImageReader, ImageWriter } from '../image.ts';
import type { BasicSession, CardState, Outcome } from '../machine.ts';
import { type PsamKeyName, psamKeyOrder } from './psam-keys.ts';

export type PsamKey = { readonly name: PsamKeyName; readonly family: CipherFamily; readonly value: Uint8Array };

/** What a PSAM keeps without power. */
export type PsamMemory = {
  readonly history: Uint8Array;
  /** Packed, 10 bytes. */
  readonly serial: Uint8Array;
  /** Packed, 6 bytes: region 3, issuer's number 3. */
  readonly terminalNumber: Uint8Array;
  /** Counts the purchases begun. */
  readonly terminalSequence: number;
  /** First and last day of the city application, yyyymmdd packed, 4 bytes each. */
  readonly from: Uint8Array;
  readonly through: Uint8Array;
  readonly keys: readonly PsamKey[];
};

/** A purchase whose MAC2 is awaited. */
export type PendingMac2 = { readonly family: CipherFamily; readonly session: Uint8Array; readonly amounts: Uint8Array };

/** A session key for CIPHER DATA, and the last block of an unfinished MAC. */
export type Delivered = {
  readonly family: CipherFamily;
  readonly key: Uint8Array;
  readonly chain: Uint8Array | null;
};

export type PsamSession = BasicSession & {
  readonly application: boolean;
  readonly delivered: Delivered | null;
  readonly pending: PendingMac2 | null;
};

export type Sam = CardState<PsamMemory, PsamSession>;
export type SamOutcome = Outcome<PsamMemory, PsamSession>;

const kind = 'TP';
const version = 1;

export function writeImage(memory: PsamMemory): Uint8Array {
  const out = new ImageWriter(kind, version)
    .bytes(memory.history)
    .bytes(memory.serial)
    .bytes(memory.terminalNumber)
    .number(memory.terminalSequence, 4)
    .bytes(memory.from)
    .bytes(memory.through)
    .number(memory.keys.length, 1);
  for (const key of memory.keys)
    out
      .number(psamKeyOrder.indexOf(key.name), 1)
      .number(key.family === 'sm4' ? 1 : 0, 1)
      .bytes(key.value);
  return out.seal();
}

export function readImage(image: Uint8Array): PsamMemory {
  const from = new ImageReader(image, kind, version);
  const memory = {
    history: from.bytes(13),
    serial: from.bytes(10),
    terminalNumber: from.bytes(6),
    terminalSequence: from.number(4),
    from: from.bytes(4),
    through: from.bytes(4),
    keys: from.list(1, () => readKey(from)),
  };
  from.end();
  return memory;
}

function readKey(from: ImageReader): PsamKey {
  const name = psamKeyOrder[from.number(1)];
  if (!name) throw damaged('it has a key we do not know');
  return { name, family: from.number(1) === 1 ? 'sm4' : 'des', value: from.bytes(16) };
}
