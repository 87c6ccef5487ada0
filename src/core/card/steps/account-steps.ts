import { assert } from '../../../kernel/assert.ts';
import { concat, hex, readUint, uint } from '../../../kernel/bytes.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { macInput, partsOf, transactionType } from '../account.rules.ts';
import { medical } from '../known-files.ts';
import { psamApplication } from '../psam/psam-layout.ts';
import { sw } from '../status-words.ts';
import type { Holder } from './holder.ts';
import { type Answered, ask, type Port } from './port.ts';

/** The parts of a bill as the card books them. */
export type PurchaseAmounts = { readonly account: Fen; readonly selfPaid: Fen; readonly pooled: Fen };

export type AccountState = {
  readonly balance: Fen;
  readonly selfPaid: Fen;
  readonly pooled: Fen;
  readonly year: number;
};

/** Local time as the card takes it: 7 packed bytes yyyymmddhhmmss. */
export const packTime = (time: Temporal.PlainDateTime): Uint8Array =>
  Uint8Array.fromHex(time.toString({ smallestUnit: 'second' }).replace(/\D/g, ''));

export const selectMedical = (port: Port): Promise<Answered<null>> =>
  ask(port, [0x00, 0xa4, 0x04, 0x00], medical.name, undefined, () => null);

/** Balance and yearly sums; the medical application is selected and the PIN shown. */
export async function readAccount(port: Port): Promise<Answered<AccountState>> {
  const balance = await ask(port, [0xb0, 0x26, 0x00, 0x01], undefined, 4, (data) => fen(readUint(data)), 4);
  if (!balance.ok) return balance;
  const sum = (data: Uint8Array) => ({ amount: fen(readUint(data, 0, 4)), year: Number(hex(data.subarray(4))) });
  const selfPaid = await ask(port, [0xb0, 0x26, 0x00, 0x02], undefined, 6, sum, 6);
  if (!selfPaid.ok) return selfPaid;
  const pooled = await ask(port, [0xb0, 0x26, 0x00, 0x03], undefined, 6, sum, 6);
  if (!pooled.ok) return pooled;
  const { amount, year } = selfPaid.value;
  return { ok: true, value: { balance: balance.value, selfPaid: amount, pooled: pooled.value.amount, year } };
}

/** What a card answers to INITIALIZE FOR LOAD, and what the centre needs to check MAC1 and to make MAC2. */
export type LoadStarted = {
  readonly balance: Fen;
  readonly sequence: number;
  readonly random: Uint8Array;
  readonly mac1: Uint8Array;
  /** Input of MAC1 under SESLK. */
  readonly mac1Input: Uint8Array;
};

/** INITIALIZE FOR LOAD; `terminal` is the 6-byte terminal number. */
export function initLoad(port: Port, amount: Fen, terminal: Uint8Array): Promise<Answered<LoadStarted>> {
  const read = (data: Uint8Array): LoadStarted => {
    const balance = readUint(data, 0, 4);
    return {
      balance: fen(balance),
      sequence: readUint(data, 4, 2),
      random: data.slice(8, 12),
      mac1: data.slice(12, 16),
      mac1Input: macInput.loadByCard({ balance, amount: Number(amount), terminal }),
    };
  };
  return ask(port, [0xb0, 0x28, 0x00, 0x01], concat(Uint8Array.of(1), uint(amount, 4), terminal), undefined, read, 16);
}

/** Input of MAC2 of a load, for the centre. */
export const loadMac2Input = (amount: Fen, terminal: Uint8Array, time: Uint8Array): Uint8Array =>
  macInput.loadByCentre({ amount: Number(amount), terminal, time });

/** CREDIT FOR LOAD with the centre's MAC2: the card's TAC. */
export const creditLoad = (port: Port, time: Uint8Array, mac2: Uint8Array): Promise<Answered<Uint8Array>> =>
  ask(port, [0xb0, 0x2a, 0x00, 0x00], concat(time, mac2), undefined, (data) => data, 4);

/** Input of a load's TAC, for the centre. */
export const loadTacInput = (of: {
  readonly balanceAfter: Fen;
  readonly sequence: number;
  readonly amount: Fen;
  readonly terminal: Uint8Array;
  readonly time: Uint8Array;
}): Uint8Array => macInput.loadTac({ ...of, balanceAfter: Number(of.balanceAfter), amount: Number(of.amount) });

/** What a card answers to INITIALIZE FOR PURCHASE. */
export type PurchaseStarted = AccountState & {
  readonly sequence: number;
  readonly keyVersion: number;
  readonly algorithm: number;
  readonly random: Uint8Array;
};

const packAmounts = (amounts: PurchaseAmounts): Uint8Array =>
  concat(uint(amounts.account, 4), uint(amounts.selfPaid, 4), uint(amounts.pooled, 4));

