import { equal } from '../../../kernel/bytes.ts';
import { decryptData } from '../../keys/index.ts';
import type { Command } from '../apdu.ts';
import { sw, triesLeft } from '../status-words.ts';
import { challengeKey, checkedData } from './access.ts';
import { type Chip, type ChipMemory, type ChipOutcome, type Pin, refused } from './memory.ts';

/** Packed digits, at least 4, with F only in the very last half byte (LD5). */
export function isPin(digits: Uint8Array): boolean {
  return digits.length <= 8 && /^(\d{4,16}|\d{5,15}f)$/.test(digits.toHex());
}

/** VERIFY; without data it asks how things stand: 9000 no PIN is set, 63Cx set, 6983 blocked. */
export function verify(card: Chip, { p1, p2, data }: Command): ChipOutcome {
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  const { pin } = card.memory;
  if (!pin.digits) return data.length === 0 ? { status: sw.ok } : refused(sw.keyNotFound);
  if (pin.tries === 0) return refused(sw.blocked);
  if (data.length === 0) return refused(triesLeft(pin.tries));
  if (!isPin(data)) return refused(sw.wrongData);
  const compared = compare(card.memory, pin, data);
  const granted = new Set(card.session.granted);
  if (compared.status === sw.ok) granted.add('PIN');
  else granted.delete('PIN');
  return { ...compared, session: { granted } };
}

/** CHANGE PIN: old PIN, FF, new PIN, in the clear between the terminal's keys and the card. */
export function changePin(card: Chip, { p1, p2, data }: Command): ChipOutcome {
  if (p1 !== 1 || p2 !== 0) return refused(sw.wrongParameters);
  const { pin } = card.memory;
  if (!pin.digits) return refused(sw.keyNotFound);
  if (pin.tries === 0) return refused(sw.blocked);
  const middle = data.indexOf(0xff);
  const [old, fresh] = [data.slice(0, Math.max(middle, 0)), data.slice(middle + 1)];
  if (!isPin(old) || !isPin(fresh)) return refused(sw.wrongData);
  const compared = compare(card.memory, pin, old);
  if (compared.status !== sw.ok) return compared;
  return { status: sw.ok, memory: withPin(card.memory, { ...pin, digits: fresh, tries: pin.limit }) };
}

/** PIN UNBLOCK (P2 00) and PIN REPLACE (01), after the unblock key was authenticated, with MAC under STK. */
export function unblockPin(card: Chip, command: Command): ChipOutcome {
  if (command.p1 !== 0 || command.p2 > 1) return refused(sw.wrongParameters);
  if (!card.session.granted.has('PUK')) return refused(sw.security);
  const data = checkedData(card, command);
  if (typeof data === 'number') return refused(data);
  const { pin } = card.memory;
  const granted = new Set(card.session.granted);
  granted.delete('PUK');
  if (command.p2 === 0) {
    if (data.length > 0) return refused(sw.wrongLength);
    return { status: sw.ok, memory: withPin(card.memory, { ...pin, tries: pin.limit }), session: { granted } };
  }
  const key = challengeKey(card, 'STK');
  const digits = key && decryptData(card.memory.family, key, data.slice());
  if (!digits || !isPin(digits)) return refused(sw.wrongData);
  return { status: sw.ok, memory: withPin(card.memory, { ...pin, digits, tries: pin.limit }), session: { granted } };
}

/** A wrong PIN costs one try, the right one gives all of them back. */
function compare(memory: ChipMemory, pin: Pin, digits: Uint8Array): ChipOutcome {
  const right = equal(pin.digits as Uint8Array, digits);
  const tries = right ? pin.limit : pin.tries - 1;
  const after = tries === pin.tries ? memory : withPin(memory, { ...pin, tries });
  return { status: right ? sw.ok : tries === 0 ? sw.blocked : triesLeft(tries), memory: after };
}

const withPin = (memory: ChipMemory, pin: Pin): ChipMemory => ({ ...memory, pin });
