import { createCipheriv } from 'node:crypto';
import { expect, test } from 'vitest';
import { bytes, concat, hex, readUint, uint } from '../../../kernel/bytes.ts';
import { fen } from '../../../kernel/money.ts';
import type { CipherFamily } from '../../keys/index.ts';
import { sw } from '../status-words.ts';
import * as steps from '../steps/purse-steps.ts';
import type { PurseKeyUse } from './port.ts';
import {
  applicationOf,
  loadKey,
  type PurseHarness,
  portOf,
  purseHarness,
  richApplication,
  sampleKeys,
  say,
} from './purse.fixture.ts';
import { purseType } from './purse.rules.ts';
import * as host from './purse-host.ts';

const terminal = bytes('001122334455');
const time = bytes('20250305090807');

/** Random bytes that differ at every call and are the same in every run. */
const counted = () => {
  let n = 0;
  return (length: number) => uint(++n * 2_654_435, length);
};

const keyOf = (use: PurseKeyUse, index: number) => sampleKeys[`${use} ${index}`] as Uint8Array;
const value = <T>(answer: { ok: true; value: T } | { ok: false; status: number }): T => {
  if (!answer.ok) throw new Error(`refused with ${answer.status.toString(16)}`);
  return answer.value;
};

/** The rest of what a host or PSAM needs of a transaction, from the card's answer. */
const facts = (purse: 'ED' | 'EP', sum: number, started: steps.PurseStarted) => ({
  purse,
  keyIndex: 1,
  amount: sum,
  terminal,
  time,
  balance: Number(started.balance),
  overdraft: Number(started.overdraft),
  sequence: started.sequence,
  random: started.random,
});

/** Begins, lets the host answer, finishes, and lets the host check the code: the whole of an online transaction. */
async function online(
  card: PurseHarness,
  family: CipherFamily,
  transaction: 'load' | 'unload' | 'overdraft',
  purse: 'ED' | 'EP',
  sum: number,
): Promise<boolean> {
  const [port, security] = [portOf(card), host.clearSecurity(family, keyOf)];
  const started = value(
    await steps.initPurseOnline(port, transaction, { purse, keyIndex: 1, amount: fen(sum), terminal }),
  );
  const of = { ...facts(purse, sum, started), transaction };
  const mac2 = host.hostMac2(security, of, started.mac1);
  if (!mac2) throw new Error('MAC1 is wrong');
  expect(host.hostMac2(security, { ...of, balance: of.balance + 1 }, started.mac1)).toBeNull();
  const answer = { time, mac2 };
  const code =
    transaction === 'load'
      ? await steps.creditPurse(port, answer)
      : transaction === 'unload'
        ? await steps.debitPurseUnload(port, answer)
        : await steps.updateOverdraft(port, fen(sum), answer);
  expect(host.hostAccepts(security, { ...of, amount: sum + 1 }, value(code))).toBe(false);
  return host.hostAccepts(security, of, value(code));
}

async function offline(
  card: PurseHarness,
  family: CipherFamily,
  transaction: 'purchase' | 'withdrawal' | 'composite',
  purse: 'ED' | 'EP',
  sum: number,
  records: readonly string[] = [],
): Promise<boolean> {
  const [port, security] = [portOf(card), host.clearSecurity(family, keyOf)];
  const order = { purse, keyIndex: 1, amount: fen(sum), terminal };
  const started = value(await steps.initPurseOffline(port, transaction, order));
  for (const record of records) value(await steps.cacheComposite(port, bytes(record)));
  const of = { ...facts(purse, sum, started), transaction, terminalSequence: uint(7, 4) };
  const done = value(await steps.debitPurse(port, { terminalSequence: 7, mac1: host.hostMac1(security, of) }, time));
  expect(host.hostAcceptsPurchase(security, { ...of, amount: sum + 1 }, done)).toBe(false);
  return host.hostAcceptsPurchase(security, of, done);
}

test.each(['des', 'sm4'] as const)('%s: a life of a purse: host and card agree on every code', async (family) => {
  const card = purseHarness({ random: counted(), family });
  const port = portOf(card);
  card.showPin();
  expect(await online(card, family, 'load', 'ED', 10_000)).toBe(true);
  expect(await online(card, family, 'load', 'EP', 5_000)).toBe(true);
  expect(await offline(card, family, 'purchase', 'EP', 1_250)).toBe(true);
  expect(await offline(card, family, 'withdrawal', 'ED', 2_000)).toBe(true);
  expect(await online(card, family, 'overdraft', 'ED', 3_000)).toBe(true);
  expect(await offline(card, family, 'purchase', 'ED', 10_500)).toBe(true);
  expect(value(await steps.readPurse(port, 'ED'))).toBe(500n);
  expect(await online(card, family, 'load', 'ED', 4_000)).toBe(true);
  expect(await online(card, family, 'unload', 'ED', 1_000)).toBe(true);
  expect(await offline(card, family, 'composite', 'EP', 300, ['AA0401020304', '020477777777', 'AA020909'])).toBe(true);
  expect(value(await steps.readPurse(port, 'ED'))).toBe(3_500n);
  expect(value(await steps.readPurse(port, 'EP'))).toBe(3_450n);
  expect(card.application().composite.map(hex)).toEqual(['AA0409090000', '0206777777770000']);
  expect(card.application().purses).toEqual({
    ED: { balance: 3_500, overdraft: 3_000, online: 4, offline: 2 },
    EP: { balance: 3_450, overdraft: 0, online: 1, offline: 2 },
  });
  const log = value(await steps.readPurseLog(port));
  expect(log.map(({ sequence, overdraft, amount, type }) => [type, sequence, overdraft, amount])).toEqual([
    [purseType.composite, 2, 0n, 300n],
    [purseType.unload, 4, 3_000n, 1_000n],
    [purseType.loadED, 3, 3_000n, 4_000n],
    [purseType.purchaseED, 2, 3_000n, 10_500n],
    [purseType.overdraft, 2, 3_000n, 3_000n],
    [purseType.withdrawal, 1, 0n, 2_000n],
    [purseType.purchaseEP, 1, 0n, 1_250n],
    [purseType.loadEP, 1, 0n, 5_000n],
    [purseType.loadED, 1, 0n, 10_000n],
  ]);
  expect(log[0]).toMatchObject({ terminal: '001122334455', time: '20250305090807' });
});

