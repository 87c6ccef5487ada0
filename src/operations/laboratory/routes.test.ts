import { afterAll, expect, test } from 'vitest';
import type { Auth } from '../../platform/auth/index.ts';
import type { Database } from '../../platform/database/index.ts';
import { type Me, type Role, roles } from '../../platform/http/contract.ts';
import { createServer } from '../../platform/http/index.ts';
import { openLog } from '../../platform/log.ts';
import { laboratoryRefusals } from './contract.ts';
import { laboratoryRoutes } from './index.ts';

/** Whoever the header says: these tests are about what a role may do, not about how it signs in. */
const auth = {
  caller: async ({ role }: Record<string, string | undefined>): Promise<Me | null> =>
    role ? { user_id: role, name: role, role: role as Role, institution_code: null, person_id: null } : null,
} as unknown as Auth;
const logged: string[] = [];
const log = openLog('test', { write: (line) => void logged.push(line) });
// Nothing here is kept: there is no database to reach.
const app = createServer({ database: {} as Database, auth, log, refusals: laboratoryRefusals });
const hello = { name: 'hello.apdu', title: { zh: '例', en: 'example' }, text: '> 00840000 08\n< * 9000' };
laboratoryRoutes(app, { examples: [hello] });
afterAll(() => app.close());

const ask = async (url: string, payload?: object, role: string = 'integrator', language = 'en') => {
  const headers = { role, 'accept-language': language };
  const answer = await app.inject({
    method: payload ? 'POST' : 'GET',
    url: `/api/laboratory/${url}`,
    headers,
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
};

const routes = [
  ['operations', undefined],
  ['operations/sm3', { values: { data: '616263' } }],
  ['decode', { data: '9000' }],
  ['scripts', { text: 'reset' }],
  ['scripts/examples', undefined],
] as const;

test.each(roles)('%s', async (role) => {
  for (const [url, payload] of routes)
    expect((await ask(url, payload, role)).status, url).toBe(role === 'integrator' ? 200 : 403);
});

test('the operations with their parameters, for a form', async () => {
  const { body } = await ask('operations');
  const kcv = body.items.find(({ id }: { id: string }) => id === 'kcv');
  expect(kcv.name).toEqual({ zh: expect.stringMatching(/校验值/), en: expect.any(String) });
  expect(kcv.parameters.find(({ key }: { key: string }) => key === 'key')).toMatchObject({ kind: 'hex', secret: true });
});

test('a computation with its steps, and a comparison', async () => {
  const { body } = await ask('operations/sm3', { values: { data: '61:62:63' }, expected: '66C7F0F4' });
  expect(body.result).toMatch(/^66C7F0F4/);
  expect(body.steps.length).toBeGreaterThan(0);
  expect(body.comparison.equal).toBe(false);
  expect(body.comparison.matches[0]).toMatchObject({ variation: { en: expect.stringContaining('4 bytes') } });
});

test('bad values are told field by field, in the caller’s language, and never logged', async () => {
  const secret = 'C0FFEE5EC2E7';
  const { status, body } = await ask('operations/kcv', { values: { key: secret } }, 'integrator', 'zh-CN');
  expect([status, body.code]).toEqual([422, 'laboratory.bad_values']);
  expect(body.errors).toEqual([{ field: 'key', message: expect.stringMatching(/^有 6 字节，应为/) }]);
  await ask('operations/kcv', { values: { key: `${secret}zz` }, more: secret });
  await ask('operations/kcv', { values: { key: secret, [secret]: '1' } });
  await ask('scripts', { text: `let k = kcv(key=${secret})\n> ${secret}` });
  expect(logged.join('\n')).not.toContain(secret);
});

test.each([
  ['operations/nonesuch', { values: {} }, 404, 'laboratory.unknown_operation'],
  ['operations/sm3', { values: { data: '00', colour: '1' } }, 400, 'http.invalid'],
  ['operations/sm3', {}, 400, 'http.invalid'],
  ['decode', { data: 'zz' }, 422, 'laboratory.bad_values'],
  ['decode', { data: ' : ' }, 422, 'laboratory.bad_values'],
  ['decode', { data: '00', form: 'morse' }, 400, 'http.invalid'],
  ['decode', { data: '0'.repeat(20_000) }, 400, 'http.invalid'],
  ['scripts', { text: 'x'.repeat(40_000) }, 400, 'http.invalid'],
  ['scripts', { text: 'x'.repeat(200_000) }, 413, 'http.too_large'],
  ['scripts', { text: 'reset', values: { a: 'q' } }, 422, 'laboratory.bad_values'],
])('%s is refused', async (url, payload, status, code) => {
  const refused = await ask(url, payload);
  expect([refused.status, refused.body.code]).toEqual([status, code]);
});

test('a script runs on cards of its own, may include examples, and nothing of the server', async () => {
  const wrongPin = '> 00200000 [ 999999 ]\n< 63C2';
  for (let times = 0; times < 2; times++) expect((await ask('scripts', { text: wrongPin })).body.ok).toBe(true);
  expect((await ask('scripts', { text: 'include "hello.apdu"' })).body.ok).toBe(true);
  const { body } = await ask('scripts', { text: 'include "../../package.json"\ninsert user /etc/passwd' });
  expect(body).toMatchObject({ ok: false, faults: [{ place: { line: 1, column: 9 } }] });
  const inserted = await ask('scripts', { text: 'insert user package.json', values: { x: '00' } });
  expect(inserted.body.lines[0]).toMatchObject({ state: 'refused' });
});
