import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { SimulatedReader } from '../../core/card/index.ts';
import { cityFactors, decrypt, diversify, keyCheckValue, SoftwareKeyStore } from '../../core/keys/index.ts';
import { bytes, xor } from '../../kernel/bytes.ts';
import type { Auth } from '../../platform/auth/index.ts';
import { StoppedClock } from '../../platform/clock.ts';
import { type Me, type Role, roles } from '../../platform/http/contract.ts';
import { createServer } from '../../platform/http/index.ts';
import { openLog } from '../../platform/log.ts';
import * as custody from './contract.ts';
import { type CardDesk, ComponentCard, custodyRoutes } from './index.ts';

const { database, owner } = await createTestDatabase();
const clock = new StoppedClock('2026-03-02T09:00:00+08:00');
const auth = {
  caller: async ({ user, role }: Record<string, string | undefined>): Promise<Me | null> =>
    user
      ? {
          user_id: user,
          name: `${user} the custodian`,
          role: (role ?? 'custodian') as Role,
          institution_code: null,
          person_id: null,
        }
      : null,
} as unknown as Auth;
const app = createServer({
  database,
  auth,
  log: openLog('test', { write: () => {} }),
  refusals: custody.custodyRefusals,
});
/** Cards in the drawer by item, as a desk with a reader has them. */
const drawer = new Map<string, ComponentCard>();
const demoCards: CardDesk = (item_id) => {
  const card = item_id === null ? new ComponentCard() : drawer.get(item_id);
  if (!card) return null;
  const reader = new SimulatedReader(['card']);
  reader.insert('card', card);
  return { reader, slot: 'card', keep: (under) => void drawer.set(under, card) };
};
const custodians = async () => ['ann', 'bo', 'cy'].map((user_id) => ({ user_id, name: `${user_id} the custodian` }));
let folder: string;
let keys: SoftwareKeyStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'custody-'));
  keys = await SoftwareKeyStore.create(join(folder, 'keys'), ['first', 'second']);
  custodyRoutes(app, { database, clock, keys, custodians, cards: demoCards });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const post = async (user: string, path: string, payload: object = {}) => {
  const answer = await app.inject({ method: 'POST', url: `/api/custody${path}`, headers: { user }, payload });
  return { status: answer.statusCode, body: answer.json() };
};
const get = async (user: string, path: string) =>
  (await app.inject({ url: `/api/custody${path}`, headers: { user } })).json();
const done = async (user: string, path: string, payload: object = {}) => {
  const { status, body } = await post(user, path, payload);
  expect(body).not.toHaveProperty('code');
  expect(status).toBe(200);
  return body;
};
const refused = async (user: string, path: string, payload: object, code: string) =>
  expect((await post(user, path, payload)).body.code).toBe(code);

type Family = 'des' | 'sm4';
const opening = (name: string, family: Family = 'des', custodians = ['ann', 'bo']) => ({
  purpose: 'a proof',
  family,
  name,
  custodians,
});

/** A whole ceremony of two; gives the components, as only its custodians know them. */
async function ceremony(name: string, family: Family = 'des') {
  const { ceremony_id: id, version } = await done('ann', '/ceremonies', opening(name, family));
  const a = await done('ann', `/ceremonies/${id}/contribute`);
  const b = await done('bo', `/ceremonies/${id}/contribute`);
  const { check_value } = await done('ann', `/ceremonies/${id}/combine`);
  await done('ann', `/ceremonies/${id}/confirm`, { check_value, own_check_value: a.check_value });
  await done('bo', `/ceremonies/${id}/confirm`, { check_value, own_check_value: b.check_value });
  await done('bo', `/ceremonies/${id}/install`);
  return { id, version, check_value, key: xor(bytes(a.component), bytes(b.component)), components: [a, b] };
}

