import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chip } from '../../src/core/card/index.ts';
import { cardAccount } from '../../src/core/ledger/contract.ts';
import { balances } from '../../src/core/ledger/index.ts';
import { macInput, pack, unpack } from '../../src/core/switch/index.ts';
import { assert } from '../../src/kernel/assert.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { CatalogueItem, SettlementView } from '../../src/schemes/medical/contract.ts';
import { type Desk, lineOf } from './support/desk.ts';
import { Platform } from './support/platform.ts';
import { strangersChip } from './support/strangers-chip.ts';
import { chipBalance, type Till } from './support/till.ts';
import { frameOf, sendRaw } from './support/wire-tap.ts';

let platform: Platform;
let desk: Desk;
let till: Till;
let drug: CatalogueItem;

beforeAll(async () => {
  platform = await Platform.start();
  desk = await platform.desk('hospital');
  till = await platform.till(desk);
  drug = await desk.plainItem();
});
afterAll(() => platform?.close());

/** A bill that waits for its card, and the card in the terminal. */
async function atTheTill(): Promise<{ bill: SettlementView; chip: Chip; card_number: string; pay: () => Paying }> {
  const card_number = platform.someonesCard();
  const bill = await desk.settledVisit(card_number, [lineOf(drug, '23.40')]);
  expect(bill.state).toBe('awaiting_card');
  const chip = await platform.chip(card_number);
  till.remove();
  till.insert(chip);
  const { settlement_no, amounts } = bill;
  return { bill, chip, card_number, pay: () => till.pay({ settlement_no, amount_fen: amounts.account_fen }) };
}
type Paying = ReturnType<Till['pay']>;

/** Chip and books agree, whatever happened. */
async function agreement(
  chip: Chip,
  card_number: string,
): Promise<{ chip_fen: bigint; books_fen: bigint | undefined }> {
  const [card] = await platform.database.query<{ card_id: string }>(
    'select card_id from issuance.v_cards where card_number = $1',
    [card_number],
  );
  const account = cardAccount('medical-employee', card?.card_id ?? '');
  const books_fen = (await balances(platform.database, [account])).get(account)?.balance_fen;
  return { chip_fen: await chipBalance(chip), books_fen };
}

const paymentsOf = (trace_id: string) =>
  platform.database.query<{ kind: string; state: string; response_code: string; refusal_code: string | null }>(
    'select kind, state, response_code, refusal_code from payment.v_payments where trace_id = $1 order by payment_id',
    [trace_id],
  );

describe('the holder', () => {
  test('types a wrong PIN until the chip blocks it; then the right one helps no more', async () => {
    const { bill, pay } = await atTheTill();
    const before = await platform.money();
    till.pin = '000000';
    expect(await pay()).toMatchObject({ paid: false, code: 'terminal.pin_wrong', tries_left: 2 });
    expect(await pay()).toMatchObject({ paid: false, code: 'terminal.pin_wrong', tries_left: 1 });
    expect(await pay()).toMatchObject({ paid: false, code: 'terminal.pin_blocked', tries_left: 0 });
    till.pin = '123456';
    expect(await pay()).toMatchObject({ paid: false, code: 'terminal.pin_blocked', tries_left: 0 });
    expect(await platform.money()).toEqual(before);
    expect(await desk.settlement(bill)).toMatchObject({ state: 'awaiting_card' });
  });

  test('pays with a card that was blocked meanwhile', async () => {
    const { card_number, pay } = await atTheTill();
    const before = await platform.money();
    const agency = await platform.signIn('agency');
    const { items } = await agency.get<{ items: { card_id: string }[] }>(`/api/cards?query=${card_number}`);
    await agency.send('POST', `/api/cards/${items[0]?.card_id}/block`, { reason: 'stolen' });
    const result = await pay();
    expect(result).toMatchObject({ paid: false, code: 'terminal.declined', response_code: '43' });
    expect(await paymentsOf(result.trace_id)).toMatchObject([{ refusal_code: 'payment.card_stolen' }]);
    expect(await platform.money()).toEqual(before);
  });

  test('pays with a card that no register knows', async () => {
    const { bill } = await atTheTill();
    const before = await platform.money();
    till.remove();
    till.insert(strangersChip());
    const result = await till.pay({ settlement_no: bill.settlement_no, amount_fen: bill.amounts.account_fen });
    expect(result).toMatchObject({ paid: false, code: 'terminal.declined', response_code: '14' });
    expect(await platform.money()).toEqual(before);
  });

  test('pays somebody else’s bill', async () => {
    const { bill } = await atTheTill();
    const { chip, card_number } = await atTheTill();
    const result = await till.pay({ settlement_no: bill.settlement_no, amount_fen: bill.amounts.account_fen });
    expect(result).toMatchObject({ paid: false, code: 'terminal.declined', response_code: '64' });
    expect(await desk.settlement(bill)).toMatchObject({ state: 'awaiting_card' });
    // The load before it stays: the money is on the card and in its account.
    const { chip_fen, books_fen } = await agreement(chip, card_number);
    expect(chip_fen).toBe(books_fen);
  });
});

