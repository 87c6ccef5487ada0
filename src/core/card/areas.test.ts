import { beforeEach, describe, expect, test } from 'vitest';
import { bytes, concat, hex, uint } from '../../kernel/bytes.ts';
import { fen } from '../../kernel/money.ts';
import { authenticationData, cardMac, sessionKey } from '../keys/index.ts';
import { answers, keyOn, say, sessionAuthentication, sessionCommand, status } from './host.fixture.ts';
import {
  type Chip,
  connect,
  debitPurchase,
  initPurchase,
  memoryMap,
  profiles,
  psamInitPurchase,
  readHolder,
  readLog,
  readOfflineSettlement,
  readTerminalNumber,
  SimulatedReader,
  selectMedical,
  settledOffline,
  verifyPin,
  writeOfflineSettlement,
} from './index.ts';
import { isSettlementElement, offlineRecords } from './offline-settlement.rules.ts';
import { sampleCard, sampleOf, samplePin, samplePsam } from './sample-card.fixture.ts';

const medical = 0xdf04;
const selectMedicalArea = '00A40400 06 D15600000503';
const verify = `00200000 03 ${samplePin}`;
const terminal = '990100000007';

const key = (card: Chip, directory: number, use: Parameters<typeof keyOn>[2], id = 0) =>
  keyOn(card.memory, directory, use, id);
const show = (card: Chip, directory: number, id: number) =>
  status(card, sessionAuthentication(card, card.memory.family, key(card, directory, 'external', id), hex(uint(id, 1))));
const maintained = (card: Chip, home: number, header: string, data: string, cipher = false) =>
  status(card, sessionCommand(card, card.memory.family, key(card, home, 'maintenance', 2), header, data, cipher));

describe.each([2, 3] as const)('keys of a card of generation %i', (generation) => {
  let card: Chip;
  beforeEach(() => {
    card = sampleCard(generation);
    card.powerOn();
  });

  test('a version that is not there is not found, one that is serves', () => {
    const irk = key(card, 0x3f00, 'internal');
    const [factor, original] = [bytes('A1A2A3A4A5A6A7A8'), bytes('0102030405060708')];
    const ask = (version: string) => status(card, `00880000 11 ${hex(factor)}${hex(original)}${version}`);
    expect(ask('02')).toBe('6A88');
    expect(ask('01')).toBe('6108');
    const shown = say(card, '00C0000008');
    expect(shown).toBe(`${hex(authenticationData(card.memory.family, irk, factor, original))}9000`);
  });

  test('are replaced and added under the update key, enciphered', () => {
    const fresh = 'A0A1A2A3A4A5A6A7A8A9AAABACADAEAF';
    status(card, selectMedicalArea);
    expect(maintained(card, 0x3f00, '84D43E01', `02${fresh}`, true)).toBe('6982');
    expect(show(card, 0x3f00, 0x04)).toBe('9000');
    expect(status(card, `80D43E01 11 02${fresh}`)).toBe('6987');
    expect(maintained(card, 0x3f00, '84D43E01', `02${fresh}`, true)).toBe('9000');
    expect(key(card, medical, 'purchase', 1)).toEqual(bytes(fresh));
    expect(status(card, verify)).toBe('9000');
    expect(status(card, `B0280101 13 02 00000000 00000001 00000000 ${terminal}`), 'no second index').toBe('9403');
    expect(status(card, `B0280101 13 01 00000000 00000001 00000000 ${terminal}`)).toBe('6116');
    expect(say(card, '00C0000016').slice(32, 36)).toBe(generation === 2 ? '0200' : '0203');
    // The key file is as large as its slots: UK2DF04 is not on the card, so one more key finds room.
    expect(maintained(card, 0x3f00, '84D40102', `3EF00402${generation === 2 ? '00' : '03'}${fresh}`, true)).toBe(
      '9000',
    );
    expect(maintained(card, 0x3f00, '84D40103', `3EF00403${generation === 2 ? '00' : '03'}${fresh}`, true)).toBe(
      '6A84',
    );
    expect(status(card, `B0280101 13 02 00000000 00000001 00000000 ${terminal}`)).toBe('6116');
  });
});

test('one area is blocked alone; the environment takes all of them with it', () => {
  const card = sampleCard();
  card.powerOn();
  status(card, '00A4000002DF01');
  show(card, 0x3f00, 0x05);
  expect(maintained(card, 0x3f00, '841E0000', '')).toBe('9000');
  expect(
    answers(card, [
      ['00A4000002DF01', '6283', ''],
      ['00B0960080', '6985', ''],
      [selectMedicalArea, '610A', 'another area'],
      [verify, '9000', ''],
      ['B026000104', '9000', ''],
      ['00A4000000', '611E', ''],
    ]).map(([, code]) => code),
  ).toEqual(['6283', '6985', '610A', '9000', '9000', '611E']);
  show(card, 0x3f00, 0x05);
  expect(maintained(card, 0x3f00, '841E0001', '')).toBe('9000');
  expect(status(card, selectMedicalArea)).toBe('9303');
  expect(status(card, '00A4000000')).toBe('9303');
});

