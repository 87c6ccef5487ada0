import { queryOptions } from '@tanstack/react-query';
import type Type from 'typebox';
import type { Books } from '../../../src/operations/finance/contract.ts';
import { get } from '../../kit/api/client.ts';

export type Book = Type.Static<typeof Books>['items'][number];

export const booksQuery = queryOptions({
  queryKey: ['books'],
  queryFn: () => get<Type.Static<typeof Books>>('/api/finance/books'),
});
