import swagger from '@fastify/swagger';
import reference from '@scalar/fastify-api-reference';
import type { App } from '../../platform/http/index.ts';
import { openToAll } from './pages.ts';

/** OpenAPI 3.1 of every route at /api/openapi.json, with a page to read and try it at /api/docs. */
export async function describeApi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tessera',
        version: '0.1.0',
        description:
          'Amounts are whole fen in text, days ISO 8601. Refusals are problem+json with a stable code. ' +
          'POSTs that matter need an Idempotency-Key; lists page by key (`after` is the `next` of the page before).',
        license: { name: 'Apache-2.0' },
      },
    },
    transform: ({ schema, url, route }) => {
      const allow = route.config?.allow;
      const who = Array.isArray(allow) ? allow.join(', ') : (allow ?? 'nobody');
      const header = route.config?.idempotent
        ? {
            headers: {
              type: 'object',
              properties: { 'idempotency-key': { type: 'string', minLength: 8, maxLength: 100 } },
              required: ['idempotency-key'],
            },
          }
        : {};
      const hide = !url.startsWith('/api/') || route.method === 'HEAD';
      return { schema: { ...schema, ...header, hide, description: `For: ${who}.` }, url };
    },
  });
  app.get('/api/openapi.json', { config: { allow: 'anyone' }, schema: { hide: true } }, () => app.swagger());
  await openToAll(app, reference, {
    routePrefix: '/api/docs',
    configuration: { url: '/api/openapi.json', withDefaultFonts: false, telemetry: false },
  });
}
