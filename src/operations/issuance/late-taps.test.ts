import { expect, it } from 'vitest';
import { lateTapBearer } from './late-taps.rules.ts';

const at = (text: string) => Temporal.Instant.from(`2026-03-${text}:00+08:00`);
const listed = { since: at('02T09:00'), version: 7 };

it.each([
  ['before the report', '02T08:59', 6, 'holder'],
  ['at the report, the list not there yet', '02T09:00', 6, 'agency'],
  ['on the last minute a terminal may be behind', '03T09:00', 6, 'agency'],
  ['a minute later', '03T09:01', 6, 'institution'],
  ['with the entry in the terminal', '02T09:01', 7, 'institution'],
  ['with a newer list in the terminal', '02T09:01', 9, 'institution'],
] as const)('a tap %s', (_, when, list_version, bearer) => {
  expect(lateTapBearer({ tapped_at: at(when), list_version, listed, refresh_days: 1 })).toBe(bearer);
});

it('a tap of a card that is not on the list is its holder’s', () => {
  expect(lateTapBearer({ tapped_at: at('05T09:00'), list_version: 0, listed: null, refresh_days: 1 })).toBe('holder');
});
