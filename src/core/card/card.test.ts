import { beforeEach, describe, expect, test } from 'vitest';
import { bytes, concat, equal, hex, uint } from '../../kernel/bytes.ts';
import { fen } from '../../kernel/money.ts';
import {
  type ApduRecord,
  authenticateCard,
  buildCommand,
  type CardGeneration,
  Chip,
  changePin,
  checkAuthentication,
  connect,
  creditLoad,
  debitPurchase,
  externalAuthenticate,
  getChallenge,
  type Holder,
  initLoad,
  initPurchase,
  loadMac2Input,
  loadTacInput,
  type Port,
  Psam,
  packTime,
  pinStatus,
  presentAuthentication,
  psamCreditPurchase,
  psamInitPurchase,
  purchaseTacInput,
  readAccount,
  readHolder,
  readLog,
  readPsamState,
  readTerminalNumber,
  recordApdus,
  SimulatedReader,
  selectMedical,
  transactionProof,
  verifyPin,
} from './index.ts';
import {
  sampleCard,
  sampleCardNumber,
  sampleCitizen,
  sampleFactors,
  samplePin,
  samplePsam,
  sampleStore,
} from './sample-card.fixture.ts';

const time = packTime(Temporal.PlainDateTime.from('2026-03-05T09:08:07'));
const original = bytes('0102030405060708');
const amounts = { account: fen(3000), selfPaid: fen(1250), pooled: fen(8000) };

/** A terminal with a card and a PSAM in it. */
async function terminal(generation: CardGeneration, chip = sampleCard(generation)) {
  const reader = new SimulatedReader();
  reader.insert('user', chip);
  reader.insert('sam', samplePsam());
  const card = await connect(reader, 'user');
  const psam = await connect(reader, 'sam');
  return {
    reader,
    chip,
    card,
    psam,
    holder: granted(await readHolder(card)),
    number: granted(await readTerminalNumber(psam)),
  };
}

function granted<T>(answer: { ok: true; value: T } | { ok: false; status: number }): T {
  if (!answer.ok) throw new Error(`refused with ${answer.status.toString(16)}`);
  return answer.value;
}

const refusedWith = (answer: { ok: boolean; status?: number }) => (answer.ok ? 'ok' : answer.status?.toString(16));

async function openAccount(card: Port): Promise<void> {
  expect(await verifyPin(card, samplePin)).toEqual({ kind: 'right' });
  granted(await selectMedical(card));
}

/** A load as the centre and a terminal carry it out; returns what the card answered first. */
async function load(card: Port, holder: Holder, number: Uint8Array, amount = fen(10_000)) {
  const started = granted(await initLoad(card, amount, number));
  const session = { random: started.random, sequence: started.sequence };
  expect(sampleStore.loadMac(holder.factors, session, started.mac1Input)).toEqual(started.mac1);
  const mac2 = sampleStore.loadMac(holder.factors, session, loadMac2Input(amount, number, time));
  const tac = granted(await creditLoad(card, time, mac2));
  const balanceAfter = fen(started.balance + amount);
  const input = loadTacInput({ balanceAfter, sequence: started.sequence, amount, terminal: number, time });
  expect(sampleStore.tac(holder.factors, input)).toEqual(tac);
  return { ...started, tac, mac2 };
}

