import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { citizenCheck, creditCheck } from '../../kernel/identifiers.ts';
import { day } from '../../kernel/time.ts';
import { StoppedClock } from '../../platform/clock.ts';
import { type Me, roles } from '../../platform/http/contract.ts';
import { createServer } from '../../platform/http/index.ts';
import { newId } from '../../platform/identity.ts';
import { openLog } from '../../platform/log.ts';
import { registryRefusals } from './contract.ts';
import {
  enrol,
  importEmployers,
  importInstitutions,
  type Person,
  registerEmployer,
  registerPerson,
  registryRoutes,
} from './index.ts';

const { database } = await createTestDatabase();
const clock = new StoppedClock('2025-03-01T01:00:00Z');

const numberOf = (sequence: number): string => {
  const first17 = `99010119900501${String(sequence).padStart(3, '0')}`;
  return first17 + citizenCheck(first17);
};
const creditCodeOf = (sequence: number): string => {
  const first17 = `91990101${String(sequence).padStart(9, '0')}`;
  return first17 + creditCheck(first17);
};

async function someone(sequence: number, name: string): Promise<Person> {
  const decision = await registerPerson(
    database,
    {
      citizen_number: numberOf(sequence),
      name,
      name_latin: 'Someone',
      household_id: null,
      relation: null,
      phone: '10000000001',
      address_zh: '临澜市南桥路1号',
      address_en: '1 Nanqiao Road, Linlan',
    },
    clock,
  );
  if (!decision.granted) throw new Error(decision.refusal.code);
  return decision.value;
}
const an = await someone(1, '安平');
const zhou = await someone(2, '周福');
const works = await registerEmployer(
  database,
  {
    credit_code: creditCodeOf(1),
    name_zh: '临澜机械厂',
    name_en: 'Linlan Works',
    industry: 'C34',
    injury_class: 4,
    size: 'medium',
  },
  clock,
);
const employer_id = works.granted ? works.value.employer_id : null;
await enrol(
  database,
  {
    person_id: an.person_id,
    insurance: '310',
    status: 'in_service',
    employer_id,
    wage_fen: 800_000n as never,
    from: day('2024-01-01'),
    through: null,
  },
  clock,
);
await importEmployers(
  database,
  Array.from({ length: 60 }, (_, i) => ({
    employer_id: newId(),
    credit_code: creditCodeOf(i + 100),
    name_zh: `临澜第${i}商店`,
    name_en: `Linlan Shop ${i}`,
    industry: 'F52',
    injury_class: 1,
    size: 'micro' as const,
  })),
  clock.now(),
);
await importInstitutions(
  database,
  (['H', 'P'] as const).map((letter) => ({
    institution_id: newId(),
    code: `${letter}99010100001`,
    kind: letter === 'H' ? ('hospital' as const) : ('pharmacy' as const),
    level: letter === 'H' ? (3 as const) : null,
    name_zh: letter === 'H' ? '临澜市第一人民医院' : '临澜百草大药房',
    name_en: letter === 'H' ? "Linlan First People's Hospital" : 'Linlan Baicao Pharmacy',
    address_zh: '临澜市南桥路2号',
    address_en: '2 Nanqiao Road, Linlan',
    designated_from: '2020-01-01',
    designated_through: null,
  })),
  clock.now(),
);

const users = {
  ...Object.fromEntries(roles.map((role) => [role, { role, person_id: null }])),
  citizen: { role: 'citizen', person_id: an.person_id },
} as Readonly<Record<string, Pick<Me, 'role' | 'person_id'>>>;
const auth = {
  caller: async (headers: Record<string, unknown>) => {
    const user = users[String(headers['x-user'])];
    return user ? { user_id: user.role, name: user.role, institution_code: null, ...user } : null;
  },
};
const log = openLog('test', { write: () => {} });
const app = createServer({ database, auth: auth as never, log, refusals: registryRefusals });
registryRoutes(app, { database, clock });
afterAll(() => app.close());

const ask = async (user: string, url: string) => {
  const answer = await app.inject({ url: encodeURI(url), headers: { 'x-user': user } });
  return { status: answer.statusCode, body: answer.json() };
};

