import { equal } from '../../../kernel/bytes.ts';
import { transactionCode } from '../../keys/index.ts';
import type { Command } from '../apdu.ts';
import { sw, triesLeft } from '../status-words.ts';
import type { Manner } from '../structure.ts';
import { keyShown, opens, pinOf, withPin } from './access.ts';
import { counting, type HeldKey, isRefusal, trustedData, trustedUnder } from './line-protection.ts';
import {
  type Card,
  type CardMemory,
  type ChipOutcome,
  current,
  type Directory,
  directoryAt,
  type Pin,
  refused,
  token,
  withDirectory,
} from './memory.ts';

/** The key whose authentication opens PIN UNBLOCK in the social-security environment (PUK, LD9 annex B). */
const unblockKey = 0x06;

/** Packed digits, at least 4, with F only in the very last half byte (LD5); a PBOC PIN may be filled with F to its end. */
export function isPin(digits: Uint8Array, manner: Manner = 'ssc'): boolean {
  if (digits.length > 8) return false;
  return (manner === 'ssc' ? /^(\d{4,16}|\d{5,15}f)$/ : /^\d{4,16}f*$/).test(digits.toHex());
}

type Held = { readonly home: Directory; readonly pin: Pin };

/** The PIN a command names; in the SSC manner there is only number 00. */
function named(card: Card, id: number): Held | number {
  const directory = current(card);
  if (directory.shape.manner === 'ssc' && id !== 0) return sw.wrongParameters;
  return pinOf(card.memory, directory, id) ?? sw.keyNotFound;
}

/** VERIFY; without data it asks how things stand: 9000 no PIN is set, 63Cx set, 6983 blocked. */
export function verify(card: Card, { p1, p2, data }: Command): ChipOutcome {
  if (p1 !== 0) return refused(sw.wrongParameters);
  const held = named(card, p2);
  if (held === sw.wrongParameters) return refused(held);
  if (typeof held === 'number' || !held.pin.digits)
    return data.length === 0 ? { status: sw.ok } : refused(sw.keyNotFound);
  const { home, pin } = held;
  if (pin.tries === 0) return refused(sw.blocked);
  if (data.length === 0) return refused(triesLeft(pin.tries));
  if (!isPin(data, home.shape.manner)) return refused(sw.wrongData);
  if (!opens(card, home, pin.shape.using)) return refused(sw.security);
  const compared = compare(card.memory, held, data);
  return { ...compared, session: shownAfter(card, held, compared.status === sw.ok) };
}

/** A right PIN is shown and sets its security state; a wrong one takes both back. */
function shownAfter({ session }: Card, { home, pin }: Held, right: boolean): NonNullable<ChipOutcome['session']> {
  const shown = new Set(session.shown);
  const mark = token(home.shape.fid, 'pin', pin.shape.id);
  if (right) shown.add(mark);
  else shown.delete(mark);
  if (pin.shape.nextState === null) return { shown };
  return { shown, states: new Map(session.states).set(home.shape.fid, right ? pin.shape.nextState : 0) };
}

/**
 * CHANGE PIN: old PIN, FF, new PIN, in the clear between the terminal's keys and the card. A wrong old PIN costs a try and
 * takes a shown one back, as in VERIFY.
 */
export function changePin(card: Card, { p2, data }: Command): ChipOutcome {
  const held = named(card, p2);
  if (typeof held === 'number' || !held.pin.digits) return refused(held === sw.wrongParameters ? held : sw.keyNotFound);
  const { home, pin } = held;
  const { manner } = home.shape;
  if (pin.tries === 0) return refused(sw.blocked);
  // A PBOC PIN may itself end in FF: the separator is the FF with a PIN on either side.
  const middle = data.findIndex(
    (byte, i) => byte === 0xff && isPin(data.slice(0, i), manner) && isPin(data.slice(i + 1), manner),
  );
  if (middle < 0) return refused(sw.wrongData);
  const [old, fresh] = [data.slice(0, middle), data.slice(middle + 1)];
  const compared = compare(card.memory, held, old);
  return compared.status === sw.ok
    ? { status: sw.ok, memory: renewed(card.memory, held, fresh) }
    : { ...compared, session: shownAfter(card, held, false) };
}

