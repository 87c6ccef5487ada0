import { useNavigate, useSearch } from '@tanstack/react-router';

/** Filters live in the address: a list can be kept, sent and come back to. */
export function useFilters<T extends Readonly<Record<string, string | undefined>>>(): [
  Partial<T>,
  (change: Partial<T>) => void,
] {
  const search = useSearch({ strict: false }) as Partial<T>;
  const navigate = useNavigate();
  return [
    search,
    (change) => {
      const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value));
      void navigate({ to: '.', search: next as never, replace: true });
    },
  ];
}
