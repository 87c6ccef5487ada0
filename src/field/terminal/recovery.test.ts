import { copyFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytes } from '../../kernel/bytes.ts';
import { fen } from '../../kernel/money.ts';
import { TerminalJournal } from './journal.ts';
import type { Terminal } from './terminal.ts';
import { silence, TestTown } from './town.fixture.ts';
import type { Transaction } from './transaction.ts';

let town: TestTown;
beforeEach(async () => {
  town = await TestTown.build();
});
afterEach(() => town.close());

const price = fen(10_00);

/** The last transaction of the journal as it is on the disk now. */
async function lastInJournal(): Promise<Transaction | undefined> {
  const copy = `${town.journal_path}.copy`;
  copyFileSync(town.journal_path, copy);
  const journal = await TerminalJournal.open(copy);
  const last = journal.unfinished().at(-1);
  await journal.close();
  return last;
}

/** Lets a payment begin and the terminal die when its card gets the command that starts with `command`. */
async function dieAt(command: string): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const transmit = town.reader.transmit.bind(town.reader);
  town.reader.transmit = async (slot, apdu) => {
    if (!apdu.toHex().toUpperCase().startsWith(command)) return transmit(slot, apdu);
    reached.resolve();
    return silence;
  };
  void town.pay(price);
  await reached.promise;
  town.reader.transmit = transmit;
}

/** Lets the chip pay and the terminal die before it hears so. */
async function dieAfterDebit(): Promise<void> {
  const transmit = town.reader.transmit.bind(town.reader);
  const done = Promise.withResolvers<void>();
  town.reader.transmit = async (slot, apdu) => {
    const answer = await transmit(slot, apdu);
    if (!apdu.toHex().startsWith('b02c')) return answer;
    done.resolve();
    return silence;
  };
  void town.pay(price);
  await done.promise;
  town.reader.transmit = transmit;
}

/** Terminals that will never finish what they do; held, because their open files may not be collected. */
const dead: Terminal[] = [];

/** A new terminal on the same journal; the old one stays dead in the middle of its payment. */
async function comeBack(): Promise<boolean> {
  dead.push(town.terminal);
  town.terminal = await town.openTerminal();
  return town.terminal.settle();
}

const states = () => [...town.bookings.values()].map(({ request, state }) => `${request.kind} ${state}`);

