import { concat, hex, readUint, uint } from '../../../kernel/bytes.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { purseApplicationName } from '../profiles/purse-area.ts';
import { pursePsamApplication } from '../psam/psam-layout.ts';
import type { PurseName } from '../purse/port.ts';
import { type PurseTransaction, purseLogLength, purseNumber, transactionRules } from '../purse/purse.rules.ts';
import { sw } from '../status-words.ts';
import { type Answered, ask, type Port } from './port.ts';

/** What every INITIALIZE of a purse names. `amount` is 0 for an overdraft limit, which comes with the second step. */
export type PurseOrder = {
  readonly purse: PurseName;
  readonly keyIndex: number;
  readonly amount: Fen;
  /** 6-byte terminal number. */
  readonly terminal: Uint8Array;
};

/** What a card answers to INITIALIZE. The sequence is not counted on yet. */
export type PurseStarted = {
  readonly balance: Fen;
  readonly sequence: number;
  /** Part of the balance; 0 on an EP and where the answer does not tell it (load, unload). */
  readonly overdraft: Fen;
  readonly keyVersion: number;
  readonly algorithm: number;
  readonly random: Uint8Array;
};

/** Of a transaction with the host. */
export type PurseStartedOnline = PurseStarted & { readonly mac1: Uint8Array };

const keepNothing = () => null;

/** Selects deposit and purse of a card, and reads the factor that brings keys down to it: the end of its serial number in 0015. */
export async function selectPurse(port: Port): Promise<Answered<{ readonly factor: Uint8Array }>> {
  const selected = await ask(port, [0x00, 0xa4, 0x04, 0x00], purseApplicationName, undefined, keepNothing);
  if (!selected.ok) return selected;
  // Bytes 10 to 19 are the application serial number; its right-most 16 digits diversify (card.md 1.3, 1.4).
  return ask(port, [0x00, 0xb0, 0x95, 0x0c], undefined, 8, (factor) => ({ factor }), 8);
}

/** Selects the purse application of a PSAM of ours. */
export const selectPursePsam = (psam: Port): Promise<Answered<null>> =>
  ask(psam, [0x00, 0xa4, 0x04, 0x00], pursePsamApplication, undefined, keepNothing);

/** GET BALANCE: all that can be spent. For an ED the holder must have shown the PIN. */
export const readPurse = (port: Port, purse: PurseName): Promise<Answered<Fen>> =>
  ask(port, [0x80, 0x5c, 0x00, purseNumber(purse)], undefined, 4, (data) => fen(readUint(data)), 4);

function initialize<T>(
  port: Port,
  transaction: PurseTransaction,
  order: PurseOrder,
  read: (data: Uint8Array) => T,
  length: number,
): Promise<Answered<T>> {
  const amount = transaction === 'overdraft' ? new Uint8Array() : uint(order.amount, 4);
  const data = concat(Uint8Array.of(order.keyIndex), amount, order.terminal);
  const header = [0x80, 0x50, transactionRules[transaction].p1, purseNumber(order.purse)];
  return ask(port, header, data, undefined, read, length);
}

/** INITIALIZE FOR LOAD, UNLOAD or UPDATE: the host answers MAC1 with MAC2. */
export function initPurseOnline(
  port: Port,
  transaction: 'load' | 'unload' | 'overdraft',
  order: PurseOrder,
): Promise<Answered<PurseStartedOnline>> {
  const limit = transaction === 'overdraft' ? 3 : 0;
  const read = (data: Uint8Array) => ({ ...started(data, limit), mac1: data.slice(-4) });
  return initialize(port, transaction, order, read, 16 + limit);
}

/** INITIALIZE FOR PURCHASE, CASH WITHDRAW or CAPP PURCHASE: a PSAM answers with MAC1. */
export const initPurseOffline = (
  port: Port,
  transaction: 'purchase' | 'withdrawal' | 'composite',
  order: PurseOrder,
): Promise<Answered<PurseStarted>> => initialize(port, transaction, order, (data) => started(data, 3), 15);

const started = (data: Uint8Array, limit: 0 | 3): PurseStarted => ({
  balance: fen(readUint(data, 0, 4)),
  sequence: readUint(data, 4, 2),
  overdraft: fen(readUint(data, 6, limit)),
  keyVersion: data[6 + limit] as number,
  algorithm: data[7 + limit] as number,
  random: data.slice(8 + limit, 12 + limit),
});

const code = (data: Uint8Array): Uint8Array => data;

/** What the host gives for the second step: the time it put under MAC2, 7 bytes, and MAC2. */
export type HostAnswer = { readonly time: Uint8Array; readonly mac2: Uint8Array };

/** CREDIT FOR LOAD: the card's TAC. */
export const creditPurse = (port: Port, { time, mac2 }: HostAnswer): Promise<Answered<Uint8Array>> =>
  ask(port, [0x80, 0x52, 0x00, 0x00], concat(time, mac2), undefined, code, 4);

