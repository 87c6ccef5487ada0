import { concat, equal, readUint } from '../../../kernel/bytes.ts';
import { cardMac, sessionKey, transactionCode } from '../../keys/index.ts';
import { sw } from '../status-words.ts';
import type { Purse, PurseCard, PurseHandler, PurseKey, PurseOutcome, PursePending } from './port.ts';
import {
  offlineSessionInput,
  onlineSessionInput,
  type PurseTransaction,
  purseAfter,
  purseLogRecord,
  purseMacInput,
  transactionRules,
  valueBytes,
  withTransaction,
} from './purse.rules.ts';

type Pending = NonNullable<PursePending>;

/** A started transaction with all it needs to be finished. */
type Ready = {
  readonly pending: Pending;
  readonly purse: Purse;
  readonly key: PurseKey;
  readonly tacKey: PurseKey;
  readonly type: number;
  readonly sequence: number;
};

/** The started transaction, if it is one of these; otherwise the status word that says why not. */
function ready(card: PurseCard, commands: readonly PurseTransaction[]): Ready | number {
  const { pending } = card;
  if (!pending || !commands.includes(pending.command)) return sw.invalidState;
  const rule = transactionRules[pending.command];
  const [purse, type] = [card.application.purses[pending.purse], rule.types[pending.purse]];
  const [key, tacKey] = [card.key(rule.key, pending.keyIndex), card.key('tac', 0)];
  if (!purse || !type) return sw.invalidState;
  if (!key || !tacKey) return sw.keyNotFound;
  return { pending, purse, key, tacKey, type, sequence: purse[rule.counter] };
}

const noCode = new Uint8Array(4);

/** Commits purse, proof, log and composite records at once; the log and the proof name the sequence the counter reached. */
function committed(
  card: PurseCard,
  { pending, type, sequence }: Ready,
  done: {
    readonly purse: Purse;
    readonly amount: number;
    readonly time: Uint8Array;
    readonly mac: Uint8Array;
    readonly tac: Uint8Array;
    readonly answer: Uint8Array;
  },
): PurseOutcome {
  const { purse, amount, time, mac, tac } = done;
  const { terminal } = pending;
  const counted = sequence + 1;
  const application = withTransaction(card.application, {
    name: pending.purse,
    purse,
    proof: { type, sequence: counted, mac, tac },
    record: purseLogRecord({ sequence: counted, overdraft: purse.overdraft, amount, type, terminal, time }),
    records: pending.records,
  });
  return { status: sw.ok, data: done.answer, application, pending: null };
}

/**
 * The second step with the host: time 7, MAC2 4, before them the new limit 3 where that is what changes → TAC, or MAC3 of
 * an unload, 4 bytes.
 */
const finishOnline =
  (command: 'load' | 'unload' | 'overdraft', p1: number): PurseHandler =>
  (card, { p1: sent, p2, data }) => {
    const found = ready(card, [command]);
    if (typeof found === 'number') return { status: found };
    if (sent !== p1 || p2 !== 0) return { status: sw.wrongParameters };
    const { pending, purse, key, tacKey, type, sequence } = found;
    const { terminal, random } = pending;
    const amount = command === 'overdraft' ? readUint(data, 0, 3) : pending.amount;
    const [time, mac2] = [data.slice(-11, -4), data.subarray(-4)];
    const of = { value: valueBytes(command, amount), type, terminal, time };
    const session = sessionKey(card.family, key.value, onlineSessionInput(random, sequence));
    if (!equal(cardMac(card.family, session, purseMacInput.onlineByHost(of)), mac2))
      return { status: sw.transactionMacWrong };
    const after = purseAfter(command, purse, amount);
    if (typeof after === 'number') return { status: after };
    const input = purseMacInput.onlineDone({ ...of, balanceAfter: after.balance, sequence });
    const unload = command === 'unload';
    const answer = unload ? cardMac(card.family, session, input) : transactionCode(card.family, tacKey.value, input);
    const [mac, tac] = unload ? [answer, noCode] : [noCode, answer];
    return committed(card, found, { purse: after, amount, time, mac, tac, answer });
  };

/** CREDIT FOR LOAD. */
export const creditLoad = finishOnline('load', 0);
/** DEBIT FOR UNLOAD. */
export const debitUnload = finishOnline('unload', 3);
/** UPDATE OVERDRAFT LIMIT. */
export const updateOverdraft = finishOnline('overdraft', 0);

/**
 * DEBIT FOR PURCHASE, also of a cash withdrawal and of a composite purchase: terminal sequence 4, time 7, MAC1 4 → TAC 4,
 * MAC2 4. A composite purchase needs at least one record.
 */
export const debitPurchase: PurseHandler = (card, { p1, p2, data }) => {
  const found = ready(card, ['purchase', 'withdrawal', 'composite']);
  if (typeof found === 'number') return { status: found };
  const { pending, purse, key, tacKey, type, sequence } = found;
  if (pending.command === 'composite' && pending.records.length === 0) return { status: sw.invalidState };
  if (p1 !== 1 || p2 !== 0) return { status: sw.wrongParameters };
  const { amount, terminal, random } = pending;
  const [terminalSequence, time, mac1] = [data.slice(0, 4), data.slice(4, 11), data.subarray(11)];
  const of = { value: valueBytes(pending.command, amount), type, terminal, time };
  const session = sessionKey(card.family, key.value, offlineSessionInput(random, sequence, terminalSequence));
  if (!equal(cardMac(card.family, session, purseMacInput.offlineBySam(of)), mac1))
    return { status: sw.transactionMacWrong };
  const after = purseAfter(pending.command, purse, amount);
  if (typeof after === 'number') return { status: after };
  const mac = cardMac(card.family, session, purseMacInput.offlineByCard(of));
  const tac = transactionCode(card.family, tacKey.value, purseMacInput.offlineDone({ ...of, terminalSequence }));
  return committed(card, found, { purse: after, amount, time, mac, tac, answer: concat(tac, mac) });
};
