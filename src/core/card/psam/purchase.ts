import { concat, equal, readUint, uint } from '../../../kernel/bytes.ts';
import { type CipherFamily, cardMac, sessionKey } from '../../keys/index.ts';
import { macInput, purchaseSessionInput, transactionType } from '../account.rules.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import {
  directoryOf,
  fileIn,
  masterFile,
  type PsamDirectory,
  type PsamKey,
  type Sam,
  type SamOutcome,
  withContent,
  withTries,
} from './memory.ts';
import { keyType, levelOf } from './psam-keys.ts';
import { terminalNumberFile, terminalSequenceFile } from './psam-layout.ts';
import { cardKey, findKey } from './session-keys.ts';

const lastSequence = 0xffff_ffff;

/** Transaction types of the PBOC purse that a terminal carries out offline (card.md 1.1). */
export const purseTransactionType = { cashWithdrawal: 0x04, deposit: 0x05, purse: 0x06, composite: 0x09 } as const;
const purseTypes: readonly number[] = Object.values(purseTransactionType);

/** INIT_SAM_FOR_PURCHASE for the medical account: random 4, sequence 2, amounts 12, type, time 7, version, algorithm. */
export const initializeSam = (sam: Sam, { p2, data }: Command): SamOutcome => {
  if (p2 !== 0) return { status: sw.wrongParameters };
  const [amounts, type] = [data.slice(6, 18), data[18]];
  if (type !== transactionType.purchase) return { status: sw.wrongData };
  return begin(sam, data, 18, {
    mac1: (terminal, time) => macInput.purchaseBySam({ amounts, terminal, time }),
    mac2: macInput.purchaseByCard({ amounts }),
  });
};

/** INIT_SAM_FOR_PURCHASE for purse and deposit: random 4, sequence 2, amount 4, type, time 7, version, algorithm. */
export const initializePurseSam = (sam: Sam, { p2, data }: Command): SamOutcome => {
  if (p2 !== 0) return { status: sw.wrongParameters };
  const [amount, type] = [data.slice(6, 10), data[10] as number];
  if (!purseTypes.includes(type)) return { status: sw.wrongData };
  return begin(sam, data, 10, {
    mac1: (terminal, time) => concat(amount, Uint8Array.of(type), terminal, time),
    mac2: amount,
  });
};

type MacInputs = {
  readonly mac1: (terminal: Uint8Array, time: Uint8Array) => Uint8Array;
  readonly mac2: Uint8Array;
};

/** The purchase is counted and MAC1 given: terminal sequence 4, MAC1 4. `at` is the place of the transaction type. */
function begin(sam: Sam, data: Uint8Array, at: number, inputs: MacInputs): SamOutcome {
  const time = data.slice(at + 1, at + 8);
  const [id, algorithm] = [data[at + 8] as number, data[at + 9] as number];
  const factors = data.slice(at + 10);
  if (factors.length % 8 !== 0) return { status: sw.wrongLength };
  const found = purchaseKey(sam, id, algorithm, factors);
  if (typeof found === 'number') return { status: found };
  const directory = directoryOf(sam.memory, sam.session.directory) as PsamDirectory;
  const counter = fileIn(directory, terminalSequenceFile);
  const terminal = fileIn(directoryOf(sam.memory, masterFile), terminalNumberFile)?.content;
  if (counter?.content.length !== 4 || terminal?.length !== 6) return { status: sw.conditions };
  const sequence = readUint(counter.content);
  if (sequence >= lastSequence) return { status: sw.counterAtEnd };
  const terminalSequence = uint(sequence + 1, 4);
  const { key, family, value } = found;
  const input = purchaseSessionInput(data.slice(0, 4), readUint(data, 4, 2), terminalSequence);
  const session = sessionKey(family, value, input);
  return {
    status: sw.ok,
    data: concat(terminalSequence, cardMac(family, session, inputs.mac1(terminal, time))),
    memory: withContent(sam.memory, directory, counter, terminalSequence),
    session: { pending: { family, session, input: inputs.mac2, key } },
  };
}

type PurchaseKey = { readonly key: PsamKey; readonly family: CipherFamily; readonly value: Uint8Array };

/** The purchase key of the version the card named, brought down to the card; a status word if not. */
function purchaseKey(sam: Sam, id: number, algorithm: number, factors: Uint8Array): PurchaseKey | number {
  const found = findKey(sam, { usage: keyType.purchase, id, algorithm });
  if (typeof found === 'number') return found;
  const { key, family } = found;
  if (key.tries === 0) return sw.blocked;
  if (factors.length !== 8 * levelOf(key.usage)) return sw.wrongData;
  return { key, family, value: cardKey(key, family, factors) };
}

/**
 * CREDIT_SAM_FOR_PURCHASE: the card's MAC2 proves that the card was debited. A purchase key bears fifteen wrong ones in a
 * row and then begins no purchase any more.
 */
export function creditSam(sam: Sam, { p1, p2, data }: Command): SamOutcome {
  const { pending } = sam.session;
  if (p1 !== 0 || p2 !== 0) return { status: sw.wrongParameters };
  if (!pending) return { status: sw.invalidState };
  const { family, session, input, key } = pending;
  const right = equal(cardMac(family, session, input), data);
  return {
    status: right ? sw.ok : sw.transactionMacWrong,
    memory: withTries(sam.memory, key, right ? key.limit : key.tries - 1),
  };
}