describe.each([2, 3] as const)('a card of generation %i', (generation) => {
  let t: Awaited<ReturnType<typeof terminal>>;
  beforeEach(async () => {
    t = await terminal(generation);
  });

  test('tells anyone who its holder is', () => {
    expect(t.holder).toMatchObject({
      family: generation === 2 ? 'des' : 'sm4',
      cityCode: '990100',
      cardNumber: sampleCardNumber,
      citizenNumber: sampleCitizen,
      name: '李试卡',
      birth: '19880305',
      expiry: '20350101',
      version: generation === 2 ? '2.00' : '3.00',
    });
    expect(t.holder.factors).toEqual(sampleFactors(generation));
    expect(t.holder.cardIdCode.slice(0, 24)).toBe('990100D15600000500000001');
  });

  test('proves to centre and PSAM that it is genuine', async () => {
    const factor = bytes('A1A2A3A4A5A6A7A8');
    const shown = granted(await authenticateCard(t.card, factor, original));
    expect(sampleStore.authentication('IRK', t.holder.factors, factor, original)).toEqual(shown);
    expect(granted(await checkAuthentication(t.psam, t.holder, { factor, original }, shown))).toBe(true);
    const other = { ...t.holder, factors: sampleFactors(generation, 2) };
    expect(granted(await checkAuthentication(t.psam, other, { factor, original }, shown))).toBe(false);
  });

  test('load, purchase, proof and log agree with centre and PSAM', async () => {
    await openAccount(t.card);
    await load(t.card, t.holder, t.number);
    const started = granted(await initPurchase(t.card, amounts, t.number));
    const authorised = granted(await psamInitPurchase(t.psam, t.holder, started, amounts, time));
    const done = granted(await debitPurchase(t.card, authorised, time));
    expect(granted(await psamCreditPurchase(t.psam, done.mac2))).toBe(true);
    const { terminalSequence } = authorised;
    const input = purchaseTacInput({ amounts, terminal: t.number, terminalSequence, time });
    expect(sampleStore.tac(t.holder.factors, input)).toEqual(done.tac);
    expect(granted(await readAccount(t.card))).toEqual({
      balance: 7000n,
      selfPaid: 1250n,
      pooled: 8000n,
      year: 2026,
    });
    expect(granted(await transactionProof(t.card, 'purchase', started.sequence))).toEqual({
      mac: done.mac2,
      tac: done.tac,
    });
    expect(granted(await transactionProof(t.card, 'purchase', started.sequence + 1))).toBeNull();
    expect(granted(await readLog(t.card))).toMatchObject([
      {
        kind: 'purchase',
        sequence: 0,
        account: 3000n,
        selfPaid: 1250n,
        pooled: 8000n,
        terminal: '990100000007',
        time: '20260305090807',
      },
      { kind: 'load', sequence: 0, account: 10_000n },
    ]);
    expect(granted(await readPsamState(t.psam)).terminalSequence).toBe(1);
  });

  test('a PSAM that is told a wrong MAC2 says so', async () => {
    await openAccount(t.card);
    await load(t.card, t.holder, t.number);
    const started = granted(await initPurchase(t.card, amounts, t.number));
    const authorised = granted(await psamInitPurchase(t.psam, t.holder, started, amounts, time));
    const done = granted(await debitPurchase(t.card, authorised, time));
    expect(granted(await psamCreditPurchase(t.psam, done.tac))).toBe(false);
  });

  test('a record is updated only with key and MAC, and read back', async () => {
    granted(await selectMedical(t.card));
    const record = concat(bytes('84 03'), bytes('990102'));
    const header = [0x04, 0xdc, 0x02, (5 << 3) | 4];
    const update = async (mac: Uint8Array) => t.card.send(buildCommand(header, concat(record, mac)));
    expect((await update(bytes('00000000'))).status).toBe(0x6982);
    granted(await externalAuthenticate(t.card, t.psam, t.holder, 'UK1DF04', original));
    expect((await update(bytes('00000000'))).status).toBe(0x6984);
    granted(await getChallenge(t.card));
    expect((await update(bytes('00000000'))).status).toBe(0x6988);
    expect((await t.card.send(buildCommand([0, 0xdc, 2, 44], record))).status).toBe(0x6987);
    const challenge = granted(await getChallenge(t.card));
    const input = concat(Uint8Array.from([...header, record.length + 4]), record);
    const mac = sampleStore.commandMac('STK', t.holder.factors, challenge, input);
    expect((await update(mac)).status).toBe(0x9000);
    expect((await update(mac)).status, 'the same again, without a new challenge').toBe(0x6984);
    granted(await externalAuthenticate(t.card, t.psam, t.holder, 'RK1DF04', original));
    const read = await t.card.send(buildCommand([0x00, 0xb2, 0x84, 0x28], undefined, 5));
    expect(hex(read.data)).toBe('8403990102');
  });

  test('a blocked PIN is unblocked or replaced by the centre', async () => {
    for (const _ of [1, 2]) expect((await verifyPin(t.card, '000000')).kind).toBe('wrong');
    expect(await verifyPin(t.card, '000000')).toEqual({ kind: 'blocked' });
    expect(await verifyPin(t.card, samplePin)).toEqual({ kind: 'blocked' });
    await presentKey(t.card, t.holder, 'PUK');
    const challenge = granted(await getChallenge(t.card));
    const cipher = sampleStore.commandCipher('STK', t.holder.factors, challenge, bytes('246802'));
    expect(cipher).toHaveLength(generation === 2 ? 8 : 16);
    const header = Uint8Array.of(0x84, 0x24, 0x00, 0x01, cipher.length + 4);
    const mac = sampleStore.commandMac('STK', t.holder.factors, challenge, concat(header, cipher));
    expect((await t.card.send(concat(header, cipher, mac))).status).toBe(0x9000);
    expect(await verifyPin(t.card, '246802')).toEqual({ kind: 'right' });
    expect(await changePin(t.card, '246802', '13579')).toEqual({ kind: 'right' });
    expect(await verifyPin(t.card, '13579')).toEqual({ kind: 'right' });
  });

  test('an application is blocked, unblocked and blocked for ever; a card dies', async () => {
    const life = async (ins: number, p2: number) => {
      const challenge = granted(await getChallenge(t.card));
      const header = Uint8Array.of(0x84, ins, 0x00, p2, 4);
      return t.card.send(concat(header, sampleStore.commandMac('STK', t.holder.factors, challenge, header)));
    };
    expect((await life(0x1e, 0)).status).toBe(0x6982);
    await presentKey(t.card, t.holder, 'BK');
    expect((await life(0x1e, 0)).status).toBe(0x9000);
    expect(refusedWith(await readHolder(t.card))).toBe('6283');
    expect((await pinStatus(t.card)).kind).toBe('refused');
    expect((await life(0x18, 0)).status).toBe(0x9000);
    granted(await readHolder(t.card));
    await presentKey(t.card, t.holder, 'BK');
    const image = t.chip.image();
    expect((await life(0x1e, 1)).status).toBe(0x9000);
    expect(refusedWith(await readHolder(t.card))).toBe('9303');
    const dead = await terminal(generation, Chip.fromImage(image));
    await presentKey(dead.card, dead.holder, 'BK');
    const challenge = granted(await getChallenge(dead.card));
    const header = bytes('8416000004');
    await dead.card.send(concat(header, sampleStore.commandMac('STK', dead.holder.factors, challenge, header)));
    expect(refusedWith(await getChallenge(dead.card))).toBe('6a81');
  });

  test('an image is small, whole, and the same card', async () => {
    await openAccount(t.card);
    for (let i = 0; i < 32; i++) await load(t.card, t.holder, t.number, fen(100));
    const image = t.chip.image();
    expect(image.length).toBeLessThan(2048);
    expect(Chip.fromImage(image).image()).toEqual(image);
    const again = await terminal(generation, Chip.fromImage(image));
    await openAccount(again.card);
    expect(granted(await readAccount(again.card)).balance).toBe(3200n);
    expect(granted(await readLog(again.card))).toHaveLength(30);
    for (const damage of [image.slice(0, 40), image.slice(1), concat(image, uint(0, 1)), flipped(image, 60)])
      expect(() => Chip.fromImage(damage)).toThrow('damaged');
  });
});

