import { queryOptions } from '@tanstack/react-query';
import type Type from 'typebox';
import type {
  Ceremonies,
  History,
  Inventory,
  Minutes,
  Orders,
  StoreView,
} from '../../../src/operations/custody/contract.ts';
import { get } from '../../kit/api/client.ts';

const often = { refetchInterval: 5_000 } as const;

export const storeQuery = queryOptions({
  queryKey: ['custody', 'store'],
  queryFn: () => get<StoreView>('/api/custody/store'),
});
export const ceremoniesQuery = queryOptions({
  queryKey: ['custody', 'ceremonies'],
  queryFn: () => get<Type.Static<typeof Ceremonies>>('/api/custody/ceremonies'),
  ...often,
});
export const minutesQuery = (id: string) =>
  queryOptions({
    queryKey: ['custody', 'minutes', id],
    queryFn: () => get<Minutes>(`/api/custody/ceremonies/${id}/minutes`),
    ...often,
  });
export const inventoryQuery = queryOptions({
  queryKey: ['custody', 'inventory'],
  queryFn: () => get<Inventory>('/api/custody/inventory'),
});
export const historyQuery = (subject: string) =>
  queryOptions({
    queryKey: ['custody', 'history', subject],
    queryFn: () => get<History>('/api/custody/history', { subject }),
  });
export const ordersQuery = queryOptions({
  queryKey: ['custody', 'orders'],
  queryFn: () => get<Type.Static<typeof Orders>>('/api/custody/orders'),
  ...often,
});