test('files cannot be created on a card in use without the update key', () => {
  const card = sampleCard();
  card.powerOn();
  const right = '00E00000 1C 62 1A 820101 8302EF20 80020010 850101 AB0A 800101 9000 800106 9700';
  expect(status(card, right)).toBe('6982');
  expect(status(card, '80E00020 07 28 0010 F0F0 FFFF')).toBe('6982');
  expect(status(card, '800E000000')).toBe('6982');
  expect(status(card, '841C0000 04 00000000')).toBe('6985');
  expect(show(card, 0x3f00, 0x04)).toBe('9000');
  expect(status(card, right)).toBe('9000');
  expect(status(card, '800E000000'), 'and nothing is erased').toBe('6982');
  status(card, '00A40200 02 EF20');
  expect(say(card, '00B0000010')).toBe(`${'00'.repeat(16)}9000`);
});

describe('a 1 KB card with an account only', () => {
  let card: Chip;
  beforeEach(() => {
    card = sampleOf('small-account');
    card.powerOn();
    status(card, selectMedicalArea);
    status(card, verify);
  });

  const ask = (command: string) => {
    const first = say(card, command);
    return first.startsWith('61') ? say(card, `00C00000${first.slice(2)}`) : first;
  };
  const load = (amount: number) => {
    const started = bytes(ask(`B0280001 0B 01 ${hex(uint(amount, 4))} ${terminal}`));
    const time = bytes('20260305090807');
    const session = sessionKey(
      'sm4',
      key(card, medical, 'load', 1),
      concat(started.slice(8, 12), started.slice(4, 6), bytes('8000')),
    );
    const mac = cardMac('sm4', session, concat(uint(amount, 4), bytes('31'), bytes(terminal), time));
    return ask(`B02A0000 0B ${hex(time)}${hex(mac)}`);
  };
  const pay = (amount: number) => {
    const amounts = concat(uint(amount, 4), new Uint8Array(8));
    const started = bytes(ask(`B0280101 13 01 ${hex(amounts)} ${terminal}`));
    const time = bytes('20270305090807');
    const session = sessionKey(
      'sm4',
      key(card, medical, 'purchase', 1),
      concat(started.slice(18, 22), started.slice(14, 16), bytes('0001')),
    );
    const mac = cardMac('sm4', session, concat(amounts, bytes('32'), bytes(terminal), time));
    return ask(`B02C0100 0F 00000001 ${hex(time)}${hex(mac)}`);
  };

  test('loads and pays; the items of the year carry zeros', () => {
    expect(load(1000)).toMatch(/^.{8}9000$/);
    expect(pay(300)).toMatch(/^.{16}9000$/);
    expect(ask('B026000104')).toBe('000002BC9000');
    expect(ask('B026000206')).toBe('0000000000009000');
    expect(ask('B026000306')).toBe('0000000000009000');
    expect(ask(`B0280101 13 01 00000001 00000001 00000000 ${terminal}`)).toBe('6A80');
    expect(ask(`B0280101 13 01 00000001 00000000 00000000 ${terminal}`).slice(0, 28)).toBe(
      '000002BC00000000000000000000',
    );
    expect(ask('00B2014414')).toBe('000032990100000007202703050908070000012C9000');
    expect(ask('00B2024414')).toBe('00003199010000000720260305090807000003E89000');
  });

  test('keeps ten lines', () => {
    for (let i = 0; i < 12; i++) load(1);
    expect(ask('00B20A4414').slice(0, 4)).toBe('0002');
    expect(ask('00B20B4414')).toBe('6A83');
  });

  test('is full to the byte: what its map calls free is all that can be created', () => {
    status(card, '00A4000000');
    show(card, 0x3f00, 0x04);
    const { free } = memoryMap(card.memory);
    const create = (size: number) =>
      status(card, `00E00000 1C 62 1A 820101 8302EF20 8002${hex(uint(size, 2))} 850101 AB0A 800101 9000 800106 9700`);
    expect(create(free - 10)).toBe('6A84');
    expect(create(free - 11)).toBe('9000');
    expect(memoryMap(card.memory).free).toBe(0);
    expect(memoryMap(card.memory).rows[0]).toMatchObject({ header: 26, body: 1024 - 32 - 26 });
  });
});

