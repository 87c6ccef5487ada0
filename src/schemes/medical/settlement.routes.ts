import { defined } from '../../kernel/assert.ts';
import { officeTimeZone } from '../../platform/clock.ts';
import { type App, Refused } from '../../platform/http/index.ts';
import { IdParams, SettlementPage, SettlementQuery, SettlementView, Today } from './contract.ts';
import { callerOf, carryOut } from './request.ts';
import type { MedicalDeps } from './routes.ts';
import { type Scope, scopeOf } from './scope.ts';
import { cancelSettlement, payByCash } from './settlement.commands.ts';
import { settledByHour, settlementPage, settlementView } from './settlement.view.ts';

const readers = ['agency', 'finance', 'inspector', 'hospital', 'pharmacy', 'citizen'] as const;
const canceller = ['agency', 'hospital', 'pharmacy'] as const;
const everything: Scope = { institution_code: null, person_id: null };

export function settlementRoutes(app: App, { database, ground }: MedicalDeps): void {
  const view = async (settlement_id: string) =>
    defined(await settlementView(database, everything, settlement_id), 'settlement just changed');

  app.get(
    '/api/settlements',
    {
      config: { allow: readers, reads: 'read settlements' },
      schema: { querystring: SettlementQuery, response: { 200: SettlementPage } },
    },
    (request) => settlementPage(database, scopeOf(callerOf(request)), request.query),
  );

  app.get(
    '/api/settlements/:id',
    {
      config: { allow: readers, reads: 'read settlement' },
      schema: { params: IdParams, response: { 200: SettlementView } },
    },
    async (request) => {
      const found = await settlementView(database, scopeOf(callerOf(request)), request.params.id);
      if (!found) throw new Refused({ code: 'medical.settlement_unknown', law: null, detail: {} });
      return found;
    },
  );

  app.post(
    '/api/settlements/:id/cancel',
    {
      config: { allow: canceller, idempotent: true },
      schema: { params: IdParams, response: { 200: SettlementView } },
    },
    async (request) => {
      const { id } = request.params;
      await carryOut(database, request, {
        action: 'cancel settlement',
        run: (sql, actor) => cancelSettlement(sql, ground, actor, id),
        subject: () => id,
      });
      return view(id);
    },
  );

  app.post(
    '/api/settlements/:id/pay-by-cash',
    {
      config: { allow: ['hospital', 'pharmacy'], idempotent: true },
      schema: { params: IdParams, response: { 201: SettlementView } },
    },
    async (request, reply) => {
      const settlement = await carryOut(database, request, {
        action: 'pay by cash',
        run: (sql, actor) => payByCash(sql, ground, actor, request.params.id),
        subject: ({ settlement_id }) => settlement_id,
      });
      reply.code(201);
      return view(settlement.settlement_id);
    },
  );

  app.get(
    '/api/medical/today',
    {
      config: { allow: ['agency', 'finance', 'inspector', 'hospital', 'pharmacy'] },
      schema: { response: { 200: Today } },
    },
    (request) =>
      settledByHour(database, scopeOf(callerOf(request)), {
        business_date: ground.clock.today().toString(),
        time_zone: officeTimeZone,
      }),
  );
}
