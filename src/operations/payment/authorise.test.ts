import { describe, expect, it } from 'vitest';
import { fen } from '../../kernel/money.ts';
import { authorisation } from './authorise.rules.ts';
import { paymentStates } from './contract.ts';
import type { Facts, PaymentRequest, StoredPayment } from './facts.ts';
import { chipProof, reversal } from './follow-up.rules.ts';
import { type DeclineCode, declines, responseOf } from './responses.ts';
import { rounds } from './rounds.ts';
import { stateAfter } from './states.rules.ts';

const eight = new Uint8Array(8);
const request = {
  kind: 'purchase',
  terminal_id: '00000001',
  batch: '000001',
  trace: '000001',
  account_number: '9901000000000000017',
  amount_fen: fen(100),
  ic: {
    card_factor: eight,
    cryptogram: eight,
    original: eight,
    session_factor: eight,
    transaction_counter: Uint8Array.of(0, 7),
  },
} as unknown as PaymentRequest;
const card = {
  state: 'active',
  expires_on: '2034-05-06',
  holder_died_on: null,
  load_sequence: 3,
  purchase_sequence: 7,
};
const facts = {
  request,
  fingerprint: 'a',
  earlier: null,
  card,
  listed: null,
  designated: true,
  balance_fen: fen(500),
  today: '2026-03-02',
  replayed: false,
  tac_used: false,
  proofs: { chip_registered: true, cryptogram: true, load_mac: true },
} as unknown as Facts;

/** The facts of a good purchase, changed. */
const given = (change: object): Facts => ({ ...facts, ...change });
const asked = (change: object) => ({ request: { ...request, ...change } });
const with_card = (change: object) => ({ card: { ...card, ...change } });
const proven = (change: object) => ({ proofs: { ...facts.proofs, ...change } });
const earlier = (change: object) => ({
  earlier: {
    fingerprint: 'a',
    state: 'approved',
    amount_fen: fen(100),
    account_number: request.account_number,
    ...change,
  } as unknown as StoredPayment,
});

describe('authorisation', () => {
  it('books a good purchase', () => {
    expect(authorisation(facts)).toEqual({ do: 'book' });
  });

  const refused: readonly (readonly [DeclineCode, string, object])[] = [
    ['payment.amount_invalid', 'zero', asked({ amount_fen: fen(0) })],
    ['payment.amount_invalid', 'negative', asked({ amount_fen: fen(-1) })],
    ['payment.amount_invalid', 'more than four bytes', asked({ amount_fen: fen(0x1_0000_0000) })],
    ['payment.card_unknown', 'no card', { card: null }],
    ['payment.card_not_activated', 'issued', with_card({ state: 'issued' })],
    ['payment.card_blocked', 'blocked', with_card({ state: 'blocked' })],
    ['payment.card_lost', 'lost', with_card({ state: 'lost' })],
    ['payment.card_cancelled', 'cancelled', with_card({ state: 'cancelled' })],
    ['payment.card_lost', 'listed lost', { listed: 'lost' }],
    [
      'payment.card_stolen',
      'listed stolen, and blocked for it',
      { ...with_card({ state: 'blocked' }), listed: 'stolen' },
    ],
    ['payment.card_cloned', 'listed cloned', { listed: 'cloned' }],
    ['payment.card_misused', 'listed misused', { listed: 'suspected_misuse' }],
    ['payment.holder_died', 'listed dead', { listed: 'holder_died' }],
    ['payment.card_cancelled', 'listed cancelled', { listed: 'cancelled' }],
    ['payment.card_expired', 'the day after', with_card({ expires_on: '2026-03-01' })],
    ['payment.holder_died', 'dead', with_card({ holder_died_on: '2026-02-27' })],
    ['payment.not_designated', 'not designated', { designated: false }],
    ['payment.data_missing', 'no cryptogram', asked({ ic: { ...request.ic, cryptogram: undefined } })],
    ['payment.data_missing', 'no counter', asked({ ic: { ...request.ic, transaction_counter: undefined } })],
    ['payment.data_missing', 'a load without MAC1', asked({ kind: 'load' })],
    ['payment.other_chip', 'another chip', proven({ chip_registered: false })],
    ['payment.cryptogram_wrong', 'wrong cryptogram', proven({ cryptogram: false })],
    ['payment.counter_went_back', 'one below', with_card({ purchase_sequence: 8 })],
  ];
  it.each(refused)('%s: %s', (code, _, change) => {
    expect(authorisation(given(change))).toEqual({ do: 'decline', code });
  });

  it.each([
    ['on its last day', with_card({ expires_on: '2026-03-02' })],
    ['with the counter it had before', with_card({ purchase_sequence: 7 })],
    ['of the largest amount a chip can hold', asked({ amount_fen: fen(0xffff_ffff) })],
  ])('lets pass a card %s', (_: string, change: object) => {
    expect(authorisation(given(change))).toEqual({ do: 'book' });
  });

  it.each([
    ['repeat', undefined, earlier({})],
    ['reject', 'payment.content_differs', earlier({ fingerprint: 'b' })],
    ['reject', 'payment.reversed_before', earlier({ fingerprint: null, state: 'reversed' })],
    ['reject', 'payment.reversed_before', earlier({ state: 'reversed' })],
  ])('of what was decided before: %s %s', (what, code, change) => {
    const verdict = authorisation(given({ ...change, ...with_card({ state: 'blocked' }) }));
    expect([verdict.do, 'code' in verdict ? verdict.code : undefined]).toEqual([what, code]);
  });
});

