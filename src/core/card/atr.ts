import { concat } from '../../kernel/bytes.ts';

/** 3B direct convention; 6D: TB1, TC1 present and 13 historical bytes; no programming voltage, no extra guard time. */
const head = Uint8Array.of(0x3b, 0x6d, 0x00, 0x00);

export const historyLength = 13;

/** The answer to reset of a social-security card (LD2 §8, T=0 only). */
export const buildAtr = (history: Uint8Array): Uint8Array => concat(head, history);

/** The 13 historical bytes; null when the ATR is not of a social-security card. */
export const historyOf = (atr: Uint8Array): Uint8Array | null =>
  atr.length === head.length + historyLength && head.every((byte, i) => atr[i] === byte) ? atr.slice(4) : null;

/**
 * Historical bytes (LD2 table 16): chip provider 2, chip and COS 3, card maker 2, first 4 digits of the administrative
 * code 2, serial number 4. The last 8 are the card's diversification factor.
 */
export function buildHistory(of: {
  readonly chip: Uint8Array;
  readonly system: Uint8Array;
  readonly maker: Uint8Array;
  readonly cityCode: string;
  readonly serial: Uint8Array;
}): Uint8Array {
  return concat(of.chip, of.system, of.maker, Uint8Array.fromHex(of.cityCode.slice(0, 4)), of.serial);
}
