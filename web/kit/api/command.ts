import { type QueryKey, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { post } from './client.ts';
import { newKey } from './key.ts';
import { ApiProblem } from './problem.ts';

export type Order = { readonly path: string; readonly body?: unknown; readonly method?: 'POST' | 'PUT' };

/**
 * A POST with an idempotency key. While the outcome is unknown, the same order goes out under the same key, so that
 * pressing the button again can never pay twice; an answered order, or another content, gets a new key.
 */
export function useCommand<T = unknown>(refreshes: readonly QueryKey[] = []): UseMutationResult<T, ApiProblem, Order> {
  const client = useQueryClient();
  const pending = useRef<{ content: string; key: string } | null>(null);
  return useMutation<T, ApiProblem, Order>({
    mutationFn: async ({ path, body, method = 'POST' }) => {
      const content = JSON.stringify([path, body]);
      if (pending.current?.content !== content) pending.current = { content, key: newKey() };
      try {
        const answer = await post<T>(path, body, pending.current.key, method);
        pending.current = null;
        return answer;
      } catch (error) {
        if (error instanceof ApiProblem && !error.unknownOutcome) pending.current = null;
        throw error;
      }
    },
    onSuccess: () => Promise.all(refreshes.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
