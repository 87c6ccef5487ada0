import { concat, equal } from '../../../kernel/bytes.ts';
import { cardMac, sessionKey } from '../../keys/index.ts';
import { type Command, macHeader } from '../apdu.ts';
import type { Access } from '../profile.ts';
import { sw } from '../status-words.ts';
import type { Chip } from './memory.ts';

/** Whether what was shown to the card opens a file. */
export const opens = (access: Access, granted: ReadonlySet<string>): boolean =>
  access.rule === 'any' ? access.of.some((it) => granted.has(it)) : access.of.every((it) => granted.has(it));

/** The session key of a card key under the current challenge; null without one. */
export function challengeKey(card: Chip, name: 'STK'): Uint8Array | null {
  const key = card.memory.keys.get(name);
  return key && card.session.challenge ? sessionKey(card.memory.family, key.value, card.session.challenge) : null;
}

/** The data of a command without its MAC, or the status word why it is not to be trusted (card.md 3.7). */
export function checkedData(card: Chip, command: Command): Uint8Array | number {
  if ((command.cla & 0x0f) !== 0x04 || command.data.length < 4) return sw.macMissing;
  const key = challengeKey(card, 'STK');
  if (!key) return card.session.challenge ? sw.keyNotFound : sw.noChallenge;
  const data = command.data.subarray(0, -4);
  const mac = cardMac(card.memory.family, key, concat(macHeader(command, command.data.length), data));
  return equal(mac, command.data.subarray(-4)) ? data : sw.macWrong;
}
