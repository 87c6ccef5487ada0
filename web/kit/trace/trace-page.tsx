import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Trace } from '../../../src/operations/trace/contract.ts';
import { get } from '../api/client.ts';
import { medical } from '../why/wording.ts';
import { TraceView } from './trace-view.tsx';

/** The trace whose id stands in the address; looked at again until its voucher is written. */
export function TracePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data } = useSuspenseQuery({
    queryKey: ['trace', id],
    queryFn: () => get<Trace>(`/api/traces/${id}`),
    refetchInterval: ({ state }) => (state.data?.stations.books.state === 'waiting' ? 5_000 : false),
  });
  return <TraceView trace={data} wording={medical} />;
}
