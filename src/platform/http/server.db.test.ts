import Type from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { openAuth } from '../auth/index.ts';
import { openLog } from '../log.ts';
import { createServer, forgetAnswers, Refused } from './index.ts';

const { url, database } = await createTestDatabase();
const auth = openAuth({ url, secret: 's'.repeat(32), device_token: 'token-of-devices', secure_cookies: false });
const lines: string[] = [];
const log = openLog('test', { write: (line) => lines.push(line) });
const refusals = { 'test.too_late': { status: 422, zh: '{day} 已过期', en: 'Too late for {day}' } };
const app = createServer({ database, auth, log, refusals });
let runs = 0;

app.get('/open', { config: { allow: 'anyone' } }, () => ({ ok: true }));
app.get('/forgotten', () => ({ ok: true }));
app.get('/desk', { config: { allow: ['hospital'], reads: 'read desk' } }, () => ({ ok: true }));
const body = Type.Object({ amount: Type.Integer({ minimum: 1 }) });
app.post('/pay', { config: { allow: 'signed-in', idempotent: true }, schema: { body } }, (request) => {
  if (request.body.amount === 13)
    throw new Refused({ code: 'test.too_late', law: null, detail: { day: '2026-01-01' } });
  if (request.body.amount === 500) throw new Error('card 990100199001011234 broke');
  return { run: ++runs };
});
const query = Type.Object({ state: Type.Optional(Type.String()) });
app.get('/list', { config: { allow: 'anyone' }, schema: { querystring: query } }, (request) => request.query);
const cast = Type.Object({ as: Type.String(), text: Type.String() });
app.post('/cast', { config: { allow: 'anyone' }, schema: { body: cast } }, ({ body: { as, text } }) =>
  database.query(`select $1::text::${as}`, [text]),
);

let cookie = '';
beforeAll(async () => {
  await auth.createUser({
    username: 'desk',
    password: 'tessera',
    name: '王',
    name_en: 'Wang',
    role: 'hospital',
    institution_code: 'H99010000001',
  });
  const cookies = await auth.signIn('desk', 'tessera');
  cookie = cookies?.map((c) => c.split(';')[0]).join('; ') ?? '';
});
afterAll(async () => {
  await app.close();
  await auth.close();
});

const pay = (amount: unknown, key?: string, headers = {}) =>
  app.inject({
    method: 'POST',
    url: '/pay',
    payload: { amount },
    headers: { cookie, ...(key ? { 'idempotency-key': key } : {}), ...headers },
  });

test('a route that names nobody serves nobody', async () => {
  expect((await app.inject('/open')).statusCode).toBe(200);
  expect((await app.inject('/forgotten')).statusCode).toBe(401);
  expect((await app.inject({ url: '/forgotten', headers: { cookie } })).statusCode).toBe(403);
  expect((await app.inject({ url: '/desk', headers: { authorization: 'Bearer token-of-devices' } })).statusCode).toBe(
    403,
  );
  expect((await app.inject({ url: '/desk', headers: { authorization: 'Bearer wrong' } })).json().code).toBe(
    'http.not_signed_in',
  );
});

test('a wrong password is refused', async () => {
  expect(await auth.signIn('desk', 'Tessera')).toBeNull();
  expect(await auth.signIn('nobody', 'tessera')).toBeNull();
});

test('reads of personal data leave an entry', async () => {
  expect((await app.inject({ url: '/desk', headers: { cookie } })).statusCode).toBe(200);
  const entries = await database.query<{ action: string }>('select action from audit.entries');
  expect(entries.map((entry) => entry.action)).toContain('read desk');
});

test('the same key and content gets the same answer and runs once', async () => {
  expect((await pay(1)).json().code).toBe('http.idempotency_key_missing');
  const first = await pay(1, 'key-number-1');
  const again = await pay(1, 'key-number-1');
  expect(again.json()).toEqual(first.json());
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect((await pay(2, 'key-number-1')).json().code).toBe('http.idempotency_conflict');
});

test('twice at the same moment runs once', async () => {
  const before = runs;
  const answers = await Promise.all([1, 2, 3, 4].map(() => pay(7, 'key-at-once')));
  expect(runs).toBe(before + 1);
  for (const answer of answers) expect([200, 409]).toContain(answer.statusCode);
});

test('a refusal is a problem in the language of the caller and repeats with its key', async () => {
  const zh = await pay(13, 'key-refused', { 'accept-language': 'zh-CN,zh' });
  expect(zh.statusCode).toBe(422);
  expect(zh.json()).toMatchObject({ code: 'test.too_late', detail: '2026-01-01 已过期' });
  const again = await pay(13, 'key-refused', { 'accept-language': 'en' });
  expect(again.json()).toEqual(zh.json());
  expect(again.headers['content-type']).toBe(zh.headers['content-type']);
});

test('a fault gives the key back and its log line is masked', async () => {
  const answer = await pay(500, 'key-of-fault');
  expect(answer.json()).toMatchObject({ status: 500, code: 'http.fault' });
  expect(lines.join('')).not.toContain('990100199001011234');
  expect(lines.join('')).toContain('990100********1234');
  expect((await pay(500, 'key-of-fault')).statusCode).toBe(500);
});

test('bad input names its field', async () => {
  const answer = await pay('much', 'key-invalid-1');
  expect(answer.json()).toMatchObject({ code: 'http.invalid', errors: [{ field: 'amount' }] });
});

test('what is not described is refused, in a body and behind the question mark', async () => {
  const payload = { amount: 1, Amount: 2 };
  const headers = { cookie, 'idempotency-key': 'key-unknown-field' };
  const answer = await app.inject({ method: 'POST', url: '/pay', payload, headers });
  expect(answer.json()).toMatchObject({ code: 'http.invalid', errors: [{ field: 'Amount' }] });
  expect((await app.inject('/list?state=open')).json()).toEqual({ state: 'open' });
  expect((await app.inject('/list?State=open')).json()).toMatchObject({ errors: [{ field: 'State' }] });
});

test.each([
  ['uuid', 'nobody', 'an id that is none'],
  ['text', 'a\0b', 'a zero byte'],
  ['smallint', '70000', 'a number too large'],
  ['date', '2026-13', 'no day'],
  ['date', '2026-02-30', 'a day that does not exist'],
  ['jsonb', '"\\u0000"', 'a zero byte inside JSON'],
])('a value that the database cannot take as %s is bad input: %s', async (as, text) => {
  const answer = await app.inject({ method: 'POST', url: '/cast', payload: { as, text } });
  expect(answer.json()).toMatchObject({ status: 400, code: 'http.invalid' });
});

test('an answer is kept for a week', async () => {
  await pay(3, 'key-of-last-month');
  await pay(3, 'key-of-today');
  await database.query(`update http.answers set begun_at = now() - interval '8 days' where key = 'key-of-last-month'`);
  expect(await forgetAnswers(database)).toBe(1);
  expect((await pay(4, 'key-of-today')).json().code).toBe('http.idempotency_conflict');
});
