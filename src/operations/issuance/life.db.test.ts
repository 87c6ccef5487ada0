import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { Chip } from '../../core/card/index.ts';
import { cardAccount, fundAccount, personalAccount } from '../../core/ledger/contract.ts';
import { balances, trialBalance, verify } from '../../core/ledger/index.ts';
import { screen } from '../../core/screening/index.ts';
import { fen, formatYuan, zero } from '../../kernel/money.ts';
import { applyForCards, decideApplications } from './applications.ts';
import { deskMove, lapseReports } from './commands.ts';
import { cardDetail, cardsOf } from './index.ts';
import { bookLateTap } from './late-taps.ts';
import {
  approved,
  at,
  city_code,
  clerk,
  keys,
  makePersons,
  photo,
  putMoney,
  second,
  settle,
  terms,
  testBench,
  who,
} from './life.fixture.ts';
import { accountBook, dayOf } from './money.ts';
import { prepareOrder } from './orders.ts';
import { deliverOrder, receiveCard, runOrder } from './production.ts';
import { moveStock, stockLines } from './stock.ts';

const { database } = await createTestDatabase();
await database.transaction((sql) => moveStock(sql, [{ kind: 'blank', change: 500 }], 'received', null, clerk));

const clerkDay = dayOf(at('2026-12-31T00:00'));
const tray = new Map<string, Chip>();
const safe = new Map<string, Chip>();

/** Makes the cards of all approved applications, from the order to the signature. */
async function make(): Promise<void> {
  const order = await database.transaction((sql) =>
    prepareOrder(sql, keys, { city_code, place: 'station', most: 100 }, terms, clerk),
  );
  if (!order.granted) throw new Error(order.refusal.code);
  const { order_id } = order.value;
  const run = await runOrder(database, keys, order_id, { name: 'S1', benches: [testBench(tray, safe)] }, () => clerk);
  expect(run).toEqual({ finished: order.value.cards, failed: 0, refusal: null });
  await database.transaction((sql) => deliverOrder(sql, order_id, clerk));
  const cards = await database.query<{ card_id: string }>('select card_id from issuance.work where order_id = $1', [
    order_id,
  ]);
  for (const { card_id } of cards) await database.transaction((sql) => receiveCard(sql, card_id, 'holder'));
}

const move = (card_id: string, what: Parameters<typeof deskMove>[2]['move'], by = clerk) =>
  database.transaction((sql) => deskMove(sql, card_id, { move: what }, terms, by));

/** A person with a card in use: 100.00 on it, 30.00 in the personal account. */
async function holder() {
  const [person] = makePersons(1);
  if (!person) throw new Error('nobody');
  await settle(database, [person]);
  await approved(database, [person]);
  await make();
  const [card] = await cardsOf(database, person.person_id);
  if (!card) throw new Error('no card');
  expect(await move(card.card_id, 'activate')).toMatchObject({ value: 'active' });
  await putMoney(database, { person_id: person.person_id, card_id: card.card_id, personal: 3_000, card: 10_000 });
  return { person_id: person.person_id, card_id: card.card_id };
}

/** What the steps of a path mean. */
const steps: Readonly<Record<string, (of: { person_id: string; card_id: string }) => Promise<unknown>>> = {
  block: ({ card_id }) => move(card_id, 'block'),
  unblock: ({ card_id }) => move(card_id, 'unblock'),
  suspend: ({ card_id }) => move(card_id, 'suspend'),
  lose: ({ card_id }) => move(card_id, 'report_loss'),
  find: ({ card_id }) => move(card_id, 'find'),
  lapse: () => database.transaction((sql) => lapseReports(sql, who('worker', '2026-03-10T00:10'))),
  cancel: ({ card_id }) => move(card_id, 'cancel'),
  emigrate: ({ card_id }) => move(card_id, 'emigrate'),
  die: ({ card_id }) => move(card_id, 'die'),
  replace: async ({ person_id }) => {
    await approved(database, [{ person_id }], 'counter');
    await make();
    const [fresh] = await cardsOf(database, person_id);
    await move(fresh?.card_id ?? '', 'activate');
  },
  'activate again': async ({ person_id }) => move((await cardsOf(database, person_id))[0]?.card_id ?? '', 'activate'),
};

