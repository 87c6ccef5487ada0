import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { Auth } from '../../platform/auth/index.ts';
import { type Me, roles } from '../../platform/http/contract.ts';
import { createServer } from '../../platform/http/index.ts';
import { newId } from '../../platform/identity.ts';
import { openLog } from '../../platform/log.ts';
import { medicalRefusals } from './contract.ts';
import { medicalRoutes } from './routes.ts';
import {
  bill,
  expiredHospital,
  hospital,
  pharmacy,
  registration,
  resident,
  settleTown,
  worker,
} from './sample-town.ts';

const { database } = await createTestDatabase();
const { ground, visitWith } = await settleTown(database);

const of = (role: Me['role'], institution_code: string | null = null, person_id: string | null = null): Me => ({
  user_id: `${role}-${institution_code ?? person_id ?? ''}`,
  name: role,
  role,
  institution_code,
  person_id,
});
const users: Readonly<Record<string, Me>> = {
  ...Object.fromEntries(roles.map((role) => [role, of(role)])),
  hospital: of('hospital', hospital),
  'other hospital': of('hospital', expiredHospital),
  pharmacy: of('pharmacy', pharmacy),
  citizen: of('citizen', null, worker.person_id),
  'other citizen': of('citizen', null, resident.person_id),
};
const auth: Pick<Auth, 'caller'> = { caller: async (headers) => users[String(headers['x-user'])] ?? null };
const log = openLog('test', { write: () => {} });
const app = createServer({ database, auth: auth as Auth, log, refusals: medicalRefusals });
medicalRoutes(app, { database, ground, holderOf: async () => null });
afterAll(() => app.close());

type Method = 'GET' | 'POST' | 'PUT';
const ask = async (user: string, method: Method, url: string, payload?: object) => {
  const headers = { 'x-user': user, 'idempotency-key': newId() };
  const answer = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() };
};

const visit_id = await visitWith(bill);
const { institution_code: _, card: __, idempotency_key: ___, person_id, ...wanted } = registration();
const registerBody = { ...wanted, person: { person_id } };
const useAccount = { use_account: false };

/** Status by role: of a route that serves the role, whatever it says then; else 403. */
const table: readonly [Method, string, object | undefined, readonly string[]][] = [
  ['GET', '/api/catalogue', undefined, roles],
  ['GET', '/api/diagnoses', undefined, roles],
  ['POST', '/api/visits', registerBody, ['hospital', 'pharmacy']],
  ['GET', '/api/visits', undefined, ['agency', 'finance', 'inspector', 'hospital', 'pharmacy', 'citizen']],
  ['GET', `/api/visits/${newId()}`, undefined, ['agency', 'finance', 'inspector', 'hospital', 'pharmacy', 'citizen']],
  ['PUT', `/api/visits/${newId()}/lines`, { lines: [] }, ['hospital', 'pharmacy']],
  ['POST', `/api/visits/${newId()}/preview`, useAccount, ['agency', 'hospital', 'pharmacy']],
  ['POST', `/api/visits/${newId()}/settle`, useAccount, ['hospital', 'pharmacy']],
  ['POST', `/api/visits/${newId()}/cancel`, undefined, ['agency', 'hospital', 'pharmacy']],
  ['GET', '/api/settlements', undefined, ['agency', 'finance', 'inspector', 'hospital', 'pharmacy', 'citizen']],
  [
    'GET',
    `/api/settlements/${newId()}`,
    undefined,
    ['agency', 'finance', 'inspector', 'hospital', 'pharmacy', 'citizen'],
  ],
  ['POST', `/api/settlements/${newId()}/cancel`, undefined, ['agency', 'hospital', 'pharmacy']],
  ['POST', `/api/settlements/${newId()}/pay-by-cash`, undefined, ['hospital', 'pharmacy']],
  ['GET', '/api/medical/today', undefined, ['agency', 'finance', 'inspector', 'hospital', 'pharmacy']],
];

test.each(table)('%s %s serves whom it names', async (method, url, payload, allowed) => {
  for (const role of roles) {
    const { status, body } = await ask(role, method, url, payload);
    expect({ role, served: body.code !== 'http.not_allowed' }).toEqual({ role, served: allowed.includes(role) });
    expect(status).toBeLessThan(500);
  }
});

