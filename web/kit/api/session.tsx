import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { Me } from '../../../src/platform/http/contract.ts';
import { get, post } from './client.ts';
import { newKey } from './key.ts';
import { ApiProblem } from './problem.ts';

/** Who is signed in; null is nobody. */
export const meQuery = queryOptions<Me | null>({
  queryKey: ['me'],
  staleTime: 5 * 60_000,
  queryFn: () =>
    get<Me>('/api/me').catch((error: unknown) => {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }),
});

export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (!data) throw new ApiProblem(401, null);
  return data;
}

/** Ends the session and forgets everything this browser has read under it. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await post('/api/sign-out', {}, newKey());
    client.clear();
    location.assign('/sign-in');
  };
}
