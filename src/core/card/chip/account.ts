import { concat, equal, readUint, uint } from '../../../kernel/bytes.ts';
import { type CardKeyName, cardMac, familyRules, sessionKey, transactionCode } from '../../keys/index.ts';
import {
  addToYear,
  dateOfTime,
  daysOf,
  largestAmount,
  lastSequence,
  loadSessionInput,
  logRecord,
  macInput,
  packed2,
  partsOf,
  purchaseSessionInput,
  transactionType,
} from '../account.rules.ts';
import type { Command } from '../apdu.ts';
import { accountLogKey, fileAt, medical } from '../file-map.ts';
import { sw } from '../status-words.ts';
import { type Account, type Chip, type ChipMemory, type ChipOutcome, recordsOf, refused, withFile } from './memory.ts';

/** What stands before every command of the account: its directory is selected and the holder has shown the PIN. */
function barred(card: Chip): number | null {
  if (card.session.directory !== medical) return sw.conditions;
  return card.session.granted.has('PIN') || !card.memory.pin.digits ? null : sw.security;
}

const key = (memory: ChipMemory, name: CardKeyName) => memory.keys.get(name);

/** The key an INITIALIZE names by its index: we hold one version, index 1. */
const indexed = (card: Chip, name: 'DLK' | 'DPK', index: number | undefined) =>
  index === 1 ? key(card.memory, name) : undefined;

/** GET BALANCE: 01 account, 02 paid by the person this year, 03 by the pooled fund, the latter two with the year. */
export function getBalance(card: Chip, { p1, p2 }: Command): ChipOutcome {
  const no = barred(card);
  if (no !== null) return refused(no);
  const { balance, selfPaid, pooled, year } = card.memory.account;
  const forms = [
    null,
    () => uint(balance, 4),
    () => concat(uint(selfPaid, 4), packed2(year)),
    () => concat(uint(pooled, 4), packed2(year)),
  ];
  const form = p1 === 0 ? forms[p2] : null;
  return form ? { status: sw.ok, data: form() } : refused(sw.wrongParameters);
}

/** INITIALIZE FOR LOAD: key index 1, amount 4, terminal 6 → balance, sequence, key version, algorithm, random, MAC1. */
export function initializeLoad(card: Chip, { p2, data }: Command): ChipOutcome {
  const no = barred(card);
  if (no !== null) return refused(no);
  if (p2 !== 1) return refused(sw.wrongParameters);
  const loadKey = indexed(card, 'DLK', data[0]);
  if (!loadKey) return refused(sw.keyIndexUnknown);
  const { family, account } = card.memory;
  const [amount, terminal] = [readUint(data, 1, 4), data.slice(5, 11)];
  if (amount === 0) return refused(sw.wrongData);
  if (account.loads >= lastSequence) return refused(sw.counterAtEnd);
  if (account.balance + amount > largestAmount) return refused(sw.conditions);
  const random = card.random(4);
  const session = sessionKey(family, loadKey.value, loadSessionInput(random, account.loads));
  const mac = cardMac(family, session, macInput.loadByCard({ balance: account.balance, amount, terminal }));
  const answer = [
    uint(account.balance, 4),
    uint(account.loads, 2),
    Uint8Array.of(loadKey.version, familyRules(family).algorithm),
    random,
    mac,
  ];
  return {
    status: sw.ok,
    data: concat(...answer),
    session: { pending: { kind: 'load', amount, terminal, random, mac } },
  };
}

/** CREDIT FOR LOAD: time 7, MAC2 → TAC; balance, counter, log and proof change together. */
export function creditLoad(card: Chip, { p1, p2, data }: Command): ChipOutcome {
  const no = barred(card);
  if (no !== null) return refused(no);
  const pending = card.session.pending;
  if (pending?.kind !== 'load') return refused(sw.invalidState);
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  const time = data.slice(0, 7);
  if (dateOfTime(time) === null) return refused(sw.wrongData);
  const { family, account } = card.memory;
  const { amount, terminal, random } = pending;
  const [loadKey, tacKey] = [key(card.memory, 'DLK'), key(card.memory, 'DTK')];
  if (!loadKey || !tacKey) return refused(sw.keyNotFound);
  const session = sessionKey(family, loadKey.value, loadSessionInput(random, account.loads));
  const expected = cardMac(family, session, macInput.loadByCentre({ amount, terminal, time }));
  if (!equal(expected, data.subarray(7))) return refused(sw.transactionMacWrong);
  const balanceAfter = account.balance + amount;
  const sequence = account.loads;
  const tac = transactionCode(
    family,
    tacKey.value,
    macInput.loadTac({ balanceAfter, sequence, amount, terminal, time }),
  );
  const amounts = concat(uint(amount, 4), new Uint8Array(8));
  const record = logRecord({ sequence, type: transactionType.load, terminal, time, amounts });
  const memory = {
    ...logged(card.memory, record),
    account: { ...account, balance: balanceAfter, loads: sequence + 1 },
    proofs: { ...card.memory.proofs, load: { sequence, mac: pending.mac, tac } },
  };
  return { status: sw.ok, data: tac, memory };
}

