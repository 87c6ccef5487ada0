import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import vectors from '../../../test/vectors/card.json' with { type: 'json' };
import { bytes, concat, hex, uint } from '../../kernel/bytes.ts';
import { fen } from '../../kernel/money.ts';
import { keyOn } from './host.fixture.ts';
import { des3, desMac, pad80, say, sm4Mac } from './independent.fixture.ts';
import * as card from './index.ts';
import { issuedPsam } from './psam/psam-station.fixture.ts';
import { fuzzPurse } from './purse.fuzz.ts';
import { newPurse, purseChip, purseDirectory } from './purse-card.fixture.ts';
import { samplePin, samplePsam } from './sample-card.fixture.ts';

/** A difference names its seed, with which `purse.fuzz.ts --seed` runs the same lives again. */
const seed = randomInt(1_000_000);

test.each([
  ['three-areas', 'des', [1, 2, 3, 4, 5, 6, 7, 9]],
  ['three-areas', 'sm4', [1, 2, 3, 4, 5, 6, 7, 9]],
  ['small-purse', 'des', [2, 6]],
  ['small-purse', 'sm4', [2, 6]],
] as const)('%s, %s: the purse on the chip answers as the second purse, byte for byte', (profile, family, types) => {
  const report = fuzzPurse({ profile, family, count: 600, seed });
  expect(Object.keys(report.done).map(Number), `seed ${seed}`).toEqual([...types]);
  const reached = ['9000', '6700', '6901', '6982', '6A80', '6A83', '6A86', '9302', '9401', '9402', '9403', '9406'];
  expect(
    reached.filter((status) => !(status in report.statuses)),
    `seed ${seed}`,
  ).toEqual([]);
});

describe('published vectors, by APDU on the chip', () => {
  const published = { value: bytes(vectors.purse_load.load_key) };
  const random = () => bytes('11223344');
  const tac = { 'tac 0': { value: bytes(vectors.purse_purchase.tac_key) } };
  /** The key of TACs is the folded one, as published; computed apart from the card. */
  const expectedTac = (input: string) =>
    hex(desMac(bytes(vectors.purse_purchase.tac_key_folded), pad80(bytes(input), 8)).slice(0, 4));

  test('V1: a load of the deposit', () => {
    const chip = purseChip({ family: 'des', random, keys: { ...tac, 'load 1': { ...published, version: 2 } } });
    expect(say(chip, `0020000003${samplePin}`)).toBe('9000');
    expect(say(chip, '805000010B0100001000001122334455')).toBe('0000000000000200112233442988AE5A9000');
    const done = expectedTac('00001000 0000 00001000 01 001122334455 20111221214822');
    expect(say(chip, `805200000B20111221214822${vectors.purse_load.mac2}`)).toBe(`${done}9000`);
    expect(say(chip, '805C000104')).toBe('000010009000');
    expect(say(chip, '00B201C417')).toBe('00010000000000100001001122334455201112212148229000');
    expect(say(chip, '805A0001020001')).toBe(`00000000${done}9000`);
  });

  test('V2: a purchase with the purse, the PSAM beside it made with the same key', () => {
    // The published card is empty and lets the purchase begin all the same; this one holds the amount.
    const purses = { EP: newPurse(0x1000) };
    const chip = purseChip({ family: 'des', random, purses, keys: { ...tac, 'purchase 1': published } });
    const psam = issuedPsam([['11', `0201000000000000${vectors.purse_purchase.purchase_key}`]]);
    const { mac1, mac2 } = vectors.purse_purchase;
    expect(say(chip, '805001020B0100001000001122334455')).toBe('0000100000000000000100112233449000');
    expect(say(psam, '80700000141122334400000000100006201202291351000100')).toBe(`00000001${mac1}9000`);
    const done = expectedTac('00001000 06 001122334455 00000001 20120229135100');
    expect(say(chip, `805401000F0000000120120229135100${mac1}`)).toBe(`${done}${mac2}9000`);
    expect(say(psam, `8072000004${mac2}`)).toBe('9000');
    expect(say(chip, '805C000204')).toBe('000000009000');
    expect(say(chip, '805A0006020001')).toBe(`${mac2}${done}9000`);
  });

  test.each(['des', 'sm4'] as const)('line protection: MAC under a challenge of four bytes, %s', (family) => {
    const chip = purseChip({ family, random });
    const key = keyOn(chip.memory, purseDirectory, 'maintenance');
    const block = family === 'des' ? 8 : 16;
    const iv = concat(random(), new Uint8Array(block - 4));
    const input = pad80(bytes('04D6950006ABCD'), block);
    const mac = hex((family === 'des' ? desMac : sm4Mac)(key, input, iv).slice(0, 4));
    expect(say(chip, '0084000004')).toBe('112233449000');
    expect(say(chip, `04D6950006ABCD${mac}`)).toBe('9000');
    expect(say(chip, '00B0950002')).toBe('ABCD9000');
  });

  test('a session key is one 3DES of what the rule says: V1 and V2', () => {
    for (const { load_key, purchase_key, session_input, session_key } of [
      vectors.purse_load,
      vectors.purse_purchase,
    ].map((it) => ({ load_key: '', purchase_key: '', ...it })))
      expect(hex(des3(bytes(load_key || purchase_key))(bytes(session_input)))).toBe(session_key);
  });
});