const readers = ['agency', 'inspector', 'citizen'];
test.each<[string, readonly string[]]>([
  ['/api/persons', ['agency', 'inspector']],
  [`/api/persons/${an.person_id}`, readers],
  [`/api/persons/${an.person_id}/lifeline`, readers],
  [`/api/persons/${an.person_id}/enrolments`, readers],
  ['/api/my/person', ['citizen']],
  ['/api/institutions', roles],
  ['/api/employers', ['agency', 'inspector', 'finance']],
])('%s serves whom it names', async (url, allowed) => {
  for (const role of roles) {
    const { status } = await ask(role, url);
    expect({ role, status }).toEqual({ role, status: allowed.includes(role) ? 200 : 403 });
  }
  expect((await ask('nobody', url)).status).toBe(401);
});

test.each(['', '/lifeline', '/enrolments'])('a citizen reaches nobody else at /api/persons/…%s', async (part) => {
  const other = await ask('citizen', `/api/persons/${zhou.person_id}${part}`);
  const none = await ask('citizen', `/api/persons/${newId()}${part}`);
  expect(other).toMatchObject({ status: 404, body: { code: 'registry.person_unknown' } });
  expect(none.status).toBe(404);
});

test('persons are found by the whole number or the beginning of the name, and numbers come masked', async () => {
  const by_number = await ask('agency', `/api/persons?query=${an.citizen_number}`);
  expect(by_number.body.persons.map((one: Person) => one.name)).toEqual(['安平']);
  const text = JSON.stringify(by_number.body);
  expect(text).toContain('990101********');
  expect(text).not.toContain(an.citizen_number);
  expect(text).not.toContain('10000000001');
  const by_name = await ask('agency', '/api/persons?query=周');
  expect(by_name.body).toMatchObject({ persons: [{ person_id: zhou.person_id }], next: null });
  expect((await ask('agency', '/api/persons?query=平')).body.persons).toEqual([]);
});

test.each<[string, number, string]>([
  ['/api/persons?query=990101199005010', 422, 'registry.citizen_number_invalid'],
  ['/api/persons?after=nowhere', 400, 'registry.cursor_invalid'],
  [`/api/persons/${'-'.repeat(36)}`, 400, 'http.invalid'],
  ['/api/institutions?kind=bank', 400, 'http.invalid'],
])('%s is refused with %s %s', async (url, status, code) => {
  expect(await ask('agency', url)).toMatchObject({ status, body: { code } });
});

test('a life and its insurances, as the portals read them', async () => {
  const { body } = await ask('citizen', `/api/persons/${an.person_id}/lifeline`);
  expect(body.items).toMatchObject([
    { day: '1990-05-01', what: 'born' },
    { day: '2024-01-01', what: 'enrolled', insurance: '310', employer: '临澜机械厂', employer_en: expect.any(String) },
  ]);
  const enrolments = await ask('agency', `/api/persons/${an.person_id}/enrolments`);
  expect(enrolments.body.items).toMatchObject([{ insurance: '310', version: 1, wage_fen: '800000', through: null }]);
  expect((await ask('citizen', '/api/my/person')).body).toMatchObject({ person_id: an.person_id, birth: '1990-05-01' });
});

test('employers page by key, every one once', async () => {
  const first = await ask('finance', '/api/employers?query=Linlan');
  const second = await ask('finance', `/api/employers?query=linlan&after=${first.body.next}`);
  const names = [...first.body.items, ...second.body.items].map((one: { name_zh: string }) => one.name_zh);
  expect([names.length, new Set(names).size, second.body.next]).toEqual([61, 61, null]);
  expect((await ask('finance', `/api/employers?query=${creditCodeOf(1)}`)).body.items).toHaveLength(1);
});

test('institutions by kind and name', async () => {
  const pharmacies = await ask('citizen', '/api/institutions?kind=pharmacy');
  expect(pharmacies.body.items.map((one: { code: string }) => one.code)).toEqual(['P99010100001']);
  expect((await ask('citizen', '/api/institutions?query=first')).body.items).toHaveLength(1);
});

test('reading a person leaves an entry, with who and whom', async () => {
  await ask('inspector', `/api/persons/${zhou.person_id}`);
  const entries = await database.query('select action, role from audit.entries where subject = $1', [zhou.person_id]);
  expect(entries).toContainEqual({ action: 'read person', role: 'inspector' });
});
