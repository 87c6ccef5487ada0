import { setTimeout as pause } from 'node:timers/promises';
import type { DeskEvent, PayOrder, PressKeys } from '../../src/field/desk/contract.ts';
import { refusalCode } from './api.ts';
import type { Counter } from './world.ts';

export type Done = Extract<DeskEvent, { type: 'done' }>;

/** A holder has a minute for the PIN, a card that was torn out ten seconds to come back. */
const payment_within_ms = 120_000;
const slot_tries = 20;
const slot_pause_ms = 500;

const at = ({ terminal_id }: Counter, verb: string) => `/field/terminals/${terminal_id}/${verb}`;

/** Does `work` with the card in the slot, and takes it out whatever happens. Null when the slot stays taken. */
export async function withCard<T>(counter: Counter, card_number: string, work: () => Promise<T>): Promise<T | null> {
  if (!(await inserted(counter, card_number))) return null;
  try {
    return await work();
  } finally {
    await counter.api.send('POST', at(counter, 'remove'), {});
  }
}

/** Takes out what a player that was killed left in the slot; what may be somebody else's stays. */
export async function clearSlot(counter: Counter): Promise<void> {
  if (!counter.shared) await counter.api.send('POST', at(counter, 'remove'), {});
}

/** Somebody else may be at the terminal, or the card in another one: one waits one's turn. */
async function inserted(counter: Counter, card_number: string): Promise<boolean> {
  for (let i = 0; i < slot_tries; i++) {
    try {
      await counter.api.send('POST', at(counter, 'insert'), { card_number });
      return true;
    } catch (fault) {
      if (refusalCode(fault) !== 'field.slot_taken') throw fault;
      await pause(slot_pause_ms);
    }
  }
  return false;
}

/** One payment at the terminal; the holder types `pin` when the keypad asks, or presses cancel when it is null. */
export async function payAt(
  counter: Counter,
  order: PayOrder,
  pin: string | null,
  tell: (event: DeskEvent) => void = () => {},
): Promise<Done> {
  const end = new AbortController();
  const signal = AbortSignal.any([end.signal, AbortSignal.timeout(payment_within_ms)]);
  const events = counter.api.events<DeskEvent>(at(counter, 'events'), signal);
  try {
    // The first event is the screen as it stands: from here on none is missed.
    await events.next();
    await counter.api.send('POST', at(counter, 'pay'), order);
    let asked = false;
    for await (const event of events) {
      tell(event);
      if (event.type === 'done') return event;
      if (event.type === 'step') asked = event.step === 'entering_pin';
      // The keypad listens from the moment the screen asks.
      if (event.type === 'screen' && asked) {
        asked = false;
        await typePin(counter, pin);
      }
    }
    throw new Error(`terminal ${counter.terminal_id} stopped telling in the middle of a payment`);
  } finally {
    end.abort();
  }
}

async function typePin(counter: Counter, pin: string | null): Promise<void> {
  const typed: PressKeys = { keys: pin === null ? ['cancel'] : [...pin, 'enter'] };
  await counter.api.send('POST', at(counter, 'keys'), typed);
}