export function initPurchase(
  port: Port,
  amounts: PurchaseAmounts,
  terminal: Uint8Array,
): Promise<Answered<PurchaseStarted>> {
  const read = (data: Uint8Array): PurchaseStarted => ({
    balance: fen(readUint(data, 0, 4)),
    selfPaid: fen(readUint(data, 4, 4)),
    pooled: fen(readUint(data, 8, 4)),
    year: Number(hex(data.subarray(12, 14))),
    sequence: readUint(data, 14, 2),
    keyVersion: data[16] as number,
    algorithm: data[17] as number,
    random: data.slice(18, 22),
  });
  const data = concat(Uint8Array.of(1), packAmounts(amounts), terminal);
  return ask(port, [0xb0, 0x28, 0x01, 0x01], data, undefined, read, 22);
}

/** MAC1 of a purchase from the PSAM, with the terminal sequence it was counted under. */
export type SamAuthorisation = { readonly terminalSequence: number; readonly mac1: Uint8Array };

export async function psamInitPurchase(
  psam: Port,
  holder: Holder,
  started: PurchaseStarted,
  amounts: PurchaseAmounts,
  time: Uint8Array,
): Promise<Answered<SamAuthorisation>> {
  const selected = await ask(psam, [0x00, 0xa4, 0x04, 0x00], psamApplication, undefined, () => null);
  if (!selected.ok) return selected;
  const data = concat(
    started.random,
    uint(started.sequence, 2),
    packAmounts(amounts),
    Uint8Array.of(transactionType.purchase),
    time,
    Uint8Array.of(started.keyVersion, started.algorithm),
    holder.factors.card,
  );
  const read = (answer: Uint8Array) => ({ terminalSequence: readUint(answer, 0, 4), mac1: answer.slice(4) });
  return ask(psam, [0x80, 0x70, 0x01, 0x00], data, undefined, read, 8);
}

export type PurchaseDone = { readonly tac: Uint8Array; readonly mac2: Uint8Array };

/** DEBIT FOR PURCHASE: from here on the card has paid. */
export function debitPurchase(
  port: Port,
  authorised: SamAuthorisation,
  time: Uint8Array,
): Promise<Answered<PurchaseDone>> {
  const read = (data: Uint8Array) => ({ tac: data.slice(0, 4), mac2: data.slice(4) });
  const data = concat(uint(authorised.terminalSequence, 4), time, authorised.mac1);
  return ask(port, [0xb0, 0x2c, 0x01, 0x00], data, undefined, read, 8);
}

/** Asks the PSAM whether the card's MAC2 is right. */
export async function psamCreditPurchase(psam: Port, mac2: Uint8Array): Promise<Answered<boolean>> {
  const answer = await ask(psam, [0x80, 0x72, 0x00, 0x00], mac2, undefined, () => true);
  return !answer.ok && answer.status === sw.transactionMacWrong ? { ok: true, value: false } : answer;
}

/** Input of a purchase's TAC, for the centre. */
export const purchaseTacInput = (of: {
  readonly amounts: PurchaseAmounts;
  readonly terminal: Uint8Array;
  readonly terminalSequence: number;
  readonly time: Uint8Array;
}): Uint8Array =>
  macInput.purchaseTac({
    amounts: packAmounts(of.amounts),
    terminal: of.terminal,
    terminalSequence: uint(of.terminalSequence, 4),
    time: of.time,
  });

/** MAC and TAC of a transaction whose answer was lost; `value` null: the card did not do it (LD7 §14). */
export async function transactionProof(
  port: Port,
  kind: 'load' | 'purchase',
  sequence: number,
): Promise<Answered<{ mac: Uint8Array; tac: Uint8Array } | null>> {
  const read = (data: Uint8Array) => ({ mac: data.slice(0, 4), tac: data.slice(4) });
  const header = [0xb0, 0x2e, 0x00, transactionType[kind]];
  const proof = await ask(port, header, uint(sequence, 2), undefined, read, 8);
  return !proof.ok && proof.status === sw.noProof ? { ok: true, value: null } : proof;
}

/** A line of the card's own log. */
export type LogLine = PurchaseAmounts & {
  readonly sequence: number;
  readonly kind: 'load' | 'purchase';
  /** 12 digits. */
  readonly terminal: string;
  /** yyyymmddhhmmss. */
  readonly time: string;
};

/** The card's transaction log, newest first; the medical application is selected and the PIN shown. */
export async function readLog(port: Port): Promise<Answered<readonly LogLine[]>> {
  const lines: LogLine[] = [];
  for (let number = 1; number <= 30; number++) {
    const record = await ask(port, [0x00, 0xb2, number, (0x08 << 3) | 4], undefined, 0x1c, logLine, 0x1c);
    if (!record.ok && record.status === sw.recordNotFound) break;
    if (!record.ok) return record;
    lines.push(record.value);
  }
  return { ok: true, value: lines };
}

function logLine(record: Uint8Array): LogLine {
  const parts = partsOf(record.slice(16));
  assert(record.length === 0x1c, 'a log record has 28 bytes');
  return {
    sequence: readUint(record, 0, 2),
    kind: record[2] === transactionType.load ? 'load' : 'purchase',
    terminal: hex(record.subarray(3, 9)),
    time: hex(record.subarray(9, 16)),
    account: fen(parts.account),
    selfPaid: fen(parts.selfPaid),
    pooled: fen(parts.pooled),
  };
}