test('the log keeps the newest, as many as it holds', async () => {
  const card = purseHarness({ random: counted(), application: applicationOf({ logCapacity: 3 }) });
  card.showPin();
  for (const sum of [1, 2, 3, 4]) await online(card, 'des', 'load', 'EP', sum);
  expect(card.application().log.map((record) => readUint(record, 5, 4))).toEqual([4, 3, 2]);
});

test('a torn card proves what it did, and nothing else', async () => {
  const card = purseHarness({ random: counted(), application: richApplication() });
  card.showPin();
  const order = { purse: 'ED', keyIndex: 1, amount: fen(100), terminal } as const;
  const port = portOf(card);
  const security = host.clearSecurity('des', keyOf);
  const started = value(await steps.initPurseOnline(port, 'unload', order));
  expect(value(await steps.purseProof(port, purseType.unload, started.sequence))).toBeNull();
  const of = { ...facts('ED', 100, started), transaction: 'unload' } as const;
  const mac2 = host.hostMac2(security, of, started.mac1) as Uint8Array;
  // The answer is lost: 61xx is never followed.
  card.transmit(concat(bytes('805403000B'), time, mac2));
  card.reset();
  const proof = value(await steps.purseProof(port, purseType.unload, started.sequence));
  expect(proof && host.hostAccepts(security, of, proof.mac)).toBe(true);
  expect(hex(proof!.tac)).toBe('00000000');
  expect(value(await steps.purseProof(port, purseType.unload, started.sequence + 1))).toBeNull();
  expect(value(await steps.purseProof(port, purseType.loadED, started.sequence))).toBeNull();
});

test('proofs of different types stand side by side, of one type the last', async () => {
  const card = purseHarness({ random: counted() });
  card.showPin();
  await online(card, 'des', 'load', 'EP', 100);
  await offline(card, 'des', 'purchase', 'EP', 10);
  await offline(card, 'des', 'purchase', 'EP', 20);
  const { proofs } = card.application();
  expect(proofs.map(({ type, sequence }) => [type, sequence])).toEqual([
    [purseType.loadEP, 1],
    [purseType.purchaseEP, 2],
  ]);
  expect(hex(proofs[0]!.mac)).toBe('00000000');
  expect(say(card, '805A000602 0001')).toBe('9406');
  expect(say(card, '805A000602 0002')).toBe(`${hex(proofs[1]!.mac)}${hex(proofs[1]!.tac)}9000`);
});

test('a PSAM of PBOC makes MAC1 from what the card answered', async () => {
  // Written out from card.md 1.7 with a cipher of its own: 80 70 00 00, factors at the end.
  const asked: Uint8Array[] = [];
  const ede = (key: Uint8Array, data: Uint8Array) =>
    new Uint8Array(
      createCipheriv('des-ede3', key.length === 8 ? concat(key, key, key) : concat(key, key.slice(0, 8)), null)
        .setAutoPadding(false)
        .update(data),
    );
  const psam = {
    atr: new Uint8Array(),
    send: async (command: Uint8Array) => {
      asked.push(command);
      const part = (at: number, length: number) => command.slice(at, at + length);
      const [random, sequence, amount, type, when] = [part(5, 4), part(9, 2), part(11, 4), part(15, 1), part(16, 7)];
      const session = ede(loadKey, concat(random, sequence, bytes('0009')));
      const input = concat(amount, type, terminal, when, bytes('80 0000 0000 00'));
      let block = new Uint8Array(8);
      for (let at = 0; at < 24; at += 8)
        block = ede(
          session,
          block.map((byte, i) => byte ^ (input[at + i] as number)),
        );
      return { status: 0x9000, data: concat(bytes('00000009'), block.slice(0, 4)) };
    },
  };
  const card = purseHarness({ random: counted(), application: richApplication() });
  const port = portOf(card);
  const order = { purse: 'EP', keyIndex: 1, amount: fen(100), terminal } as const;
  const started = value(await steps.initPurseOffline(port, 'purchase', order));
  const made = value(
    await steps.psamInitPurse(psam, 'purchase', order, started, { time, factors: bytes('2016122100001003') }),
  );
  expect(asked[0]).toHaveLength(5 + 0x14 + 8);
  expect(hex(asked[0]!.slice(0, 5))).toBe('807000001C');
  value(await steps.debitPurse(port, made, time));
  expect(card.application().purses.EP?.balance).toBe(900);
});

test('steps hand on what the card refuses', async () => {
  const port = portOf(purseHarness({ random: counted() }));
  expect(await steps.readPurse(port, 'ED')).toEqual({ ok: false, status: sw.security });
  const order = { purse: 'EP', keyIndex: 1, amount: fen(1), terminal } as const;
  expect(await steps.initPurseOffline(port, 'purchase', order)).toEqual({ ok: false, status: sw.insufficient });
});
