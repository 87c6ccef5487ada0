import { type QueryKey, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { get, type Query } from '../api/client.ts';

export type PageOf<T> = { readonly items: readonly T[]; readonly next: string | null };

/** Keyset pages of one list, joined; `more` is null on the last page. */
export function usePages<T>(key: QueryKey, path: string, query: Query = {}, refresh_ms?: number) {
  const result = useSuspenseInfiniteQuery({
    queryKey: [...key, query],
    queryFn: ({ pageParam }) => get<PageOf<T>>(path, { ...query, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...(refresh_ms ? { refetchInterval: refresh_ms } : {}),
  });
  return {
    items: result.data.pages.flatMap((page) => page.items),
    more: result.hasNextPage ? () => void result.fetchNextPage() : null,
    busy: result.isFetchingNextPage,
  };
}
