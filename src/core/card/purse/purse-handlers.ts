import { concat, readUint, uint } from '../../../kernel/bytes.ts';
import { sw } from '../status-words.ts';
import { creditLoad, debitPurchase, debitUnload, updateOverdraft } from './completion.ts';
import { initialize } from './initialize.ts';
import type { PurseHandler } from './port.ts';
import { compositeRecord, isPurseType, purseOf } from './purse.rules.ts';
import type { PurseCommandName } from './purse-commands.ts';

/** GET BALANCE: 01 ED, for which the holder must have shown the PIN, 02 EP, which everybody may read. */
const getBalance: PurseHandler = (card, { p1, p2 }) => {
  const name = purseOf(p2);
  if (p1 !== 0 || !name) return { status: sw.wrongParameters };
  const purse = card.application.purses[name];
  if (!purse) return { status: sw.fileNotFound };
  if (name === 'ED' && !card.holderShown) return { status: sw.security };
  return { status: sw.ok, data: uint(purse.balance, 4) };
};

/** The short identifier of the composite records, 0019, as P2 of UPDATE CAPP DATA CACHE carries it. */
const compositeFile = 0x19 << 3;

/** UPDATE CAPP DATA CACHE: P1 the tag of a record of 0019, which the debit will write. */
const updateCompositeCache: PurseHandler = (card, { p1, p2, data }) => {
  const { pending } = card;
  if (pending?.command !== 'composite') return { status: sw.invalidState };
  if ((p2 & 7) !== 0) return { status: sw.wrongParameters };
  if (p2 !== compositeFile || !card.compositeFile) return { status: sw.fileNotFound };
  const at = card.application.composite.findIndex(([tag]) => tag === p1);
  const old = card.application.composite[at];
  if (!old) return { status: sw.recordNotFound };
  const record = compositeRecord(old, data);
  if (typeof record === 'number') return { status: record };
  return { status: sw.ok, pending: { ...pending, records: [...pending.records, { at, record }] } };
};

/** GET TRANSACTION PROVE: P2 the type, the sequence its counter reached by it → MAC 4, TAC 4; 00 where there was none. */
const transactionProve: PurseHandler = ({ application }, { p1, p2, data }) => {
  if (p1 !== 0 || !isPurseType(p2)) return { status: sw.wrongParameters };
  const proof = application.proofs.find(({ type, sequence }) => type === p2 && sequence === readUint(data));
  return proof ? { status: sw.ok, data: concat(proof.mac, proof.tac) } : { status: sw.noProof };
};

export const purseHandlers: Readonly<Record<PurseCommandName, PurseHandler>> = {
  get_balance: getBalance,
  initialize_load: initialize('load'),
  credit_load: creditLoad,
  initialize_purchase: initialize('purchase'),
  debit_purchase: debitPurchase,
  initialize_withdraw: initialize('withdrawal'),
  initialize_unload: initialize('unload'),
  debit_unload: debitUnload,
  initialize_overdraft: initialize('overdraft'),
  update_overdraft: updateOverdraft,
  initialize_composite: initialize('composite'),
  update_composite_cache: updateCompositeCache,
  transaction_prove: transactionProve,
};
