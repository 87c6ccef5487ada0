import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { loadPolicy } from '../../core/policy/index.ts';
import { importEmployers, importEnrolments, importPersons } from '../../core/registry/index.ts';
import { yuan } from '../../kernel/money.ts';
import type { Auth } from '../../platform/auth/index.ts';
import { StoppedClock } from '../../platform/clock.ts';
import { type Me, type Role, roles } from '../../platform/http/contract.ts';
import { createServer } from '../../platform/http/index.ts';
import { openLog } from '../../platform/log.ts';
import { contributionRefusals } from './contract.ts';
import { contributionRoutes } from './routes.ts';
import { employed, sampleEmployer, samplePerson } from './sample-staff.ts';

const { database } = await createTestDatabase();
const ground = { clock: new StoppedClock('2026-07-31T09:00:00+08:00'), policy: loadPolicy('policy'), region: '990100' };
const [li, wang, works] = [samplePerson(1), samplePerson(2), sampleEmployer('0000001')];
await database.transaction(async (sql) => {
  const known = Temporal.Instant.from('2026-01-01T00:00:00+08:00');
  await importEmployers(sql, [works], known);
  await importPersons(sql, [li, wang], known);
  await importEnrolments(sql, employed({ ...li, ...works, wage: yuan('8000') }), known);
});

const caller = (role: Role, person_id: string): Me => ({
  user_id: role,
  name: role,
  role,
  institution_code: null,
  person_id,
});
const auth: Pick<Auth, 'caller'> = {
  caller: async (headers) => caller(headers['x-role'] as Role, String(headers['x-person'])),
};
const log = openLog('test', { write: () => {} });
const app = createServer({ database, auth: auth as Auth, log, refusals: contributionRefusals });
contributionRoutes(app, { database, ground });
afterAll(() => app.close());

const ask = async (role: Role, { month = '2026-07', as = li.person_id } = {}) => {
  const headers = { 'x-role': role, 'x-person': as };
  const answer = await app.inject({ url: `/api/contributions/persons/${li.person_id}?month=${month}`, headers });
  return { status: answer.statusCode, code: answer.json().code };
};

test.each(roles)('%s', async (role) => {
  const may = ['agency', 'finance', 'inspector', 'citizen'].includes(role);
  expect(await ask(role)).toEqual(may ? { status: 200 } : { status: 403, code: 'http.not_allowed' });
});

test('a citizen learns nothing about another person, an agency clerk does', async () => {
  const unknown = { status: 404, code: 'contributions.not_employed' };
  expect(await ask('citizen', { as: wang.person_id })).toEqual(unknown);
  expect(await ask('agency', { as: wang.person_id })).toEqual({ status: 200 });
});

test('a month that does not exist is refused', async () => {
  expect(await ask('agency', { month: '2026-13' })).toEqual({ status: 400, code: 'http.invalid' });
});
