import type Type from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { Chip } from '../../core/card/index.ts';
import { loadPolicy } from '../../core/policy/index.ts';
import type { Auth } from '../../platform/auth/index.ts';
import { StoppedClock } from '../../platform/clock.ts';
import type { Me, Role } from '../../platform/http/contract.ts';
import { createServer } from '../../platform/http/index.ts';
import { openLog } from '../../platform/log.ts';
import * as contract from './contract.ts';
import { issuanceRoutes } from './index.ts';
import { city_code, keys, makePersons, photo, putMoney, settle, testBench } from './life.fixture.ts';

const { database } = await createTestDatabase();
const auth = {
  caller: async ({ role, user, person }: Record<string, string | undefined>): Promise<Me | null> =>
    role
      ? { user_id: user ?? role, name: role, role: role as Role, institution_code: null, person_id: person ?? null }
      : null,
} as unknown as Auth;
const app = createServer({
  database,
  auth,
  log: openLog('test', { write: () => {} }),
  refusals: contract.issuanceRefusals,
});
const [tray, safe] = [new Map<string, Chip>(), new Map<string, Chip>()];
const counter = testBench(new Map(), new Map());
/** After how many commands the next card is torn out at the counter; 0: it is not. */
let counterFails = 0;
issuanceRoutes(app, {
  database,
  clock: new StoppedClock('2026-03-02T09:00:00+08:00'),
  keys,
  policy: loadPolicy('policy'),
  region: city_code,
  bureau_key: null,
  chips: {
    benches: () => [testBench(tray, safe)],
    counter(card_number) {
      const chip = safe.get(card_number);
      if (!chip) return null;
      counter.reader.remove('user');
      counter.reader.insert('user', chip);
      if (counterFails > 0) counter.reader.tearOut('user', 'after', counterFails);
      counterFails = 0;
      return counter;
    },
  },
});
const persons = makePersons(2);
beforeAll(() => settle(database, persons));
afterAll(() => app.close());

let sent = 0;
type Who = { readonly role: Role; readonly user?: string; readonly person?: string };
const clerk: Who = { role: 'agency', user: 'clerk' };
const other: Who = { role: 'agency', user: 'other' };
const get = async (url: string, who: Who = clerk) => (await app.inject({ url, headers: { ...who } })).json();
const post = async (url: string, payload: object = {}, who: Who = clerk) =>
  (
    await app.inject({
      method: 'POST',
      url,
      headers: { ...who, 'idempotency-key': `key-${++sent}-of-test` },
      payload,
    })
  ).json();
async function fits<T extends Type.TSchema>(schema: T, url: string): Promise<Type.Static<T>> {
  const body = await get(url);
  expect([...Value.Errors(schema, body)], url).toEqual([]);
  return body as Type.Static<T>;
}
const ended = async (order_id: string) => {
  for (;;) {
    const order = await get(`/api/card-orders/${order_id}`);
    if (!order.running) return order;
    await new Promise((done) => setTimeout(done, 20));
  }
};
const apply = (i: number) =>
  post('/api/card-applications', {
    channel: 'counter',
    rows: [{ person_id: persons[i]?.person_id, photo: photo.toBase64() }],
  });
async function cardFor(i: number): Promise<{ card_id: string; order_id: string }> {
  const { items } = await apply(i);
  await post('/api/card-applications/decide', { ids: [items[0].application_id], approve: true }, other);
  const order = await post('/api/card-orders', { place: 'station', most: 10 });
  await post(`/api/card-orders/${order.order_id}/run`);
  await ended(order.order_id);
  await post(`/api/card-orders/${order.order_id}/deliver`);
  const work = await get(`/api/card-orders/${order.order_id}/work`);
  await post(`/api/cards/${work.items[0].card_id}/receive`, { received_by: 'holder' });
  return { card_id: work.items[0].card_id, order_id: order.order_id };
}

