import { concat, uint } from '../../../kernel/bytes.ts';
import { sw } from '../status-words.ts';
import type { Purse, PurseApplication, PurseKeyUse, PurseName, PurseProof } from './port.ts';

export type PurseTransaction = 'load' | 'purchase' | 'withdrawal' | 'composite' | 'overdraft' | 'unload';

/**
 * Transaction types of JR/T 0025 (card.md 1.1). No command we know of begins a credit purchase: the type stands here
 * because proofs may be asked for and MACs checked under it.
 */
export const purseType = {
  loadED: 0x01,
  loadEP: 0x02,
  unload: 0x03,
  withdrawal: 0x04,
  purchaseED: 0x05,
  purchaseEP: 0x06,
  overdraft: 0x07,
  credit: 0x08,
  composite: 0x09,
} as const;

export const isPurseType = (type: number): boolean => type >= purseType.loadED && type <= purseType.composite;

export type TransactionRule = {
  /** P1 of INITIALIZE. */
  readonly p1: number;
  /** The transaction type for each purse that may do it. */
  readonly types: Readonly<Partial<Record<PurseName, number>>>;
  /** Online: against the host, which gives MAC2. Offline: against a terminal's PSAM, which gives MAC1. */
  readonly counter: 'online' | 'offline';
  readonly key: PurseKeyUse;
};

/** Which purse may do what, under which type, counter and key (card.md 1.1, 1.2). */
export const transactionRules: Readonly<Record<PurseTransaction, TransactionRule>> = {
  load: { p1: 0, types: { ED: purseType.loadED, EP: purseType.loadEP }, counter: 'online', key: 'load' },
  purchase: {
    p1: 1,
    types: { ED: purseType.purchaseED, EP: purseType.purchaseEP },
    counter: 'offline',
    key: 'purchase',
  },
  withdrawal: { p1: 2, types: { ED: purseType.withdrawal }, counter: 'offline', key: 'purchase' },
  composite: { p1: 3, types: { EP: purseType.composite }, counter: 'offline', key: 'purchase' },
  overdraft: { p1: 4, types: { ED: purseType.overdraft }, counter: 'online', key: 'overdraft' },
  unload: { p1: 5, types: { ED: purseType.unload }, counter: 'online', key: 'unload' },
};

/** P2 of GET BALANCE and of every INITIALIZE: 01 ED, 02 EP. */
export const purseOf = (p2: number): PurseName | null => (p2 === 1 ? 'ED' : p2 === 2 ? 'EP' : null);
export const purseNumber = (purse: PurseName): number => (purse === 'ED' ? 1 : 2);

/** Whether the holder must have shown the PIN: for all an ED does, and for loading an EP. */
export const asksHolder = (transaction: PurseTransaction, purse: PurseName): boolean =>
  purse === 'ED' || transaction === 'load';

/** The most four bytes hold. */
export const largestBalance = 0xffff_ffff;
export const lastSequence = 0xffff;

/**
 * The purse after a transaction, or the status word that refuses it. `amount` is fen; for an overdraft limit it is the
 * new limit. The balance of an ED contains its limit, so an overdrawn deposit shows less than its limit and a new limit
 * moves the balance by the difference; a limit below what is already owed is 9401.
 */
export function purseAfter(transaction: PurseTransaction, purse: Purse, amount: number): Purse | number {
  const { counter } = transactionRules[transaction];
  const moved = transaction === 'overdraft' ? amount - purse.overdraft : transaction === 'load' ? amount : -amount;
  // Terminals write a composite record without a payment as a composite purchase of nothing.
  if (amount === 0 && transaction !== 'composite' && transaction !== 'overdraft') return sw.wrongData;
  if (purse[counter] >= lastSequence) return sw.counterAtEnd;
  const balance = purse.balance + moved;
  if (balance < 0) return sw.insufficient;
  if (balance > largestBalance) return sw.conditions;
  const overdraft = transaction === 'overdraft' ? amount : purse.overdraft;
  return { ...purse, balance, overdraft, [counter]: purse[counter] + 1 };
}

/** An amount as it enters MACs, TAC and INITIALIZE: 4 bytes, an overdraft limit 3. */
export const valueBytes = (transaction: PurseTransaction, amount: number): Uint8Array =>
  uint(amount, transaction === 'overdraft' ? 3 : 4);

