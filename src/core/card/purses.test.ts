import { expect, test } from 'vitest';
import { bytes, concat, uint } from '../../kernel/bytes.ts';
import type { Command } from './apdu.ts';
import { parseCommand } from './apdu.ts';
import type { Card, ChipOutcome, ChipSession } from './chip/memory.ts';
import { bound } from './chip/purses.ts';
import { lineAuthentication, say, status } from './host.fixture.ts';
import { Chip } from './index.ts';
import type { PurseHandler } from './purse/port.ts';
import { sampleCard, sampleOf, samplePin } from './sample-card.fixture.ts';

const purse = 0x3f01;

/** The state a handler sees: a card of three areas with its purse selected. */
function cardState(session: Partial<ChipSession> = {}, chip = sampleOf('three-areas')): Card {
  const base: ChipSession = {
    challenge: null,
    response: null,
    directory: purse,
    file: null,
    record: 0,
    shown: new Set(),
    states: new Map(),
    issuer: false,
    pending: null,
    purse: null,
  };
  return { memory: chip.memory, session: { ...base, ...session }, random: (length) => new Uint8Array(length).fill(7) };
}

const command = parseCommand(bytes('8050000200')) as Command;
const run = (handler: PurseHandler, card = cardState()): ChipOutcome => bound(handler)(card, command);

test('a handler sees purses, keys, holder and pending transaction, and what it makes is written', () => {
  const record = new Uint8Array(0x17).fill(1);
  const outcome = run((card) => {
    expect(card.application.purses.EP).toEqual({ balance: 0, overdraft: 0, online: 0, offline: 0 });
    expect(card.application).toMatchObject({ proofs: [], log: [], logCapacity: 10, composite: [] });
    expect(card.key('load', 1)).toMatchObject({ version: 1 });
    expect(card.key('load', 2)).toBeNull();
    expect(card.key('tac', 0)).toMatchObject({ version: 1 });
    expect([card.holderShown, card.family, card.pending]).toEqual([false, 'sm4', null]);
    const purses = { ...card.application.purses, EP: { balance: 500, overdraft: 0, online: 1, offline: 0 } };
    const proofs = [{ type: 2, sequence: 1, mac: bytes('AABBCCDD'), tac: bytes('11223344') }];
    return {
      status: 0x9000,
      data: card.random(4),
      application: { ...card.application, purses, proofs, log: [record] },
      pending: { command: 'load' } as never,
    };
  });
  expect(outcome).toMatchObject({ status: 0x9000, data: bytes('07070707'), session: { purse: { command: 'load' } } });
  const chip = new Chip(outcome.memory as Card['memory']);
  const again = Chip.fromImage(chip.image());
  expect(again.memory).toEqual(outcome.memory);
  again.powerOn();
  status(again, '00A4000002 3F01');
  status(again, `0020000003 ${samplePin}`);
  expect(say(again, '00B201C417')).toBe(`${'01'.repeat(0x17)}9000`);
});

test('a refusal of a handler changes nothing', () => {
  expect(run(() => ({ status: 0x9401 }))).toEqual({ status: 0x9401 });
});

test('a shown PIN reaches the handler', () => {
  const shown = new Set([purse * 0x200 + 0x100]);
  run((card) => {
    expect(card.holderShown).toBe(true);
    return { status: 0x9000 };
  }, cardState({ shown }));
});

test('a key whose use is not open is not given, and its command says so', () => {
  const chip = sampleOf('three-areas');
  const directories = chip.memory.directories.map((it) => ({
    ...it,
    keys: it.keys.map((key) => ({
      ...key,
      shape: { ...key.shape, using: { rule: 'state', upper: 15, lower: 1 } as const },
    })),
  }));
  const card = cardState({}, new Chip({ ...chip.memory, directories }));
  const handler: PurseHandler = ({ key }) => ({ status: key('load', 1) ? 0x9000 : 0x9403 });
  expect(run(handler, card)).toEqual({ status: 0x6982 });
  const open = { ...card, session: { ...card.session, states: new Map([[purse, 1]]) } };
  expect(run(handler, open)).toEqual({ status: 0x9000 });
});

test('where there is no purse there is none to use', () => {
  const card = { ...cardState({ directory: 0x3f00 }), memory: sampleCard().memory };
  expect(run(() => ({ status: 0x9000 }), card)).toEqual({ status: 0x6985 });
});

test('composite records are appended by the issuer and read by tag', () => {
  const chip = sampleOf('three-areas');
  chip.powerOn();
  status(chip, '00A4000002 3F01');
  const key = chip.memory.directories[1]?.keys.find(({ shape }) => shape.use === 'external')?.value as Uint8Array;
  expect(status(chip, lineAuthentication(chip, 'sm4', key, '00'))).toBe('9000');
  for (const tag of [0xaa, 0x02])
    expect(chip.transmit(concat(bytes('00E200C8 06'), uint(tag, 1), bytes('0400000000')))).toEqual(bytes('9000'));
  expect(say(chip, '00B202C806')).toBe('0204000000009000');
  expect(chip.memory.directories[1]?.purse?.composite).toHaveLength(2);
});
