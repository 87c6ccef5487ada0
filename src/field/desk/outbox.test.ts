import { expect, test } from 'vitest';
import type { TerminalEvent } from '../terminal/index.ts';
import { type Record, RecordOutbox } from './outbox.ts';

const step = (trace_id: string | null): TerminalEvent => ({
  at: '2026-03-02T02:15:00Z',
  trace_id,
  kind: 'step',
  step: 'paid',
  detail: {},
});

test('what was not taken is sent again under its id, before what came later', async () => {
  const seen: Record[] = [];
  let away = true;
  const outbox = new RecordOutbox(async (record) => {
    seen.push(record);
    if (away) throw new Error('the centre is away');
  });
  outbox.add([step('a'), step('b'), step(null), step('a')]);
  await expect(outbox.flush()).rejects.toThrow('away');
  away = false;
  outbox.add([step('a')]);
  await Promise.all([outbox.flush(), outbox.flush()]);
  expect(seen.map(({ trace_id, events }) => `${trace_id} ${events.length}`)).toEqual(['a 2', 'a 2', 'b 1', 'a 1']);
  expect(seen[1]?.upload_id).toBe(seen[0]?.upload_id);
  expect(seen[3]?.upload_id).not.toBe(seen[0]?.upload_id);
});

test('of more than a hundred the newest are kept', async () => {
  const seen: string[] = [];
  const outbox = new RecordOutbox(async ({ trace_id }) => void seen.push(trace_id));
  outbox.add(Array.from({ length: 130 }, (_, i) => step(String(i))));
  await outbox.flush();
  expect([seen.length, seen[0]]).toEqual([100, '30']);
});
