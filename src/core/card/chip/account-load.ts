import { concat, equal, readUint, uint } from '../../../kernel/bytes.ts';
import { cardMac, familyRules, sessionKey, transactionCode } from '../../keys/index.ts';
import {
  dateOfTime,
  largestAmount,
  lastSequence,
  loadSessionInput,
  macInput,
  transactionType,
} from '../account.rules.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { accountKey, booked, opened } from './account.ts';
import { type Card, type ChipOutcome, refused } from './memory.ts';

/** INITIALIZE FOR LOAD: key index 1, amount 4, terminal 6 → balance, sequence, key version, algorithm, random, MAC1. */
export function initializeLoad(card: Card, { p2, data }: Command): ChipOutcome {
  const open = opened(card);
  if (typeof open === 'number') return refused(open);
  if (p2 !== 1) return refused(sw.wrongParameters);
  const key = accountKey(open, 'load', data[0]);
  if (!key) return refused(sw.keyIndexUnknown);
  const { family } = card.memory;
  const { balance, loads } = open.account;
  const [amount, terminal] = [readUint(data, 1, 4), data.slice(5, 11)];
  if (amount === 0) return refused(sw.wrongData);
  if (loads >= lastSequence) return refused(sw.counterAtEnd);
  if (balance + amount > largestAmount) return refused(sw.conditions);
  const random = card.random(4);
  const session = sessionKey(family, key.value, loadSessionInput(random, loads));
  const mac = cardMac(family, session, macInput.loadByCard({ balance, amount, terminal }));
  const answer = [
    uint(balance, 4),
    uint(loads, 2),
    Uint8Array.of(key.shape.version, familyRules(family).algorithm),
    random,
    mac,
  ];
  return {
    status: sw.ok,
    data: concat(...answer),
    session: { pending: { kind: 'load', amount, terminal, random, key, mac } },
  };
}

/** CREDIT FOR LOAD: time 7, MAC2 → TAC; balance, counter, log and proof change together. */
export function creditLoad(card: Card, { p1, p2, data }: Command): ChipOutcome {
  const open = opened(card);
  if (typeof open === 'number') return refused(open);
  const { pending } = card.session;
  if (pending?.kind !== 'load') return refused(sw.invalidState);
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  const time = data.slice(0, 7);
  if (dateOfTime(time) === null) return refused(sw.wrongData);
  const { family } = card.memory;
  const { amount, terminal, random, key, mac } = pending;
  const tacKey = accountKey(open, 'tac');
  if (!tacKey) return refused(sw.keyNotFound);
  const sequence = open.account.loads;
  const session = sessionKey(family, key.value, loadSessionInput(random, sequence));
  const expected = cardMac(family, session, macInput.loadByCentre({ amount, terminal, time }));
  if (!equal(expected, data.subarray(7))) return refused(sw.transactionMacWrong);
  const balance = open.account.balance + amount;
  const input = macInput.loadTac({ balanceAfter: balance, sequence, amount, terminal, time });
  const tac = transactionCode(family, tacKey.value, input);
  const account = { ...open.account, balance, loads: sequence + 1, load: { sequence, mac, tac } };
  const amounts = concat(uint(amount, 4), new Uint8Array(8));
  const line = { sequence, type: transactionType.load, terminal, time, amounts };
  return { status: sw.ok, data: tac, memory: booked(card.memory, open, account, line) };
}
