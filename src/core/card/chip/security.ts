import { equal } from '../../../kernel/bytes.ts';
import { authenticationData, type CardKeyName } from '../../keys/index.ts';
import type { Command } from '../apdu.ts';
import { root } from '../file-map.ts';
import { sw, triesLeft } from '../status-words.ts';
import { checkedData } from './access.ts';
import { type Chip, type ChipOutcome, keyTries, type Life, refused, type StoredKey } from './memory.ts';

export function getChallenge(card: Chip, { p1, p2, le }: Command): ChipOutcome {
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (le !== 4 && le !== 8 && le !== 16) return refused(sw.wrongLength);
  const challenge = card.random(le);
  return { status: sw.ok, data: challenge, session: { challenge } };
}

/** GET RESPONSE: what the last command left behind, as a whole or in pieces. */
export function getResponse(card: Chip, { p1, p2, le }: Command): ChipOutcome {
  const waiting = card.session.response;
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (!waiting) return refused(sw.conditions);
  const length = le ?? 256;
  if (length >= waiting.length) return { status: sw.ok, data: waiting };
  const rest = waiting.slice(length);
  return { status: 0x6100 | rest.length, data: waiting.slice(0, length), session: { response: rest } };
}

/** INTERNAL AUTHENTICATE: session factor 8, original 8, and the key version if the reader names it. */
export function internalAuthenticate(card: Chip, { p1, p2, data }: Command): ChipOutcome {
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  const key = card.memory.keys.get('IRK');
  if (!key || wrongVersion(key, data)) return refused(sw.keyNotFound);
  const [factor, original] = [data.slice(0, 8), data.slice(8, 16)];
  return { status: sw.ok, data: authenticationData(card.memory.family, key.value, factor, original) };
}

/** EXTERNAL AUTHENTICATE: authentication data 8 over original 8 under the session key of our last challenge. */
export function externalAuthenticate(card: Chip, { p1, p2, data }: Command): ChipOutcome {
  if (p1 !== 0) return refused(sw.wrongParameters);
  const { memory, session } = card;
  const name = keyName(card, p2);
  const key = name && memory.keys.get(name);
  if (!key || wrongVersion(key, data)) return refused(sw.keyNotFound);
  if (key.tries === 0) return refused(sw.blocked);
  if (session.challenge?.length !== 8) return refused(sw.noChallenge);
  const expected = authenticationData(memory.family, key.value, session.challenge, data.slice(8, 16));
  const right = equal(expected, data.subarray(0, 8));
  const tries = right ? keyTries : key.tries - 1;
  const after = tries === key.tries ? memory : { ...memory, keys: new Map(memory.keys).set(name, { ...key, tries }) };
  if (right) return { status: sw.ok, memory: after, session: { granted: new Set(session.granted).add(name) } };
  return { status: tries === 0 ? sw.blocked : triesLeft(tries), memory: after };
}

const wrongVersion = (key: StoredKey, data: Uint8Array): boolean => data.length === 17 && data[16] !== key.version;

/** Identifiers from 80 on belong to the current directory, the others to the environment. */
function keyName(card: Chip, id: number): CardKeyName | null {
  const keys = id < 0x80 ? root.keys : card.session.directory.keys;
  const found = Object.entries(keys).find(([, known]) => known === id);
  return found ? (found[0] as CardKeyName) : null;
}

/** APPLICATION BLOCK, for a time (P2 00) or for ever (01): after the block key was authenticated, with MAC. */
export const blockApplication = (card: Chip, command: Command): ChipOutcome =>
  command.p1 === 0 && command.p2 <= 1
    ? changeLife(card, command, command.p2 === 0 ? 'blocked' : 'blocked-for-ever')
    : refused(sw.wrongParameters);

export function unblockApplication(card: Chip, command: Command): ChipOutcome {
  if (command.p1 !== 0 || command.p2 !== 0) return refused(sw.wrongParameters);
  if (card.memory.life !== 'blocked') return refused(sw.conditions);
  return changeLife(card, command, 'active');
}

export const blockCard = (card: Chip, command: Command): ChipOutcome =>
  command.p1 === 0 && command.p2 === 0 ? changeLife(card, command, 'card-blocked') : refused(sw.wrongParameters);

function changeLife(card: Chip, command: Command, life: Life): ChipOutcome {
  if (!card.session.granted.has('BK')) return refused(sw.security);
  const data = checkedData(card, command);
  if (typeof data === 'number') return refused(data);
  // A blocked application keeps no right that was shown to it, but may be unblocked in the same session.
  return { status: sw.ok, memory: { ...card.memory, life }, session: { granted: new Set(['BK']) } };
}
