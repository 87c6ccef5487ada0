import { describe, expect, it } from 'vitest';
import type { ChipEntry, DecisionEntry, LedgerEntry, TerminalStep, WireMessage } from './contract.ts';
import { type Found, failureOf, stationStates } from './stations.rules.ts';

const at = '2026-03-02T02:15:00Z';
const apdu = (what: string, status_word: string) =>
  ({ at, slot: 'card', command: '00', response: status_word, what, status_word }) as ChipEntry;
const step = (outcome: TerminalStep['outcome']): TerminalStep => ({ at, step: 'debiting', outcome, detail: {} });
const message = (direction: 'in' | 'out', code?: string) =>
  ({ at, direction, mti: '0200', fields: code ? [{ field: 39, value: code }] : [] }) as unknown as WireMessage;
const decided = (kind: DecisionEntry['kind'], state: string) => ({ kind, state }) as DecisionEntry;
const journal = (reverses: string | null) => ({ reverses }) as LedgerEntry;

const nothing: Found = { chip: [], terminal: [], wire: [], decision: [], ledger: [], books: [] };
const good: Found = {
  ...nothing,
  chip: [apdu('VERIFY', '63C2'), apdu('DEBIT FOR PURCHASE', '9000')],
  terminal: [step('ok')],
  wire: [message('in'), message('out', '00')],
  decision: [decided('payment', 'chip_confirmed')],
  ledger: [journal(null)],
};
const reversed = [decided('payment', 'reversed'), decided('reversal', 'reversed')];

/** What happened, how the stations ended, where it failed, whether it was repaired. */
const cases: readonly (readonly [string, Found, string, string | null, boolean])[] = [
  ['nothing', nothing, 'absent absent absent absent absent absent', null, false],
  ['a payment of an open day', good, 'done done done done done waiting', null, false],
  [
    'a payment of a closed day',
    { ...good, books: [{} as Found['books'][number]] },
    'done done done done done done',
    null,
    false,
  ],
  [
    'a request without an answer, reversed',
    { ...good, wire: [message('in')], decision: reversed, ledger: [journal(null), journal('x')] },
    'done done repaired repaired repaired waiting',
    'wire',
    true,
  ],
  [
    'a card pulled out, reversed',
    { ...good, chip: [apdu('DEBIT FOR PURCHASE', '')], terminal: [step('failed')], decision: reversed },
    'repaired repaired done repaired done waiting',
    'chip',
    true,
  ],
  [
    'no by the centre',
    { ...good, wire: [message('in'), message('out', '51')], decision: [decided('payment', 'declined')], ledger: [] },
    'done done failed failed absent absent',
    'decision',
    false,
  ],
  [
    'a wrong TAC',
    { ...good, decision: [decided('payment', 'approved'), decided('chip_proof', 'differs')] },
    'done done done failed done waiting',
    'decision',
    false,
  ],
];

describe('stations', () => {
  it.each(cases)('of %s', (_, found, expected, failed, repaired) => {
    const states = stationStates(found);
    expect(Object.values(states).join(' ')).toBe(expected);
    const failure = failureOf(found, states);
    expect([failure?.station ?? null, Boolean(failure?.repair)]).toEqual([failed, repaired]);
  });
});
