import { loadMac2Input, loadTacInput, packTime, purchaseTacInput } from '../../core/card/index.ts';
import type { CardFactors, KeyStore } from '../../core/keys/contract.ts';
import { cityFactors } from '../../core/keys/index.ts';
import type { IcData } from '../../core/switch/contract.ts';
import { equal, readUint } from '../../kernel/bytes.ts';
import { type Fen, fen, zero } from '../../kernel/money.ts';
import { officeTimeZone } from '../../platform/clock.ts';
import type { PayingCard } from '../issuance/index.ts';
import { cardTerminalNumber, hostProofKey, loadMac1Input } from './chip-terms.ts';
import type { PaymentRequest, Proofs, StoredPayment } from './facts.ts';

/** What of the key store a payment needs. */
export type PaymentKeys = Pick<KeyStore, 'authentication' | 'loadMac' | 'tac'>;

/** Province and city factors by city: a handful, asked for by every payment. */
const cities = new Map<string, Omit<CardFactors, 'card'>>();

export function factorsOf({ city_code, algorithm, atr_factor }: PayingCard): CardFactors {
  const name = `${city_code}/${algorithm}`;
  const city = cities.get(name) ?? cityFactors(city_code, algorithm);
  cities.set(name, city);
  return { ...city, card: atr_factor };
}

const noProofs: Proofs = { chip_registered: false, cryptogram: false, load_mac: false };

/** Checks what the chip signed in a purchase, load or balance inquiry. What the request lacks is not proven. */
export function proofsOf(keys: PaymentKeys, request: PaymentRequest, card: PayingCard | null): Proofs {
  const { ic } = request;
  if (!card || !ic.card_factor || !ic.cryptogram || !ic.session_factor || !ic.original) return noProofs;
  const chip_registered =
    equal(ic.card_factor, card.atr_factor) && (!ic.card_id_code || equal(ic.card_id_code, card.card_id_code));
  if (!chip_registered) return noProofs;
  const factors = factorsOf(card);
  const expected = keys.authentication('IRK', factors, ic.session_factor, ic.original);
  return {
    chip_registered,
    cryptogram: equal(expected, ic.cryptogram),
    load_mac: request.kind !== 'load' || isLoadMacRight(keys, request, factors),
  };
}

function isLoadMacRight(
  keys: PaymentKeys,
  { ic, amount_fen, terminal_id }: PaymentRequest,
  factors: CardFactors,
): boolean {
  if (!ic.mac || !ic.random || !ic.transaction_counter || !ic.chip_balance || amount_fen === null) return false;
  const session = { random: ic.random, sequence: readUint(ic.transaction_counter) };
  const input = loadMac1Input({
    balance_fen: balanceOf(ic.chip_balance),
    amount_fen,
    terminal: cardTerminalNumber(terminal_id),
  });
  return equal(keys.loadMac(factors, session, input), ic.mac);
}

export const balanceOf = (chip_balance: Uint8Array): Fen => fen(readUint(chip_balance));

/** When the centre says it happened, as the chip writes it down. */
const timeOf = (at: Temporal.Instant): Uint8Array => packTime(at.toZonedDateTimeISO(officeTimeZone).toPlainDateTime());

/**
 * What the centre gives the chip with a yes: the answer to its challenge and, for a load, MAC2 with the time it covers.
 * Made from the request and the stored moment alone, so that a repeat gets the same bytes.
 */
export function hostData(keys: PaymentKeys, request: PaymentRequest, card: PayingCard, at: Temporal.Instant): IcData {
  const { ic, amount_fen, terminal_id, kind } = request;
  const factors = factorsOf(card);
  const proof =
    ic.challenge && ic.original
      ? { host_authentication: keys.authentication(hostProofKey, factors, ic.challenge, ic.original) }
      : {};
  if (kind !== 'load' || !ic.random || !ic.transaction_counter || amount_fen === null) return proof;
  const time = timeOf(at);
  const input = loadMac2Input(amount_fen, cardTerminalNumber(terminal_id), time);
  const session = { random: ic.random, sequence: readUint(ic.transaction_counter) };
  return { ...proof, mac: keys.loadMac(factors, session, input), transacted_at: time };
}

/** Whether the TAC of an upload is the one the chip makes for this payment. */
export function isTacRight(
  keys: PaymentKeys,
  { ic, terminal_id }: PaymentRequest,
  original: StoredPayment,
  card: PayingCard,
): boolean {
  if (!ic.tac || !ic.transacted_at) return false;
  const { amount_fen, chip_balance_fen, chip_sequence, kind, at } = original;
  const terminal = cardTerminalNumber(terminal_id);
  if (kind === 'purchase') {
    if (!ic.psam_serial) return false;
    // The card carries the account part only (LD7 §12).
    const amounts = { account: amount_fen, selfPaid: zero, pooled: zero };
    const input = purchaseTacInput({
      amounts,
      terminal,
      terminalSequence: readUint(ic.psam_serial),
      time: ic.transacted_at,
    });
    return equal(keys.tac(factorsOf(card), input), ic.tac);
  }
  if (chip_balance_fen === null || chip_sequence === null) return false;
  const balanceAfter = fen(chip_balance_fen + amount_fen);
  const input = loadTacInput({ balanceAfter, sequence: chip_sequence, amount: amount_fen, terminal, time: timeOf(at) });
  return equal(keys.tac(factorsOf(card), input), ic.tac);
}
