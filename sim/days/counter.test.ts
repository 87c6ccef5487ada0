import { expect, test } from 'vitest';
import type { DeskEvent } from '../../src/field/desk/contract.ts';
import type { Api } from './api.ts';
import { clearSlot, payAt, withCard } from './counter.ts';

/** A terminal that asks for the PIN when told to pay and ends when enter or cancel is pressed. */
function terminal(refuse: Partial<Record<string, unknown>> = {}) {
  const sent: string[] = [];
  const events: DeskEvent[] = [{ type: 'screen', lines: ['insert a card'] }];
  let wake = () => {};
  const say = (...more: DeskEvent[]) => {
    events.push(...more);
    wake();
  };
  const api: Api = {
    get: async () => {
      throw new Error('nothing to read here');
    },
    send: async <T>(_method: string, path: string, body: unknown) => {
      const verb = path.split('/').at(-1) ?? '';
      const { keys, card_number } = body as { keys?: string[]; card_number?: string };
      sent.push([verb, ...(keys ?? [card_number])].filter(Boolean).join(' '));
      const key = keys?.at(-1);
      if (refuse[verb]) throw refuse[verb];
      if (verb === 'pay') say({ type: 'step', step: 'entering_pin' }, { type: 'screen', lines: ['PIN?'] });
      if (key === 'enter') say({ type: 'step', step: 'paid' }, { type: 'done', paid: true });
      else if (key === 'cancel') say({ type: 'done', paid: false, code: 'terminal.pin_cancelled' });
      else if (key) say({ type: 'screen', lines: ['*'] });
      return undefined as T;
    },
    events: async function* <T>() {
      for (let i = 0; ; i++) {
        while (i >= events.length) await new Promise<void>((resolve) => (wake = resolve));
        yield events[i] as T;
      }
    },
  };
  return { counter: { api, kind: 'hospital' as const, terminal_id: '99000001', shared: false }, sent };
}
const order = { amount_fen: '500', settlement_no: 'S1', trace_id: 'T' };

test('the holder types the PIN once, when the screen asks', async () => {
  const { counter, sent } = terminal();
  expect(await payAt(counter, order, '1234')).toEqual({ type: 'done', paid: true });
  expect(sent).toEqual(['pay', 'keys 1 2 3 4 enter']);
});

test('a holder who gives up presses cancel', async () => {
  const { counter, sent } = terminal();
  expect(await payAt(counter, order, null)).toMatchObject({ paid: false, code: 'terminal.pin_cancelled' });
  expect(sent).toEqual(['pay', 'keys cancel']);
});

test('the card comes out whatever happens', async () => {
  const { counter, sent } = terminal();
  const broken = withCard(counter, 'A00000012', async () => {
    throw new Error('the printer burns');
  });
  await expect(broken).rejects.toThrow('the printer burns');
  expect(sent).toEqual(['insert A00000012', 'remove']);
});

test('a refusal other than a taken slot is not waited out', async () => {
  const refusal = Object.assign(new Error('no'), { problem: { code: 'field.unknown_terminal', status: 404 } });
  const { counter, sent } = terminal({ insert: refusal });
  await expect(withCard(counter, 'A00000012', async () => 1)).rejects.toBe(refusal);
  expect(sent).toEqual(['insert A00000012']);
});

test('a slot is cleared of what was forgotten, unless people use it too', async () => {
  const { counter, sent } = terminal();
  await clearSlot({ ...counter, shared: true });
  expect(sent).toEqual([]);
  await clearSlot(counter);
  expect(sent).toEqual(['remove']);
});