/** The centre shows a key to the card, as it does for keys no PSAM carries. */
async function presentKey(card: Port, holder: Holder, key: 'PUK' | 'BK' | 'DSK'): Promise<void> {
  const factor = granted(await getChallenge(card));
  const data = sampleStore.authentication(key, holder.factors, factor, original);
  granted(await presentAuthentication(card, key, data, original));
}

function flipped(image: Uint8Array, at: number): Uint8Array {
  const copy = image.slice();
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
}

describe('a card pulled out', () => {
  test.each(['before', 'after'] as const)(
    '%s the debit holds the old or the new state, and can prove which',
    async (tear) => {
      const t = await terminal(3);
      await openAccount(t.card);
      await load(t.card, t.holder, t.number);
      const started = granted(await initPurchase(t.card, amounts, t.number));
      const authorised = granted(await psamInitPurchase(t.psam, t.holder, started, amounts, time));
      t.reader.tearOut('user', tear);
      await expect(debitPurchase(t.card, authorised, time)).rejects.toMatchObject({ code: 'card.removed' });
      await expect(readAccount(t.card)).rejects.toMatchObject({ code: 'card.absent' });
      const again = await terminal(3, t.chip);
      await openAccount(again.card);
      expect(granted(await readAccount(again.card)).balance).toBe(tear === 'before' ? 10_000n : 7000n);
      const proof = granted(await transactionProof(again.card, 'purchase', started.sequence));
      const input = purchaseTacInput({
        amounts,
        terminal: t.number,
        terminalSequence: authorised.terminalSequence,
        time,
      });
      expect(proof && equal(proof.tac, sampleStore.tac(t.holder.factors, input))).toBe(tear === 'before' ? null : true);
    },
  );

  test('forgets PIN, keys and started transactions', async () => {
    const t = await terminal(3);
    await openAccount(t.card);
    t.reader.remove('user');
    t.reader.insert('user', t.chip);
    const card = await connect(t.reader, 'user');
    granted(await selectMedical(card));
    expect(refusedWith(await readAccount(card))).toBe('6982');
  });
});

test('a PSAM counts on after its image was stored', async () => {
  const t = await terminal(3);
  await openAccount(t.card);
  const psam = t.reader.cardIn('sam') as Psam;
  const started = granted(await initPurchase(t.card, { ...amounts, account: fen(0) }, t.number));
  granted(await psamInitPurchase(t.psam, t.holder, started, amounts, time));
  expect(psam.revision).toBe(1);
  expect(Psam.fromImage(psam.image()).image()).toEqual(psam.image());
  expect(() => Psam.fromImage(flipped(psam.image(), 40))).toThrow('damaged');
  expect(() => Chip.fromImage(psam.image())).toThrow('damaged');
});

test('the APDU log shows every exchange and no digit of a PIN', async () => {
  const reader = new SimulatedReader();
  const log: ApduRecord[] = [];
  const recorded = recordApdus(
    reader,
    () => '2026-03-05T01:08:07Z',
    (entry) => log.push(entry),
  );
  reader.insert('user', sampleCard());
  const card = await connect(recorded, 'user');
  await verifyPin(card, samplePin);
  await changePin(card, samplePin, '98765432');
  reader.tearOut('user', 'before');
  await expect(readHolder(card)).rejects.toMatchObject({ code: 'card.removed' });
  expect(log.map(({ command, response }) => [command.slice(0, 16), response])).toEqual([
    ['0020000003******', '9000'],
    ['805E010008******', '9000'],
    ['00A404000F737831', null],
  ]);
  expect(JSON.stringify(log)).not.toMatch(new RegExp(`${samplePin}|98765432`));
});
