import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import vectors from '../../../test/vectors/card.json' with { type: 'json' };
import { bytes, hex } from '../../kernel/bytes.ts';
import { organisationCheck } from '../../kernel/identifiers.ts';
import {
  authenticationData,
  cardFactors,
  cardMac,
  diversify,
  encrypt,
  familyRules,
  keyCheckValue,
  pinBlock,
  retailMac,
  sessionKey,
  unwrapWorkingKeys,
} from './index.ts';

const { purse_load: load, purse_purchase: purchase } = vectors;

test('V1 purse load: session key, MAC1, MAC2', () => {
  const session = sessionKey('des', bytes(load.load_key), bytes(load.session_input));
  expect(hex(session)).toBe(load.session_key);
  expect(hex(cardMac('des', session, bytes(load.mac1_input)))).toBe(load.mac1);
  expect(hex(cardMac('des', session, bytes(load.mac2_input)))).toBe(load.mac2);
});

test('V2 purse purchase: session key, MAC1, MAC2, TAC key', () => {
  const session = sessionKey('des', bytes(purchase.purchase_key), bytes(purchase.session_input));
  expect(hex(session)).toBe(purchase.session_key);
  expect(hex(cardMac('des', session, bytes(purchase.mac1_input)))).toBe(purchase.mac1);
  expect(hex(cardMac('des', session, bytes(purchase.mac2_input)))).toBe(purchase.mac2);
  expect(hex(familyRules('des').tacKey(bytes(purchase.tac_key)))).toBe(purchase.tac_key_folded);
});

test.each(vectors.external_authenticate.cases)('V4 external authenticate under $key', ({ key, answer }) => {
  expect(hex(encrypt('des', bytes(key), bytes(vectors.external_authenticate.challenge)))).toBe(answer);
});

test('D1 diversification by card number', () => {
  const { root, factor, key } = vectors.diversification;
  expect(hex(diversify('des', bytes(root), bytes(factor)))).toBe(key);
});

test.each(vectors.retail_mac.cases)('V8 retail MAC of "$text"', ({ text, mac }) => {
  expect(hex(retailMac(bytes(vectors.retail_mac.key), Buffer.from(text), 'zeros'))).toBe(mac);
});

test.each(vectors.check_values)('V8 check value of $key', ({ key, check_value }) => {
  expect(keyCheckValue('des', bytes(key))).toBe(check_value);
});

test('V10 working keys of field 62', () => {
  const { terminal_key, download, pin, mac } = vectors.working_keys;
  const keys = unwrapWorkingKeys(bytes(terminal_key), bytes(download));
  expect({ pin: hex(keys.pin), mac: hex(keys.mac) }).toEqual({ pin, mac });
  const damaged = bytes(download);
  damaged[3] = 0;
  expect(() => unwrapWorkingKeys(bytes(terminal_key), damaged)).toThrow('check value');
});

test.each(vectors.pin_block.cases)('V13 PIN block of $account', ({ pin, account, block }) => {
  expect(hex(pinBlock(pin, account))).toBe(block);
});

test('V13 PIN block encrypted', () => {
  const { key, clear, encrypted } = vectors.pin_block;
  expect(hex(encrypt('des', bytes(key), bytes(clear)))).toBe(encrypted);
});

test('V15 SM3 and SM4 of the standards', () => {
  expect(createHash('sm3').update('abc').digest('hex').toUpperCase()).toBe(vectors.sm.sm3_of_abc);
  const key = bytes(vectors.sm.sm4_key_and_text);
  expect(hex(encrypt('sm4', key, key))).toBe(vectors.sm.sm4);
});

test('V17 check character of a card number', () => {
  expect(organisationCheck(vectors.card_number.first8)).toBe(vectors.card_number.check);
});

describe.each([
  { id: 'D2', family: 'des' as const, v: vectors.hierarchy_des },
  { id: 'D3', family: 'sm4' as const, v: vectors.hierarchy_sm4 },
])('$id hierarchy in $family', ({ family, v }) => {
  const factors = cardFactors(v.city_code, bytes(v.history), family);
  const steps = [factors.province, factors.city, factors.card];

  test('factors from the city code and the ATR', () => {
    expect(steps.map(hex)).toEqual(v.factors);
  });

  test('province, city and card key', () => {
    const keys: string[] = [];
    steps.reduce((key, factor) => {
      const next = diversify(family, key, factor);
      keys.push(hex(next));
      return next;
    }, bytes(v.root));
    expect(keys).toEqual(v.keys);
  });

  test('session key and authentication data', () => {
    const card = bytes(v.keys[2] as string);
    expect(hex(sessionKey(family, card, bytes(v.factor)))).toBe(v.session);
    expect(hex(authenticationData(family, card, bytes(v.factor), bytes(v.original)))).toBe(v.authentication);
  });
});
