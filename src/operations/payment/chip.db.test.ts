import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import {
  type Answered,
  authenticateCard,
  chipHistory,
  connect,
  creditLoad,
  debitPurchase,
  getChallenge,
  initLoad,
  initPurchase,
  type Port,
  Psam,
  packTime,
  personalise,
  presentAuthentication,
  psamInitPurchase,
  readAccount,
  readHolder,
  SimulatedReader,
  selectMedical,
  verifyPin,
} from '../../core/card/index.ts';
import { cardFactors, cityFactors } from '../../core/keys/index.ts';
import { cardAccount } from '../../core/ledger/contract.ts';
import type { Answer } from '../../core/switch/contract.ts';
import { defined } from '../../kernel/assert.ts';
import { uint } from '../../kernel/bytes.ts';
import type { CardNumber, CitizenNumber } from '../../kernel/identifiers.ts';
import { fen, zero } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import { authorise } from './authorise.ts';
import { cardTerminalNumber, hostProofKey } from './chip-terms.ts';
import { book, type City, foundCity, Till } from './city.fixture.ts';
import type { PaymentRequest } from './facts.ts';
import type { Settlements } from './settlements.ts';

const { database } = await createTestDatabase();
const settlements: Settlements = { complete: async () => [], reopen: async () => [] };
const transport = Uint8Array.fromHex('00112233445566778899aabbccddeeff');

let city: City;
beforeAll(async () => {
  city = await foundCity(database, 1, { personal_fen: fen(50_000), card_fen: zero });
});
afterAll(() => city.close());

const send = async (request: PaymentRequest): Promise<Answer> =>
  defined(
    (
      await database.transaction((sql) =>
        authorise({ keys: city.keys, clock: city.clock, settlements })(sql, [request]),
      )
    )[0],
    'answer',
  );
async function ok<T>(answer: Promise<Answered<T>>): Promise<T> {
  const answered = await answer;
  if (!answered.ok) throw new Error(`the chip answered ${answered.status.toString(16)}`);
  return answered.value;
}

/** A reader with the city's first card, made as issuing makes it, and a PSAM of this terminal. */
function reader(till: Till): SimulatedReader {
  const slots = new SimulatedReader();
  const history = chipHistory('990100', 0);
  slots.insert(
    'user',
    personalise({
      generation: 3,
      history,
      keys: city.keys.cardKeys(cardFactors('990100', history), transport),
      transport,
      cityCode: '990100',
      running: 0,
      cardNumber: defined(city.citizens[0], 'citizen').card.card_number as CardNumber,
      citizenNumber: '990100198001010013' as CitizenNumber,
      name: '样例',
      sex: '1',
      birth: day('1980-01-01'),
      issued: day('2024-05-06'),
      expiry: day('2034-05-06'),
      pin: '123456',
    }),
  );
  slots.insert(
    'sam',
    Psam.personalise({
      terminalNumber: cardTerminalNumber(till.terminal_id).toHex(),
      serial: '99010000000000000001',
      from: day('2025-01-01'),
      through: day('2035-01-01'),
      keys: [{ family: 'sm4', keys: city.keys.psamKeys(cityFactors('990100'), transport) }],
      transport,
    }),
  );
  return slots;
}

it('a real chip is loaded and pays, and agrees with the books', async () => {
  const citizen = defined(city.citizens[0], 'citizen');
  const till = new Till(city);
  const terminal = cardTerminalNumber(till.terminal_id);
  const slots = reader(till);
  const chip = await connect(slots, 'user');
  const holder = await ok(readHolder(chip));
  await verifyPin(chip, '123456');
  const [session_factor, original] = [uint(1, 8), uint(2, 8)];
  const cryptogram = await ok(authenticateCard(chip, session_factor, original));
  await ok(selectMedical(chip));
  const proof = { card_factor: holder.factors.card, cryptogram, session_factor, original };

  const load = await ok(initLoad(chip, fen(3000), terminal));
  const loading: PaymentRequest = {
    ...till.load(citizen, 3000, load.sequence, 0),
    ic: { ...proof, mac: load.mac1, random: load.random, ...counted(load.sequence, load.balance) },
  };
  const loaded = await send(loading);
  expect(loaded.response_code).toBe('00');
  const time = defined(loaded.ic?.transacted_at, 'time');
  const tacOfLoad = await ok(creditLoad(chip, time, defined(loaded.ic?.mac, 'MAC2')));
  expect((await send(proofOf(loading, { tac: tacOfLoad, transacted_at: time }))).response_code).toBe('00');

  const asked = await ok(initPurchase(chip, { account: fen(1200), selfPaid: zero, pooled: zero }, terminal));
  const challenge = await ok(getChallenge(chip));
  const paying: PaymentRequest = {
    ...till.purchase(citizen, 1200, asked.sequence),
    ic: { ...proof, challenge, ...counted(asked.sequence, asked.balance) },
  };
  const paid = await send(paying);
  expect(paid.response_code).toBe('00');
  const host = defined(paid.ic?.host_authentication, 'proof of the centre');
  expect((await presentAuthentication(chip, hostProofKey, host, original)).ok).toBe(true);
  const { tac, serial, at } = await debit(chip, await connect(slots, 'sam'), holder, terminal);
  const confirmed = await send(proofOf(paying, { tac, psam_serial: uint(serial, 4), transacted_at: at }));
  expect(confirmed.response_code).toBe('00');

  expect((await ok(readAccount(chip))).balance).toBe(1800n);
  expect(await city.balance(cardAccount(book, citizen.card.card_id))).toBe(1800n);
  const states = await database.query('select kind, state from payment.payments order by payment_id');
  expect(states).toEqual([
    { kind: 'load', state: 'chip_confirmed' },
    { kind: 'purchase', state: 'chip_confirmed' },
  ]);
});

const counted = (sequence: number, balance: bigint) => ({
  transaction_counter: uint(sequence, 2),
  chip_balance: uint(balance, 4),
});

const proofOf = (of: PaymentRequest, ic: PaymentRequest['ic']): PaymentRequest => ({
  ...of,
  kind: 'tac_upload',
  ic,
  trace: String(Number(of.trace) + 500).padStart(6, '0'),
  original: { batch: of.batch, trace: of.trace, date: of.local_date ?? '' },
  settlement_number: null,
});

/** PSAM and chip do the purchase between them; answers the chip's TAC. */
async function debit(chip: Port, sam: Port, holder: Parameters<typeof psamInitPurchase>[1], terminal: Uint8Array) {
  const amounts = { account: fen(1200), selfPaid: zero, pooled: zero };
  const at = packTime(Temporal.PlainDateTime.from('2026-03-02T10:15:01'));
  const started = await ok(initPurchase(chip, amounts, terminal));
  const allowed = await ok(psamInitPurchase(sam, holder, started, amounts, at));
  const { tac } = await ok(debitPurchase(chip, allowed, at));
  return { tac, serial: allowed.terminalSequence, at };
}
