import Type from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import { IdText, PageQuery } from '../../platform/http/contract.ts';
import { type App, type Caller, Refused } from '../../platform/http/index.ts';
import { PaymentDetail, PaymentPage, PaymentQuery, PersonAccount } from './contract.ts';
import { findPayments, paymentDetail } from './payments.ts';
import { personAccount } from './person-account.ts';

const IdParams = Type.Object({ id: IdText });
const refused = (code: string): Refused => new Refused({ code, law: null, detail: {} });

/** Desks see the payments of their own institution, whatever they ask for; without one they see none. Null: no limit. */
const institutionOf = (caller: Caller | null): string | null =>
  caller?.role === 'hospital' || caller?.role === 'pharmacy' ? (caller.institution_code ?? '') : null;

export function paymentRoutes(app: App, deps: { readonly database: Database; readonly clock: Clock }): void {
  const { database, clock } = deps;

  const accountOf = async (person_id: string, page: { readonly after?: string; readonly limit?: number }) => {
    const wanted = { after: page.after ?? null, limit: page.limit ?? 50 };
    const account = await personAccount(database, person_id, wanted, clock.now());
    if (!account) throw refused('payment.no_account');
    return account;
  };

  app.get(
    '/api/payments',
    {
      config: { allow: ['agency', 'finance', 'inspector', 'hospital', 'pharmacy'], reads: 'read payments' },
      schema: { querystring: PaymentQuery, response: { 200: PaymentPage } },
    },
    ({ query, caller }) =>
      findPayments(database, {
        institution: institutionOf(caller) ?? query.institution ?? null,
        card: query.card ?? null,
        from: query.from ?? null,
        through: query.through ?? null,
        after: query.after ?? null,
        limit: query.limit ?? 50,
      }),
  );

  app.get(
    '/api/payments/:id',
    {
      config: { allow: ['agency', 'finance', 'inspector', 'hospital', 'pharmacy'], reads: 'read payment' },
      schema: { params: IdParams, response: { 200: PaymentDetail } },
    },
    async ({ params, caller }) => {
      const payment = await paymentDetail(database, params.id);
      const own = institutionOf(caller);
      if (!payment || (own !== null && payment.institution_code !== own)) throw refused('payment.unknown');
      return payment;
    },
  );

  app.get(
    '/api/my/account',
    { config: { allow: ['citizen'] }, schema: { querystring: PageQuery, response: { 200: PersonAccount } } },
    ({ caller, query }) => {
      if (!caller?.person_id) throw refused('payment.no_account');
      return accountOf(caller.person_id, query);
    },
  );

  app.get(
    '/api/persons/:id/account',
    {
      config: { allow: ['agency', 'inspector'], reads: 'read account' },
      schema: { params: IdParams, querystring: PageQuery, response: { 200: PersonAccount } },
    },
    ({ params, query }) => accountOf(params.id, query),
  );
}
