import type Type from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { SoftwareKeyStore } from '../../core/keys/index.ts';
import { loadPolicy } from '../../core/policy/index.ts';
import { defined } from '../../kernel/assert.ts';
import { fen } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import type { Auth } from '../../platform/auth/index.ts';
import type { Me, Role } from '../../platform/http/contract.ts';
import { createServer } from '../../platform/http/index.ts';
import { openLog } from '../../platform/log.ts';
import * as finance from '../finance/contract.ts';
import { closeDay, financeRoutes } from '../finance/index.ts';
import * as issuance from '../issuance/contract.ts';
import { issuanceRoutes } from '../issuance/index.ts';
import { type City, foundCity, hospital, Till } from '../payment/city.fixture.ts';
import * as payment from '../payment/contract.ts';
import { authorise, paymentRoutes, type Settlements } from '../payment/index.ts';
import * as trace from './contract.ts';
import { traceRoutes } from './index.ts';

const { database } = await createTestDatabase();
const settlements: Settlements = { complete: async () => [], reopen: async () => [] };
let city: City;
let trace_id = '';

/** Whoever the header says: these tests are about what a role may do, not about how it signs in. */
const auth = {
  caller: async ({ role, institution, person }: Record<string, string | undefined>): Promise<Me | null> =>
    role
      ? {
          user_id: role,
          name: role,
          role: role as Role,
          institution_code: institution ?? null,
          person_id: person ?? null,
        }
      : null,
} as unknown as Auth;
const app = createServer({
  database,
  auth,
  log: openLog('test', { write: () => {} }),
  refusals: {
    ...finance.financeRefusals,
    ...issuance.issuanceRefusals,
    ...payment.paymentRefusals,
    ...trace.traceRefusals,
  },
});

beforeAll(async () => {
  city = await foundCity(database, 3, { personal_fen: fen(50_000), card_fen: fen(10_000) });
  const deps = { database, clock: city.clock };
  const policy = loadPolicy('policy');
  issuanceRoutes(app, {
    ...deps,
    keys: SoftwareKeyStore.volatile(),
    policy,
    region: '990100',
    chips: null,
    bureau_key: null,
  });
  paymentRoutes(app, deps);
  financeRoutes(app, deps);
  traceRoutes(app, { database, reasonsOf: async () => [] });
  const till = new Till(city);
  const request = till.purchase(defined(city.citizens[0], 'citizen'), 700, 1);
  trace_id = request.trace_id;
  const run = authorise({ keys: city.keys, clock: city.clock, settlements });
  await database.transaction((sql) =>
    run(sql, [request, till.load(defined(city.citizens[1], 'citizen'), 100, 1, 10_000)]),
  );
  await closeDay(database, { date: day('2026-03-01'), by: 'treasurer' });
});
afterAll(async () => {
  await app.close();
  await city.close();
});

type Who = { readonly role: Role; readonly institution?: string; readonly person?: string };
const get = async (url: string, who: Who) => (await app.inject({ url, headers: { ...who } })).json();
let keys = 0;
const post = (url: string, who: Who, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers: { ...who, 'idempotency-key': `key-${++keys}-of-test` }, payload });

/** What came, after it was found to fit its contract. */
async function fits<T extends Type.TSchema>(schema: T, url: string, who: Who): Promise<Type.Static<T>> {
  const body = await get(url, who);
  expect([...Value.Errors(schema, body)], url).toEqual([]);
  return body as Type.Static<T>;
}
const mine = (i: number): Who => ({ role: 'citizen', person: defined(city.citizens[i], 'citizen').person_id });

describe('payments', () => {
  it('are seen whole by the agency, and by an institution only as far as they are its own', async () => {
    const all = await fits(payment.PaymentPage, '/api/payments', { role: 'agency' });
    expect(all.items).toHaveLength(2);
    const own = await get('/api/payments', { role: 'hospital', institution: hospital });
    expect(own.items).toHaveLength(2);
    const other: Who = { role: 'pharmacy', institution: 'P99010000009' };
    expect((await get(`/api/payments?institution=${hospital}`, other)).items).toEqual([]);
    const id = all.items[0]?.payment_id;
    expect((await get(`/api/payments/${id}`, other)).code).toBe('payment.unknown');
    await fits(payment.PaymentDetail, `/api/payments/${id}`, { role: 'finance' });
    const card = defined(city.citizens[0], 'citizen').card.card_number;
    expect((await get(`/api/payments?card=${card}`, { role: 'inspector' })).items).toHaveLength(1);
    expect((await get('/api/payments', mine(0))).code).toBe('http.not_allowed');
  });

  it('are told to a citizen with what the account and the card hold', async () => {
    const account = await fits(payment.PersonAccount, '/api/my/account', mine(0));
    expect(account).toMatchObject({
      personal_fen: '50000',
      card_fen: '9300',
      on_the_way: { count: 1, amount_fen: '700' },
    });
    expect(account.statement.items.map(({ account: of, amount_fen }) => `${of} ${amount_fen}`)).toEqual([
      'card -700',
      'card 10000',
      'personal 50000',
    ]);
    const first = await fits(payment.PersonAccount, '/api/my/account?limit=2', mine(1));
    const rest = await fits(payment.PersonAccount, `/api/my/account?limit=9&after=${first.statement.next}`, mine(1));
    expect([first, rest].flatMap(({ statement }) => statement.items.map(({ amount_fen }) => amount_fen))).toEqual([
      '100',
      '-100',
      '10000',
      '50000',
    ]);
    expect((await get('/api/my/account?after=nonsense', mine(1))).statement.items).toHaveLength(4);
  });
});

