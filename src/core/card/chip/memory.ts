import type { CardKeyName, CipherFamily } from '../../keys/index.ts';
import type { CardGeneration } from '../contract.ts';
import { directoryEntries, fileKey } from '../file-map.ts';
import type { BasicSession, CardState, Outcome } from '../machine.ts';
import { type Directory, type ElementaryFile, emptyRecord } from '../profile.ts';

export type Life = 'active' | 'blocked' | 'blocked-for-ever' | 'card-blocked';

export type StoredKey = { readonly value: Uint8Array; readonly version: number; readonly tries: number };

export type Pin = {
  /** Packed digits as VERIFY sends them; null on a card without PIN. */
  readonly digits: Uint8Array | null;
  readonly tries: number;
  readonly limit: number;
};

/** Registers of the medical account: amounts are unsigned 4-byte numbers of fen, counters 2 bytes (card.md 3.5). */
export type Account = {
  readonly balance: number;
  readonly loads: number;
  readonly purchases: number;
  readonly selfPaid: number;
  readonly pooled: number;
  readonly year: number;
  /** First day of the payment year, month × 100 + day. */
  readonly startDay: number;
};

/** MAC and TAC of the last transaction of a kind, under the sequence number it had. */
export type Proof = { readonly sequence: number; readonly mac: Uint8Array; readonly tac: Uint8Array };

/** Contents of a file; null stands for a record nobody wrote. Cyclic files: newest first. Binary files: one piece. */
export type FileContents = readonly (Uint8Array | null)[];

/** What a chip keeps without power. */
export type ChipMemory = {
  readonly generation: CardGeneration;
  readonly family: CipherFamily;
  readonly history: Uint8Array;
  readonly life: Life;
  readonly pin: Pin;
  readonly keys: ReadonlyMap<CardKeyName, StoredKey>;
  readonly files: ReadonlyMap<number, FileContents>;
  readonly account: Account;
  readonly proofs: { readonly load: Proof | null; readonly purchase: Proof | null };
};

export type PendingLoad = {
  readonly kind: 'load';
  readonly amount: number;
  readonly terminal: Uint8Array;
  readonly random: Uint8Array;
  readonly mac: Uint8Array;
};
export type PendingPurchase = {
  readonly kind: 'purchase';
  readonly amounts: Uint8Array;
  readonly terminal: Uint8Array;
  readonly random: Uint8Array;
};

/** What a chip forgets without power. */
export type ChipSession = BasicSession & {
  readonly directory: Directory;
  readonly file: ElementaryFile | null;
  /** Number of the record read last in the current file, for "next" and "previous". */
  readonly record: number;
  /** `PIN` and the names of the keys that were authenticated. */
  readonly granted: ReadonlySet<string>;
  readonly pending: PendingLoad | PendingPurchase | null;
};

export type Chip = CardState<ChipMemory, ChipSession>;
export type ChipOutcome = Outcome<ChipMemory, ChipSession>;

/** Tries a key or a PIN has when it is fresh. */
export const keyTries = 15;
export const pinTries = 3;

/** The records of a file as a reader sees them. */
export function recordsOf(memory: ChipMemory, directory: Directory, file: ElementaryFile): readonly Uint8Array[] {
  if (file.fid === 0xef1e) return directoryEntries;
  const written = memory.files.get(fileKey(directory, file)) ?? [];
  if (file.kind === 'cyclic') return written as readonly Uint8Array[];
  return file.records.map((shape, i) => written[i] ?? emptyRecord(shape));
}

/** The bytes of a binary file, zeros where nothing was written. */
export function binaryOf(memory: ChipMemory, directory: Directory, file: ElementaryFile): Uint8Array {
  return memory.files.get(fileKey(directory, file))?.[0] ?? new Uint8Array(file.capacity);
}

/** The memory with other contents of one file. */
export function withFile(
  memory: ChipMemory,
  directory: Directory,
  file: ElementaryFile,
  contents: FileContents,
): ChipMemory {
  return { ...memory, files: new Map(memory.files).set(fileKey(directory, file), contents) };
}

export const refused = (status: number): ChipOutcome => ({ status });
