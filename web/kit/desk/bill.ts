import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { BillLine, Preview, VisitView } from '../../../src/schemes/medical/contract.ts';
import { post } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { newKey } from '../api/key.ts';
import { useDraft } from '../drafts/draft.ts';
import { type DraftLine, draftFrom, isWhole } from './bill-table.tsx';

const sent = ({ catalogue_code, quantity, unit_price, outside_restriction }: DraftLine): BillLine => ({
  catalogue_code,
  quantity,
  unit_price,
  ...(outside_restriction ? { outside_restriction } : {}),
});

/** Rest after the last key before the bill is sent, in milliseconds: a quantity of two digits is one change. */
const rest_ms = 350;

/**
 * The bill of a visit while it is written: every change is kept here at once, sent to the centre after a short rest,
 * and answered with what a settlement would be now.
 */
export function useBill(visit: VisitView, use_account: boolean, ended_on: string | null) {
  const client = useQueryClient();
  const [lines, setLines, forget] = useDraft<readonly DraftLine[]>(
    `bill.${visit.visit_id}`,
    visit.lines.map(draftFrom),
  );
  const [kept, setKept] = useState(() => JSON.stringify([visit.lines.map(draftFrom).map(sent), visit.ended_on]));
  const save = useCommand<VisitView>();
  const open = visit.state === 'open';
  const content = JSON.stringify([lines.map(sent), ended_on ?? visit.ended_on]);
  const saved = kept === content;
  const whole = lines.every(isWhole);
  const { mutate } = save;

  useEffect(() => {
    if (!open || saved || !whole) return;
    const timer = setTimeout(() => {
      const [sentLines, day] = JSON.parse(content) as [BillLine[], string | null];
      mutate(
        {
          path: `/api/visits/${visit.visit_id}/lines`,
          method: 'PUT',
          body: { lines: sentLines, ...(day ? { ended_on: day } : {}) },
        },
        {
          onSuccess: (view) => {
            setKept(content);
            client.setQueryData(['visit', visit.visit_id], view);
          },
        },
      );
    }, rest_ms);
    return () => clearTimeout(timer);
  }, [open, saved, whole, content, mutate, client, visit.visit_id]);

  const preview = useQuery({
    queryKey: ['preview', visit.visit_id, kept, use_account],
    queryFn: () => post<Preview>(`/api/visits/${visit.visit_id}/preview`, { use_account }, newKey()),
    enabled: open && saved && lines.length > 0,
    placeholderData: (before: Preview | undefined) => before,
    retry: false,
  });

  return {
    lines,
    setLines,
    forget,
    /** The centre has every line as it stands here. */
    ready: saved && whole && lines.length > 0 && preview.isSuccess && !preview.isPlaceholderData,
    /** How far the bill is from the centre: a line that lacks a price or a quantity is not sent. */
    standing: !whole ? ('unfinished' as const) : saved ? ('saved' as const) : ('saving' as const),
    preview: whole && lines.length > 0 ? (preview.data ?? null) : null,
    problem: save.error ?? preview.error,
  };
}
