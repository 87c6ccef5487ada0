import { concat, readUint, uint } from '../../../kernel/bytes.ts';
import { cardMac, familyRules, sessionKey } from '../../keys/index.ts';
import { sw } from '../status-words.ts';
import type { Purse, PurseHandler } from './port.ts';
import {
  asksHolder,
  onlineSessionInput,
  type PurseTransaction,
  purseAfter,
  purseMacInput,
  purseOf,
  transactionRules,
  valueBytes,
} from './purse.rules.ts';

/**
 * INITIALIZE FOR …: key index 1, amount 4 (none for an overdraft limit), terminal 6 → balance 4, sequence 2, limit 3 (not
 * for load and unload), key version, algorithm, random 4, and MAC1 4 where the host answers. Comes in any state and begins
 * anew.
 */
export const initialize =
  (command: PurseTransaction): PurseHandler =>
  (card, { p2, data }) => {
    const rule = transactionRules[command];
    const name = purseOf(p2);
    const type = name && rule.types[name];
    if (!name || !type) return { status: sw.wrongParameters };
    const purse = card.application.purses[name];
    if (!purse) return { status: sw.fileNotFound };
    const keyIndex = data[0] as number;
    const key = card.key(rule.key, keyIndex);
    if (!key) return { status: sw.keyIndexUnknown };
    if (asksHolder(command, name) && !card.holderShown) return { status: sw.security };
    // The new limit is not known yet: the one of now stands for it, so that only the counter can refuse.
    const amount = command === 'overdraft' ? purse.overdraft : readUint(data, 1, 4);
    const after = purseAfter(command, purse, amount);
    if (typeof after === 'number') return { status: after };
    const random = card.random(4);
    const terminal = data.slice(-6);
    const { balance, overdraft } = purse;
    const sequence = purse[rule.counter];
    const answer = [uint(balance, 4), uint(sequence, 2), ...limit(command, overdraft)];
    answer.push(Uint8Array.of(key.version, familyRules(card.family).algorithm), random);
    if (rule.counter === 'online') {
      const session = sessionKey(card.family, key.value, onlineSessionInput(random, sequence));
      const input = purseMacInput.onlineByCard({ balance, value: valueBytes(command, amount), type, terminal });
      answer.push(cardMac(card.family, session, input));
    }
    const pending = { command, purse: name, keyIndex, amount, terminal, random, records: [] };
    return { status: sw.ok, data: concat(...answer), pending };
  };

const limit = (command: PurseTransaction, overdraft: Purse['overdraft']): Uint8Array[] =>
  command === 'load' || command === 'unload' ? [] : [uint(overdraft, 3)];
