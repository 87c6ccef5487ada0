import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytes, hex } from '../../../kernel/bytes.ts';
import { cardMac, diversify, familyRules, sessionKey, transactionCode } from '../../keys/index.ts';
import { isKnownStatus, sw } from '../status-words.ts';
import {
  applicationOf,
  loadKey,
  purseHarness,
  richApplication,
  sampleKeys,
  samplePurse,
  say,
  tacKey,
} from './purse.fixture.ts';
import { offlineSessionInput, onlineSessionInput, type PurseTransaction, purseAfter } from './purse.rules.ts';
import { purseCommands } from './purse-commands.ts';

const vectors = JSON.parse(readFileSync('test/vectors/card.json', 'utf8'));
const published = () => bytes('11223344');

test('V1: the published load, byte for byte', () => {
  const { session_input, session_key, mac1, mac2 } = vectors.purse_load;
  expect(hex(onlineSessionInput(published(), 0))).toBe(session_input);
  expect(hex(sessionKey('des', loadKey, bytes(session_input)))).toBe(session_key);
  const card = purseHarness({ random: published, version: 2 });
  card.showPin();
  expect(say(card, '805000010B 01 00001000 001122334455')).toBe(
    `00000000000002 00 11223344 ${mac1} 9000`.replaceAll(' ', ''),
  );
  const answer = say(card, `805200000B 20111221 214822 ${mac2}`);
  const tac = transactionCode('des', tacKey, bytes('00001000 0000 00001000 01 001122334455 20111221 214822'));
  expect(answer).toBe(`${hex(tac)}9000`);
  expect(card.application().purses.ED).toEqual({ balance: 0x1000, overdraft: 0, online: 1, offline: 0 });
});

test('V2: the published purchase, byte for byte, and the key of the TAC', () => {
  const { session_input, session_key, mac1, mac2, tac_key_folded } = vectors.purse_purchase;
  expect(hex(offlineSessionInput(published(), 0, bytes('00000001')))).toBe(session_input);
  expect(hex(sessionKey('des', loadKey, bytes(session_input)))).toBe(session_key);
  expect(hex(familyRules('des').tacKey(tacKey))).toBe(tac_key_folded);
  // The published card is empty and lets the purchase begin all the same: ours holds the amount.
  const card = purseHarness({ random: published, application: applicationOf({ purses: { EP: samplePurse(0x1000) } }) });
  expect(say(card, '805001020B 01 00001000 001122334455')).toBe(
    '00001000 0000 000000 01 00 11223344 9000'.replaceAll(' ', ''),
  );
  const tac = cardMac('des', bytes(tac_key_folded), bytes('00001000 06 001122334455 00000001 20120229 135100'));
  expect(say(card, `805401000F 00000001 20120229 135100 ${mac1}`)).toBe(`${hex(tac)}${mac2}9000`);
  expect(card.application().purses.EP).toEqual({ balance: 0, overdraft: 0, online: 0, offline: 1 });
});

test('D1: the purse keys of a card come from the root by the right-most 16 digits of its number', () => {
  const { root, factor, key } = vectors.diversification;
  expect(hex(diversify('des', bytes(root), bytes(factor)))).toBe(key);
});

test.each<[PurseTransaction, Partial<ReturnType<typeof samplePurse>>, number, object | number, string]>([
  ['load', {}, 5, { balance: 5, online: 1 }, 'into an empty purse'],
  ['load', { balance: 0xffff_fffe }, 1, { balance: 0xffff_ffff, online: 1 }, 'to the brim'],
  ['load', { balance: 0xffff_ffff }, 1, sw.conditions, 'over the brim'],
  ['load', {}, 0, sw.wrongData, 'of nothing'],
  ['load', { online: 65534 }, 1, { balance: 1, online: 65535 }, 'the last one'],
  ['load', { online: 65535 }, 1, sw.counterAtEnd, 'after the last one'],
  ['load', { offline: 65535 }, 1, { balance: 1, online: 1 }, 'after the last purchase'],
  ['load', { balance: 40, overdraft: 100 }, 70, { balance: 110, online: 1 }, 'pays 60 of debt first'],
  ['purchase', { balance: 5 }, 5, { balance: 0, offline: 1 }, 'of all there is'],
  ['purchase', { balance: 5 }, 6, sw.insufficient, 'of one more'],
  ['purchase', { balance: 100, overdraft: 100 }, 100, { balance: 0, offline: 1 }, 'on credit to the limit'],
  ['purchase', { balance: 100, overdraft: 100 }, 101, sw.insufficient, 'beyond the limit'],
  ['purchase', { balance: 5, offline: 65535 }, 5, sw.counterAtEnd, 'after the last one'],
  ['purchase', { balance: 5, offline: 65535 }, 6, sw.counterAtEnd, 'after the last one, and too much'],
  ['withdrawal', { balance: 5 }, 0, sw.wrongData, 'of nothing'],
  ['withdrawal', { balance: 5, online: 65535 }, 2, { balance: 3, offline: 1 }, 'after the last load'],
  ['unload', { balance: 5 }, 5, { balance: 0, online: 1 }, 'of all there is'],
  ['unload', { balance: 5 }, 6, sw.insufficient, 'of more'],
  ['composite', {}, 0, { balance: 0, offline: 1 }, 'of nothing: only the record is written'],
  ['composite', {}, 1, sw.insufficient, 'of more than there is'],
  ['overdraft', { balance: 30 }, 100, { balance: 130, overdraft: 100, online: 1 }, 'a first limit'],
  ['overdraft', { balance: 130, overdraft: 100 }, 0, { balance: 30, overdraft: 0, online: 1 }, 'taken away again'],
  [
    'overdraft',
    { balance: 40, overdraft: 100 },
    60,
    { balance: 0, overdraft: 60, online: 1 },
    'down to the debt of 60',
  ],
  ['overdraft', { balance: 40, overdraft: 100 }, 59, sw.insufficient, 'below the debt of 60'],
  ['overdraft', { balance: 0xffff_ffff }, 1, sw.conditions, 'over the brim'],
  ['overdraft', { online: 65535 }, 1, sw.counterAtEnd, 'after the last one'],
])('%s on %o by %i gives %o (%s)', (transaction, purse, amount, result) => {
  const before = samplePurse(0, purse);
  const expected = typeof result === 'number' ? result : { ...before, ...result };
  expect(purseAfter(transaction, before, amount)).toEqual(expected);
});