describe('a ceremony', () => {
  it('of three custodians makes a version of a root that nobody has seen', async () => {
    const { ceremony_id: id } = await done('ann', '/ceremonies', opening('DPK', 'sm4', ['ann', 'bo', 'cy']));
    const given = [];
    for (const user of ['ann', 'bo', 'cy']) given.push(await done(user, `/ceremonies/${id}/contribute`));
    const { check_value } = await done('cy', `/ceremonies/${id}/combine`);
    const key = given.map(({ component }) => bytes(component)).reduce((a, b) => xor(a, b));
    expect(check_value).toBe(keyCheckValue('sm4', key));
    for (const [i, user] of ['ann', 'bo', 'cy'].entries())
      await done(user, `/ceremonies/${id}/confirm`, { check_value, own_check_value: given[i].check_value });
    const ended = await done('ann', `/ceremonies/${id}/install`);
    expect(ended).toMatchObject({ state: 'installed', version: 2, own_step: null });
    expect(keys.masters()).toContainEqual({ family: 'sm4', name: 'DPK', version: 2, check_value });
    expect(await owner.query('select from custody.parts')).toEqual([]);
    const again = await SoftwareKeyStore.open(join(folder, 'keys'), ['first', 'second']);
    expect(again.masters()).toEqual(keys.masters());
  });

  it('takes components that were brought on paper', async () => {
    const { ceremony_id: id } = await done('ann', '/ceremonies', opening('TK-PAPER', 'sm4'));
    const component = '000102030405060708090A0B0C0D0E0F';
    const brought = await done('ann', `/ceremonies/${id}/contribute`, { component });
    expect(brought).toMatchObject({ component: null, check_value: keyCheckValue('sm4', bytes(component)) });
    await done('bo', `/ceremonies/${id}/cancel`);
  });

  it('writes a component to a card, and takes it from there into another ceremony', async () => {
    const first = await done('ann', '/ceremonies', opening('TK-CARD', 'sm4'));
    const pin = '135790';
    const written = await done('ann', `/ceremonies/${first.ceremony_id}/contribute`, { pin });
    expect(written.component).toBeNull();
    const { items } = (await get('ann', '/inventory')) as custody.Inventory;
    const card = items.find(({ kind }) => kind === 'component_card')?.item_id;
    expect(drawer.has(card ?? '')).toBe(true);
    await done('ann', `/ceremonies/${first.ceremony_id}/cancel`);
    const again = await done('ann', '/ceremonies', opening('TK-CARD', 'sm4', ['bo', 'ann']));
    const at = `/ceremonies/${again.ceremony_id}`;
    await refused('bo', `${at}/contribute`, { pin, card }, 'custody.not_holder');
    await done('bo', `${at}/contribute`);
    await refused('ann', `${at}/contribute`, { pin: '000000', card }, 'custody.card_pin_wrong');
    const read = await done('ann', `${at}/contribute`, { pin, card });
    expect(read).toMatchObject({ component: null, check_value: written.check_value });
    await done('ann', `${at}/cancel`);
    const past = (await get('ann', `/history?subject=${card}`)) as custody.History;
    expect(past.items.map(({ kind }) => kind)).toEqual(['made', 'used']);
  });

  it('refuses what is out of order, alone, by a stranger, wrong or too late, and writes each attempt down', async () => {
    await refused('ann', '/ceremonies', opening('DTK', 'des', ['ann']), 'custody.two_or_three');
    await refused('ann', '/ceremonies', opening('DTK', 'des', ['ann', 'ann']), 'custody.same_person_twice');
    await refused('ann', '/ceremonies', opening('DTK', 'des', ['ann', 'eve']), 'custody.no_custodian');
    await refused('ann', '/ceremonies', opening('NOKEY'), 'custody.key_unknown');
    const { ceremony_id: id } = await done('ann', '/ceremonies', opening('DTK'));
    await refused('cy', '/ceremonies', opening('DTK', 'des', ['bo', 'cy']), 'custody.ceremony_running');
    const at = `/ceremonies/${id}`;
    await refused('bo', `${at}/contribute`, {}, 'custody.not_your_turn');
    await refused('cy', `${at}/contribute`, {}, 'custody.not_named');
    const a = await done('ann', `${at}/contribute`);
    await refused('ann', `${at}/contribute`, {}, 'custody.same_person_twice');
    await refused('ann', `${at}/combine`, {}, 'custody.components_missing');
    const b = await done('bo', `${at}/contribute`);
    const own = { own_check_value: a.check_value };
    await refused('ann', `${at}/confirm`, { ...own, check_value: '000000' }, 'custody.not_combined');
    const { check_value } = await done('ann', `${at}/combine`);
    await refused('bo', `${at}/combine`, {}, 'custody.combined_already');
    await refused('ann', `${at}/confirm`, { ...own, check_value: '00000G' }, 'custody.check_value_wrong');
    await refused('bo', `${at}/confirm`, { ...own, check_value }, 'custody.own_check_value_wrong');
    await done('ann', `${at}/confirm`, { ...own, check_value });
    await refused('bo', `${at}/install`, {}, 'custody.not_confirmed');
    await done('bo', `${at}/confirm`, { check_value, own_check_value: b.check_value });
    await refused('ann', `${at}/install`, {}, 'custody.alone');
    clock.advance({ hours: 4, seconds: 1 });
    await refused('bo', `${at}/install`, {}, 'custody.too_late');
    await done('bo', `${at}/cancel`);
    await refused('bo', `${at}/install`, {}, 'custody.ceremony_over');
    await refused('bo', `/ceremonies/${crypto.randomUUID()}/install`, {}, 'custody.ceremony_unknown');

    const { events, hash } = await get('ann', `${at}/minutes`);
    const refusals = events.filter((event: custody.CustodyEvent) => event.kind === 'refused');
    expect(
      refusals.map(({ by, detail }: custody.CustodyEvent) => `${by.user_id} ${detail.step} ${detail.code}`),
    ).toEqual([
      'bo contribute custody.not_your_turn',
      'cy contribute custody.not_named',
      'ann contribute custody.same_person_twice',
      'ann combine custody.components_missing',
      'ann confirm custody.not_combined',
      'bo combine custody.combined_already',
      'ann confirm custody.check_value_wrong',
      'bo confirm custody.own_check_value_wrong',
      'bo install custody.not_confirmed',
      'ann install custody.alone',
      'bo install custody.too_late',
      'bo install custody.ceremony_over',
    ]);
    const opened = (await get('ann', '/history?subject=des/DTK')).items;
    expect(opened.map(({ detail }: custody.CustodyEvent) => detail.code)).toEqual([
      'custody.two_or_three',
      'custody.same_person_twice',
      'custody.no_custodian',
      'custody.ceremony_running',
    ]);
    const [audited] = await owner.query<{ n: bigint }>(
      `select count(*) as n from audit.entries where detail ->> 'refused' like 'custody.%'`,
    );
    expect(Number(audited?.n)).toBeGreaterThanOrEqual(refusals.length);

    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    await owner.query(
      `update custody.events set user_name = 'somebody else' where subject = $1 and kind = 'combined'`,
      [id],
    );
    expect((await get('ann', `${at}/minutes`)).hash).not.toBe(hash);
    await expect(database.query('delete from custody.events')).rejects.toThrow('permission denied');
    await expect(database.query(`update custody.events set kind = 'installed'`)).rejects.toThrow('permission denied');
  });

  it('finds its key again when the process ended between store and record', async () => {
    const { ceremony_id: id, version } = await done('ann', '/ceremonies', opening('STK'));
    const a = await done('ann', `/ceremonies/${id}/contribute`);
    const b = await done('bo', `/ceremonies/${id}/contribute`);
    const { check_value } = await done('ann', `/ceremonies/${id}/combine`);
    await done('ann', `/ceremonies/${id}/confirm`, { check_value, own_check_value: a.check_value });
    await done('bo', `/ceremonies/${id}/confirm`, { check_value, own_check_value: b.check_value });
    const [part] = await owner.query<{ sealed: string }>(
      'select sealed from custody.parts where ceremony_id = $1 and position = 0',
      [id],
    );
    await keys.install(
      { family: 'des', name: 'STK', version },
      { sealed: part?.sealed ?? '', about: `ceremony/${id}/0` },
    );
    expect(await done('bo', `/ceremonies/${id}/install`)).toMatchObject({ state: 'installed', check_value });
  });
});

