import { type FieldValues, type IcData, type MessageKind, messageKinds, writeIcData } from '../../core/switch/index.ts';
import type { Fen } from '../../kernel/money.ts';
import type { TerminalIdentity } from './contract.ts';
import type { Transaction } from './transaction.ts';

const currency = '156';
/** Chip read, PIN given. */
const chipWithPin = '051';
const amountDigits = (amount_fen: Fen | string): string => amount_fen.toString().padStart(12, '0');

/** What every message of a kind carries. */
export function frameOfKind(
  kind: MessageKind,
  identity: TerminalIdentity,
  batch: string,
  trace: string,
  trace_id: string | null,
): FieldValues {
  const { function: code, network } = messageKinds[kind];
  return {
    11: trace,
    41: identity.terminal_id.padEnd(8),
    42: identity.institution_code.padEnd(15),
    60: `${code}${batch}${network}`,
    63: `${identity.operator}${trace_id ?? ''}`,
  };
}

/** Fields by which a transaction is known in its request, its reversal and its TAC upload alike. */
function named(transaction: Transaction): FieldValues {
  const processing = messageKinds[transaction.kind].processing;
  return {
    2: transaction.account_number,
    3: processing,
    4: amountDigits(transaction.amount_fen),
    12: transaction.at.slice(8, 14),
    13: transaction.at.slice(4, 8),
    25: messageKinds[transaction.kind].condition,
    49: currency,
  };
}

export function requestFields(transaction: Transaction, ic: IcData): FieldValues {
  const settlement = transaction.settlement_number;
  return {
    ...named(transaction),
    22: chipWithPin,
    55: writeIcData(ic),
    ...(settlement === null ? {} : { 62: Buffer.from(settlement, 'ascii') }),
  };
}

const original = ({ batch, trace, at }: Transaction): string => `${batch}${trace}${at.slice(4, 8)}`;

export const reversalFields = (transaction: Transaction): FieldValues => ({
  ...named(transaction),
  22: chipWithPin,
  39: transaction.reversal_reason ?? '98',
  61: original(transaction),
});

/** The chip's proof of a load or purchase. */
export function tacFields(transaction: Transaction): FieldValues {
  const { tac, psam_serial, sequence, chip_at, card_factor } = transaction;
  const ic: IcData = {
    card_factor: Uint8Array.fromHex(card_factor),
    tac: tac === null ? undefined : Uint8Array.fromHex(tac),
    psam_serial: psam_serial === null ? undefined : Uint8Array.fromHex(psam_serial),
    transaction_counter: Uint8Array.of(sequence >> 8, sequence & 255),
    transacted_at: Uint8Array.fromHex(chip_at),
  };
  return { ...named(transaction), 55: writeIcData(ic), 61: original(transaction) };
}