/** RELOAD PIN: new PIN and a MAC over it under the halves of the reload key, XORed (card.md 1.3). */
export function reloadPin(card: Card, { p2, data }: Command): ChipOutcome {
  const held = named(card, p2);
  const key = heldKey(current(card), 'reload', 0);
  if (typeof held === 'number' || !key) return refused(held === sw.wrongParameters ? held : sw.keyNotFound);
  if (key.key.tries === 0) return refused(sw.blocked);
  const digits = data.slice(0, -4);
  const right = equal(transactionCode(card.memory.family, key.key.value, digits), data.subarray(-4));
  const memory = counting(card.memory, key, right);
  if (!right) return { status: sw.macWrong, memory };
  if (!isPin(digits, held.home.shape.manner)) return { status: sw.wrongData, memory };
  return { status: sw.ok, memory: renewed(memory, held, digits) };
}

const heldKey = (home: Directory, use: 'reload' | 'unblock', id: number): HeldKey | null => {
  const keys = home.keys.filter(({ shape }) => shape.use === use);
  const key = keys.find(({ shape }) => shape.id === id) ?? keys[0];
  return key ? { home, key } : null;
};

/** PIN UNBLOCK (P2 00: the tries; a PIN that is sent must be the right one) and with a new PIN (01). */
export function unblockPin(card: Card, command: Command): ChipOutcome {
  if (command.p1 !== 0 || command.p2 > 1) return refused(sw.wrongParameters);
  const directory = current(card);
  return directory.shape.manner === 'ssc'
    ? unblockedAfterKey(card, directory, command)
    : unblockedUnder(card, directory, 0, command, command.p2 === 1);
}

/** FMCOS `802C`: a new PIN, enciphered with MAC under the unblock key; P2 names the PIN. */
export const unblockWithKey = (card: Card, command: Command): ChipOutcome =>
  command.p1 === 0 ? unblockedUnder(card, current(card), command.p2, command, true) : refused(sw.wrongParameters);

/** SSC: after the unblock key was authenticated, with MAC under STK. */
function unblockedAfterKey(card: Card, directory: Directory, command: Command): ChipOutcome {
  if (!keyShown(card, directory, unblockKey) && card.memory.life !== 'blank') return refused(sw.security);
  const trusted = trustedData(card, directory, command, command.p2 === 1 ? 'cipher' : 'mac');
  if (isRefusal(trusted)) return trusted;
  const held = pinOf(trusted.memory, directory);
  if (!held) return refused(sw.keyNotFound);
  if (command.p2 === 0 && trusted.data.length > 0) return refused(sw.wrongLength);
  const digits = command.p2 === 0 ? held.pin.digits : trusted.data;
  if (command.p2 === 1 && !isPin(trusted.data)) return refused(sw.wrongData);
  const shown = new Set(card.session.shown);
  shown.delete(token(held.home.shape.fid, 'key', unblockKey));
  return { status: sw.ok, memory: renewed(trusted.memory, held, digits), session: { shown } };
}

function unblockedUnder(card: Card, directory: Directory, id: number, command: Command, renew: boolean): ChipOutcome {
  const plain = command.data.length === 4;
  const trusted = trustedUnder(card, heldKey(directory, 'unblock', id), command, !plain);
  if (isRefusal(trusted)) return trusted;
  const { memory, data } = trusted;
  const held = pinOf(memory, directoryAt(memory, directory.shape.fid) as Directory, id);
  if (!held) return { status: sw.keyNotFound, memory };
  if (renew)
    return isPin(data, directory.shape.manner)
      ? { status: sw.ok, memory: renewed(memory, held, data) }
      : { status: sw.wrongData, memory };
  const same = plain || (held.pin.digits !== null && equal(data, held.pin.digits));
  return same ? { status: sw.ok, memory: renewed(memory, held, held.pin.digits) } : { status: sw.wrongData, memory };
}

/** A wrong PIN costs one try, the right one gives all of them back. */
function compare(memory: CardMemory, { home, pin }: Held, digits: Uint8Array): ChipOutcome {
  const right = equal(pin.digits as Uint8Array, digits);
  const tries = right ? pin.shape.limit : pin.tries - 1;
  const after = tries === pin.tries ? memory : withDirectory(memory, withPin(home, { ...pin, tries }));
  return { status: right ? sw.ok : tries === 0 ? sw.blocked : triesLeft(tries), memory: after };
}

/** The memory with a PIN that has its tries back; the home is read again, for a key in it may have been counted. */
function renewed(memory: CardMemory, { home, pin }: Held, digits: Uint8Array | null): CardMemory {
  const now = directoryAt(memory, home.shape.fid) as Directory;
  return withDirectory(memory, withPin(now, { ...pin, digits, tries: pin.shape.limit }));
}
