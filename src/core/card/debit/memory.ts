import type { BasicSession, CardState, Outcome } from '../machine.ts';

/** Active, blocked by the issuer (only an AAC is still given), or the whole card blocked for ever. */
export type DebitLife = 'active' | 'blocked' | 'card-blocked';

/** What a card's issuer decided once, as data; binary values as they travel. */
export type DebitProfile = {
  readonly aid: Uint8Array;
  readonly label: Uint8Array;
  /** The label in the holder's script, GBK. */
  readonly preferredName: Uint8Array;
  readonly languages: Uint8Array;
  readonly interchange: Uint8Array;
  /** Lists of what the terminal is to send: for GET PROCESSING OPTIONS, first and second GENERATE AC, and the log. */
  readonly optionsList: Uint8Array;
  readonly firstList: Uint8Array;
  readonly secondList: Uint8Array;
  readonly logList: Uint8Array;
  /** Index of the issuer's key, version of the cryptogram, identifier of the algorithm: parts of 9F10. */
  readonly keyIndex: number;
  readonly cryptogramVersion: number;
  readonly algorithm: number;
  readonly sessionScheme: 'pboc' | 'common' | 'none';
  readonly padding: 'zeros' | '80';
  /** Offline transactions in a row after which the card asks for the issuer, and after which it declines without it. */
  readonly lowerOfflineLimit: number;
  readonly upperOfflineLimit: number;
  /** Whether an online transaction is approved only by an issuer who has shown itself. */
  readonly issuerMandatory: boolean;
};

/** Records by short identifier × 256 + number. */
export type DebitRecords = ReadonlyMap<number, Uint8Array>;

/** The card's own keys, 16 bytes each (JR/T 0025.7): application cryptogram, MAC and encipherment of scripts. */
export type DebitKeys = {
  readonly cryptogram: Uint8Array;
  readonly mac: Uint8Array;
  readonly encipherment: Uint8Array;
};

/** What the last online transaction left behind, to be told to the issuer in the next one. */
export type LastOnline = {
  readonly unfinished: boolean;
  readonly issuerFailed: boolean;
  readonly issuerMissing: boolean;
  readonly scripts: number;
  readonly scriptFailed: boolean;
};

/** What a debit chip keeps without power. */
export type DebitMemory = {
  readonly history: Uint8Array;
  readonly life: DebitLife;
  readonly profile: DebitProfile;
  readonly records: DebitRecords;
  readonly keys: DebitKeys;
  readonly pin: { readonly digits: string; readonly tries: number; readonly limit: number };
  /** Application transaction counter, and its value at the last online approval or refusal; 0: never online. */
  readonly counter: number;
  readonly lastOnlineCounter: number;
  readonly last: LastOnline;
  /** Newest first. */
  readonly log: readonly Uint8Array[];
};

/** Idle: no transaction. Initiated: counted. Online: the issuer is asked. Done: the final cryptogram was given. */
export type Stage = 'idle' | 'initiated' | 'online' | 'done';

/** What a debit chip forgets without power. */
export type DebitSession = BasicSession & {
  readonly selected: 'environment' | 'contactless' | 'application' | null;
  readonly stage: Stage;
  /** The first cryptogram of the transaction: what the issuer answers to, and what scripts are bound to. */
  readonly first: Uint8Array | null;
  /** What the terminal has said of the transaction, by tag. */
  readonly told: ReadonlyMap<number, Uint8Array>;
  readonly pin: 'not-shown' | 'right' | 'wrong';
  readonly issuer: 'not-shown' | 'right' | 'wrong';
};

/** Kinds of cryptogram as the terminal asks for them in the high bits of P1 (EMV Book 3 §6.5.5). */
export type CryptogramKind = 'AAC' | 'TC' | 'ARQC';

export type Debit = CardState<DebitMemory, DebitSession>;
export type DebitOutcome = Outcome<DebitMemory, DebitSession>;

export const pinTries = 3;
export const lastCounter = 0xffff;
/** Where the transaction log stands (9F4D) and how many records it keeps. */
export const logFile = 0x0b;
export const logRecords = 10;
export const nothingLeft: LastOnline = {
  unfinished: false,
  issuerFailed: false,
  issuerMissing: false,
  scripts: 0,
  scriptFailed: false,
};

export const refused = (status: number): DebitOutcome => ({ status });