it('a card from application to the money of its predecessor on the new chip', async () => {
  expect(await post('/api/card-orders', { place: 'station', most: 10 })).toMatchObject({
    code: 'issuance.nothing_to_order',
  });
  const stock = await post('/api/card-stock', { kind: 'blank', change: 5 });
  expect(stock.items[0]).toEqual({ kind: 'blank', count: 5, moved: 5, cards: null });
  expect(await post('/api/card-stock', { kind: 'blank', change: -6 })).toMatchObject({
    code: 'issuance.count_differs',
  });

  const { items } = await apply(0);
  const mine = await fits(contract.ApplicationPage, '/api/card-applications?state=submitted');
  expect(mine.items.map((row) => [row.reason, row.may_decide])).toEqual([['first', false]]);
  const decide = (who: Who) =>
    post('/api/card-applications/decide', { ids: [items[0].application_id], approve: true }, who);
  expect(await decide(clerk)).toMatchObject({ code: 'issuance.same_person', status: 403 });
  expect(await decide(other)).toEqual({ count: 1 });

  const order = await post('/api/card-orders', { place: 'station', most: 10 });
  expect(await post(`/api/card-orders/${order.order_id}/bureau-file`)).toMatchObject({
    code: 'issuance.bureau_key_missing',
  });
  await post(`/api/card-orders/${order.order_id}/run`);
  expect((await ended(order.order_id)).counts).toMatchObject({ prepared: 0, begun: 0, checked: 1 });
  await fits(contract.Orders, '/api/card-orders');
  const work = await fits(contract.WorkPage, `/api/card-orders/${order.order_id}/work`);
  const card_id = work.items[0]?.card_id ?? '';
  await fits(contract.FacePreview, `/api/cards/${card_id}/face`);
  expect(await post(`/api/cards/${card_id}/activate`, { pin: '246810' })).toMatchObject({
    code: 'issuance.not_received',
  });
  expect(await post(`/api/card-orders/${order.order_id}/deliver`)).toEqual({ count: 1 });
  await post(`/api/cards/${card_id}/receive`, { received_by: 'holder' });
  expect(await post(`/api/cards/${card_id}/activate`, { pin: '246810' })).toMatchObject({
    state: 'active',
    may: ['block', 'suspend', 'report_loss', 'cancel', 'emigrate', 'die'],
  });

  await putMoney(database, { person_id: persons[0]?.person_id ?? '', card_id, personal: 5_000, card: 4_200 });
  expect(await post(`/api/cards/${card_id}/move`, { move: 'suspend' })).toMatchObject({
    state: 'suspended',
    suspended_through: '2026-03-09',
  });
  await post(`/api/cards/${card_id}/move`, { move: 'report_loss' });
  expect((await fits(contract.BlackListPage, '/api/black-list')).items.map((row) => row.card_id)).toEqual([card_id]);
  const next = await cardFor(0);
  // The chip is torn out while it takes the money up; asked again, it takes it once.
  counterFails = 18;
  expect(await post(`/api/cards/${next.card_id}/activate`, { pin: '135790' })).toMatchObject({
    code: 'issuance.chip_fault',
  });
  expect(await get(`/api/cards/${next.card_id}`)).toMatchObject({ state: 'active', take_up: true, load_sequence: 0 });
  expect(await post(`/api/cards/${next.card_id}/activate`, { pin: '135790' })).toMatchObject({
    state: 'active',
    balance_fen: '4200',
    load_sequence: 1,
    take_up: false,
  });
  const old = await fits(contract.CardDetail, `/api/cards/${card_id}`);
  expect(old).toMatchObject({ state: 'cancelled', may: [], carried: { amount_fen: '4200', on_chip: true } });
});

it('an employer’s batch answers row by row, and the cards go to the employer', async () => {
  const employer_code = '91990100MA9000017X';
  const wanted = [persons[1]?.citizen_number, '990100199001011230', persons[1]?.citizen_number];
  const { items } = await post('/api/card-applications', {
    channel: 'employer',
    employer_code,
    rows: wanted.map((citizen_number) => ({ citizen_number, photo: photo.toBase64() })),
  });
  expect(items.map(({ reason, refusal }: { reason: string; refusal: string }) => reason ?? refusal)).toEqual([
    'first',
    'issuance.person_unknown',
    'issuance.application_under_way',
  ]);
  const ids = [items[0].application_id];
  expect(await post('/api/card-applications/decide', { ids, approve: true }, other)).toEqual({ count: 1 });
  const order = await post('/api/card-orders', { place: 'station', most: 10 });
  const work = await fits(contract.WorkPage, `/api/card-orders/${order.order_id}/work`);
  expect(work.items.map((row) => row.employer_code)).toEqual([employer_code]);
});

it('the counter is the agency’s alone', async () => {
  const places = ['/api/card-applications', '/api/card-orders', '/api/card-stock', '/api/black-list'];
  for (const role of ['hospital', 'pharmacy', 'citizen', 'finance', 'device'] as const)
    for (const url of places)
      expect((await app.inject({ url, headers: { role } })).statusCode, `${role} ${url}`).toBe(403);
  for (const url of ['/api/card-orders', '/api/card-stock', '/api/card-applications/decide'])
    expect((await app.inject({ method: 'POST', url, headers: { role: 'inspector' }, payload: {} })).statusCode).toBe(
      403,
    );
});
