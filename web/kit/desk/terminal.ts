import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { DeskEvent, DeskTerminal, DrawerCard, PayOrder, PressKeys } from '../../../src/field/desk/contract.ts';
import { get, post } from '../api/client.ts';
import { newKey } from '../api/key.ts';

/** A terminal as the desk's own agent tells of it; nothing here comes from the centre. */
export type Terminal = DeskTerminal;
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'enter' | 'clear' | 'cancel';
export type Done = Extract<DeskEvent, { type: 'done' }>;

const base = '/field/terminals';

export const terminalsQuery = (institution: string) =>
  queryOptions({
    queryKey: ['terminals', institution],
    queryFn: () => get<Terminal[]>(base, { institution }),
    retry: false,
    refetchInterval: 15_000,
  });

export const drawerQuery = (query: string) =>
  queryOptions({
    queryKey: ['drawer', query],
    queryFn: () => get<DrawerCard[]>('/field/cards', { query }),
    retry: false,
    placeholderData: (before: DrawerCard[] | undefined) => before,
  });

/** The terminal of this desk: its screen as it changes, and the steps of the payment under way. */
export function useTerminalStream(institution: string, terminal_id: string | null, onDone: (done: Done) => void) {
  const client = useQueryClient();
  const [steps, setSteps] = useState<readonly string[]>([]);
  const [screen, setScreen] = useState<readonly string[] | null>(null);

  useEffect(() => {
    if (!terminal_id) return;
    const source = new EventSource(`${base}/${terminal_id}/events`);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as DeskEvent;
      if (event.type === 'screen') setScreen(event.lines);
      if (event.type === 'step') setSteps((before) => [...before, event.step]);
      if (event.type === 'done') onDone(event);
      void client.invalidateQueries({ queryKey: ['terminals', institution] });
    };
    return () => source.close();
  }, [terminal_id, institution, client, onDone]);

  return { steps, screen, clear: useCallback(() => setSteps([]), []) };
}

const act = (terminal_id: string, verb: string, body: unknown): Promise<unknown> =>
  post(`${base}/${terminal_id}/${verb}`, body, newKey());

export const insertCard = (terminal_id: string, card_number: string) => act(terminal_id, 'insert', { card_number });
export const removeCard = (terminal_id: string) => act(terminal_id, 'remove', {});
export const pressKeys = (terminal_id: string, keys: readonly Key[]) =>
  act(terminal_id, 'keys', { keys: [...keys] } satisfies PressKeys);
export const pay = (terminal_id: string, order: PayOrder) => act(terminal_id, 'pay', order);
