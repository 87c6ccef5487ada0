import { concat, equal } from '../../../kernel/bytes.ts';
import { authenticationData, decrypt, encrypt, familyRules } from '../../keys/index.ts';
import type { Command } from '../apdu.ts';
import { sw, triesLeft } from '../status-words.ts';
import { keyHome, keyOf, opens } from './access.ts';
import { counting, lineMac } from './line-protection.ts';
import {
  type Card,
  type CardKey,
  type ChipOutcome,
  current,
  type Directory,
  environmentOf,
  refused,
  token,
} from './memory.ts';

export function getChallenge(card: Card, { p1, p2, le }: Command): ChipOutcome {
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (le !== 4 && le !== 8 && le !== 16) return refused(sw.wrongLength);
  const challenge = card.random(le);
  return { status: sw.ok, data: challenge, session: { challenge } };
}

/** GET RESPONSE: what the last command left behind, as a whole or in pieces. */
export function getResponse(card: Card, { p1, p2, le }: Command): ChipOutcome {
  const waiting = card.session.response;
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (!waiting) return refused(sw.conditions);
  const length = le ?? 256;
  if (length >= waiting.length) return { status: sw.ok, data: waiting };
  const rest = waiting.slice(length);
  return { status: 0x6100 | rest.length, data: waiting.slice(0, length), session: { response: rest } };
}

const zero = new Uint8Array(8);

/**
 * INTERNAL AUTHENTICATE. SSC: session factor 8, original 8, and the key version if the reader names it → 8 bytes. PBOC:
 * whole blocks, P1 00 encipher, 01 decipher, 02 MAC of 4 bytes, P2 the key.
 */
export function internalAuthenticate(card: Card, { p1, p2, data }: Command): ChipOutcome {
  const directory = current(card);
  const { family } = card.memory;
  if (directory.shape.manner === 'pboc') return transform(card, directory, p1, p2, data);
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (data.length !== 16 && data.length !== 17) return refused(sw.wrongLength);
  const keys = environmentOf(card.memory, directory).keys.filter(({ shape }) => shape.use === 'internal');
  const key = data.length === 17 ? keys.find(({ shape }) => shape.version === data[16]) : keys[0];
  if (!key) return refused(sw.keyNotFound);
  return { status: sw.ok, data: authenticationData(family, key.value, data.slice(0, 8), data.slice(8, 16)) };
}

const transforms = ['encrypt', 'decrypt', 'mac'] as const;

function transform(card: Card, directory: Directory, p1: number, id: number, data: Uint8Array): ChipOutcome {
  const use = transforms[p1];
  if (!use) return refused(sw.wrongParameters);
  const key = keyOf(directory, use, id) ?? keyOf(directory, 'cipher', id);
  if (!key) return refused(sw.keyNotFound);
  if (!opens(card, directory, key.shape.using)) return refused(sw.security);
  const { family } = card.memory;
  if (data.length === 0 || data.length % familyRules(family).block !== 0) return refused(sw.wrongLength);
  if (use === 'mac') return { status: sw.ok, data: lineMac(family, key.value, zero, data) };
  return { status: sw.ok, data: (use === 'encrypt' ? encrypt : decrypt)(family, key.value, data) };
}

/**
 * EXTERNAL AUTHENTICATE. SSC: authentication data 8 over original 8 under the session key of a challenge of 8, and the key
 * version if it is named. PBOC: the challenge, filled with zeros to a block, enciphered under the key (V4).
 */
export function externalAuthenticate(card: Card, command: Command): ChipOutcome {
  if (command.p1 !== 0) return refused(sw.wrongParameters);
  const { memory, session } = card;
  if (memory.life === 'blank') return authenticateIssuer(card, command);
  const home = keyHome(memory, current(card), command.p2);
  const key = keyOf(home, 'external', command.p2);
  const { data } = command;
  const ssc = home.shape.manner === 'ssc';
  const block = familyRules(memory.family).block;
  if (ssc ? data.length < 16 || data.length > 17 : data.length !== block) return refused(sw.wrongLength);
  if (!key || (data.length === 17 && data[16] !== key.shape.version)) return refused(sw.keyNotFound);
  if (key.tries === 0) return refused(sw.blocked);
  if (!opens(card, home, key.shape.using)) return refused(sw.security);
  const { challenge } = session;
  if (!challenge || (ssc && challenge.length !== 8)) return refused(sw.noChallenge);
  const right = ssc
    ? equal(authenticationData(memory.family, key.value, challenge, data.slice(8, 16)), data.subarray(0, 8))
    : equal(answerTo(memory.family, key.value, challenge), data);
  const after = counting(memory, { home, key }, right);
  if (right) return { status: sw.ok, memory: after, session: shownAfter(card, home, key) };
  return { status: key.tries === 1 ? sw.blocked : triesLeft(key.tries - 1), memory: after };
}

function shownAfter({ session }: Card, home: Directory, { shape }: CardKey): NonNullable<ChipOutcome['session']> {
  const shown = new Set(session.shown).add(token(home.shape.fid, 'key', shape.id));
  if (shape.nextState === null) return { shown };
  return { shown, states: new Map(session.states).set(home.shape.fid, shape.nextState) };
}

/** A blank card knows one key, number 00: whoever shows it may build the card until power goes. */
function authenticateIssuer(card: Card, { p2, data }: Command): ChipOutcome {
  const { memory, session } = card;
  const { transport } = memory;
  if (p2 !== 0 || !transport) return refused(sw.keyNotFound);
  if (data.length !== familyRules(memory.family).block) return refused(sw.wrongLength);
  if (transport.tries === 0) return refused(sw.blocked);
  if (!session.challenge) return refused(sw.noChallenge);
  const right = equal(answerTo(memory.family, transport.value, session.challenge), data);
  const tries = right ? transportTries : transport.tries - 1;
  const after = { ...memory, transport: { ...transport, tries } };
  if (!right) return { status: tries === 0 ? sw.blocked : triesLeft(tries), memory: after };
  return { status: sw.ok, memory: tries === transport.tries ? memory : after, session: { issuer: true } };
}

export const transportTries = 15;

/** What a host sends to a PBOC directory or a blank card: the challenge filled with zeros, enciphered. */
export const answerTo = (family: Card['memory']['family'], key: Uint8Array, challenge: Uint8Array): Uint8Array => {
  const block = familyRules(family).block;
  return encrypt(family, key, concat(challenge, new Uint8Array(block)).slice(0, block));
};