describe('keys leave', () => {
  it('as a TR-31 block under a transport key, once two custodians agree', async () => {
    const transport = await ceremony('TK-BANK', 'sm4');
    const order = {
      kind: 'distribute',
      receiver: 'bank',
      label: 'City bank 1',
      family: 'sm4',
      version: 1,
      applications: ['medical'],
      transactions: ['load', 'proof'],
      level: 'city',
      city_code: '990100',
      transport: 'TK-BANK',
    };
    await refused('ann', '/orders', { ...order, receiver: 'psam' }, 'custody.not_for_receiver');
    await refused('ann', '/orders', { ...order, applications: ['purse'] }, 'custody.no_such_keys');
    await refused('ann', '/orders', { ...order, transport: 'TK-NONE' }, 'custody.version_unknown');
    await refused('ann', '/orders', { ...order, version: 9 }, 'custody.version_unknown');
    const [{ order_id }] = (await done('ann', '/orders', order)).items;
    await refused('ann', `/orders/${order_id}/approve`, {}, 'custody.alone');
    const [{ result, done_by }] = (await done('bo', `/orders/${order_id}/approve`)).items;
    await refused('cy', `/orders/${order_id}/approve`, {}, 'custody.order_done');
    await refused('cy', `/orders/${crypto.randomUUID()}/approve`, {}, 'custody.order_unknown');
    await refused('ann', '/orders', order, 'custody.label_taken');
    expect(done_by.user_id).toBe('bo');
    expect(result.blocks.map(({ name }: { name: string }) => name)).toEqual(['DLK', 'DTK']);
    // Only its receiver, who has the transport key, sees the city's key; it is the one a PSAM of the city would know.
    for (const { text, check_value } of result.blocks)
      expect(keyCheckValue('sm4', decrypt('sm4', transport.key, bytes(text)))).toBe(check_value);
    const factors = cityFactors('990100', 'sm4');
    const station = bytes('000102030405060708090A0B0C0D0E0F');
    const inPsam = keys.psamKeys(factors, station).find(({ name }) => name === 'DPK');
    expect(
      diversify('sm4', decrypt('sm4', station, inPsam?.encrypted ?? new Uint8Array(16)), factors.city),
    ).toHaveLength(16);
    const history = (await get('ann', `/history?subject=${order_id}`)).items;
    expect(history.map(({ kind }: custody.CustodyEvent) => kind)).toEqual(['asked', 'refused', 'done', 'refused']);
  });

  it('3DES in a block that says what it is for and that it may not be exported', async () => {
    await ceremony('TK-STAT', 'des');
    const order = {
      kind: 'distribute',
      receiver: 'mother_card',
      label: 'Issuing mother card 1',
      family: 'des',
      version: 1,
      applications: ['identity', 'medical', 'purse'],
      transactions: ['authentication', 'maintenance', 'reading', 'update', 'purchase', 'load', 'proof'],
      level: 'province',
      city_code: '990100',
      transport: 'TK-STAT',
    };
    const [{ order_id }] = (await done('cy', '/orders', order)).items;
    const [{ result }] = (await done('ann', `/orders/${order_id}/approve`)).items;
    expect(result.blocks).toHaveLength(13);
    for (const { text, format } of result.blocks) {
      expect(format).toBe('tr31');
      expect(text).toMatch(/^B\d{4}E\dTX01N0000/);
    }
  });
});

