import type { Problem } from '../../src/platform/http/contract.ts';

/** A signed-in user of the centre. A refusal is thrown as an error that carries its `problem`. */
export interface Api {
  get<T>(path: string): Promise<T>;
  send<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T>;
  /** Messages of an event stream, until the signal says enough. */
  events<T>(path: string, signal: AbortSignal): AsyncGenerator<T>;
}

/** Code of a refusal; null when it was a fault of the world, even one that the centre put into words (HTTP 5xx). */
export function refusalCode(fault: unknown): string | null {
  const problem = (fault as { readonly problem?: Problem } | null)?.problem;
  return problem && problem.status < 500 ? problem.code : null;
}

type Page<T> = { readonly items: readonly T[]; readonly next: string | null };

/** Every item of a list that pages by key. */
export async function everyItem<T>(api: Api, path: string): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = '';
  while (after !== null) {
    const page: Page<T> = await api.get(
      after ? `${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}` : path,
    );
    items.push(...page.items);
    after = page.next;
  }
  return items;
}
