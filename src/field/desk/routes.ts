import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type from 'typebox';
import type { CardDrawer } from './card-drawer.ts';
import { DeskTerminal, DrawerCard, InsertCard, PayOrder, PressKeys } from './contract.ts';
import type { Key } from './pin-entry.ts';
import type { TerminalDesk } from './terminal-desk.ts';

const Terminal = Type.Object({ id: Type.String({ maxLength: 8 }) });
const words = {
  'field.unknown_terminal': { status: 404, zh: '没有这台终端。', en: 'There is no such terminal.' },
  'field.slot_taken': {
    status: 409,
    zh: '卡座已有卡,或该卡正在另一台终端中;请先取出。',
    en: 'There is a card in the slot, or this card is in another terminal. Take it out first.',
  },
  'field.busy': { status: 409, zh: '终端正在办理,请稍候。', en: 'The terminal is at work. Please wait.' },
  'field.no_card': { status: 409, zh: '请先插卡。', en: 'Insert a card first.' },
} as const;

/** The desk's own agent, as its page speaks to it. The centre knows nothing of these calls. */
export function deskRoutes(
  server: FastifyInstance,
  desks: ReadonlyMap<string, TerminalDesk>,
  drawer: CardDrawer,
): void {
  const app = server.withTypeProvider<TypeBoxTypeProvider>();

  const localeOf = (headers: { 'accept-language'?: string | undefined }): 'zh' | 'en' =>
    headers['accept-language']?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  const refuse = (reply: FastifyReply, locale: 'zh' | 'en', code: keyof typeof words) => {
    const { status, zh, en } = words[code];
    const body = {
      type: `/api/problems/${code}`,
      title: code,
      status,
      code,
      detail: locale === 'zh' ? zh : en,
      instance: '',
      trace_id: '',
    };
    return reply.code(status).type('application/problem+json').send(body);
  };
  /** A desk sees the terminals of its own institution only; who it is, the way in has checked. */
  const deskOf = (headers: Record<string, unknown>, id: string): TerminalDesk | undefined => {
    const desk = desks.get(id);
    const institution = headers['x-institution'];
    return !institution || desk?.institution_code === institution ? desk : undefined;
  };

  app.get(
    '/field/terminals',
    {
      schema: {
        querystring: Type.Object({ institution: Type.String({ maxLength: 20 }) }),
        response: { 200: Type.Array(DeskTerminal) },
      },
    },
    (request) =>
      [...desks.values()]
        .filter((desk) => desk.institution_code === (request.headers['x-institution'] ?? request.query.institution))
        .map((desk) => desk.view(localeOf(request.headers))),
  );

  app.get(
    '/field/cards',
    {
      schema: {
        querystring: Type.Object({ query: Type.Optional(Type.String({ maxLength: 40 })) }),
        response: { 200: Type.Array(DrawerCard) },
      },
    },
    (request) => drawer.find(request.query.query ?? '', localeOf(request.headers)),
  );

  app.post(
    '/field/terminals/:id/insert',
    { schema: { params: Terminal, body: InsertCard } },
    async (request, reply) => {
      const desk = deskOf(request.headers, request.params.id);
      if (!desk) return refuse(reply, localeOf(request.headers), 'field.unknown_terminal');
      const done = await desk.insert(request.body.card_number);
      return done ? desk.view(localeOf(request.headers)) : refuse(reply, localeOf(request.headers), 'field.slot_taken');
    },
  );

  app.post('/field/terminals/:id/remove', { schema: { params: Terminal } }, (request, reply) => {
    const desk = deskOf(request.headers, request.params.id);
    if (!desk) return refuse(reply, localeOf(request.headers), 'field.unknown_terminal');
    desk.remove();
    return desk.view(localeOf(request.headers));
  });

  app.post('/field/terminals/:id/keys', { schema: { params: Terminal, body: PressKeys } }, (request, reply) => {
    const desk = deskOf(request.headers, request.params.id);
    if (!desk) return refuse(reply, localeOf(request.headers), 'field.unknown_terminal');
    for (const key of request.body.keys as Key[]) desk.press(key);
    return desk.view(localeOf(request.headers));
  });

  app.post('/field/terminals/:id/pay', { schema: { params: Terminal, body: PayOrder } }, (request, reply) => {
    const locale = localeOf(request.headers);
    const desk = deskOf(request.headers, request.params.id);
    if (!desk) return refuse(reply, locale, 'field.unknown_terminal');
    if (!desk.view(locale).card) return refuse(reply, locale, 'field.no_card');
    return desk.begin(request.body) ? reply.code(202).send(desk.view(locale)) : refuse(reply, locale, 'field.busy');
  });

  app.get('/field/terminals/:id/events', { schema: { params: Terminal } }, (request, reply) => {
    const desk = deskOf(request.headers, request.params.id);
    if (!desk) return refuse(reply, localeOf(request.headers), 'field.unknown_terminal');
    reply.hijack();
    const out = reply.raw;
    out.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' });
    const stop = desk.watch((event) => out.write(`data: ${JSON.stringify(event)}\n\n`));
    // A comment now and then keeps proxies from closing a silent stream.
    const pulse = setInterval(() => out.write(': \n\n'), 20_000);
    request.raw.on('close', () => {
      clearInterval(pulse);
      stop();
    });
  });
}
