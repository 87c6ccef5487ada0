import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { SettlementView, VisitView } from '../../../src/schemes/medical/contract.ts';
import { get } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { type Done, pay, type Terminal } from './terminal.ts';

/** The settlement of a visit and its payment at the terminal. */
export function usePayment(visit: VisitView, terminal: Terminal | null) {
  const client = useQueryClient();
  const [refused, setRefused] = useState<string | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const settle = useCommand<SettlementView>();
  const cash = useCommand<SettlementView>();
  const settlement_id = visit.settlement?.settlement_id ?? settle.data?.settlement_id ?? null;
  const settlement = useQuery({
    queryKey: ['settlement', settlement_id],
    queryFn: () => get<SettlementView>(`/api/settlements/${settlement_id}`),
    enabled: settlement_id !== null,
    // The payment arrives at the centre on the terminal's own line; the desk sees it here.
    refetchInterval: ({ state }) => (state.data?.state === 'awaiting_card' ? 1_500 : false),
  }).data;

  const refresh = useCallback(
    () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['visit', visit.visit_id] }),
        client.invalidateQueries({ queryKey: ['settlement', settlement_id] }),
        client.invalidateQueries({ queryKey: ['visits'] }),
      ]),
    [client, visit.visit_id, settlement_id],
  );

  const settled = settlement?.state === 'settled';
  useEffect(() => {
    if (settled && visit.state !== 'settled') void refresh();
  }, [settled, visit.state, refresh]);

  const tap = useCallback(
    async ({ amounts, settlement_no, trace_id }: Pick<SettlementView, 'amounts' | 'settlement_no' | 'trace_id'>) => {
      if (!terminal) return;
      setRefused(null);
      setProblem(null);
      await pay(terminal.terminal_id, { amount_fen: amounts.account_fen, settlement_no, trace_id }).catch(setProblem);
      await refresh();
    },
    [terminal, refresh],
  );

  const begin = (use_account: boolean) =>
    settle.mutate(
      { path: `/api/visits/${visit.visit_id}/settle`, body: { use_account } },
      {
        onSuccess: async (decided) => {
          await refresh();
          if (decided.state === 'awaiting_card' && terminal?.card) await tap(decided);
        },
      },
    );
  const takeCash = () =>
    cash.mutate({ path: `/api/settlements/${settlement_id}/pay-by-cash` }, { onSuccess: () => void refresh() });
  const finished = useCallback(
    ({ paid, code }: Done) => {
      setRefused(paid ? null : (code ?? ''));
      void refresh();
    },
    [refresh],
  );

  return {
    settlement: settlement ?? null,
    begin,
    tap,
    takeCash,
    finished,
    /** Why the terminal did not pay (its code); null when it has not refused. */
    refused,
    busy: settle.isPending || cash.isPending,
    problem: settle.error ?? cash.error ?? problem,
  };
}
