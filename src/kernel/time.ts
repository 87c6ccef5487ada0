import { assert } from './assert.ts';

/** A calendar day. Which day it is, only `platform/clock` knows. */
export type Day = Temporal.PlainDate;
/** A calendar month. */
export type Month = Temporal.PlainYearMonth;

/** A range of days, both ends included; an open end is `null`. */
export type Days = { readonly from: Day; readonly through: Day | null };

/** "2025-07-01" → a day; a bug on malformed text (outside input is validated by its schema first). */
export const day = (text: string): Day => Temporal.PlainDate.from(text, { overflow: 'reject' });
export const month = (text: string): Month => Temporal.PlainYearMonth.from(text, { overflow: 'reject' });
export const monthOf = (date: Day): Month => date.toPlainYearMonth();

export const isBefore = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) < 0;
export const isSameDay = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) === 0;
export const includes = (range: Days, date: Day): boolean =>
  !isBefore(date, range.from) && (range.through === null || !isBefore(range.through, date));
export const overlaps = (a: Days, b: Days): boolean =>
  (b.through === null || !isBefore(b.through, a.from)) && (a.through === null || !isBefore(a.through, b.from));

export function days(from: Day, through: Day | null): Days {
  assert(through === null || !isBefore(through, from), `a range runs forward: ${from} … ${through}`);
  return { from, through };
}

/** Full years lived on a day. */
export const ageOn = (birth: Day, date: Day): number => birth.until(date, { largestUnit: 'years' }).years;