describe('the card is pulled out', () => {
  test('while it proves itself: the centre hears nothing', async () => {
    const { pay } = await atTheTill();
    till.pullOutAt(internal_authenticate, 'before');
    const result = await pay();
    expect(result).toMatchObject({ paid: false, code: 'terminal.card_removed' });
    expect(await paymentsOf(result.trace_id)).toEqual([]);
  });

  test('before it has debited, and does not come back: taken back, the bill waits again, and is paid later', async () => {
    const { bill, chip, card_number, pay } = await atTheTill();
    till.pullOutAt(debit_for_purchase, 'before');
    const result = await pay();
    expect(result).toMatchObject({ paid: false, code: 'terminal.card_removed' });
    expect(await paymentsOf(result.trace_id)).toMatchObject([
      { kind: 'load', state: 'chip_confirmed' },
      { kind: 'purchase', state: 'reversed' },
    ]);
    expect(await desk.settlement(bill)).toMatchObject({ state: 'awaiting_card', payment_trace_id: null });
    expect(await agreement(chip, card_number)).toEqual({ chip_fen: 2340n, books_fen: 2340n });
    till.insert(chip);
    expect(await pay()).toMatchObject({ paid: true, loaded_fen: 0n, balance_fen: 0n });
    expect(await desk.settlement(bill)).toMatchObject({ state: 'settled' });
    expect(await agreement(chip, card_number)).toEqual({ chip_fen: 0n, books_fen: 0n });
  });

  test('after it has debited, and is put back: the chip tells what it did, and it is paid once', async () => {
    const { bill, chip, card_number, pay } = await atTheTill();
    till.pullOutAt(debit_for_purchase, 'after');
    const deaf = till.reader.listen(({ kind, slot }) => {
      if (kind === 'removed' && slot === 'user') setTimeout(() => till.insert(chip), 20);
    });
    const result = await pay();
    deaf();
    expect(result).toMatchObject({ paid: true });
    expect(await paymentsOf(result.trace_id)).toMatchObject([
      { kind: 'load', state: 'chip_confirmed' },
      { kind: 'purchase', state: 'chip_confirmed' },
    ]);
    expect(await desk.settlement(bill)).toMatchObject({ state: 'settled', payment_trace_id: result.trace_id });
    expect(await agreement(chip, card_number)).toEqual({ chip_fen: 0n, books_fen: 0n });
  });
});

