import { concat, readUint, uint } from '../../../kernel/bytes.ts';
import { isStartDay, logRecord, packed2, transactionType } from '../account.rules.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { holderShown, keyOf, keyShown } from './access.ts';
import { withRecords } from './contents.ts';
import {
  type Account,
  type Card,
  type CardKey,
  type CardMemory,
  type ChipOutcome,
  current,
  type Directory,
  refused,
  withDirectory,
} from './memory.ts';

/** The key that opens UPDATE STARTING DAY (DSK); its number is ours. */
const startingDayKey = 0x87;
/** The account's transaction log EF08, which only the card writes; records of 20 bytes say "account only" (LD7 §12). */
const logFile = 0xef08;
const accountOnlyLength = 0x14;

/** An account that may be used: `log` is the place of its log, `only` that it keeps no sums of the year. */
export type Open = {
  readonly directory: Directory;
  readonly account: Account;
  readonly log: number;
  readonly only: boolean;
};

/** The account of the current directory, or why it is not to be used: there is none, or the holder has not shown the PIN. */
export function opened(card: Card): Open | number {
  const at = accountOf(card);
  if (typeof at === 'number') return at;
  return holderShown(card, at.directory) ? at : sw.security;
}

function accountOf(card: Card): Open | number {
  const directory = current(card);
  const { account, shape } = directory;
  if (!account || card.memory.life === 'blank') return sw.conditions;
  const log = shape.files.findIndex(({ fid, kind }) => fid === logFile && kind === 'cyclic');
  return { directory, account, log, only: shape.files[log]?.recordLength === accountOnlyLength };
}

/** GET BALANCE: 01 account, 02 paid by the person this year, 03 by the pooled fund, the latter two with the year. */
export function getBalance(card: Card, { p1, p2 }: Command): ChipOutcome {
  const open = opened(card);
  if (typeof open === 'number') return refused(open);
  const { balance, selfPaid, pooled, year } = shownSums(open);
  const forms = [
    null,
    () => uint(balance, 4),
    () => concat(uint(selfPaid, 4), packed2(year)),
    () => concat(uint(pooled, 4), packed2(year)),
  ];
  const form = p1 === 0 ? forms[p2] : null;
  return form ? { status: sw.ok, data: form() } : refused(sw.wrongParameters);
}

/** In account-only mode the items of the year carry zeros. */
export const shownSums = ({ account, only }: Open): Account =>
  only ? { ...account, selfPaid: 0, pooled: 0, year: 0 } : account;

/** The key an INITIALIZE names by its index, which is its identifier; the TAC key has one place only. */
export const accountKey = ({ directory }: Open, use: 'load' | 'purchase' | 'tac', index = 0): CardKey | null =>
  use === 'tac' ? (directory.keys.find(({ shape }) => shape.use === use) ?? null) : keyOf(directory, use, index);

type Line = Omit<Parameters<typeof logRecord>[0], 'amounts'> & { readonly amounts: Uint8Array };

/** The memory with the account after a transaction and a line in its log: they change together. */
export function booked(memory: CardMemory, { directory, log, only }: Open, account: Account, line: Line): CardMemory {
  const after: Directory = { ...directory, account };
  const file = directory.shape.files[log];
  if (!file) return withDirectory(memory, after);
  const record = logRecord(only ? { ...line, amounts: line.amounts.slice(0, 4) } : line);
  const lines = [record, ...(directory.contents[log] ?? [])].slice(0, file.capacity);
  return withRecords(memory, after, log, lines);
}

/** GET TRANSACTION PROOF: MAC and TAC of the last load (type 31) or settlement (32), named by its sequence number. */
export function transactionProof(card: Card, { p1, p2, data }: Command): ChipOutcome {
  const open = accountOf(card);
  if (typeof open === 'number') return refused(open);
  const known = p2 === transactionType.load || p2 === transactionType.purchase;
  if (p1 !== 0 || !known) return refused(sw.wrongParameters);
  const proof = p2 === transactionType.load ? open.account.load : open.account.purchase;
  if (proof?.sequence !== readUint(data)) return refused(sw.noProof);
  return { status: sw.ok, data: concat(proof.mac, proof.tac) };
}

/** UPDATE STARTING DAY (month and day of the payment year), after DSK was authenticated. */
export function setStartingDay(card: Card, { p2, data }: Command): ChipOutcome {
  const open = accountOf(card);
  if (typeof open === 'number') return refused(open);
  if (p2 !== 0) return refused(sw.wrongParameters);
  if (!keyShown(card, open.directory, startingDayKey)) return refused(sw.security);
  const digits = data.toHex();
  const startDay = Number(digits);
  if (!/^\d{4}$/.test(digits) || !isStartDay(startDay)) return refused(sw.wrongData);
  const account = { ...open.account, startDay };
  return { status: sw.ok, memory: withDirectory(card.memory, { ...open.directory, account }) };
}

export function getStartingDay(card: Card, { p2 }: Command): ChipOutcome {
  const open = accountOf(card);
  if (typeof open === 'number') return refused(open);
  return p2 === 0 ? { status: sw.ok, data: packed2(open.account.startDay) } : refused(sw.wrongParameters);
}