describe('cards', () => {
  it('are blocked by the agency and reported lost by their holder alone', async () => {
    const { items } = await fits(issuance.CardPage, '/api/cards?query=A000', { role: 'agency' });
    expect(items).toHaveLength(3);
    const [one, , other] = city.citizens.map(({ card }) => card.card_id);
    const blocked = await post(`/api/cards/${one}/block`, { role: 'agency' }, { reason: 'stolen' });
    expect(blocked.json()).toMatchObject({ state: 'blocked', black_list: { reason: 'stolen' } });
    await fits(issuance.CardDetail, `/api/cards/${one}`, { role: 'inspector' });
    expect((await post(`/api/cards/${one}/unblock`, { role: 'agency' })).json().state).toBe('active');
    expect((await post(`/api/cards/${one}/block`, { role: 'hospital' }, { reason: 'lost' })).statusCode).toBe(403);
    expect((await post('/api/my/card/report-loss', mine(1), { card_id: other })).json().code).toBe(
      'issuance.no_card_in_use',
    );
    expect((await post('/api/my/card/report-loss', mine(2))).json()).toMatchObject({ card_id: other, state: 'lost' });
    await fits(issuance.CardsOfPerson, '/api/my/cards', mine(2));
    await fits(issuance.CardsOfPerson, `/api/persons/${mine(2).person}/cards`, { role: 'agency' });
  });
});

describe('books', () => {
  const treasurer: Who = { role: 'finance' };

  it('are closed by finance, and read line by line down to the journal', async () => {
    expect((await post('/api/finance/days/2026-03-02/close', { role: 'agency' })).statusCode).toBe(403);
    expect((await post('/api/finance/days/2026-03-03/close', treasurer)).json().code).toBe('finance.day_not_begun');
    expect((await post('/api/finance/days/2026-03-02/close', treasurer)).json()).toMatchObject({ outcome: 'closed' });
    await fits(finance.Books, '/api/finance/books', treasurer);
    const days = await fits(finance.FinanceDays, '/api/finance/days', treasurer);
    expect(days.items.map(({ business_date, state }) => `${business_date} ${state}`)).toEqual([
      '2026-03-02 closed',
      '2026-03-01 closed',
    ]);
    const { items } = await fits(finance.VoucherPage, '/api/finance/vouchers?book=medical-employee&limit=2', treasurer);
    expect(items).toHaveLength(2);
    const voucher = await fits(finance.VoucherDetail, `/api/finance/vouchers/${items[0]?.voucher_id}`, treasurer);
    const line = defined(voucher.lines[0], 'line').line_id;
    const journals = await fits(finance.JournalPage, `/api/finance/voucher-lines/${line}/journals`, treasurer);
    await fits(finance.JournalDetail, `/api/finance/journals/${journals.items[0]?.journal_id}`, treasurer);
    const found = await fits(trace.TraceList, `/api/traces?voucher_line=${line}`, treasurer);
    expect(found.items).toHaveLength(1);
    const statements = await fits(finance.Statements, '/api/finance/statements/medical-employee', treasurer);
    expect(statements.chain.holds).toBe(true);
    await fits(finance.LedgerAccountStatement, '/api/finance/accounts/medical-employee:1004/statement', treasurer);
  });

  it.each([
    ['/api/finance/statements/nothing', 'finance.book_unknown'],
    ['/api/finance/vouchers/018f0000-0000-7000-8000-000000000000', 'finance.voucher_unknown'],
    ['/api/finance/voucher-lines/018f0000-0000-7000-8000-000000000000/journals', 'finance.line_unknown'],
    ['/api/finance/journals/018f0000-0000-7000-8000-000000000000', 'finance.journal_unknown'],
    ['/api/finance/accounts/medical-employee:1004:x/statement', 'finance.account_unknown'],
    ['/api/traces/018f0000-0000-7000-8000-000000000000', 'trace.unknown'],
    ['/api/payments/018f0000-0000-7000-8000-000000000000', 'payment.unknown'],
    ['/api/cards/018f0000-0000-7000-8000-000000000000', 'issuance.card_unknown'],
  ])('say so when there is nothing at %s', async (url, code) => {
    const who: Who = { role: url.startsWith('/api/cards') ? 'agency' : 'finance' };
    expect((await get(url, who)).code).toBe(code);
  });
});

describe('traces', () => {
  it('take what a terminal tells, from devices only, and show it', async () => {
    const at = city.clock.now().toString();
    const apdu = { at, slot: 'card', command: '002000**', response: '9000', what: 'VERIFY', status_word: '9000' };
    const steps = [{ at, step: 'paid', outcome: 'ok', detail: { amount: '7.00' } }];
    const upload = { terminal_id: '00000017', upload_id: trace_id, apdus: [apdu], steps };
    const url = `/api/traces/${trace_id}/chip`;
    expect((await post(url, { role: 'hospital' }, upload)).statusCode).toBe(403);
    expect((await post(url, { role: 'device' }, upload)).statusCode).toBe(204);
    expect(
      (await post(url, { role: 'device' }, { ...upload, apdus: [{ ...apdu, command: 'PIN 1234' }] })).statusCode,
    ).toBe(400);
    const shown = await fits(trace.Trace, `/api/traces/${trace_id}`, { role: 'inspector' });
    expect(shown.stations.chip.entries).toEqual([apdu]);
    await fits(trace.TraceList, '/api/traces', { role: 'inspector' });
  });
});
