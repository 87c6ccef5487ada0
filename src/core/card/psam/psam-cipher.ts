import { concat, equal, uint } from '../../../kernel/bytes.ts';
import {
  type CipherFamily,
  cardMac,
  cbcLastBlock,
  diversify,
  encrypt,
  familyOfAlgorithm,
  familyRules,
  sessionKey,
} from '../../keys/index.ts';
import { macInput, purchaseSessionInput, transactionType } from '../account.rules.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import type { Delivered, PsamKey, Sam, SamOutcome } from './memory.ts';
import { type PsamKeyName, psamKeys } from './psam-keys.ts';

const lastSequence = 0xffff_ffff;

/** INITIALIZE ENVIRONMENT: which cards come next; one PSAM serves both families, so nothing has to be remembered. */
export const initializeEnvironment = (_: Sam, { p1, p2 }: Command): SamOutcome => ({
  status: p1 === 0 && p2 === 0 ? sw.ok : sw.wrongParameters,
});

/** The key under usage and identifier, already brought down to the card by the factors it takes; a status word if not. */
function cardKey(sam: Sam, family: CipherFamily, named: (name: PsamKeyName) => boolean, factors: Uint8Array) {
  const stored: PsamKey | undefined = sam.memory.keys.find((key) => key.family === family && named(key.name));
  if (!stored) return sw.keyNotFound;
  // Our keys are city keys: the PSAM does one diversification, by the card's factor. Other counts get 6A80 (LD9 §8).
  return factors.length === 8 ? diversify(family, stored.value, factors) : sw.wrongData;
}

/**
 * DELIVERY SESSION KEY: P1 usage, P2 identifier, factors card ‖ city ‖ province as many as the usage says, then the
 * session factor, of 8 bytes for DES and 16 for SM4: its length tells the family.
 */
export function deliverSessionKey(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  if (!sam.session.application) return { status: sw.conditions };
  const factors = 8 * (p1 >> 5);
  const family = data.length - factors === 8 ? 'des' : data.length - factors === 16 ? 'sm4' : null;
  if (!family) return { status: sw.wrongData };
  const key = cardKey(
    sam,
    family,
    (name) => psamKeys[name].usage === p1 && psamKeys[name].id === p2 && name !== 'DPK',
    data.slice(0, factors),
  );
  if (typeof key === 'number') return { status: key };
  return {
    status: sw.ok,
    session: { delivered: { family, key: sessionKey(family, key, data.slice(factors)), chain: null } },
  };
}

/**
 * CIPHER DATA under the delivered session key: P1 00 encrypt last or only, 02 encrypt and more follows; MAC: 05 the only
 * part, 07 first, 03 next, 01 last; the first block of 05 and 07 is the IV. A MAC is 4 bytes.
 */
export function cipherData(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  const { delivered } = sam.session;
  if (p2 !== 0) return { status: sw.wrongParameters };
  if (!delivered) return { status: sw.conditions };
  const { family, key, chain } = delivered;
  const { block, shorten } = familyRules(family);
  if (data.length % block !== 0) return { status: sw.wrongLength };
  const after = (next: Delivered | null) => ({ delivered: next });
  if (p1 === 0x00 || p1 === 0x02)
    return { status: sw.ok, data: encrypt(family, key, data), session: after(p1 === 0x02 ? delivered : null) };
  const begins = p1 === 0x05 || p1 === 0x07;
  if (!begins && p1 !== 0x03 && p1 !== 0x01) return { status: sw.wrongParameters };
  if (begins && data.length < 2 * block) return { status: sw.wrongLength };
  const iv = begins ? data.slice(0, block) : chain;
  if (!iv) return { status: sw.invalidState };
  const last = cbcLastBlock(family, key, begins ? data.slice(block) : data, iv.slice());
  const ends = p1 === 0x05 || p1 === 0x01;
  if (!ends) return { status: sw.ok, session: after({ ...delivered, chain: last }) };
  return { status: sw.ok, data: shorten(last), session: after(null) };
}

/** INIT_SAM_FOR_PURCHASE: what the card answered to INITIALIZE and the amounts → terminal sequence 4, MAC1 4. */
export function initializeSam(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  if (p1 !== 0x01 || p2 !== 0x00) return { status: sw.wrongParameters };
  if (!sam.session.application) return { status: sw.conditions };
  const [random, sequence, amounts] = [data.slice(0, 4), data.slice(4, 6), data.slice(6, 18)];
  const [type, time, version, algorithm] = [data[18], data.slice(19, 26), data[26], data[27] as number];
  const family = familyOfAlgorithm(algorithm);
  if (type !== transactionType.purchase || !family) return { status: sw.wrongData };
  const key = cardKey(sam, family, (name) => name === 'DPK' && psamKeys.DPK.id === version, data.slice(28));
  if (typeof key === 'number') return { status: key };
  if (sam.memory.terminalSequence >= lastSequence) return { status: sw.counterAtEnd };
  const next = sam.memory.terminalSequence + 1;
  const terminalSequence = uint(next, 4);
  const counter = ((sequence[0] as number) << 8) | (sequence[1] as number);
  const session = sessionKey(family, key, purchaseSessionInput(random, counter, terminalSequence));
  const mac = cardMac(family, session, macInput.purchaseBySam({ amounts, terminal: sam.memory.terminalNumber, time }));
  return {
    status: sw.ok,
    data: concat(terminalSequence, mac),
    memory: { ...sam.memory, terminalSequence: next },
    session: { pending: { family, session, amounts } },
  };
}

/** CREDIT_SAM_FOR_PURCHASE: the card's MAC2 proves that the card was debited. */
export function creditSam(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  const { pending } = sam.session;
  if (p1 !== 0 || p2 !== 0) return { status: sw.wrongParameters };
  if (!pending) return { status: sw.invalidState };
  const expected = cardMac(pending.family, pending.session, macInput.purchaseByCard({ amounts: pending.amounts }));
  return { status: equal(expected, data) ? sw.ok : sw.transactionMacWrong };
}
