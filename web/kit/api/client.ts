import type { Problem } from '../../../src/platform/http/contract.ts';
import { currentLanguage } from '../words/language.ts';
import { ApiProblem } from './problem.ts';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Path with the values that are set. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

async function send<T>(path: string, init: RequestInit, headers: Record<string, string>): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      ...init,
      headers: {
        Accept: 'application/json',
        'Accept-Language': currentLanguage() === 'zh' ? 'zh-CN' : 'en',
        ...headers,
      },
    });
  } catch {
    throw new ApiProblem(0, null);
  }
  const text = await response.text();
  const body = text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null;
  if (response.ok) return body as T;
  throw new ApiProblem(response.status, body as Problem | null);
}

export const get = <T>(path: string, query?: Query): Promise<T> => send<T>(address(path, query), { method: 'GET' }, {});

/** `key` names the request for ever: sent twice, it is done once and answered the same. */
export const post = <T>(path: string, body: unknown, key: string, method: 'POST' | 'PUT' = 'POST'): Promise<T> =>
  send<T>(
    path,
    { method, body: JSON.stringify(body ?? {}) },
    {
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
    },
  );