it('a version overlaps the old until an order ends it; a drill names who holds its keys', async () => {
  const { version } = await ceremony('DLK', 'sm4');
  expect(version).toBe(2);
  const of = (kind: string, version: number) => ({ kind, family: 'sm4', name: 'DLK', version });
  const versions = () =>
    keys
      .masters()
      .filter(({ family, name }) => family === 'sm4' && name === 'DLK')
      .map((key) => key.version);
  expect(versions()).toEqual([1, 2]);
  const [drill] = (await done('ann', '/orders', of('drill', 1))).items;
  const [drilled] = (await done('cy', `/orders/${drill.order_id}/approve`)).items;
  expect(drilled.result.affected).toEqual(['bank City bank 1']);
  expect(versions()).toEqual([1, 2]);
  const [end] = (await done('ann', '/orders', of('destroy', 1))).items;
  await refused('ann', `/orders/${end.order_id}/approve`, {}, 'custody.alone');
  await done('cy', `/orders/${end.order_id}/approve`);
  expect(versions()).toEqual([2]);
  await refused('ann', '/orders', of('destroy', 2), 'custody.last_version');
  await refused('ann', '/orders', of('destroy', 1), 'custody.version_unknown');
  const { items } = (await get('ann', '/history?subject=sm4/DLK/1')) as custody.History;
  expect(items.map(({ kind }) => kind)).toEqual(['drilled', 'destroyed']);
});

