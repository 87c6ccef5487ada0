import { concat, equal, uint } from '../../../kernel/bytes.ts';
import { cardMac, familyRules, sessionKey, transactionCode } from '../../keys/index.ts';
import {
  addToYear,
  dateOfTime,
  largestAmount,
  lastSequence,
  macInput,
  packed2,
  partsOf,
  purchaseSessionInput,
  transactionType,
} from '../account.rules.ts';
import type { Command } from '../apdu.ts';
import { sw } from '../status-words.ts';
import { accountKey, booked, type Open, opened, shownSums } from './account.ts';
import { type Account, type Card, type ChipOutcome, refused } from './memory.ts';

/** INITIALIZE FOR PURCHASE: key index 1, account 4, self-paid 4, pooled 4, terminal 6 → what the PSAM needs for MAC1. */
export function initializePurchase(card: Card, { p2, data }: Command): ChipOutcome {
  const open = opened(card);
  if (typeof open === 'number') return refused(open);
  if (p2 !== 1) return refused(sw.wrongParameters);
  const key = accountKey(open, 'purchase', data[0]);
  if (!key) return refused(sw.keyIndexUnknown);
  const amounts = data.slice(1, 13);
  const parts = partsOf(amounts);
  if (parts.account + parts.selfPaid + parts.pooled === 0) return refused(sw.wrongData);
  if (open.only && parts.selfPaid + parts.pooled > 0) return refused(sw.wrongData);
  const { balance, selfPaid, pooled, year, purchases } = shownSums(open);
  if (purchases >= lastSequence) return refused(sw.counterAtEnd);
  if (parts.account > balance) return refused(sw.insufficient);
  const random = card.random(4);
  const answer = [
    uint(balance, 4),
    uint(selfPaid, 4),
    uint(pooled, 4),
    packed2(year),
    uint(purchases, 2),
    Uint8Array.of(key.shape.version, familyRules(card.memory.family).algorithm),
    random,
  ];
  const pending = { kind: 'purchase', amounts, terminal: data.slice(13, 19), random, key } as const;
  return { status: sw.ok, data: concat(...answer), session: { pending } };
}

/** DEBIT FOR PURCHASE: terminal sequence 4, time 7, MAC1 → TAC, MAC2; everything changes together. */
export function debitPurchase(card: Card, { p1, p2, data }: Command): ChipOutcome {
  const open = opened(card);
  if (typeof open === 'number') return refused(open);
  const { pending } = card.session;
  if (pending?.kind !== 'purchase') return refused(sw.invalidState);
  if (p1 !== 1 || p2 !== 0) return refused(sw.wrongParameters);
  const [terminalSequence, time] = [data.slice(0, 4), data.slice(4, 11)];
  const date = dateOfTime(time);
  if (date === null) return refused(sw.wrongData);
  const { family } = card.memory;
  const { amounts, terminal, random, key } = pending;
  const tacKey = accountKey(open, 'tac');
  if (!tacKey) return refused(sw.keyNotFound);
  const sequence = open.account.purchases;
  const session = sessionKey(family, key.value, purchaseSessionInput(random, sequence, terminalSequence));
  const expected = cardMac(family, session, macInput.purchaseBySam({ amounts, terminal, time }));
  if (!equal(expected, data.subarray(11))) return refused(sw.transactionMacWrong);
  const after = settled(open, date, amounts);
  if (!after) return refused(sw.conditions);
  const mac = cardMac(family, session, macInput.purchaseByCard({ amounts }));
  const input = macInput.purchaseTac({ amounts, terminal, terminalSequence, time });
  const tac = transactionCode(family, tacKey.value, input);
  const account = { ...after, purchases: sequence + 1, purchase: { sequence, mac, tac } };
  const line = { sequence, type: transactionType.purchase, terminal, time, amounts };
  return { status: sw.ok, data: concat(tac, mac), memory: booked(card.memory, open, account, line) };
}

/** The account after a settlement; null when a yearly sum would no longer fit its four bytes. */
function settled({ account, only }: Open, date: number, amounts: Uint8Array): Account | null {
  const parts = partsOf(amounts);
  const balance = account.balance - parts.account;
  if (only) return { ...account, balance };
  const { year, selfPaid, pooled } = addToYear(account, date, parts);
  return selfPaid > largestAmount || pooled > largestAmount ? null : { ...account, year, selfPaid, pooled, balance };
}
