import type { CipherFamily } from '../../keys/index.ts';
import type { CardGeneration } from '../contract.ts';
import type { BasicSession, CardState, Outcome } from '../machine.ts';
import type { PurseApplication, PursePending } from '../purse/port.ts';
import type { DirectoryShape, FileShape, KeyShape, PinShape } from '../structure.ts';

/** A card is made blank, put into use once, and may be blocked for good. */
export type CardLife = 'blank' | 'active' | 'blocked';
export type ApplicationLife = 'active' | 'blocked' | 'blocked-for-ever';

export type CardKey = {
  readonly shape: KeyShape;
  /** 16 bytes; a single-length key stands twice, a single-length TAC key before zeros: the same function. */
  readonly value: Uint8Array;
  readonly tries: number;
};

export type Pin = {
  readonly shape: PinShape;
  /** Packed digits as VERIFY sends them; null where none is set. */
  readonly digits: Uint8Array | null;
  readonly tries: number;
};

/** MAC and TAC of the last transaction of a kind, under the sequence number it had. */
export type Proof = { readonly sequence: number; readonly mac: Uint8Array; readonly tac: Uint8Array };

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
  readonly load: Proof | null;
  readonly purchase: Proof | null;
};

/** Records of a file, cyclic ones newest first; of a transparent file one piece, null while nothing was written. */
export type FileContents = readonly (Uint8Array | null)[];

export type Directory = {
  readonly shape: DirectoryShape;
  readonly life: ApplicationLife;
  /** Of the files of the shape, in their order. */
  readonly contents: readonly FileContents[];
  readonly keys: readonly CardKey[];
  readonly pins: readonly Pin[];
  readonly account: Account | null;
  readonly purse: PurseApplication | null;
};

/** What a chip keeps without power. */
export type CardMemory = {
  readonly generation: CardGeneration;
  readonly family: CipherFamily;
  readonly history: Uint8Array;
  /** Bytes of EEPROM. */
  readonly capacity: number;
  readonly life: CardLife;
  /** The key of whoever may build a blank card; null once it is in use. */
  readonly transport: { readonly value: Uint8Array; readonly tries: number } | null;
  /** The MF first, then in the order in which they were made. */
  readonly directories: readonly Directory[];
};

export type PendingLoad = {
  readonly kind: 'load';
  readonly amount: number;
  readonly terminal: Uint8Array;
  readonly random: Uint8Array;
  readonly key: CardKey;
  readonly mac: Uint8Array;
};
export type PendingPurchase = {
  readonly kind: 'purchase';
  readonly amounts: Uint8Array;
  readonly terminal: Uint8Array;
  readonly random: Uint8Array;
  readonly key: CardKey;
};

/** What a chip forgets without power. */
export type ChipSession = BasicSession & {
  readonly directory: number;
  readonly file: number | null;
  /** Number of the record read last in the current file, for "next" and "previous". */
  readonly record: number;
  /** PINs and keys that were shown, as `token`s. */
  readonly shown: ReadonlySet<number>;
  /** Security states by directory (FMCOS). */
  readonly states: ReadonlyMap<number, number>;
  /** The transport key of a blank card was shown. */
  readonly issuer: boolean;
  readonly pending: PendingLoad | PendingPurchase | null;
  readonly purse: PursePending;
};

export type Card = CardState<CardMemory, ChipSession>;
export type ChipOutcome = Outcome<CardMemory, ChipSession>;

/** Tries a key or a PIN of the social-security environment has when it is fresh. */
export const keyTries = 15;
export const pinTries = 3;

/** A shown PIN or key of a directory as one number. */
export const token = (directory: number, kind: 'key' | 'pin', id: number): number =>
  directory * 0x200 + (kind === 'pin' ? 0x100 : 0) + id;

export const directoryOfToken = (shown: number): number => Math.floor(shown / 0x200);

export const directoryAt = (memory: CardMemory, fid: number): Directory | null =>
  memory.directories.find(({ shape }) => shape.fid === fid) ?? null;

/** The current directory: it exists as long as the session that selected it. */
export const current = (card: Card): Directory => directoryAt(card.memory, card.session.directory) as Directory;

/** The memory with one directory replaced by another state of it. */
export const withDirectory = (memory: CardMemory, directory: Directory): CardMemory => ({
  ...memory,
  directories: memory.directories.map((it) => (it.shape.fid === directory.shape.fid ? directory : it)),
});

/** The directory, what it stands in, and so on up to the MF. */
export function lineOf(memory: CardMemory, directory: Directory): readonly Directory[] {
  const line = [directory];
  for (let at = directory; at.shape.parent !== null; line.push(at))
    at = directoryAt(memory, at.shape.parent) as Directory;
  return line;
}

/** The environment of a directory: itself or the nearest above it that is no application. */
export const environmentOf = (memory: CardMemory, directory: Directory): Directory =>
  lineOf(memory, directory).find(({ shape }) => shape.kind !== 'adf') as Directory;

/** The worse of its own life and those above it. */
export function lifeOf(memory: CardMemory, directory: Directory): ApplicationLife {
  const lives = lineOf(memory, directory).map(({ life }) => life);
  return lives.includes('blocked-for-ever') ? 'blocked-for-ever' : lives.includes('blocked') ? 'blocked' : 'active';
}

export const newDirectory = (shape: DirectoryShape, contents: readonly FileContents[] = []): Directory => ({
  shape,
  life: 'active',
  contents: shape.files.map((_, i) => contents[i] ?? []),
  keys: [],
  pins: [],
  account: null,
  purse: null,
});

export const newAccount = (year: number, startDay: number): Account => ({
  balance: 0,
  loads: 0,
  purchases: 0,
  selfPaid: 0,
  pooled: 0,
  year,
  startDay,
  load: null,
  purchase: null,
});

/** A purse application after one of its files was made in a PBOC directory: a purse, its log, its composite records. */
export function grownPurse(purse: PurseApplication | null, file: FileShape): PurseApplication | null {
  const base = purse ?? { purses: {}, proofs: [], log: [], logCapacity: 0, composite: [] };
  const fresh = { balance: 0, overdraft: 0, online: 0, offline: 0 };
  if (file.kind === 'purse')
    return { ...base, purses: { ...base.purses, [file.fid === depositFile ? 'ED' : 'EP']: fresh } };
  if (file.fid === purseLogFile && file.kind === 'cyclic') return { ...base, logCapacity: file.capacity };
  return file.fid === compositeFile && file.kind === 'tagged' ? base : purse;
}

/** Files of a purse application by identifier (card.md 1.4). */
export const depositFile = 0x0001;
export const purseFile = 0x0002;
export const purseLogFile = 0x0018;
export const compositeFile = 0x0019;

export const refused = (status: number): ChipOutcome => ({ status });