describe('reversal', () => {
  it.each([
    ['entomb', 'unknown', {}],
    ['take_back', 'approved', earlier({})],
    ['nothing', 'declined', earlier({ state: 'declined' })],
    ['nothing', 'reversed', earlier({ state: 'reversed' })],
    ['refuse', 'confirmed', earlier({ state: 'chip_confirmed' })],
    ['refuse', 'of another amount', earlier({ amount_fen: fen(99) })],
    ['refuse', 'of another card', earlier({ account_number: '9901000000000000025' })],
  ])('%s: the original is %s', (what, _, change) => {
    expect(reversal(given(change)).do).toBe(what);
  });
});

describe('proof of the chip', () => {
  it.each([
    ['confirm', true, earlier({})],
    ['repeat', true, earlier({ state: 'chip_confirmed' })],
    ['tac_wrong', false, earlier({})],
    ['tac_wrong', false, earlier({ state: 'chip_confirmed' })],
    ['tac_wrong', true, earlier({ amount_fen: fen(99) })],
    ['tac_after_reversal', true, earlier({ state: 'reversed' })],
    ['tac_without_payment', true, earlier({ state: 'declined' })],
    ['tac_without_payment', true, {}],
  ])('%s', (what, right, change) => {
    const verdict = chipProof(given(change), right);
    expect(verdict.do === 'refuse' ? verdict.difference : verdict.do).toBe(what);
  });
});

describe('states', () => {
  it('are those of the README', () => {
    const table = paymentStates.map((state) => [state, stateAfter(state, 'reverse'), stateAfter(state, 'confirm')]);
    expect(table).toEqual([
      ['approved', 'reversed', 'chip_confirmed'],
      ['declined', 'same', null],
      ['reversed', 'same', null],
      ['chip_confirmed', null, 'same'],
    ]);
  });
});

describe('refusals', () => {
  it('have a response code that is not a yes, and words in both languages', () => {
    for (const [code, { zh, en }] of Object.entries(declines)) {
      expect(responseOf(code as DeclineCode), code).toMatch(/^(?!00)[0-9A-Z]{2}$/);
      expect(
        [zh, en].every((words) => words.length > 2),
        code,
      ).toBe(true);
    }
  });
});

describe('rounds', () => {
  const of = (trace: string, account_number: string, settlement_number: string | null = null) =>
    ({ ...request, trace, account_number, settlement_number, original: null }) as PaymentRequest;

  it('keep apart what touches the same card, transaction or settlement, in order', () => {
    const group = [of('1', 'a'), of('2', 'b'), of('3', 'a'), of('4', 'c', 'S'), of('5', 'd', 'S'), of('6', 'a')];
    expect(rounds(group)).toEqual([[0, 1, 3], [2, 4], [5]]);
  });

  it('put a reversal after its original', () => {
    const original = { batch: '000001', trace: '1', date: '0302' };
    expect(rounds([of('1', 'a'), { ...of('9', 'z'), original }])).toEqual([[0], [1]]);
  });
});