type Online = { readonly value: Uint8Array; readonly type: number; readonly terminal: Uint8Array };
type Timed = Online & { readonly time: Uint8Array };

/**
 * What enters MACs and TACs (card.md 1.3). `value` as of `valueBytes`, terminal 6 bytes, time 7 bytes yyyymmddhhmmss, all
 * as they came: the card reads no calendar.
 */
export const purseMacInput = {
  /** MAC1 of load, unload and overdraft limit, made by the card: balance, and amount or old limit. */
  onlineByCard: (of: Online & { readonly balance: number }) =>
    concat(uint(of.balance, 4), of.value, Uint8Array.of(of.type), of.terminal),
  /** MAC2 of load, unload and overdraft limit, made by the host: amount or new limit. */
  onlineByHost: (of: Timed) => concat(of.value, Uint8Array.of(of.type), of.terminal, of.time),
  /** TAC of load and overdraft limit, MAC3 of unload; `sequence` before it was counted on. */
  onlineDone: (of: Timed & { readonly balanceAfter: number; readonly sequence: number }) =>
    concat(uint(of.balanceAfter, 4), uint(of.sequence, 2), of.value, Uint8Array.of(of.type), of.terminal, of.time),
  /** MAC1 of purchase, cash withdrawal and composite purchase, made by the PSAM. */
  offlineBySam: (of: Timed) => concat(of.value, Uint8Array.of(of.type), of.terminal, of.time),
  /** MAC2 of the same, made by the card. */
  offlineByCard: (of: Pick<Online, 'value'>) => of.value,
  /** TAC of the same; `terminalSequence` has 4 bytes. */
  offlineDone: (of: Timed & { readonly terminalSequence: Uint8Array }) =>
    concat(of.value, Uint8Array.of(of.type), of.terminal, of.terminalSequence, of.time),
} as const;

/** What the session key with the host is made of; `sequence` before it was counted on. */
export const onlineSessionInput = (random: Uint8Array, sequence: number): Uint8Array =>
  concat(random, uint(sequence, 2), Uint8Array.of(0x80, 0x00));

/** What the session key with the PSAM is made of. */
export const offlineSessionInput = (random: Uint8Array, sequence: number, terminalSequence: Uint8Array): Uint8Array =>
  concat(random, uint(sequence, 2), terminalSequence.subarray(-2));

export const purseLogLength = 23;

/** A record of log 0018 (card.md 1.4); sequence and limit as the transaction left them. */
export const purseLogRecord = (of: {
  readonly sequence: number;
  readonly overdraft: number;
  readonly amount: number;
  readonly type: number;
  readonly terminal: Uint8Array;
  readonly time: Uint8Array;
}): Uint8Array =>
  concat(uint(of.sequence, 2), uint(of.overdraft, 3), uint(of.amount, 4), Uint8Array.of(of.type), of.terminal, of.time);

/** The application with a done transaction in it: purse, proof, log and composite records together. */
export function withTransaction(
  application: PurseApplication,
  done: {
    readonly name: PurseName;
    readonly purse: Purse;
    readonly proof: PurseProof;
    readonly record: Uint8Array;
    readonly records: readonly { readonly at: number; readonly record: Uint8Array }[];
  },
): PurseApplication {
  const composite = [...application.composite];
  for (const { at, record } of done.records) composite[at] = record;
  return {
    ...application,
    purses: { ...application.purses, [done.name]: done.purse },
    proofs: [...application.proofs.filter(({ type }) => type !== done.proof.type), done.proof],
    log: [done.record, ...application.log].slice(0, application.logCapacity),
    composite,
  };
}

/**
 * A composite record that takes the place of `old`: tag, length, value. It must carry the tag it is addressed by and its
 * own length; a shorter one is filled with 00 to the length of the record, which never changes (6A84 for a longer one).
 */
export function compositeRecord(old: Uint8Array, data: Uint8Array): Uint8Array | number {
  if (data[0] !== old[0] || data[1] !== data.length - 2) return sw.wrongData;
  if (data.length > old.length) return sw.noSpace;
  const record = new Uint8Array(old.length);
  record.set(data);
  record[1] = old.length - 2;
  return record;
}