const amount = '00000064';
const order = `01${amount}001122334455`;

test.each([
  // INITIALIZE: purse, key, PIN, amount, counter
  ['805000030B', order, '6A86', 'no third purse to load'],
  ['805002020B', order, '6A86', 'no cash withdrawal from an EP'],
  ['805005020B', order, '6A86', 'no unload from an EP'],
  ['8050040207', '01001122334455', '6A86', 'no overdraft limit on an EP'],
  ['805003010B', order, '6A86', 'no composite purchase from an ED'],
  ['805006010B', order, '6A86', 'no sixth kind'],
  ['805000010B', `09${amount}001122334455`, '9403', 'no such load key'],
  ['805001020B', `03${amount}001122334455`, '9403', 'no such purchase key'],
  ['8050040107', '02001122334455', '9403', 'no such overdraft key'],
  ['805000010B', order, '6982', 'ED load without PIN'],
  ['805000020B', order, '6982', 'EP load without PIN'],
  ['805001010B', order, '6982', 'ED purchase without PIN'],
  ['805002010B', order, '6982', 'cash withdrawal without PIN'],
  ['805005010B', order, '6982', 'unload without PIN'],
  ['8050040107', '01001122334455', '6982', 'overdraft limit without PIN'],
  ['805001020B', '0100000000001122334455', '6A80', 'a purchase of nothing'],
  ['805001020B', '01000003E9001122334455', '9401', 'one fen more than there is'],
  ['805003020B', '01000003E9001122334455', '9401', 'the same as composite purchase'],
  // The other commands out of turn
  ['805200000B', '20250305090807 00000000', '6901', 'credit without a load'],
  ['805401000F', '00000001 20250305090807 00000000', '6901', 'debit without a purchase'],
  ['805403000B', '20250305090807 00000000', '6901', 'debit without an unload'],
  ['805800000E', '000064 20250305090807 00000000', '6901', 'limit without its INITIALIZE'],
  ['80DCAAC806', 'AA0400000000', '6901', 'record without a composite purchase'],
  ['805A000102', '0001', '9406', 'no load to prove'],
  ['805A000802', '0001', '9406', 'a credit purchase, which no card of ours does'],
  ['805A000A02', '0001', '6A86', 'no tenth type'],
  ['805A000002', '0001', '6A86', 'no type 0'],
  ['805A010102', '0001', '6A86', 'P1 of a proof'],
  // Lengths and headers
  ['805000010A', order.slice(0, -2), '6700', 'an order too short'],
  ['8050000104', '', '6700', 'an order left out'],
  ['805A000101', '01', '6700', 'half a sequence'],
  ['805C000104', '', '6982', 'the balance of an ED without PIN'],
  ['805C000304', '', '6A86', 'the balance of a third purse'],
  ['805C010204', '', '6A86', 'P1 of a balance'],
  ['805C000205', '', '6C04', 'a balance of five bytes'],
  ['B05C000204', '', '6E00', 'class of the medical account'],
])('%s%s is refused with %s (%s)', (header, data, status) => {
  const card = purseHarness({ random: published, application: richApplication() });
  const before = card.application();
  expect(say(card, `${header}${data}`)).toBe(status);
  expect(card.application()).toBe(before);
});

test.each([
  ['805C000104', 'balance'],
  [`805000010B${order}`, 'load'],
  [`805001010B${order}`, 'purchase'],
])('%s: an application without deposit has no %s', (command) => {
  const card = purseHarness({ random: published, application: applicationOf({ purses: { EP: samplePurse(9) } }) });
  card.showPin();
  expect(say(card, command)).toBe('6A82');
});

