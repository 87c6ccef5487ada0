import cookie from '@fastify/cookie';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyError, type FastifyRequest, LogController } from 'fastify';
import { audit } from '../audit/index.ts';
import type { Auth } from '../auth/index.ts';
import type { Database } from '../database/index.ts';
import { isId, newId } from '../identity.ts';
import type { Logger } from '../log.ts';
import type { App, Locale } from './app.ts';
import { closed } from './closed.ts';
import type { RefusalTable } from './contract.ts';
import { fingerprint, idempotencyKey, keep, take } from './idempotency.ts';
import { sendProblem } from './problem.ts';
import { httpRefusals } from './refusals.ts';
import { Refused } from './refused.ts';

export type ServerOptions = {
  readonly database: Database;
  readonly auth: Auth;
  readonly log: Logger;
  /** Words and status of every refusal the routes may give. */
  readonly refusals: RefusalTable;
};

const refused = (code: string): Refused => new Refused({ code, law: null, detail: {} });

/** A server that knows callers, refusals, idempotency and audit; contexts add their routes to it. */
export function createServer({ database, auth, log, refusals }: ServerOptions): App {
  const words = { ...httpRefusals, ...refusals };
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: 'loopback',
    bodyLimit: 4 * 1024 * 1024,
    ajv: { customOptions: { allErrors: true, removeAdditional: false, coerceTypes: true } },
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as App;

  app.register(cookie);
  app.decorateRequest('caller', null);
  app.decorateRequest('locale', 'en');
  app.decorateRequest('trace_id', '');
  app.decorateRequest('idempotency_key', null);
  app.decorateRequest('taken_key', null);

  app.addHook('onRoute', (route) => {
    const { body, querystring } = route.schema ?? {};
    route.schema = {
      ...route.schema,
      ...(body ? { body: closed(body) } : {}),
      ...(querystring ? { querystring: closed(querystring) } : {}),
    };
  });

  app.addHook('onRequest', async (request) => {
    const given = request.headers['x-trace-id'];
    request.trace_id = typeof given === 'string' && isId(given) ? given : newId();
    request.locale = localeOf(request);
    await admit(request, auth);
  });

  app.addHook('preHandler', async (request, reply) => {
    const { idempotent, reads } = request.routeOptions.config;
    const caller = request.caller;
    if (reads && caller) await audit(database, { ...who(request), action: reads, subject: subjectOf(request) });
    if (!idempotent) return;
    const key = idempotencyKey(request);
    const user_id = caller?.user_id ?? 'anyone';
    const claim = await take(database, { user_id, key, fingerprint: fingerprint(request) });
    if ('before' in claim) {
      const { before } = claim;
      reply.header('idempotent-replayed', 'true');
      return reply
        .code(before.status)
        .serializer(JSON.stringify)
        .type(`application/${before.status < 400 ? 'json' : 'problem+json'}; charset=utf-8`)
        .send(before.body);
    }
    request.idempotency_key = key;
    request.taken_key = claim.taken;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    reply.header('x-trace-id', request.trace_id);
    if (request.taken_key) {
      const body = typeof payload === 'string' ? payload : 'null';
      await keep(database, request.taken_key, reply.statusCode, body);
    }
    return payload;
  });

  app.setErrorHandler((fault: FastifyError | Refused, request, reply) => {
    if (fault instanceof Refused) return sendProblem(words, request, reply, fault.refusal, fault.errors);
    const detail = {};
    if (fault.validation) {
      const errors = fault.validation.map(({ instancePath, params, message }) => ({
        field: fieldOf(instancePath, params),
        message: message ?? 'is not valid',
      }));
      return sendProblem(words, request, reply, { code: 'http.invalid', law: null, detail }, errors);
    }
    if (fault.statusCode === 413)
      return sendProblem(words, request, reply, { code: 'http.too_large', law: null, detail });
    if (fault.statusCode && fault.statusCode < 500)
      return sendProblem(words, request, reply, { code: 'http.invalid', law: null, detail }, [
        { field: 'body', message: fault.message },
      ]);
    if (isBadValue(fault)) {
      request.log.warn(
        { err: fault, trace_id: request.trace_id, url: request.url },
        'a value the database cannot take',
      );
      return sendProblem(words, request, reply, { code: 'http.invalid', law: null, detail });
    }
    request.log.error({ err: fault, trace_id: request.trace_id, url: request.url }, 'fault');
    const code = isDatabaseAway(fault) ? 'http.database_away' : 'http.fault';
    return sendProblem(words, request, reply, { code, law: null, detail });
  });

  app.setNotFoundHandler((request, reply) =>
    sendProblem(words, request, reply, { code: 'http.not_found', law: null, detail: {} }),
  );
  return app;
}

function localeOf(request: FastifyRequest): Locale {
  return request.headers['accept-language']?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

async function admit(request: FastifyRequest, auth: Auth): Promise<void> {
  const allow = request.routeOptions.config.allow;
  if (allow === 'anyone' || request.is404) return;
  const me = await auth.caller(request.headers);
  if (!me) throw refused('http.not_signed_in');
  request.caller = { ...me, locale: request.locale };
  if (!(allow === 'signed-in' || allow?.includes(me.role))) throw refused('http.not_allowed');
}

const who = (request: FastifyRequest) => ({
  user_id: request.caller?.user_id ?? '',
  role: request.caller?.role ?? '',
  trace_id: request.trace_id,
});

/** What was read: the id in the path, or the search itself. */
function subjectOf(request: FastifyRequest): string {
  const parameters = Object.values((request.params ?? {}) as Record<string, string>);
  return parameters.length > 0 ? parameters.join(' ') : (request.url.split('?')[1] ?? 'list').slice(0, 200);
}

const fieldOf = (path: string, params: unknown): string => {
  const { missingProperty, additionalProperty } = (params ?? {}) as Readonly<Record<string, string | undefined>>;
  return [path.slice(1).replaceAll('/', '.'), missingProperty, additionalProperty].filter(Boolean).join('.') || 'body';
};

/**
 * A value that its column cannot hold, such as an id that is none, a zero byte in a text or a day that does not exist:
 * SQLSTATE class 22, as far as what was sent can bring it about.
 */
const isBadValue = ({ code }: { code?: string }): boolean => /^22(P02|P05|003|007|008|021)$/.test(code ?? '');

/** Connection lost, refused, or the server is starting up or shutting down (SQLSTATE class 57P). */
const isDatabaseAway = (fault: { code?: string; message: string }): boolean =>
  /^(ECONN|EPIPE|57P0)/.test(fault.code ?? '') || /Connection terminated|timeout exceeded/.test(fault.message);