describe('the terminal', () => {
  test('stands in an institution whose designation has expired: refused with 58', async () => {
    const { bill, pay } = await atTheTill();
    const before = await platform.money();
    const { institution_code } = till.device;
    const designated = (through: string | null) =>
      platform.owner.query('update registry.institutions set designated_through = $2 where code = $1', [
        institution_code,
        through,
      ]);
    await designated(systemClock.today().subtract({ days: 1 }).toString());
    // What the card lacks is loaded first: that is the person's own money, and stays the person's.
    const result = await pay();
    await designated(null);
    expect(result).toMatchObject({ paid: false, code: 'terminal.declined', response_code: '58' });
    expect((await paymentsOf(result.trace_id)).at(-1)).toMatchObject({ refusal_code: 'payment.not_designated' });
    expect(await platform.money()).toEqual({
      ...before,
      journals: before.journals + 1n,
      in_force: before.in_force + 1n,
    });
    expect(await desk.settlement(bill)).toMatchObject({ state: 'awaiting_card' });
  });

  test('does not begin with an amount of zero', async () => {
    const { bill } = await atTheTill();
    const result = await till.pay({ settlement_no: bill.settlement_no, amount_fen: 0n });
    expect(result).toMatchObject({ paid: false, code: 'terminal.amount_invalid' });
    expect(await paymentsOf(result.trace_id)).toEqual([]);
  });

  test('asks for an amount of zero all the same: refused with 13', async () => {
    const { pay } = await atTheTill();
    const before = await platform.money();
    platform.tap.meddle = (body, mti) => (mti === '0200' ? signed(body, { 4: '0'.repeat(12) }) : body);
    const result = await pay();
    platform.tap.meddle = (body) => body;
    expect(result).toMatchObject({ paid: false, code: 'terminal.declined', response_code: '13' });
    expect(await paymentsOf(result.trace_id)).toMatchObject([{ refusal_code: 'payment.amount_invalid' }]);
    expect(await platform.money()).toEqual(before);
  });

  /** The same message with other fields, under the terminal's own MAC: a terminal that lies. */
  function signed(body: Uint8Array, fields: Readonly<Record<number, string>>): Uint8Array {
    const unpacked = unpack(body);
    assert(unpacked.ok, 'a message of the terminal');
    const { message } = unpacked;
    const forged = pack({ ...message, fields: { ...message.fields, ...fields } }).slice(2);
    const mac = till.pad.mac(macInput(forged));
    assert(mac, 'a signed-in terminal');
    forged.set(mac, forged.length - mac.length);
    return forged;
  }
});

describe('the line', () => {
  test('changes a message: its MAC is wrong, nothing of it is carried out', async () => {
    const { bill, pay } = await atTheTill();
    const before = await platform.money();
    platform.tap.meddle = (body, mti) => (mti === '0200' ? body.with(-1, (body.at(-1) ?? 0) ^ 1) : body);
    const result = await pay();
    platform.tap.meddle = (body) => body;
    expect(result).toMatchObject({ paid: false, code: 'terminal.answer_not_authentic' });
    expect(await platform.money()).toEqual(before);
    expect(await desk.settlement(bill)).toMatchObject({ state: 'awaiting_card' });
    await expect.poll(() => answersOf(result.trace_id)).toContain('A0');
    expect(await pay()).toMatchObject({ paid: true });
  });

  test('repeats a message: the same answer, and no second payment; after the next sign-in not even that', async () => {
    const { pay } = await atTheTill();
    const paid = await pay();
    assert(paid.paid, 'a payment to repeat');
    const before = await platform.money();
    const replayed = frameOf(platform.tap.last('0200'));
    expect(await answersTo(replayed)).toMatchObject([{ 37: paid.reference, 38: paid.authorisation, 39: '00' }]);
    expect(await till.signIn()).toBe(true);
    expect(await answersTo(replayed)).toMatchObject([{ 39: 'A0' }]);
    expect(await platform.money()).toEqual(before);
  });

  test('brings a frame that is longer than any: the connection is closed, the others go on', async () => {
    expect(await answersTo(new Uint8Array([0x20, 0x00, 1, 2, 3]))).toEqual([]);
    const { pay } = await atTheTill();
    expect(await pay()).toMatchObject({ paid: true });
  });

  test('brings a field that is longer than its table allows: no answer, and the log says which field', async () => {
    const body = platform.tap.last('0200').slice();
    // Field 2 is the first one; its length stands behind TPDU, header, type and bitmap.
    body[21] = 0x99;
    expect(await answersTo(frameOf(body))).toEqual([]);
    await expect
      .poll(() => platform.database.query('select fault from switch.v_wire where fault is not null order by id desc'))
      .toContainEqual({ fault: expect.stringMatching(/in field 2: /) });
  });
});

const internal_authenticate = '0088';
const debit_for_purchase = 'b02c';

const answersTo = async (frame: Uint8Array) =>
  (await sendRaw(platform.tap.switch_port, frame)).map((body) => {
    const unpacked = unpack(body);
    assert(unpacked.ok, 'a message of the switch');
    return unpacked.message.fields;
  });

const answersOf = async (trace_id: string) =>
  (
    await platform.database.query<{ response_code: string }>(
      `select response_code from switch.v_wire where trace_id = $1 and direction = 'out'`,
      [trace_id],
    )
  ).map(({ response_code }) => response_code);