describe('a terminal that died comes back', () => {
  test('after its request, before any answer: reversed', async () => {
    town.mood = (request, answer) => (request.kind === 'purchase' ? silence : answer);
    void town.pay(price);
    while (!states().includes('purchase approved')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await lastInJournal())?.state).toBe('requested');
    town.mood = (_, answer) => answer;
    expect(await comeBack()).toBe(true);
    expect(states()).toEqual(['load chip_confirmed', 'purchase reversed']);
    expect(town.chip_fen).toBe(town.owed_fen);
  });

  test('after the yes, before the chip was touched: reversed', async () => {
    await dieAt('0082');
    expect((await lastInJournal())?.state).toBe('approved');
    expect(await comeBack()).toBe(true);
    expect(states()).toEqual(['load chip_confirmed', 'purchase reversed']);
    expect(town.chip_fen).toBe(town.owed_fen);
  });

  test('in the middle of the debit that the chip did not do: reversed', async () => {
    await dieAt('B02C');
    expect((await lastInJournal())?.state).toBe('on_chip');
    expect(await comeBack()).toBe(true);
    expect(states()).toEqual(['load chip_confirmed', 'purchase reversed']);
    expect(town.chip_fen).toBe(town.owed_fen);
  });

  test('in the middle of the debit that the chip did: the chip proves it', async () => {
    await dieAfterDebit();
    expect((await lastInJournal())?.state).toBe('on_chip');
    expect(await comeBack()).toBe(true);
    expect(states()).toEqual(['load chip_confirmed', 'purchase chip_confirmed']);
    expect(town.chip_fen).toBe(0n);
  });

  test('in the middle of a load that the chip did not do: reversed', async () => {
    await dieAt('B02A');
    expect((await lastInJournal())?.state).toBe('on_chip');
    expect(await comeBack()).toBe(true);
    expect(states()).toEqual(['load reversed']);
    expect(town.account_fen).toBe(1_000_00n);
  });

  test('without the card it paid with: it waits for the card, and the chip proves it', async () => {
    await dieAfterDebit();
    town.reader.remove('user');
    expect(await comeBack()).toBe(true);
    town.clock.advance({ minutes: 9 });
    expect(await town.terminal.settle()).toBe(true);
    expect((await lastInJournal())?.state).toBe('on_chip');
    expect(town.steps().filter((step) => step === 'present_again')).toHaveLength(1);
    town.reader.insert('user', town.chip);
    expect(await town.terminal.settle()).toBe(true);
    expect(states()).toEqual(['load chip_confirmed', 'purchase chip_confirmed']);
    expect(town.chip_fen).toBe(town.owed_fen);
  });

  test('without the card for too long: reversed, and the chip shows the difference when it pays again', async () => {
    await dieAfterDebit();
    town.reader.remove('user');
    await comeBack();
    town.clock.advance({ minutes: 10 });
    expect(await town.terminal.settle()).toBe(true);
    expect(states()).toEqual(['load chip_confirmed', 'purchase reversed']);
    expect(town.owed_fen - town.chip_fen).toBe(price);
    town.reader.insert('user', town.chip);
    expect(await town.pay(price)).toMatchObject({ paid: true });
    const shown = [...town.bookings.values()].at(-2)?.request.ic.chip_balance;
    expect(shown?.toHex()).toBe('00000000');
  });

  test('a card that waits to be asked and does not answer pays nothing meanwhile', async () => {
    await dieAfterDebit();
    const transmit = town.reader.transmit.bind(town.reader);
    // GET TRANSACTION PROOF
    town.reader.transmit = async (slot, apdu) =>
      apdu.toHex().startsWith('b02e') ? bytes('6F00') : transmit(slot, apdu);
    expect(await comeBack()).toBe(true);
    expect(await town.pay(price)).toMatchObject({ code: 'terminal.reversal_waiting' });
    town.reader.transmit = transmit;
    expect(await town.pay(price)).toMatchObject({ paid: true });
    expect(states().filter((state) => state === 'purchase chip_confirmed')).toHaveLength(2);
  });

  test.each(['reversal', 'tac_upload'] as const)('a code that does not decide the %s leaves it owed', async (kind) => {
    town.mood = (request, answer) => {
      if (kind === 'reversal' && request.kind === 'purchase') return silence;
      return request.kind === kind ? { response_code: '58' } : answer;
    };
    await town.pay(price);
    expect(town.terminal.unfinished).toBe(kind === 'reversal' ? 1 : 2);
    town.mood = (_, answer) => answer;
    await town.terminal.settle();
    expect(town.terminal.unfinished).toBe(0);
    expect(states().at(-1)).toBe(kind === 'reversal' ? 'purchase reversed' : 'purchase chip_confirmed');
  });

  test('before the TAC was sent: it is sent', async () => {
    town.mood = (request, answer) =>
      request.kind === 'tac_upload' && request.original?.trace !== '000002' ? silence : answer;
    void town.pay(price);
    while ((await lastInJournal())?.kind !== 'purchase' || (await lastInJournal())?.state !== 'proven')
      await new Promise((resolve) => setTimeout(resolve, 5));
    town.mood = (_, answer) => answer;
    expect(await comeBack()).toBe(true);
    expect(states()).toEqual(['load chip_confirmed', 'purchase chip_confirmed']);
  });

  test('in the middle of a reversal: it is sent again', async () => {
    town.mood = (request, answer) => (request.kind === 'purchase' || request.kind === 'reversal' ? silence : answer);
    expect(await town.pay(price)).toMatchObject({ code: 'terminal.no_answer' });
    expect((await lastInJournal())?.state).toBe('reversing');
    town.mood = (_, answer) => answer;
    expect(await comeBack()).toBe(true);
    expect(states().at(-1)).toBe('purchase reversed');
  });

  test('and what the centre refuses for good is left for a person', async () => {
    town.mood = (request, answer) => (request.kind === 'tac_upload' ? { response_code: 'A7' } : answer);
    expect(await town.pay(price)).toMatchObject({ paid: true });
    expect(town.terminal.unfinished).toBe(0);
  });
});