const paths = `
| path                       | state     | listed      | card   | successor | personal | fee   |
| block                      | blocked   | suspected_misuse | 100.00 | -         | 30.00    | 0.00  |
| block, unblock             | active    | -           | 100.00 | -         | 30.00    | 0.00  |
| suspend                    | suspended | lost        | 100.00 | -         | 30.00    | 0.00  |
| suspend, find              | active    | -           | 100.00 | -         | 30.00    | 0.00  |
| suspend, lapse             | active    | -           | 100.00 | -         | 30.00    | 0.00  |
| suspend, lose              | lost      | lost        | 100.00 | -         | 30.00    | 0.00  |
| lose, find                 | active    | -           | 100.00 | -         | 30.00    | 0.00  |
| lose, replace              | cancelled | lost        | 0.00   | 100.00    | 30.00    | 20.00 |
| lose, replace, activate again | cancelled | lost     | 0.00   | 100.00    | 30.00    | 20.00 |
| block, replace             | cancelled | suspected_misuse | 0.00 | 100.00    | 30.00    | 20.00 |
| cancel                     | cancelled | cancelled   | 0.00   | -         | 130.00   | 0.00  |
| block, cancel              | cancelled | suspected_misuse | 0.00 | -         | 130.00   | 0.00  |
| cancel, cancel             | cancelled | cancelled   | 0.00   | -         | 130.00   | 0.00  |
| emigrate                   | cancelled | cancelled   | 0.00   | -         | 130.00   | 0.00  |
| die                        | cancelled | holder_died | 0.00   | -         | 130.00   | 0.00  |
| lose, die                  | cancelled | lost        | 0.00   | -         | 130.00   | 0.00  |`;

const rows = paths
  .trim()
  .split('\n')
  .slice(1)
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('every path leaves the books right', () => {
  it.each(rows)('%s', async (path = '', ...wanted) => {
    const cash = fundAccount(accountBook, '1001');
    const cashBefore = (await balances(database, [cash])).get(cash)?.balance_fen ?? zero;
    const one = await holder();
    for (const step of path.split(', ')) await steps[step]?.(one);
    const cards = await cardsOf(database, one.person_id);
    const successor = cards[0]?.card_id === one.card_id ? null : cards[0];
    const old = await cardDetail(database, one.card_id);
    const codes = {
      card: cardAccount(accountBook, one.card_id),
      successor: cardAccount(accountBook, successor?.card_id ?? '0'),
      personal: personalAccount(accountBook, one.person_id),
    };
    const held = await balances(database, [...Object.values(codes), cash]);
    const on = (account: (typeof codes)['card']) => formatYuan(held.get(account)?.balance_fen ?? zero);
    expect([
      old?.state,
      old?.black_list?.reason ?? '-',
      on(codes.card),
      successor ? on(codes.successor) : '-',
      on(codes.personal),
      formatYuan(fen((held.get(cash)?.balance_fen ?? zero) - cashBefore)),
    ]).toEqual(wanted);
    const books = await trialBalance(database, { book: accountBook, through: clerkDay });
    expect(books.debit_fen).toBe(books.credit_fen);
    expect((await verify(database)).faults).toEqual([]);
    const told = await database.query('select name from outbox.events where subject = $1', [one.card_id]);
    expect(told.length).toBeGreaterThan(path.split(', ').length - 1);
  });
});