test('without a TAC key nothing is done: 6A88, and the purse is as before', () => {
  const keys = Object.fromEntries(Object.entries(sampleKeys).filter(([name]) => name !== 'tac 0'));
  const card = purseHarness({ random: published, application: richApplication(), keys });
  const before = card.application();
  say(card, `805001020B${order}`);
  expect(say(card, '805401000F 00000001 20250305090807 00000000')).toBe('6A88');
  expect(card.application()).toBe(before);
});

const begin = {
  load: `805000020B${order}`,
  purchase: `805001020B${order}`,
  withdrawal: `805002010B${order}`,
  composite: `805003020B${order}`,
  overdraft: '8050040107 01001122334455',
  unload: `805005010B${order}`,
};
const finish = {
  load: '805200000B 20250305090807 00000000',
  purchase: '805401000F 00000001 20250305090807 00000000',
  withdrawal: '805401000F 00000001 20250305090807 00000000',
  composite: '80DCAAC806 AA0400000000',
  overdraft: '805800000E 000064 20250305090807 00000000',
  unload: '805403000B 20250305090807 00000000',
};
const kinds = Object.keys(begin) as (keyof typeof begin)[];

/** What stands between begin and finish, and whether the transaction lives through it. */
const between: readonly [string, boolean][] = [
  ['805C000204', true],
  ['805A000102 0001', true],
  ['00B201C417', false],
  ['0020000003 135790', false],
  ['805C000304', true],
  ['80FF000000', false],
  ['805000', false],
];

test.each(kinds)('a started %s: which second step it takes, what it lives through', (kind) => {
  const card = purseHarness({ random: published, application: richApplication() });
  card.showPin();
  const right = kind === 'composite' ? '9000' : '9302';
  for (const other of kinds) {
    expect(say(card, begin[kind])).toMatch(/9000$/);
    const fits = finish[other] === finish[kind];
    expect(say(card, finish[other])).toBe(fits ? right : '6901');
    if (!fits) expect(say(card, finish[kind])).toBe('6901');
  }
  for (const [command, lives] of between) {
    say(card, begin[kind]);
    say(card, command);
    expect(say(card, finish[kind])).toBe(lives ? right : '6901');
  }
  for (const other of kinds) {
    say(card, begin[other]);
    say(card, begin[kind]);
    expect(say(card, finish[kind])).toBe(right);
  }
  say(card, begin[kind]);
  card.reset();
  card.showPin();
  expect(say(card, finish[kind])).toBe('6901');
  expect(card.application()).toEqual(richApplication());
});

test('a wrong MAC ends the transaction: the right one afterwards comes too late', () => {
  const card = purseHarness({ random: published, application: applicationOf({ purses: { EP: samplePurse(0x1000) } }) });
  say(card, '805001020B 01 00001000 001122334455');
  expect(say(card, '805401000F 00000001 20120229 135100 F15CAB74')).toBe('9302');
  expect(say(card, '805401000F 00000001 20120229 135100 F15CAB75')).toBe('6901');
  expect(card.application().purses.EP?.balance).toBe(0x1000);
});

test.each([
  ['80DCAAC806 AA0401020304', '9000', 'the record as it is'],
  ['80DCAAC804 AA020102', '9000', 'a shorter one'],
  ['80DCAAC806 AB0401020304', '6A80', 'another tag than it is addressed by'],
  ['80DCAAC806 AA0301020304', '6A80', 'a length that is not its own'],
  ['80DCAAC807 AA050102030405', '6A84', 'longer than the record'],
  ['80DCBBC806 BB0401020304', '6A83', 'no such record'],
  ['80DCAAC006 AA0401020304', '6A82', 'another file'],
  ['80DCAACC06 AA0401020304', '6A86', 'by number'],
])('composite: %s gives %s (%s), and a refusal ends the purchase', (command, status) => {
  const card = purseHarness({ random: published, application: richApplication() });
  say(card, begin.composite);
  expect(say(card, command)).toBe(status);
  expect(say(card, finish.purchase)).toBe(status === '9000' ? '9302' : '6901');
  expect(card.application()).toEqual(richApplication());
});

test('a composite purchase without a record cannot be debited', () => {
  const card = purseHarness({ random: published, application: richApplication() });
  say(card, begin.composite);
  expect(say(card, finish.purchase)).toBe('6901');
});

test('the command table says how long commands and answers are', () => {
  const card = purseHarness({ random: published, application: richApplication() });
  card.showPin();
  const sum = (fields: readonly { length: number | null }[]) =>
    fields.reduce((total, { length }) => total + (length ?? Number.NaN), 0);
  for (const kind of kinds) {
    const name = kind === 'withdrawal' ? 'initialize_withdraw' : (`initialize_${kind}` as const);
    const spec = purseCommands[name];
    expect([sum(spec.sends), sum(spec.sends)]).toEqual(spec.data);
    expect(say(card, begin[kind])).toHaveLength(2 * (sum(spec.answers) + 2));
  }
  for (const spec of Object.values(purseCommands))
    if (spec.transfer === 'both') expect([sum(spec.sends), sum(spec.sends)]).toEqual(spec.data);
  expect(Object.values(sw).every(isKnownStatus)).toBe(true);
});
