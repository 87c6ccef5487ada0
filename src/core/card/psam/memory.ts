import type { CipherFamily } from '../../keys/index.ts';
import type { BasicSession, CardState, Outcome } from '../machine.ts';
import { type KeyJob, keyType, typeOf } from './psam-keys.ts';

/** Blank: nothing but the maker's transport key. Issuing: files and keys are being made. Issued: at work. */
export type PsamLife = 'blank' | 'issuing' | 'issued';

export type PsamKey = {
  /** Key file that holds it, 0011 to 0013. */
  readonly file: number;
  readonly usage: number;
  readonly id: number;
  readonly version: number;
  readonly algorithm: number;
  /** 8 bytes for single DES, else 16. */
  readonly value: Uint8Array;
  /** Wrong proofs the key still bears, and as many as it bears when it is fresh. */
  readonly tries: number;
  readonly limit: number;
};

/**
 * Who may read or update: 00 everyone, FF nobody, 80 whoever holds the maintenance key (updates with MAC), else who has
 * shown the external authentication key of that identifier, 01 to 7F.
 */
type Right = number;

export type PsamFile = {
  readonly fid: number;
  readonly kind: 'binary' | 'keys';
  readonly size: number;
  readonly read: Right;
  readonly update: Right;
  /** `size` bytes; empty for a key file. */
  readonly content: Uint8Array;
};

export type PsamDirectory = {
  readonly fid: number;
  readonly name: Uint8Array;
  /** Algorithm and tries its master key will have. */
  readonly master: { readonly algorithm: number; readonly tries: number };
  readonly files: readonly PsamFile[];
  readonly keys: readonly PsamKey[];
};

/** What a PSAM keeps without power. */
export type PsamMemory = {
  readonly history: Uint8Array;
  readonly life: PsamLife;
  /** The maker's key, under which a blank PSAM is issued; null where there is no way back to blank. */
  readonly transport: PsamKey | null;
  /** The master file first; none on a blank PSAM. */
  readonly directories: readonly PsamDirectory[];
};

/** A purchase whose MAC2 is awaited: its session key, what MAC2 is made of, and the purchase key that bears the tries. */
export type PendingMac2 = {
  readonly family: CipherFamily;
  readonly session: Uint8Array;
  readonly input: Uint8Array;
  readonly key: PsamKey;
};

/** A key for CIPHER DATA with what it may do, and the last block of an unfinished MAC. */
export type Delivered = {
  readonly family: CipherFamily;
  readonly key: Uint8Array;
  readonly jobs: readonly KeyJob[];
  readonly chain: Uint8Array | null;
};

export type PsamSession = BasicSession & {
  readonly directory: number;
  /** Only keys of this cipher are seen; null: of both. */
  readonly environment: CipherFamily | null;
  readonly file: number | null;
  /** Identifiers of external authentication keys shown in this directory. */
  readonly shown: ReadonlySet<number>;
  /** The transport key or the master key of the master file was shown. */
  readonly authority: boolean;
  readonly delivered: Delivered | null;
  readonly pending: PendingMac2 | null;
};

export type Sam = CardState<PsamMemory, PsamSession>;
export type SamOutcome = Outcome<PsamMemory, PsamSession>;

export const masterFile = 0x3f00;
/** Environment of the 16-byte cipher (LD9): its selection shows the same files with the keys of that cipher only. */
export const sm4Environment = 0xddf1;
export const keyTries = 15;

export const directoryOf = (memory: PsamMemory, fid: number): PsamDirectory | undefined =>
  memory.directories.find((it) => it.fid === fid);

export const fileIn = (directory: PsamDirectory | undefined, fid: number): PsamFile | undefined =>
  directory?.files.find((it) => it.fid === fid);

export const keyIn = (directory: PsamDirectory | undefined, type: number, id: number): PsamKey | undefined =>
  directory?.keys.find((key) => typeOf(key.usage) === type && key.id === id);

export const masterKeyOf = (directory: PsamDirectory | undefined): PsamKey | undefined =>
  keyIn(directory, keyType.master, 0);

/** The key that rules the whole PSAM: the master file's own, before that the maker's. */
export const rootKey = (memory: PsamMemory): PsamKey | null =>
  masterKeyOf(directoryOf(memory, masterFile)) ?? memory.transport;

export function withDirectory(memory: PsamMemory, changed: PsamDirectory): PsamMemory {
  return { ...memory, directories: memory.directories.map((it) => (it.fid === changed.fid ? changed : it)) };
}

export const withContent = (memory: PsamMemory, directory: PsamDirectory, file: PsamFile, content: Uint8Array) =>
  withDirectory(memory, {
    ...directory,
    files: directory.files.map((it) => (it === file ? { ...it, content } : it)),
  });

/** The memory with another count of tries for one of its keys. */
export function withTries(memory: PsamMemory, key: PsamKey, tries: number): PsamMemory {
  if (key.tries === tries) return memory;
  if (memory.transport === key) return { ...memory, transport: { ...key, tries } };
  const home = memory.directories.find((it) => it.keys.includes(key));
  if (!home) return memory;
  return withDirectory(memory, { ...home, keys: home.keys.map((it) => (it === key ? { ...key, tries } : it)) });
}
