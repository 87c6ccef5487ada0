import { equal } from '../../../kernel/bytes.ts';
import type { Command } from '../apdu.ts';
import { sw, triesLeft } from '../status-words.ts';
import { type Debit, type DebitOutcome, refused } from './memory.ts';

/** The digits of a PIN block 2n dd… FF (EMV Book 3 §6.5.12), or of any first half byte; null when it is none. */
export function pinOf(block: Uint8Array, control: number): string | null {
  const text = block.toHex();
  const length = Number.parseInt(text.charAt(1), 16);
  const [digits, rest] = [text.slice(2, 2 + length), text.slice(2 + length)];
  const right = text.length === 16 && Number.parseInt(text.charAt(0), 16) === control && length >= 4 && length <= 12;
  return right && /^\d+$/.test(digits) && /^f*$/.test(rest) ? digits : null;
}

/** VERIFY with the PIN in the clear (P2 80). */
export function verify({ memory, session }: Debit, { p1, p2, data }: Command): DebitOutcome {
  if (p1 !== 0 || p2 !== 0x80) return refused(sw.wrongParameters);
  if (session.selected !== 'application') return refused(sw.conditions);
  const { pin } = memory;
  if (pin.tries === 0) return refused(sw.blocked);
  const digits = pinOf(data, 2);
  if (digits === null) return refused(sw.wrongData);
  const right = equal(Buffer.from(digits), Buffer.from(pin.digits));
  const tries = right ? pin.limit : pin.tries - 1;
  return {
    status: right ? sw.ok : triesLeft(tries),
    ...(tries === pin.tries ? {} : { memory: { ...memory, pin: { ...pin, tries } } }),
    session: { pin: right ? 'right' : 'wrong' },
  };
}
