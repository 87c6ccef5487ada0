import type { ReceiverKind } from './contract.ts';

/** What a key is for: the application on the card and the kind of transaction (LD9 annex B; card.md 3.6). */
export const keyUses = {
  IRK: { application: 'identity', transaction: 'authentication' },
  STK: { application: 'identity', transaction: 'maintenance' },
  BK: { application: 'identity', transaction: 'maintenance' },
  PUK: { application: 'identity', transaction: 'maintenance' },
  UKSSSE: { application: 'identity', transaction: 'update' },
  RKSSSE: { application: 'identity', transaction: 'reading' },
  RK1DF04: { application: 'medical', transaction: 'reading' },
  UK1DF04: { application: 'medical', transaction: 'update' },
  DSK: { application: 'medical', transaction: 'maintenance' },
  DLK: { application: 'medical', transaction: 'load' },
  DPK: { application: 'medical', transaction: 'purchase' },
  DTK: { application: 'medical', transaction: 'proof' },
  PPK: { application: 'purse', transaction: 'purchase' },
} as const;

export type Application = (typeof keyUses)[keyof typeof keyUses]['application'];
export type Transaction = (typeof keyUses)[keyof typeof keyUses]['transaction'];

/**
 * Which transactions a receiver may hold keys for. A terminal or PSAM proves, reads, updates and takes purchases; loading
 * and proofs are the bank's; an issuing station and the mother card it works from hold what goes on a card.
 */
const allowed: Readonly<Record<ReceiverKind, readonly Transaction[]>> = {
  psam: ['authentication', 'maintenance', 'reading', 'update', 'purchase'],
  terminal: ['authentication', 'reading', 'purchase'],
  bank: ['load', 'proof'],
  issuing_station: ['authentication', 'maintenance', 'reading', 'update', 'purchase', 'load', 'proof'],
  mother_card: ['authentication', 'maintenance', 'reading', 'update', 'purchase', 'load', 'proof'],
};

/** Blocking and unblocking stay with the centre and the station that makes cards (as `psamKeyNames` has it). */
const notInTheField: readonly string[] = ['BK', 'PUK', 'UKSSSE', 'DSK'];

/** Names of the keys for applications and transactions; or why a receiver may not have them. */
export function keysFor(
  receiver: ReceiverKind,
  wanted: { readonly applications: readonly string[]; readonly transactions: readonly string[] },
): { readonly names: readonly string[] } | { readonly refusal: string } {
  const atStation = receiver === 'issuing_station' || receiver === 'mother_card';
  if (!wanted.transactions.every((one) => (allowed[receiver] as readonly string[]).includes(one)))
    return { refusal: 'custody.not_for_receiver' };
  const names = Object.entries(keyUses)
    .filter(([, use]) => wanted.applications.includes(use.application) && wanted.transactions.includes(use.transaction))
    .map(([name]) => name)
    .filter((name) => atStation || !notInTheField.includes(name));
  return names.length > 0 ? { names } : { refusal: 'custody.no_such_keys' };
}