test.each(profiles.map((it) => [it.name, it] as const))('the map of %s adds up', (_, profile) => {
  const { capacity, system, rows } = memoryMap(profile);
  const [master] = rows;
  expect(system + (master?.header ?? 0) + (master?.body ?? 0)).toBe(capacity);
  for (const [at, row] of rows.entries()) {
    expect(row.used + row.free).toBe(row.body);
    expect(row.free).toBeGreaterThanOrEqual(0);
    const end = rows.findIndex((it, i) => i > at && it.depth <= row.depth);
    const inside = rows.slice(at + 1, end < 0 ? undefined : end).filter(({ depth }) => depth === row.depth + 1);
    if (row.kind === 'mf' || row.kind === 'ddf' || row.kind === 'adf')
      expect(inside.reduce((sum, it) => sum + it.header + it.body, 0)).toBe(row.used);
  }
});

test('a card of three areas pays at a terminal that knows nothing of its financial side', async () => {
  const card = sampleOf('three-areas');
  const reader = new SimulatedReader();
  reader.insert('user', card);
  reader.insert('sam', samplePsam());
  const [user, sam] = [await connect(reader, 'user'), await connect(reader, 'sam')];
  const holder = await readHolder(user);
  const number = await readTerminalNumber(sam);
  if (!holder.ok || !number.ok) throw new Error('refused');
  expect(holder.value.name).toBe('李试卡');
  expect(await verifyPin(user, samplePin)).toEqual({ kind: 'right' });
  expect((await selectMedical(user)).ok).toBe(true);
  const amounts = { account: fen(0), selfPaid: fen(500), pooled: fen(2000) };
  const time = bytes('20260305090807');
  const started = await initPurchase(user, amounts, number.value);
  if (!started.ok) throw new Error('refused');
  const authorised = await psamInitPurchase(sam, holder.value, started.value, amounts, time);
  if (!authorised.ok) throw new Error('refused');
  expect((await debitPurchase(user, authorised.value, time)).ok).toBe(true);
  expect(await readLog(user)).toMatchObject({ ok: true, value: [{ selfPaid: 500n, pooled: 2000n }] });
});

describe('offline settlement', () => {
  const state = { allowed: true, amount: 12_000, count: 3 };
  const limits = { amount: 20_000, count: 5 };

  test.each([
    [{ ...state, allowed: false }, 1, 'not-allowed'],
    [state, 8_000, { allowed: true, amount: 20_000, count: 4 }],
    [state, 8_001, 'amount-limit'],
    [{ ...state, count: 4 }, 1, { allowed: true, amount: 12_001, count: 5 }],
    [{ ...state, count: 5 }, 1, 'count-limit'],
    [{ allowed: true, amount: 99_999_999, count: 0 }, 1, 'amount-limit'],
  ] as const)('of %o by %i gives %o', (before, amount, after) => {
    expect(settledOffline(before, amount, limits)).toEqual(after);
  });

  test.each([
    ['9001 30', true],
    ['9001 32', false],
    ['9204 00012000', true],
    ['9204 FFFFFFFF', false],
    ['9302 3035', true],
    ['9302 0005', false],
  ])('%s is an element of the file: %s', (record, right) => {
    expect(isSettlementElement(0xef06, bytes(record))).toBe(right);
    expect(isSettlementElement(0xef05, bytes(record))).toBe(true);
  });

  test('is read with PIN and key, and written with its update key', async () => {
    const card = sampleCard();
    const reader = new SimulatedReader();
    reader.insert('user', withUpdateKey(card));
    const user = await connect(reader, 'user');
    await selectMedical(user);
    const chip = reader.cardIn('user') as Chip;
    expect(await readOfflineSettlement(user)).toEqual({ ok: false, status: 0x6982 });
    await verifyPin(user, samplePin);
    expect(await readOfflineSettlement(user), 'the PIN is half of it').toEqual({ ok: false, status: 0x6982 });
    show(chip, medical, 0x84);
    expect(await readOfflineSettlement(user)).toEqual({ ok: true, value: { allowed: false, amount: 0, count: 0 } });
    const maintenance = key(chip, 0x3f00, 'maintenance', 2);
    const mac = async (challenge: Uint8Array, input: Uint8Array) =>
      cardMac('sm4', sessionKey('sm4', maintenance, challenge), input);
    expect(await writeOfflineSettlement(user, state, mac)).toEqual({ ok: false, status: 0x6982 });
    show(chip, medical, 0x86);
    expect(await writeOfflineSettlement(user, state, mac)).toEqual({ ok: true, value: null });
    expect(await readOfflineSettlement(user)).toEqual({ ok: true, value: state });
    expect(maintained(chip, 0x3f00, '04DC0234', '9204FFFFFFFF')).toBe('6A80');
    expect(offlineRecords(state).map(hex)).toEqual(['900131', '920400012000', '93023033']);
  });
});

/** The sample store has no UK2DF04: it is added as the card's update key allows. */
function withUpdateKey(card: Chip): Chip {
  card.powerOn();
  status(card, selectMedicalArea);
  show(card, 0x3f00, 0x04);
  const record = `39F0 04 01 FF ${'5A'.repeat(16)}`;
  expect(maintained(card, 0x3f00, '84D40186', record, true)).toBe('9000');
  card.powerOff();
  return card;
}
