/** The PIN among the conditions of an access; every other number is a key identifier (IRK, number 00, is never one). */
export const holderPin = 0x00;

/**
 * What must have been shown: any or all of PIN and keys by their identifiers (SSC), or a security state within bounds
 * (FMCOS rights byte: upper bound in the high half, lower in the low one; upper bound 0 asks the state of the MF).
 * All of nothing is free, any of nothing is never.
 */
export type Access =
  | { readonly rule: 'any' | 'all'; readonly of: readonly number[] }
  | { readonly rule: 'state'; readonly upper: number; readonly lower: number };

export const free: Access = { rule: 'all', of: [] };
export const never: Access = { rule: 'any', of: [] };
export const rights = (byte: number): Access => ({ rule: 'state', upper: byte >> 4, lower: byte & 15 });

/** How an update must travel: plain, with MAC, or enciphered with MAC. */
export type Protection = 'none' | 'mac' | 'cipher';

/**
 * `tagged` records are TLV of any length, `fixed` ones untagged, `cyclic` ones untagged with the newest first. The last
 * three are internal: keys and PINs, the medical account, a purse (identifier 0001 deposit ED, 0002 purse EP).
 */
export type FileKind = 'transparent' | 'fixed' | 'tagged' | 'cyclic' | 'keys' | 'account' | 'purse';

export type FileShape = {
  readonly fid: number;
  readonly kind: FileKind;
  /** Bytes of the body. */
  readonly size: number;
  /** Fixed and cyclic files: bytes of a record and how many there are room for; otherwise 0. */
  readonly recordLength: number;
  readonly capacity: number;
  readonly read: Access;
  readonly update: Access;
  readonly protection: Protection;
};

export type DirectoryKind = 'mf' | 'ddf' | 'adf';
/** Whose rules of authentication and line protection hold: LD4, or PBOC as FMCOS has it. */
export type Manner = 'ssc' | 'pboc';

export type DirectoryShape = {
  readonly fid: number;
  /** Null for the MF. */
  readonly parent: number | null;
  readonly kind: DirectoryKind;
  readonly manner: Manner;
  /** AID or name, at most 16 bytes; empty where there is none. */
  readonly name: Uint8Array;
  /** GBK, for DIR; empty where it is not listed. */
  readonly label: Uint8Array;
  /** Bytes reserved for what stands in it. */
  readonly size: number;
  readonly create: Access;
  readonly erase: Access;
  readonly files: readonly FileShape[];
};

/** What a key is for; the numbers of FMCOS key types (card.md 1.6) stand in `key-types.ts`. */
export type KeyUse =
  | 'internal'
  | 'external'
  | 'maintenance'
  | 'unblock'
  | 'reload'
  | 'load'
  | 'purchase'
  | 'unload'
  | 'overdraft'
  | 'tac'
  | 'encrypt'
  | 'decrypt'
  | 'mac'
  | 'cipher';

/** Everything about a key but its value and tries. Use and identifier name it within its directory. */
export type KeyShape = {
  readonly use: KeyUse;
  readonly id: number;
  readonly version: number;
  /** What must be shown before the key is used, and before it is replaced. */
  readonly using: Access;
  readonly changing: Access;
  /** Security state after the key was shown; null where the manner knows none. */
  readonly nextState: number | null;
  /** Tries of a fresh key. */
  readonly limit: number;
  /** Whether a replacement must travel enciphered with MAC. */
  readonly guarded: boolean;
};

export type PinShape = {
  readonly id: number;
  readonly using: Access;
  readonly nextState: number | null;
  readonly limit: number;
};

export const masterFile = 0x3f00;
export const keyFile = 0x0000;

/** Short file identifier: the low five bits of the file identifier (EF05 → 05, 0018 → 18). */
export const shortIdentifier = (file: FileShape): number => file.fid & 0x1f;

/** Internal files cannot be selected or read. */
export const isInternal = ({ kind }: FileShape): boolean => kind === 'keys' || kind === 'account' || kind === 'purse';
