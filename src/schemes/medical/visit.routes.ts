import { defined } from '../../kernel/assert.ts';
import { type App, granted } from '../../platform/http/index.ts';
import {
  IdParams,
  Preview,
  RegisterVisit,
  ReplaceLines,
  SettlementView,
  UseAccount,
  VisitPage,
  VisitQuery,
  VisitView,
} from './contract.ts';
import { findPatient } from './patient.store.ts';
import { actorOf, callerOf, carryOut } from './request.ts';
import type { MedicalDeps } from './routes.ts';
import { scopeOf } from './scope.ts';
import { previewSettlement, settle } from './settlement.commands.ts';
import { settlementView } from './settlement.view.ts';
import { cancelVisit, registerVisit, replaceLines } from './visit.commands.ts';
import { visitPage, visitView } from './visit.view.ts';

const desk = ['hospital', 'pharmacy'] as const;
const readers = ['agency', 'finance', 'inspector', 'hospital', 'pharmacy', 'citizen'] as const;
const everything = { institution_code: null, person_id: null };

export function visitRoutes(app: App, { database, ground, holderOf }: MedicalDeps): void {
  const view = async (visit_id: string) => granted(await visitView(database, ground, everything, visit_id));

  app.post(
    '/api/visits',
    { config: { allow: desk, idempotent: true }, schema: { body: RegisterVisit, response: { 201: VisitView } } },
    async (request, reply) => {
      const { person, ...wanted } = request.body;
      const visit = await carryOut(database, request, {
        action: 'register visit',
        run: async (sql, actor) => {
          const patient = await findPatient(sql, person, { holderOf, today: ground.clock.today() });
          if (!patient.granted) return patient;
          return registerVisit(sql, ground, actor, {
            ...wanted,
            ...patient.value,
            institution_code: actor.institution_code ?? '',
            idempotency_key: defined(request.idempotency_key, 'idempotency key of an idempotent route'),
          });
        },
        subject: ({ visit_id }) => visit_id,
      });
      reply.code(201);
      return view(visit.visit_id);
    },
  );

  app.get(
    '/api/visits',
    {
      config: { allow: readers, reads: 'read visits' },
      schema: { querystring: VisitQuery, response: { 200: VisitPage } },
    },
    (request) => visitPage(database, scopeOf(callerOf(request)), request.query),
  );

  app.get(
    '/api/visits/:id',
    { config: { allow: readers, reads: 'read visit' }, schema: { params: IdParams, response: { 200: VisitView } } },
    async (request) => granted(await visitView(database, ground, scopeOf(callerOf(request)), request.params.id)),
  );

  app.put(
    '/api/visits/:id/lines',
    {
      config: { allow: desk, idempotent: true },
      schema: { params: IdParams, body: ReplaceLines, response: { 200: VisitView } },
    },
    async (request) => {
      const { id } = request.params;
      const { lines, ended_on } = request.body;
      await carryOut(database, request, {
        action: 'replace bill',
        run: (sql, actor) => replaceLines(sql, ground, actor, { visit_id: id, lines, ended_on: ended_on ?? null }),
        subject: () => id,
      });
      return view(id);
    },
  );

  app.post(
    '/api/visits/:id/preview',
    {
      config: { allow: [...desk, 'agency'] },
      schema: { params: IdParams, body: UseAccount, response: { 200: Preview } },
    },
    async (request) =>
      granted(
        await previewSettlement(database, ground, actorOf(request), {
          visit_id: request.params.id,
          use_account: request.body.use_account,
        }),
      ),
  );

  app.post(
    '/api/visits/:id/settle',
    {
      config: { allow: desk, idempotent: true },
      schema: { params: IdParams, body: UseAccount, response: { 201: SettlementView } },
    },
    async (request, reply) => {
      const settlement = await carryOut(database, request, {
        action: 'settle visit',
        run: (sql, actor) =>
          settle(sql, ground, actor, { visit_id: request.params.id, use_account: request.body.use_account }),
        subject: ({ settlement_id }) => settlement_id,
      });
      reply.code(201);
      return defined(await settlementView(database, everything, settlement.settlement_id), 'settlement just decided');
    },
  );

  app.post(
    '/api/visits/:id/cancel',
    {
      config: { allow: [...desk, 'agency'], idempotent: true },
      schema: { params: IdParams, response: { 200: VisitView } },
    },
    async (request) => {
      const { id } = request.params;
      await carryOut(database, request, {
        action: 'cancel visit',
        run: (sql, actor) => cancelVisit(sql, actor, id),
        subject: () => id,
      });
      return view(id);
    },
  );
}
