import type { CipherFamily } from '../../keys/index.ts';
import type { Command } from '../apdu.ts';
import type { PurseTransaction } from './purse.rules.ts';

export type PurseName = 'ED' | 'EP';

/** MAC and TAC of a transaction, 4 bytes each, under the sequence number its counter reached by it. */
export type PurseProof = {
  readonly type: number;
  readonly sequence: number;
  readonly mac: Uint8Array;
  readonly tac: Uint8Array;
};

/** A purse as it lies in EEPROM; amounts are fen. The overdraft limit is 0 on an EP. */
export type Purse = {
  /** All that can be spent: the overdraft limit is part of it. */
  readonly balance: number;
  readonly overdraft: number;
  /** Transactions with the host so far (load, unload, overdraft limit). */
  readonly online: number;
  /** Transactions with a terminal's PSAM so far (purchase, cash withdrawal, composite purchase). */
  readonly offline: number;
};

export type PurseApplication = {
  readonly purses: Readonly<Partial<Record<PurseName, Purse>>>;
  /** The last proof of each transaction type. */
  readonly proofs: readonly PurseProof[];
  /** Log 0018, newest first, 23 bytes each, as many as `logCapacity`. */
  readonly log: readonly Uint8Array[];
  readonly logCapacity: number;
  /** Composite (CAPP) records of file 0019. */
  readonly composite: readonly Uint8Array[];
};

export type PurseKeyUse = 'load' | 'purchase' | 'unload' | 'overdraft' | 'tac';
export type PurseKey = { readonly value: Uint8Array; readonly version: number };

/** A composite record to be written by the debit, and its place in file 0019. */
export type CachedRecord = { readonly at: number; readonly record: Uint8Array };

/** The transaction an INITIALIZE has begun. Lost with power and with any command that does not belong to it. */
export type PursePending = {
  readonly command: PurseTransaction;
  readonly purse: PurseName;
  readonly keyIndex: number;
  /** The amount in fen; on an overdraft limit, which comes only with the second step, the limit of now. */
  readonly amount: number;
  readonly terminal: Uint8Array;
  readonly random: Uint8Array;
  /** What UPDATE CAPP DATA CACHE has brought, in its order. */
  readonly records: readonly CachedRecord[];
} | null;

/** What a purse handler sees of the card. */
export type PurseCard = {
  readonly family: CipherFamily;
  readonly application: PurseApplication;
  readonly pending: PursePending;
  /** The holder's PIN was shown in this application. */
  readonly holderShown: boolean;
  /** There is a file 0019 for composite records. */
  readonly compositeFile: boolean;
  /** Null where there is none of this index. The TAC key has one place only and is asked for with index 0. */
  key(use: PurseKeyUse, index: number): PurseKey | null;
  random(length: number): Uint8Array;
};

/**
 * What a command makes of the card. Without `application` nothing is written. Without `pending` a started transaction is
 * kept by commands that `keep` and forgotten by all others.
 */
export type PurseOutcome = {
  readonly status: number;
  readonly data?: Uint8Array;
  readonly application?: PurseApplication;
  readonly pending?: PursePending;
};

export type PurseHandler = (card: PurseCard, command: Command) => PurseOutcome;
