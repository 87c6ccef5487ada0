import Type from 'typebox';
import type { Database } from '../../platform/database/index.ts';
import { IdText } from '../../platform/http/contract.ts';
import { type App, Refused } from '../../platform/http/index.ts';
import { keepChipLog } from './chip-log.ts';
import { ChipUpload, Trace, TraceList, TraceLookup } from './contract.ts';
import type { ReasonsOf } from './decision.ts';
import { findTraces } from './lookup.ts';
import { traceOf } from './trace.ts';

const TraceParams = Type.Object({ trace_id: IdText });

export function traceRoutes(app: App, deps: { readonly database: Database; readonly reasonsOf: ReasonsOf }): void {
  const { database, reasonsOf } = deps;
  const config = { allow: ['inspector', 'finance', 'agency'] as const };

  app.get(
    '/api/traces',
    { config: { ...config, reads: 'read traces' }, schema: { querystring: TraceLookup, response: { 200: TraceList } } },
    async ({ query }) => ({ items: await findTraces(database, query) }),
  );

  app.get(
    '/api/traces/:trace_id',
    { config: { ...config, reads: 'read trace' }, schema: { params: TraceParams, response: { 200: Trace } } },
    async ({ params }) => {
      const trace = await traceOf(database, params.trace_id, reasonsOf);
      if (!trace) throw new Refused({ code: 'trace.unknown', law: null, detail: {} });
      return trace;
    },
  );

  // A terminal may send an upload again; the key of the table makes that harmless, so no Idempotency-Key is asked for.
  app.post(
    '/api/traces/:trace_id/chip',
    {
      config: { allow: ['device'] },
      bodyLimit: 1024 * 1024,
      schema: { params: TraceParams, body: ChipUpload, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await keepChipLog(database, request.params.trace_id, request.body);
      return reply.code(204).send(null);
    },
  );
}
