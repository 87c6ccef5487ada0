import { concat, equal } from '../../../kernel/bytes.ts';
import {
  type CipherFamily,
  cardMac,
  cbcLastBlock,
  decrypt,
  decryptData,
  encrypt,
  familyRules,
  padWith80,
  sessionKey,
} from '../../keys/index.ts';
import { type Command, macHeader } from '../apdu.ts';
import { sw } from '../status-words.ts';
import type { Protection } from '../structure.ts';
import { withKey } from './access.ts';
import {
  type Card,
  type CardKey,
  type CardMemory,
  type ChipOutcome,
  type Directory,
  environmentOf,
  refused,
  withDirectory,
} from './memory.ts';

/** Data of a command that may be trusted, and the memory with a key's tries given back. */
type Trusted = { readonly data: Uint8Array; readonly memory: CardMemory };

/**
 * MAC of a protected command in the PBOC manner: IV is the challenge, filled with zeros; ISO 9797-1 algorithm 3 over DES,
 * CBC over SM4 (card.md 1.3).
 */
export function lineMac(family: CipherFamily, key: Uint8Array, challenge: Uint8Array, input: Uint8Array): Uint8Array {
  const { block, shorten } = familyRules(family);
  const iv = new Uint8Array(block);
  iv.set(challenge.subarray(0, block));
  const padded = padWith80(input, block);
  if (family === 'sm4') return shorten(cbcLastBlock('sm4', key, padded, iv));
  const [left, right] = [key.subarray(0, 8), key.subarray(8)];
  return shorten(encrypt('des', left, decrypt('des', right, cbcLastBlock('des', left, padded, iv))));
}

/** A key and the directory it lies in. */
export type HeldKey = { readonly home: Directory; readonly key: CardKey };

/** The maintenance key of a directory: its own, or in the SSC manner that of its environment. */
function maintenanceKey(memory: CardMemory, directory: Directory): HeldKey | null {
  const homes = directory.shape.manner === 'ssc' ? [directory, environmentOf(memory, directory)] : [directory];
  for (const home of homes) {
    const key = home.keys.find(({ shape }) => shape.use === 'maintenance');
    if (key) return { home, key };
  }
  return null;
}

/**
 * What a command carries once its protection was checked and taken off, or the refusal. `least` is what the file asks; the
 * issuer of a blank card may send plain, and anybody may send a MAC where none is asked.
 */
export function trustedData(
  card: Card,
  directory: Directory,
  command: Command,
  least: Protection,
): Trusted | ChipOutcome {
  const { memory } = card;
  const sent = (command.cla & 0x0f) === 0x04;
  if (!sent && (least === 'none' || memory.life === 'blank')) return { data: command.data, memory };
  if (!sent || command.data.length < 4) return refused(sw.macMissing);
  const cipher = least === 'cipher';
  if (memory.life === 'blank') return underKey(card, memory.transport?.value ?? null, command, cipher, () => memory);
  const held = maintenanceKey(memory, directory);
  return directory.shape.manner === 'ssc'
    ? underSession(card, held?.key.value ?? null, command, cipher)
    : trustedUnder(card, held, command, cipher);
}

/** LD4 (card.md 3.7): session key from the challenge, IV zero. */
function underSession(card: Card, key: Uint8Array | null, command: Command, cipher: boolean): Trusted | ChipOutcome {
  const { family } = card.memory;
  const { challenge } = card.session;
  if (!challenge) return refused(sw.noChallenge);
  if (!key) return refused(sw.keyNotFound);
  const session = sessionKey(family, key, challenge);
  const body = command.data.subarray(0, -4);
  const mac = cardMac(family, session, concat(macHeader(command, command.data.length), body));
  if (!equal(mac, command.data.subarray(-4))) return refused(sw.macWrong);
  return opened(card.memory, cipher ? decryptData(family, session, body) : body);
}

/** PBOC and FMCOS under a counted key: a wrong MAC costs it one try, a right one gives all of them back. */
export function trustedUnder(
  card: Card,
  held: HeldKey | null,
  command: Command,
  cipher: boolean,
): Trusted | ChipOutcome {
  if (held?.key.tries === 0) return refused(sw.blocked);
  const count = (right: boolean) => (held ? counting(card.memory, held, right) : card.memory);
  return underKey(card, held?.key.value ?? null, command, cipher, count);
}

function underKey(
  { memory, session: { challenge } }: Card,
  key: Uint8Array | null,
  command: Command,
  cipher: boolean,
  count: (right: boolean) => CardMemory,
): Trusted | ChipOutcome {
  if (command.data.length < 4) return refused(sw.macMissing);
  if (!challenge) return refused(sw.noChallenge);
  if (!key) return refused(sw.keyNotFound);
  const body = command.data.subarray(0, -4);
  const mac = lineMac(memory.family, key, challenge, concat(macHeader(command, command.data.length), body));
  if (!equal(mac, command.data.subarray(-4))) return { status: sw.macWrong, memory: count(false) };
  return opened(count(true), cipher ? decryptData(memory.family, key, body) : body);
}

const opened = (memory: CardMemory, data: Uint8Array | null): Trusted | ChipOutcome =>
  data ? { data, memory } : refused(sw.wrongData);

export const isRefusal = (it: Trusted | ChipOutcome): it is ChipOutcome => 'status' in it;

/** The memory after a key was used: a wrong use costs one try, a right one gives all of them back. */
export function counting(memory: CardMemory, { home, key }: HeldKey, right: boolean): CardMemory {
  const tries = right ? key.shape.limit : Math.max(0, key.tries - 1);
  return tries === key.tries ? memory : withDirectory(memory, withKey(home, { ...key, tries }));
}
