import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fact, Refusal } from '../../kernel/decision.ts';
import { formatDecimal } from '../../kernel/money.ts';
import type { Locale } from './app.ts';
import type { Problem, RefusalTable } from './contract.ts';

const titles = { en: 'Refused', zh: '未办理' } as const;

/** `{name}` in the words of a refusal becomes the value of its detail; names ending in `_fen` are shown in yuan. */
export const fill = (words: string, detail: Readonly<Record<string, Fact>>): string =>
  words.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = detail[name];
    if (value === undefined) return whole;
    return name.endsWith('_fen') && value !== null ? formatDecimal(BigInt(String(value)), 2, 2) : String(value ?? '—');
  });

export function problem(
  refusals: RefusalTable,
  refusal: Refusal,
  at: { locale: Locale; instance: string; trace_id: string },
  errors?: Problem['errors'],
): Problem {
  const words = refusals[refusal.code];
  return {
    type: `/api/problems/${refusal.code}`,
    title: titles[at.locale],
    status: words?.status ?? 422,
    code: refusal.code,
    detail: words ? fill(words[at.locale], { ...refusal.detail, trace_id: at.trace_id }) : refusal.code,
    instance: at.instance,
    trace_id: at.trace_id,
    ...(errors ? { errors } : {}),
  };
}

export function sendProblem(
  refusals: RefusalTable,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  errors?: Problem['errors'],
): FastifyReply {
  const { locale, trace_id } = request;
  const instance = request.url.split('?')[0] ?? '';
  const body = problem(refusals, refusal, { locale, instance, trace_id }, errors);
  // A plain string: a problem passes by the success schema of its route.
  return reply.code(body.status).type('application/problem+json; charset=utf-8').serializer(JSON.stringify).send(body);
}