/** INITIALIZE FOR PURCHASE: key index 1, account 4, self-paid 4, pooled 4, terminal 6 → what the PSAM needs for MAC1. */
export function initializePurchase(card: Chip, { p2, data }: Command): ChipOutcome {
  const no = barred(card);
  if (no !== null) return refused(no);
  if (p2 !== 1) return refused(sw.wrongParameters);
  const purchaseKey = indexed(card, 'DPK', data[0]);
  if (!purchaseKey) return refused(sw.keyIndexUnknown);
  const { family, account } = card.memory;
  const amounts = data.slice(1, 13);
  const parts = partsOf(amounts);
  if (parts.account + parts.selfPaid + parts.pooled === 0) return refused(sw.wrongData);
  if (account.purchases >= lastSequence) return refused(sw.counterAtEnd);
  if (parts.account > account.balance) return refused(sw.insufficient);
  const random = card.random(4);
  const answer = [
    uint(account.balance, 4),
    uint(account.selfPaid, 4),
    uint(account.pooled, 4),
    packed2(account.year),
    uint(account.purchases, 2),
    Uint8Array.of(purchaseKey.version, familyRules(family).algorithm),
    random,
  ];
  const pending = { kind: 'purchase', amounts, terminal: data.slice(13, 19), random } as const;
  return { status: sw.ok, data: concat(...answer), session: { pending } };
}

/** DEBIT FOR PURCHASE: terminal sequence 4, time 7, MAC1 → TAC, MAC2; everything changes together. */
export function debitPurchase(card: Chip, { p1, p2, data }: Command): ChipOutcome {
  const no = barred(card);
  if (no !== null) return refused(no);
  const pending = card.session.pending;
  if (pending?.kind !== 'purchase') return refused(sw.invalidState);
  if (p1 !== 1 || p2 !== 0) return refused(sw.wrongParameters);
  const [terminalSequence, time] = [data.slice(0, 4), data.slice(4, 11)];
  const date = dateOfTime(time);
  if (date === null) return refused(sw.wrongData);
  const { family, account } = card.memory;
  const { amounts, terminal, random } = pending;
  const [purchaseKey, tacKey] = [key(card.memory, 'DPK'), key(card.memory, 'DTK')];
  if (!purchaseKey || !tacKey) return refused(sw.keyNotFound);
  const sequence = account.purchases;
  const session = sessionKey(family, purchaseKey.value, purchaseSessionInput(random, sequence, terminalSequence));
  const expected = cardMac(family, session, macInput.purchaseBySam({ amounts, terminal, time }));
  if (!equal(expected, data.subarray(11))) return refused(sw.transactionMacWrong);
  const after = settled(account, date, amounts);
  if (!after) return refused(sw.conditions);
  const mac = cardMac(family, session, macInput.purchaseByCard({ amounts }));
  const tac = transactionCode(
    family,
    tacKey.value,
    macInput.purchaseTac({ amounts, terminal, terminalSequence, time }),
  );
  const record = logRecord({ sequence, type: transactionType.purchase, terminal, time, amounts });
  const memory = {
    ...logged(card.memory, record),
    account: after,
    proofs: { ...card.memory.proofs, purchase: { sequence, mac, tac } },
  };
  return { status: sw.ok, data: concat(tac, mac), memory };
}

/** The account after a settlement; null when a yearly sum would no longer fit its four bytes. */
function settled(account: Account, date: number, amounts: Uint8Array): Account | null {
  const parts = partsOf(amounts);
  const sums = addToYear(account, date, parts);
  if (sums.selfPaid > largestAmount || sums.pooled > largestAmount) return null;
  return {
    ...account,
    year: sums.year,
    selfPaid: sums.selfPaid,
    pooled: sums.pooled,
    balance: account.balance - parts.account,
    purchases: account.purchases + 1,
  };
}

function logged(memory: ChipMemory, record: Uint8Array): ChipMemory {
  const log = fileAt(accountLogKey)!;
  const contents = [record, ...recordsOf(memory, log.directory, log.file)].slice(0, log.file.capacity);
  return withFile(memory, log.directory, log.file, contents);
}

/** GET TRANSACTION PROOF: MAC and TAC of the last load (type 31) or settlement (32), named by its sequence number. */
export function transactionProof(card: Chip, { p1, p2, data }: Command): ChipOutcome {
  if (card.session.directory !== medical) return refused(sw.conditions);
  const { load, purchase } = card.memory.proofs;
  const known = p2 === transactionType.load || p2 === transactionType.purchase;
  if (p1 !== 0 || !known) return refused(sw.wrongParameters);
  const proof = p2 === transactionType.load ? load : purchase;
  if (proof?.sequence !== readUint(data)) return refused(sw.noProof);
  return { status: sw.ok, data: concat(proof.mac, proof.tac) };
}

/** UPDATE STARTING DAY (month and day of the payment year), after DSK was authenticated. */
export function setStartingDay(card: Chip, { p2, data }: Command): ChipOutcome {
  if (card.session.directory !== medical) return refused(sw.conditions);
  if (p2 !== 0) return refused(sw.wrongParameters);
  if (!card.session.granted.has('DSK')) return refused(sw.security);
  const digits = data.toHex();
  const [month, day] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (!/^\d{4}$/.test(digits) || day < 1 || day > daysOf(month, 2001)) return refused(sw.wrongData);
  return {
    status: sw.ok,
    memory: { ...card.memory, account: { ...card.memory.account, startDay: month * 100 + day } },
  };
}

export function getStartingDay(card: Chip, { p2 }: Command): ChipOutcome {
  if (card.session.directory !== medical) return refused(sw.conditions);
  return p2 === 0 ? { status: sw.ok, data: packed2(card.memory.account.startDay) } : refused(sw.wrongParameters);
}
