import { bytes, concat, readUint, uint } from '../../kernel/bytes.ts';

/** Transaction types are ASCII digits: 1 load, 2 settlement (card.md 3.9). */
export const transactionType = { load: 0x31, purchase: 0x32 } as const;

/** The largest amount four bytes hold. */
export const largestAmount = 0xffff_ffff;
export const lastSequence = 0xffff;

/** What enters MACs and TACs of the medical account, in the order of LD7 (card.md 3.9). Times are 7 bytes yyyymmddhhmmss. */
export const macInput = {
  /** MAC1 of a load, made by the card. */
  loadByCard: (of: { balance: number; amount: number; terminal: Uint8Array }) =>
    concat(uint(of.balance, 4), uint(of.amount, 4), Uint8Array.of(transactionType.load), of.terminal),
  /** MAC2 of a load, made by the centre. */
  loadByCentre: (of: { amount: number; terminal: Uint8Array; time: Uint8Array }) =>
    concat(uint(of.amount, 4), Uint8Array.of(transactionType.load), of.terminal, of.time),
  /** TAC of a load; `sequence` before it was counted on. */
  loadTac: (of: { balanceAfter: number; sequence: number; amount: number; terminal: Uint8Array; time: Uint8Array }) =>
    concat(
      uint(of.balanceAfter, 4),
      uint(of.sequence, 2),
      uint(of.amount, 4),
      Uint8Array.of(transactionType.load),
      of.terminal,
      of.time,
    ),
  /** MAC1 of a purchase, made by the PSAM; `amounts` is account, self-paid and pooled, 4 bytes each. */
  purchaseBySam: (of: { amounts: Uint8Array; terminal: Uint8Array; time: Uint8Array }) =>
    concat(of.amounts, Uint8Array.of(transactionType.purchase), of.terminal, of.time),
  /** MAC2 of a purchase, made by the card. */
  purchaseByCard: (of: { amounts: Uint8Array }) => of.amounts,
  purchaseTac: (of: { amounts: Uint8Array; terminal: Uint8Array; terminalSequence: Uint8Array; time: Uint8Array }) =>
    concat(of.amounts, Uint8Array.of(transactionType.purchase), of.terminal, of.terminalSequence, of.time),
} as const;

const loadSuffix = bytes('8000');

/** What the load session key SESLK is made of. */
export const loadSessionInput = (random: Uint8Array, sequence: number): Uint8Array =>
  concat(random, uint(sequence, 2), loadSuffix);

/** What the purchase session key SESPK is made of. */
export const purchaseSessionInput = (random: Uint8Array, sequence: number, terminalSequence: Uint8Array): Uint8Array =>
  concat(random, uint(sequence, 2), terminalSequence.subarray(-2));

/** A record of the account's log (DF04 EF08): 28 bytes, or 20 where `amounts` is that of the account only. */
export const logRecord = (of: {
  sequence: number;
  type: number;
  terminal: Uint8Array;
  time: Uint8Array;
  amounts: Uint8Array;
}): Uint8Array => concat(uint(of.sequence, 2), Uint8Array.of(of.type), of.terminal, of.time, of.amounts);

/** Reads yyyymmddhhmmss; null when it is not a moment of the calendar. Returns the date as the number yyyymmdd. */
export function dateOfTime(time: Uint8Array): number | null {
  const digits = time.toHex();
  if (!/^\d{14}$/.test(digits)) return null;
  const [month, day] = [Number(digits.slice(4, 6)), Number(digits.slice(6, 8))];
  const [hour, minute, second] = [Number(digits.slice(8, 10)), Number(digits.slice(10, 12)), Number(digits.slice(12))];
  const days = daysOf(month, Number(digits.slice(0, 4)));
  const right = day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
  return right ? Number(digits.slice(0, 8)) : null;
}

/** Days of a month, 0 for no month. */
export function daysOf(month: number, year: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [0, 31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month] ?? 0;
}

/** A month and day, month × 100 + day, on which a payment year may begin: one that every year has. */
export const isStartDay = (day: number): boolean => day % 100 >= 1 && day % 100 <= daysOf(Math.floor(day / 100), 2001);

export type YearSums = { readonly year: number; readonly selfPaid: number; readonly pooled: number };

/**
 * The yearly sums after a settlement on a day (LD7 §12.6): n = yyyymmdd − (year × 10000 + first day); below 10000 the
 * amounts are added to the year's sums, otherwise the day opens a new payment year and the sums begin with them.
 */
export function addToYear(
  sums: YearSums & { readonly startDay: number },
  date: number,
  amounts: { readonly selfPaid: number; readonly pooled: number },
): YearSums {
  const n = date - (sums.year * 10_000 + sums.startDay);
  if (n < 10_000)
    return {
      year: sums.year,
      selfPaid: sums.selfPaid + amounts.selfPaid,
      pooled: sums.pooled + amounts.pooled,
    };
  const calendarYear = Math.floor(date / 10_000);
  const year = date % 10_000 >= sums.startDay ? calendarYear : calendarYear - 1;
  return { year, ...amounts };
}

/** Account, self-paid and pooled parts of 12 bytes of amounts. */
export const partsOf = (amounts: Uint8Array): { account: number; selfPaid: number; pooled: number } => ({
  account: readUint(amounts, 0, 4),
  selfPaid: readUint(amounts, 4, 4),
  pooled: readUint(amounts, 8, 4),
});

/** Two bytes of packed digits: a year, or month and day. */
export const packed2 = (value: number): Uint8Array => Uint8Array.fromHex(value.toString().padStart(4, '0'));
