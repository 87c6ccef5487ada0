import { transactionType } from '../../core/card/index.ts';
import { concat, uint } from '../../kernel/bytes.ts';
import type { Fen } from '../../kernel/money.ts';

/**
 * EXTERNAL AUTHENTICATE key with which the centre proves itself to a card: it lives in DF04, no PSAM has it, and it opens
 * nothing but the starting day.
 */
export const hostProofKey = 'DSK';

/** The 6-byte number of a terminal in MACs and in the chip's log: the digits of field 41, right-aligned. */
export function cardTerminalNumber(terminal_id: string): Uint8Array {
  const digits = terminal_id.replace(/\D/g, '').padStart(12, '0');
  return Uint8Array.fromHex(digits.slice(-12));
}

/** What the card's MAC1 of a load covers: balance 4 ‖ amount 4 ‖ type 1 ‖ terminal 6 (card.md 3.9, LD7). */
export const loadMac1Input = (load: {
  readonly balance_fen: Fen;
  readonly amount_fen: Fen;
  readonly terminal: Uint8Array;
}): Uint8Array =>
  concat(uint(load.balance_fen, 4), uint(load.amount_fen, 4), Uint8Array.of(transactionType.load), load.terminal);