const value = <T>(answer: card.Answered<T>): T => {
  if (!answer.ok) throw new Error(`refused with ${answer.status.toString(16)}`);
  return answer.value;
};

/** A terminal with chip and PSAM in a reader, as a shop has it. */
async function terminal(family: 'des' | 'sm4') {
  const composite = [bytes('AA0400000000')];
  const purses = { ED: newPurse(5_000), EP: newPurse(3_000) };
  const chip = purseChip({ family, purses, composite });
  const reader = new card.SimulatedReader();
  reader.insert('user', chip);
  reader.insert('sam', samplePsam());
  const [port, psam] = [await card.connect(reader, 'user'), await card.connect(reader, 'sam')];
  const number = value(await card.readTerminalNumber(psam));
  const { factor } = value(await card.selectPurse(port));
  value(await card.selectPursePsam(psam));
  const security = card.clearSecurity(family, (use, index) => keyOn(chip.memory, purseDirectory, use, index));
  return { chip, port, psam, number, factor, security };
}

const time = bytes('20260630101500');

describe.each(['des', 'sm4'] as const)('a terminal with its PSAM and a card of three areas, %s', (family) => {
  type Offline = card.OfflineTransaction['transaction'];
  const rows: readonly (readonly [Offline, card.PurseName, number, number])[] = [
    ['purchase', 'EP', 1_250, 6],
    ['purchase', 'ED', 700, 5],
    ['withdrawal', 'ED', 2_000, 4],
    ['composite', 'EP', 300, 9],
  ];

  test.each(rows)('%s on %s of %i fen', async (transaction, purse, sum, type) => {
    const { chip, port, psam, number, factor, security } = await terminal(family);
    expect((await card.verifyPin(port, samplePin)).kind).toBe('right');
    const before = value(await card.readPurse(port, purse));
    const order = { purse, keyIndex: 1, amount: fen(sum), terminal: number };
    const started = value(await card.initPurseOffline(port, transaction, order));
    if (transaction === 'composite') value(await card.cacheComposite(port, bytes('AA0401020304')));
    const allowed = value(await card.psamInitPurse(psam, transaction, order, started, { time, factors: factor }));
    const done = value(await card.debitPurse(port, allowed, time));
    expect(value(await card.psamCreditPurchase(psam, done.mac2))).toBe(true);
    const of = {
      ...{ transaction, purse, keyIndex: 1, amount: sum, terminal: number, time },
      ...{ random: started.random, sequence: started.sequence, terminalSequence: uint(allowed.terminalSequence, 4) },
    };
    expect(card.hostAcceptsPurchase(security, of, done)).toBe(true);
    expect(card.hostAcceptsPurchase(security, { ...of, amount: sum + 1 }, done)).toBe(false);
    expect(value(await card.readPurse(port, purse))).toBe(fen(Number(before) - sum));
    expect(value(await card.purseProof(port, type, started.sequence))).toEqual({ mac: done.mac2, tac: done.tac });
    expect(value(await card.readPurseLog(port))[0]).toMatchObject({ type, amount: fen(sum), terminal: hex(number) });
    const written = transaction === 'composite' ? 'AA0401020304' : 'AA0400000000';
    expect(say(chip, '00B201CC06')).toBe(`${written}9000`);
  });

  test("a right MAC after the power was gone is nobody's", async () => {
    const { chip, port, psam, number, factor } = await terminal(family);
    const order = { purse: 'EP', keyIndex: 1, amount: fen(1), terminal: number } as const;
    const started = value(await card.initPurseOffline(port, 'purchase', order));
    const allowed = value(await card.psamInitPurse(psam, 'purchase', order, started, { time, factors: factor }));
    chip.powerOff();
    chip.powerOn();
    value(await card.selectPurse(port));
    expect(await card.debitPurse(port, allowed, time)).toEqual({ ok: false, status: card.sw.invalidState });
    expect(value(await card.readPurse(port, 'EP'))).toBe(fen(3_000));
  });

  test('the PSAM refuses the MAC2 of another purchase', async () => {
    const { port, psam, number, factor } = await terminal(family);
    const order = { purse: 'EP', keyIndex: 1, amount: fen(1), terminal: number } as const;
    const started = value(await card.initPurseOffline(port, 'purchase', order));
    value(await card.psamInitPurse(psam, 'purchase', order, started, { time, factors: factor }));
    expect(value(await card.psamCreditPurchase(psam, bytes('00000000')))).toBe(false);
  });
});
