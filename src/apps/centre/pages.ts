import { existsSync } from 'node:fs';
import { join } from 'node:path';
import proxy from '@fastify/http-proxy';
import files from '@fastify/static';
import type { FastifyPluginAsync, FastifyPluginCallback, FastifyPluginOptions } from 'fastify';
import { type App, problem } from '../../platform/http/index.ts';

/** The built web; every address that is not a file is a page of it. */
export async function servePages(app: App, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  const pages: FastifyPluginAsync = async (scope) => {
    await scope.register(files, {
      root: folder,
      wildcard: false,
      preCompressed: true,
      prefix: '/',
      // Built files carry a hash in their name; the page that names them must be asked for anew.
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    // Inside the same scope: `sendFile` is known only where the files are.
    scope.get('/*', { schema: { hide: true } }, (request, reply) =>
      request.url.startsWith('/api/') || request.url.startsWith('/assets/')
        ? reply.callNotFound()
        : reply.header('cache-control', 'no-cache').sendFile('index.html'),
    );
  };
  await openToAll(app, pages, {});
}

/** Registers a plugin whose own routes say nothing of callers: they serve everybody. */
export async function openToAll<Options extends FastifyPluginOptions>(
  app: App,
  plugin: FastifyPluginCallback<Options> | FastifyPluginAsync<Options>,
  options: Options,
): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, allow: 'anyone' };
    });
    await scope.register(plugin as FastifyPluginAsync<Options>, options);
  });
}

const deviceRefusals = {
  'field.away': {
    status: 503,
    zh: '终端设备程序暂未运行,没有办理任何业务;请稍后再试。',
    en: 'The program of the devices is not running. Nothing was done; try again in a moment.',
  },
} as const;

/** In the demonstration the desk's own devices are reached through the same address as its page. */
export async function reachDevices(app: App, upstream: string, device_token: string): Promise<void> {
  await app.register(async (scope) => {
    // What passes here is told by the devices themselves.
    scope.addHook('onRoute', (route) => {
      route.logLevel = 'error';
    });
    await scope.register(proxy, {
      upstream,
      prefix: '/field',
      rewritePrefix: '/field',
      config: { allow: ['hospital', 'pharmacy'] },
      replyOptions: {
        onError: (reply) => {
          const { locale, url, trace_id } = reply.request;
          const body = problem(
            deviceRefusals,
            { code: 'field.away', law: null, detail: {} },
            { locale, instance: url, trace_id },
          );
          reply.code(body.status).type('application/problem+json').send(body);
        },
        // The devices trust this way in, not the browser; a desk reaches its own institution's devices only.
        rewriteRequestHeaders: ({ caller }, headers) => ({
          ...headers,
          cookie: '',
          authorization: `Bearer ${device_token}`,
          'x-institution': caller?.institution_code ?? 'none',
        }),
      },
    });
  });
}
