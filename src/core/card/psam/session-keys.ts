import {
  type CipherFamily,
  cbcLastBlock,
  decrypt,
  diversify,
  encrypt,
  familyRules,
  sessionKey,
} from '../../keys/index.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { type Delivered, directoryOf, masterFile, type PsamKey, type Sam, type SamOutcome } from './memory.ts';
import { cipherOf, type KeyJob, keyTypes, levelOf, typeOf } from './psam-keys.ts';

/** INITIALIZE ENVIRONMENT: another card comes; what was delivered for the last one is forgotten. */
export const initializeEnvironment = (_: Sam, { p1, p2 }: Command): SamOutcome =>
  p1 === 0 && p2 === 0 ? { status: sw.ok, session: { delivered: null } } : { status: sw.wrongParameters };

/**
 * The key brought down to the card by its factors, card ‖ city ‖ province as many as the level says: the last one first.
 * A single-length key stays one (card.md 1.3).
 */
export function cardKey(key: PsamKey, family: CipherFamily, factors: Uint8Array): Uint8Array {
  let value = key.value;
  for (let at = factors.length - 8; at >= 0; at -= 8) {
    const factor = factors.slice(at, at + 8);
    value = value.length === 8 ? encrypt('des', value, factor) : diversify(family, value, factor);
  }
  return value;
}

/** The key a terminal names, seen through the current environment; a status word if there is none or it is at another level. */
export function findKey(
  sam: Sam,
  wanted: { readonly usage: number; readonly id: number; readonly algorithm?: number; readonly family?: CipherFamily },
): { readonly key: PsamKey; readonly family: CipherFamily } | number {
  if (sam.session.directory === masterFile) return sw.conditions;
  const named = (directoryOf(sam.memory, sam.session.directory)?.keys ?? []).flatMap((key) => {
    const family = cipherOf(key.algorithm)?.family;
    const seen = family && (sam.session.environment === null || sam.session.environment === family);
    return seen && typeOf(key.usage) === typeOf(wanted.usage) && key.id === wanted.id ? [{ key, family }] : [];
  });
  const found = named.find(
    ({ key, family }) =>
      (wanted.algorithm === undefined || key.algorithm === wanted.algorithm) &&
      (wanted.family === undefined || family === wanted.family),
  );
  return found ?? (named.length > 0 ? sw.wrongData : sw.keyNotFound);
}

const jobsOf = (usage: number): readonly KeyJob[] => keyTypes[typeOf(usage)]?.jobs ?? [];

/** `key.usage` decides how many factors; a command that names another level or brings another number gets 6A80 (LD9 §8). */
function deliver(sam: Sam, wanted: { usage: number; id: number; family?: CipherFamily }, factors: Uint8Array) {
  const found = findKey(sam, wanted);
  if (typeof found === 'number') return found;
  const { key, family } = found;
  if (jobsOf(key.usage).length === 0) return sw.keyNotFound;
  if (key.usage !== wanted.usage || factors.length !== 8 * levelOf(key.usage)) return sw.wrongData;
  return { family, key: cardKey(key, family, factors), jobs: jobsOf(key.usage) };
}

/**
 * DELIVERY SESSION KEY: P1 usage, P2 identifier, as many factors as the usage says, then the session factor, of 8 bytes
 * for DES and 16 for SM4: its length tells the cipher.
 */
export function deliverSessionKey(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  const factors = 8 * levelOf(p1);
  const rest = data.length - factors;
  const family = rest === 8 ? 'des' : rest === 16 ? 'sm4' : null;
  if (!family) return { status: sam.session.directory === masterFile ? sw.conditions : sw.wrongData };
  const found = deliver(sam, { usage: p1, id: p2, family }, data.slice(0, factors));
  if (typeof found === 'number') return { status: found };
  const delivered = { ...found, key: sessionKey(family, found.key, data.slice(factors)), chain: null };
  return { status: sw.ok, session: { delivered } };
}

/** DELIVERY KEY (INIT_FOR_DESCRYPT): the card's key itself becomes the key of CIPHER DATA. */
export function deliverKey(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  if (data.length % 8 !== 0) return { status: sw.wrongLength };
  const found = deliver(sam, { usage: p1, id: p2 }, data);
  return typeof found === 'number'
    ? { status: found }
    : { status: sw.ok, session: { delivered: { ...found, chain: null } } };
}

/** P1 of CIPHER DATA: what is done, and whether it begins and ends with this command (card.md 1.7; 80 and 82 are ours). */
const modes: Readonly<Record<number, { readonly job: KeyJob; readonly begins: boolean; readonly ends: boolean }>> = {
  0: { job: 'encrypt', begins: false, ends: true },
  2: { job: 'encrypt', begins: false, ends: false },
  128: { job: 'decrypt', begins: false, ends: true },
  130: { job: 'decrypt', begins: false, ends: false },
  5: { job: 'mac', begins: true, ends: true },
  7: { job: 'mac', begins: true, ends: false },
  3: { job: 'mac', begins: false, ends: false },
  1: { job: 'mac', begins: false, ends: true },
};

/**
 * CIPHER DATA under the delivered key: ECB, or a CBC MAC of 4 bytes whose first command brings the IV as its first block.
 * Whole blocks only, at most eight; what ends also forgets the key.
 */
export function cipherData(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  const { delivered } = sam.session;
  const mode = p2 === 0 ? modes[p1] : undefined;
  if (!mode) return { status: sw.wrongParameters };
  if (!delivered?.jobs.includes(mode.job)) return { status: sw.conditions };
  const { family, key, chain } = delivered;
  const { block } = familyRules(family);
  if (data.length % block !== 0 || data.length > 8 * block) return { status: sw.wrongLength };
  if (mode.job === 'mac') return continueMac(delivered, mode, data, block);
  if (chain) return { status: sw.invalidState };
  return {
    status: sw.ok,
    data: mode.job === 'encrypt' ? encrypt(family, key, data) : decrypt(family, key, data),
    session: { delivered: mode.ends ? null : delivered },
  };
}

function continueMac(of: Delivered, mode: { begins: boolean; ends: boolean }, data: Uint8Array, block: number) {
  if (mode.begins && data.length < 2 * block) return { status: sw.wrongLength };
  const iv = mode.begins ? data.slice(0, block) : of.chain;
  if (!iv) return { status: sw.invalidState };
  const { family, key } = of;
  // A 16-byte DES key, which DELIVERY KEY gives, works as in ISO 9797-1 algorithm 3.
  const double = family === 'des' && key.length === 16;
  const left = double ? key.slice(0, 8) : key;
  const last = cbcLastBlock(family, left, mode.begins ? data.slice(block) : data, iv.slice());
  if (!mode.ends) return { status: sw.ok, session: { delivered: { ...of, chain: last } } };
  const end = double ? encrypt('des', left, decrypt('des', key.slice(8), last)) : last;
  return { status: sw.ok, data: familyRules(family).shorten(end), session: { delivered: null } };
}