test.each<[string, boolean]>([
  ['hospital', true],
  ['other hospital', false],
  ['pharmacy', false],
  ['citizen', true],
  ['other citizen', false],
  ['agency', true],
])('%s sees the visit: %s', async (user, sees) => {
  const one = await ask(user, 'GET', `/api/visits/${visit_id}`);
  expect([one.status, one.body.code]).toEqual(sees ? [200, undefined] : [404, 'medical.visit_unknown']);
  const list = await ask(user, 'GET', '/api/visits');
  const ids = list.body.items.map((visit: { visit_id: string }) => visit.visit_id);
  expect(ids.includes(visit_id)).toBe(sees);
});

test('another institution cannot touch a visit or its settlement', async () => {
  const mine = await visitWith(bill);
  const settled = await ask('hospital', 'POST', `/api/visits/${mine}/settle`, useAccount);
  expect(settled.status).toBe(201);
  const { settlement_id } = settled.body;
  for (const [method, url, payload] of [
    ['PUT', `/api/visits/${visit_id}/lines`, { lines: [] }],
    ['POST', `/api/visits/${visit_id}/preview`, useAccount],
    ['POST', `/api/visits/${visit_id}/settle`, useAccount],
    ['POST', `/api/visits/${visit_id}/cancel`, undefined],
    ['POST', `/api/settlements/${settlement_id}/cancel`, undefined],
    ['POST', `/api/settlements/${settlement_id}/pay-by-cash`, undefined],
    ['GET', `/api/settlements/${settlement_id}`, undefined],
  ] as const)
    expect([url, (await ask('other hospital', method, url, payload)).status]).toEqual([url, 404]);
});

test('the desk, from registration to a statement the citizen can read', async () => {
  const registered = await ask('hospital', 'POST', '/api/visits', registerBody);
  const citizen_number = expect.stringMatching(/^\d{6}\*{8}\w{4}$/);
  expect(registered).toMatchObject({ status: 201, body: { state: 'open', patient: { citizen_number } } });
  const at = `/api/visits/${registered.body.visit_id}`;
  const wrong = await ask('hospital', 'PUT', `${at}/lines`, { lines: [{ ...bill[0], quantity: '-1' }] });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'medical.line_quantity_not_positive' } });
  expect(wrong.body.detail).toContain('Line 1');
  const filled = await ask('hospital', 'PUT', `${at}/lines`, { lines: bill });
  expect(filled.body.lines[1]).toMatchObject({ total_fen: '60000', over_limit_fen: '10000', in_scope_fen: '50000' });
  const preview = await ask('hospital', 'POST', `${at}/preview`, useAccount);
  const settled = await ask('hospital', 'POST', `${at}/settle`, useAccount);
  expect(settled).toMatchObject({ status: 201, body: { state: 'settled', amounts: preview.body.amounts } });
  const statement = await ask('citizen', 'GET', `/api/settlements/${settled.body.settlement_id}`);
  expect(statement.body).toEqual(settled.body);
  expect(statement.body.reasons.length).toBeGreaterThan(3);
  const today = await ask('agency', 'GET', '/api/medical/today');
  expect(today.body.hours).toMatchObject([{ hour: 10, kind: 'outpatient', insurance: '310' }]);
  const [entry] = await database.query<{ action: string }>('select action from audit.entries where subject = $1', [
    settled.body.settlement_id,
  ]);
  expect(entry?.action).toBe('settle visit');
});

test.each<[string, Method, string, object | undefined]>([
  ['a day that does not exist', 'POST', '/api/visits', { ...registerBody, begun_on: '2026-02-30' }],
  ['two names for one patient', 'POST', '/api/visits', { ...registerBody, person: { person_id, card_number: 'A' } }],
  ['a field nobody knows', 'POST', '/api/visits', { ...registerBody, discount: 1 }],
  ['a number that is no id', 'GET', `/api/visits/${'-'.repeat(36)}`, undefined],
  ['a quantity in words', 'PUT', `/api/visits/${visit_id}/lines`, { lines: [{ ...bill[0], quantity: 'two' }] }],
  ['a range of no days', 'GET', '/api/settlements?from=2026-13-01', undefined],
])('%s is refused before anything is done', async (_, method, url, payload) => {
  expect(await ask('hospital', method, url, payload)).toMatchObject({ status: 400, body: { code: 'http.invalid' } });
});
