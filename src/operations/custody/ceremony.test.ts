import { expect, test } from 'vitest';
import {
  type CeremonyEvent,
  ceremonyFacts,
  ceremonyState,
  nextStep,
  openingRefusal,
  stepRefusal,
} from './ceremony.rules.ts';
import { keysFor } from './distribution.rules.ts';

const expires_ms = 1_000;
const open = { custodians: ['ann', 'bo', 'cy'], expires_ms };
const values: Readonly<Record<string, string>> = { ann: 'AAAAAA', bo: 'BBBBBB', cy: 'CCCCCC' };
const event = (kind: string, user_id: string, check_value: string | null = null): CeremonyEvent => ({
  kind,
  user_id,
  check_value,
});
const give = (...names: string[]) => names.map((name) => event('contributed', name, values[name] ?? null));
const yes = (...names: string[]) => names.map((name) => event('confirmed', name));
const all = give('ann', 'bo', 'cy');
const combined = [...all, event('combined', 'bo', 'D1D2D3')];
const confirmed = [...combined, ...yes('ann', 'bo', 'cy')];
const installed = [...confirmed, event('installed', 'ann')];

/** Happened so far, who tries what when, and what is said to it. */
test.each([
  ['nothing', [], 'ann', 'contribute', 1, null],
  ['the second before the first', [], 'bo', 'contribute', 1, 'custody.not_your_turn'],
  ['the same person twice', give('ann'), 'ann', 'contribute', 1, 'custody.same_person_twice'],
  ['the next one', give('ann'), 'bo', 'contribute', 1, null],
  ['a stranger', give('ann'), 'eve', 'contribute', 1, 'custody.not_named'],
  ['a stranger, even to stop it', give('ann'), 'eve', 'cancel', 1, 'custody.not_named'],
  ['combining too early', give('ann', 'bo'), 'ann', 'combine', 1, 'custody.components_missing'],
  ['combining', all, 'ann', 'combine', 1, null],
  ['combining twice', combined, 'ann', 'combine', 1, 'custody.combined_already'],
  ['confirming too early', all, 'ann', 'confirm', 1, 'custody.not_combined'],
  ['confirming', combined, 'ann', 'confirm', 1, null],
  ['confirming twice', [...combined, ...yes('ann')], 'ann', 'confirm', 1, 'custody.same_person_twice'],
  ['installing too early', [...combined, ...yes('ann', 'bo')], 'cy', 'install', 1, 'custody.not_confirmed'],
  ['who combined installs', confirmed, 'bo', 'install', 1, 'custody.alone'],
  ['another installs', confirmed, 'cy', 'install', 1, null],
  ['after it is over', installed, 'ann', 'cancel', 1, 'custody.ceremony_over'],
  ['the last moment', [], 'ann', 'contribute', 1_000, null],
  ['too late', [], 'ann', 'contribute', 1_001, 'custody.too_late'],
  ['too late, but it can be put away', give('ann'), 'ann', 'cancel', 1_001, null],
  ['a refused attempt counts for nothing', [event('refused', 'ann')], 'ann', 'contribute', 1, null],
] as const)('%s', (_, events, user_id, step, at_ms, code) => {
  const read = { check_value: 'D1D2D3', own_check_value: values[user_id] ?? '' };
  expect(stepRefusal(ceremonyFacts(open, events), { step, user_id, at_ms, ...read })).toBe(code);
});

test.each([
  ['D1D2D3', 'AAAAAA', null],
  [' d1d2d3 ', 'aaaaaa', null],
  ['D1D2D4', 'AAAAAA', 'custody.check_value_wrong'],
  ['', 'AAAAAA', 'custody.check_value_wrong'],
  ['D1D2D3', 'BBBBBB', 'custody.own_check_value_wrong'],
  ['D1D2D3', 'D1D2D3', 'custody.own_check_value_wrong'],
])('check values read as %j and %j: %s', (check_value, own_check_value, code) => {
  const attempt = { step: 'confirm', user_id: 'ann', at_ms: 1, check_value, own_check_value } as const;
  expect(stepRefusal(ceremonyFacts(open, combined), attempt)).toBe(code);
});

test.each([
  [['ann'], 'custody.two_or_three'],
  [['ann', 'bo', 'cy', 'di'], 'custody.two_or_three'],
  [['ann', 'ann'], 'custody.same_person_twice'],
  [['ann', 'eve'], 'custody.no_custodian'],
  [['ann', 'bo'], null],
])('opened by %j: %s', (custodians, code) => {
  expect(openingRefusal(custodians, new Set(['ann', 'bo', 'cy', 'di']))).toBe(code);
});

test.each([
  [[], 'contributing', 'contribute', null],
  [all, 'combining', 'combine', 'combine'],
  [combined, 'confirming', 'confirm', 'confirm'],
  [confirmed, 'installing', 'install', null],
  [installed, 'installed', null, null],
  [[event('cancelled', 'cy')], 'cancelled', null, null],
] as const)('a screen shows %j as %s: own steps', (events, state, ann, bo) => {
  const facts = ceremonyFacts(open, events);
  expect(ceremonyState(facts, 1)).toBe(state);
  expect([nextStep(facts, 'ann', 1), nextStep(facts, 'bo', 1), nextStep(facts, 'eve', 1)]).toEqual([ann, bo, null]);
});

test.each([
  ['psam', ['medical'], ['purchase'], ['DPK']],
  ['psam', ['identity'], ['maintenance'], ['STK']],
  ['psam', ['medical'], ['load'], 'custody.not_for_receiver'],
  ['terminal', ['identity'], ['maintenance'], 'custody.not_for_receiver'],
  ['bank', ['medical'], ['load', 'proof'], ['DLK', 'DTK']],
  ['bank', ['purse'], ['load'], 'custody.no_such_keys'],
  ['issuing_station', ['identity'], ['maintenance'], ['STK', 'BK', 'PUK']],
] as const)('keys for a %s: %j %j', (receiver, applications, transactions, expected) => {
  const found = keysFor(receiver, { applications, transactions });
  expect('names' in found ? found.names : found.refusal).toEqual(expected);
});