/** DEBIT FOR UNLOAD: the card's MAC3; only when the host has found it right may it pay out. */
export const debitPurseUnload = (port: Port, { time, mac2 }: HostAnswer): Promise<Answered<Uint8Array>> =>
  ask(port, [0x80, 0x54, 0x03, 0x00], concat(time, mac2), undefined, code, 4);

/** UPDATE OVERDRAFT LIMIT: the card's TAC. */
export const updateOverdraft = (port: Port, limit: Fen, { time, mac2 }: HostAnswer): Promise<Answered<Uint8Array>> =>
  ask(port, [0x80, 0x58, 0x00, 0x00], concat(uint(limit, 3), time, mac2), undefined, code, 4);

/** What a PSAM gives for a purchase. */
export type PurseAuthorisation = { readonly terminalSequence: number; readonly mac1: Uint8Array };

/**
 * INIT_SAM_FOR_PURCHASE in the form of PBOC (card.md 1.7): MAC1 under the purchase key of this card; the PSAM puts its own
 * terminal number under it. `factors` bring its key down to the card, 8 bytes each.
 */
export function psamInitPurse(
  psam: Port,
  transaction: 'purchase' | 'withdrawal' | 'composite',
  order: PurseOrder,
  answer: PurseStarted,
  of: { readonly time: Uint8Array; readonly factors: Uint8Array },
): Promise<Answered<PurseAuthorisation>> {
  const type = transactionRules[transaction].types[order.purse] ?? 0;
  const data = concat(
    answer.random,
    uint(answer.sequence, 2),
    uint(order.amount, 4),
    Uint8Array.of(type),
    of.time,
    Uint8Array.of(answer.keyVersion, answer.algorithm),
    of.factors,
  );
  const read = (made: Uint8Array) => ({ terminalSequence: readUint(made, 0, 4), mac1: made.slice(4) });
  return ask(psam, [0x80, 0x70, 0x00, 0x00], data, undefined, read, 8);
}

/** UPDATE CAPP DATA CACHE: a record of file 0019 (tag, length, value) that the debit will write. */
export const cacheComposite = (port: Port, record: Uint8Array): Promise<Answered<null>> =>
  ask(port, [0x80, 0xdc, record[0] ?? 0, 0x19 << 3], record, undefined, keepNothing);

/** DEBIT FOR PURCHASE, CASH WITHDRAW and CAPP PURCHASE: from here on the card has paid. */
export function debitPurse(
  port: Port,
  { terminalSequence, mac1 }: PurseAuthorisation,
  time: Uint8Array,
): Promise<Answered<{ readonly tac: Uint8Array; readonly mac2: Uint8Array }>> {
  const read = (data: Uint8Array) => ({ tac: data.slice(0, 4), mac2: data.slice(4) });
  return ask(port, [0x80, 0x54, 0x01, 0x00], concat(uint(terminalSequence, 4), time, mac1), undefined, read, 8);
}

/**
 * MAC and TAC of a transaction whose answer was lost; `value` null: the card did not do it. `sequence` is the one INITIALIZE
 * told: the proof stands under the next. One of the two codes is 00 where the transaction ends with the other alone.
 */
export async function purseProof(
  port: Port,
  type: number,
  sequence: number,
): Promise<Answered<{ readonly mac: Uint8Array; readonly tac: Uint8Array } | null>> {
  const read = (data: Uint8Array) => ({ mac: data.slice(0, 4), tac: data.slice(4) });
  const proof = await ask(port, [0x80, 0x5a, 0x00, type], uint(sequence + 1, 2), undefined, read, 8);
  return !proof.ok && proof.status === sw.noProof ? { ok: true, value: null } : proof;
}

/** A line of log 0018. */
export type PurseLogLine = {
  /** The sequence the counter reached by it. */
  readonly sequence: number;
  readonly overdraft: Fen;
  /** A new overdraft limit for type 07. */
  readonly amount: Fen;
  readonly type: number;
  /** 12 digits. */
  readonly terminal: string;
  /** yyyymmddhhmmss. */
  readonly time: string;
};

/** The log, newest first; some cards ask for the PIN before. */
export async function readPurseLog(port: Port): Promise<Answered<readonly PurseLogLine[]>> {
  const lines: PurseLogLine[] = [];
  for (let number = 1; number <= 0xff; number++) {
    const header = [0x00, 0xb2, number, (0x18 << 3) | 4];
    const record = await ask(port, header, undefined, purseLogLength, logLine, purseLogLength);
    if (!record.ok && record.status === sw.recordNotFound) break;
    if (!record.ok) return record;
    lines.push(record.value);
  }
  return { ok: true, value: lines };
}

const logLine = (record: Uint8Array): PurseLogLine => ({
  sequence: readUint(record, 0, 2),
  overdraft: fen(readUint(record, 2, 3)),
  amount: fen(readUint(record, 5, 4)),
  type: record[9] as number,
  terminal: hex(record.subarray(10, 16)),
  time: hex(record.subarray(16)),
});