describe('applications', () => {
  const apply = (person_id: string, by = clerk, picture = photo) =>
    database.transaction(async (sql) => {
      const [answer] = await applyForCards(
        sql,
        [{ person_id, channel: 'counter', photo: picture, city_code }],
        terms,
        by,
      );
      return answer;
    });
  const refused = (code: string) => ({ granted: false, refusal: { code } });

  it('are checked against the registers, and decided by another person', async () => {
    const [insured, stranger] = makePersons(2);
    if (!insured || !stranger) throw new Error('nobody');
    await settle(database, [insured]);
    expect(await apply(stranger.person_id)).toMatchObject(refused('issuance.person_unknown'));
    expect(await apply(insured.person_id, clerk, Uint8Array.of(1, 2, 3))).toMatchObject(
      refused('issuance.photo_invalid'),
    );
    const both = await Promise.all([apply(insured.person_id), apply(insured.person_id)]);
    const taken = both.find((answer) => answer?.granted);
    expect(both.find((answer) => !answer?.granted)).toMatchObject(refused('issuance.application_under_way'));
    const id = taken?.granted ? taken.value.application_id : '';
    const decide = (by: typeof clerk) =>
      database.transaction((sql) => decideApplications(sql, [id, id], { approve: true }, by));
    expect((await decide(clerk))[0]).toMatchObject(refused('issuance.same_person'));
    expect((await decide(second))[0]).toMatchObject({ granted: true });
    expect((await decide(second))[0]).toMatchObject(refused('issuance.application_decided'));
  });

  it('are refused while there is a card in use', async () => {
    const { person_id } = await holder();
    expect(await apply(person_id)).toMatchObject(refused('issuance.has_card'));
  });
});

describe('a late offline payment', () => {
  it('is taken where the money went, and what is missing is advanced', async () => {
    const one = await holder();
    await steps.lose?.(one);
    await steps.replace?.(one);
    const advanced = fundAccount(accountBook, '1101');
    const [fresh] = await cardsOf(database, one.person_id);
    const tap = (serial: number, amount: number, when: string, list_version = 0) =>
      database.transaction((sql) =>
        bookLateTap(
          sql,
          {
            card_id: one.card_id,
            terminal_id: '00000009',
            terminal_serial: serial,
            institution_code: 'H99010000001',
            amount_fen: fen(amount),
            tapped_at: at(when),
            list_version,
          },
          terms,
          clerk,
        ),
      );
    expect(await tap(1, 12_000, '2026-03-01T12:00')).toMatchObject({ value: 'holder' });
    expect(await tap(1, 12_000, '2026-03-01T12:00')).toMatchObject({ value: 'holder' });
    expect(await tap(1, 11_000, '2026-03-01T12:00')).toMatchObject({ refusal: { code: 'issuance.tap_differs' } });
    expect(await tap(2, 2_000, '2026-03-01T13:00')).toMatchObject({ value: 'holder' });
    expect(await tap(3, 700, '2026-03-02T12:00')).toMatchObject({ value: 'agency' });
    expect(await tap(4, 900, '2026-03-02T12:00', 1_000_000)).toMatchObject({ value: 'institution' });
    const successor = cardAccount(accountBook, fresh?.card_id ?? '');
    const personal = personalAccount(accountBook, one.person_id);
    const held = await balances(database, [successor, personal, advanced]);
    expect([successor, personal, advanced].map((account) => held.get(account)?.balance_fen)).toEqual([0n, 0n, 1_700n]);
    expect((await cardDetail(database, one.card_id))?.carried).toMatchObject({
      amount_fen: '10000',
      came_fen: '15600',
    });
    expect((await verify(database)).faults).toEqual([]);
  });
});

it('the counts of the store agree with their moves and with the cards', async () => {
  const lines = await stockLines(database);
  expect(lines.map(({ kind }) => kind)).toEqual(['blank', 'in_work', 'finished', 'spoiled', 'psam', 'reader']);
  for (const { count, moved, cards } of lines) expect([moved, cards ?? count]).toEqual([count, count]);
  expect(lines.map(({ count }) => count).slice(1)).toEqual([0, 0, 0, 0, 0]);
  expect((await screen(database, [])).size).toBe(0);
});