it('a carrier goes from hand to hand, and only its holder hands it over', async () => {
  const list = (await get('ann', '/inventory')) as custody.Inventory;
  expect(Value.Check(custody.Inventory, list)).toBe(true);
  const item = list.items.find(({ kind, custodian }) => kind === 'component' && custodian.user_id === 'ann');
  const at = `/items/${item?.item_id}/hand-over`;
  await refused('bo', at, { to: 'cy' }, 'custody.not_holder');
  await refused('ann', at, { to: 'eve' }, 'custody.no_custodian');
  await refused('ann', at, { to: 'ann' }, 'custody.same_person_twice');
  await refused('ann', `/items/${crypto.randomUUID()}/hand-over`, { to: 'cy' }, 'custody.item_unknown');
  await done('ann', at, { to: 'cy' });
  await done('cy', at, { to: 'bo' });
  const after = ((await get('ann', '/inventory')) as custody.Inventory).items.find(
    ({ item_id }) => item_id === item?.item_id,
  );
  expect(after?.custodian.user_id).toBe('bo');
  const { items } = (await get('inspector', `/history?subject=${item?.item_id}`)) as custody.History;
  expect(items.map(({ kind }) => kind)).toEqual([
    'made',
    'refused',
    'refused',
    'refused',
    'handed_over',
    'handed_over',
  ]);
});

it.each(roles)('%s: what the role may do', async (role) => {
  const ask = (method: 'GET' | 'POST', url: string) =>
    app.inject({
      method,
      url: `/api/custody${url}`,
      headers: { user: 'someone', role },
      ...(method === 'POST' ? { payload: {} } : {}),
    });
  const reads = role === 'custodian' || role === 'inspector';
  for (const url of ['/store', '/ceremonies', '/inventory', '/orders', '/history?subject=x'])
    expect((await ask('GET', url)).statusCode).toBe(reads ? 200 : 403);
  const id = crypto.randomUUID();
  for (const url of [
    '/ceremonies',
    `/ceremonies/${id}/contribute`,
    `/ceremonies/${id}/install`,
    `/orders/${id}/approve`,
  ])
    expect((await ask('POST', url)).statusCode === 403).toBe(role !== 'custodian');
});

it('nothing of a key stands in the database, or in an answer but the one that showed it', async () => {
  const { key, components } = await ceremony('PUK', 'sm4');
  const secrets = [key.toHex(), ...components.map(({ component }) => component.toLowerCase())];
  const tables = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables) {
    const rows = await owner.query<{ row: string }>(`select t::text as row from ${name} t`);
    const text = rows
      .map(({ row }) => row)
      .join('\n')
      .toLowerCase();
    for (const secret of secrets) expect(text, name).not.toContain(secret);
  }
});
