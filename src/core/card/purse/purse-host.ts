import { equal } from '../../../kernel/bytes.ts';
import { type CipherFamily, cardMac, sessionKey, transactionCode } from '../../keys/index.ts';
import type { PurseKeyUse, PurseName } from './port.ts';
import {
  offlineSessionInput,
  onlineSessionInput,
  type PurseTransaction,
  purseMacInput,
  transactionRules,
  valueBytes,
} from './purse.rules.ts';

/** What a security module does with the keys of one card; inputs as the rules make them, MACs 4 bytes. */
export type PurseSecurity = {
  /** MAC under the session key that `input` gives with the key of this use and index. */
  sessionMac(key: { use: PurseKeyUse; index: number }, input: Uint8Array, data: Uint8Array): Uint8Array;
  tac(data: Uint8Array): Uint8Array;
};

/** The security module of whoever has the card's own keys in the clear: a test, a trial, a card bureau. */
export const clearSecurity = (
  family: CipherFamily,
  key: (use: PurseKeyUse, index: number) => Uint8Array,
): PurseSecurity => ({
  sessionMac: ({ use, index }, input, data) => cardMac(family, sessionKey(family, key(use, index), input), data),
  tac: (data) => transactionCode(family, key('tac', 0), data),
});

type Common = {
  readonly purse: PurseName;
  readonly keyIndex: number;
  /** Fen. */
  readonly amount: number;
  /** 6 bytes. */
  readonly terminal: Uint8Array;
  /** 7 bytes yyyymmddhhmmss. */
  readonly time: Uint8Array;
  /** What INITIALIZE answered, with the sequence before it is counted on. */
  readonly random: Uint8Array;
  readonly sequence: number;
};

/** A transaction with the host: a load, an unload, or a new overdraft limit (`amount`) in place of `overdraft`. */
export type OnlineTransaction = Common & {
  readonly transaction: 'load' | 'unload' | 'overdraft';
  readonly balance: number;
  /** The limit of now; 0 on an EP. */
  readonly overdraft: number;
};

/** A transaction with a terminal's PSAM. */
export type OfflineTransaction = Common & {
  readonly transaction: 'purchase' | 'withdrawal' | 'composite';
  /** 4 bytes. */
  readonly terminalSequence: Uint8Array;
};

const typeOf = ({ transaction, purse }: { transaction: PurseTransaction; purse: PurseName }): number =>
  transactionRules[transaction].types[purse] ?? 0;

const onlineMac = (security: PurseSecurity, of: OnlineTransaction, data: Uint8Array): Uint8Array =>
  security.sessionMac(
    { use: transactionRules[of.transaction].key, index: of.keyIndex },
    onlineSessionInput(of.random, of.sequence),
    data,
  );

/** MAC2 for a card that has proved itself by its MAC1; null when MAC1 is wrong. */
export function hostMac2(security: PurseSecurity, of: OnlineTransaction, mac1: Uint8Array): Uint8Array | null {
  const type = typeOf(of);
  const { balance, terminal, time } = of;
  const shown = valueBytes(of.transaction, of.transaction === 'overdraft' ? of.overdraft : of.amount);
  const expected = onlineMac(security, of, purseMacInput.onlineByCard({ balance, value: shown, type, terminal }));
  if (!equal(expected, mac1)) return null;
  const value = valueBytes(of.transaction, of.amount);
  return onlineMac(security, of, purseMacInput.onlineByHost({ value, type, terminal, time }));
}

/** The balance after a transaction with the host. */
export const balanceAfter = ({ transaction, balance, overdraft, amount }: OnlineTransaction): number => {
  const moved = { load: amount, unload: -amount, overdraft: amount - overdraft };
  return balance + moved[transaction];
};

/** Whether the card has done it: checks the TAC of a load or overdraft limit, the MAC3 of an unload. */
export function hostAccepts(security: PurseSecurity, of: OnlineTransaction, code: Uint8Array): boolean {
  const value = valueBytes(of.transaction, of.amount);
  const input = purseMacInput.onlineDone({ ...of, value, type: typeOf(of), balanceAfter: balanceAfter(of) });
  return equal(of.transaction === 'unload' ? onlineMac(security, of, input) : security.tac(input), code);
}

const offlineMac = (security: PurseSecurity, of: OfflineTransaction, data: Uint8Array): Uint8Array =>
  security.sessionMac(
    { use: transactionRules[of.transaction].key, index: of.keyIndex },
    offlineSessionInput(of.random, of.sequence, of.terminalSequence),
    data,
  );

const offlineValue = (of: OfflineTransaction) => ({
  ...of,
  value: valueBytes(of.transaction, of.amount),
  type: typeOf(of),
});

/** MAC1 of a purchase, where the host stands in for the PSAM. */
export const hostMac1 = (security: PurseSecurity, of: OfflineTransaction): Uint8Array =>
  offlineMac(security, of, purseMacInput.offlineBySam(offlineValue(of)));

/** Whether the card was debited: checks MAC2, which a PSAM can check as well, and the TAC, which only the host can. */
export const hostAcceptsPurchase = (
  security: PurseSecurity,
  of: OfflineTransaction,
  codes: { readonly mac2: Uint8Array; readonly tac: Uint8Array },
): boolean =>
  equal(offlineMac(security, of, purseMacInput.offlineByCard(offlineValue(of))), codes.mac2) &&
  equal(security.tac(purseMacInput.offlineDone(offlineValue(of))), codes.tac);
