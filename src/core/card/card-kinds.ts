import { Chip } from './chip/chip.ts';
import { DebitChip } from './debit/debit-chip.ts';
import { type Eeprom, imageInForce, isEeprom } from './eeprom.ts';
import { Psam } from './psam/psam.ts';
import type { Insertable } from './reader.ts';

/** A card that keeps something, whichever kind it is. */
export type KeptCard = Insertable & { image(): Uint8Array; readonly revision: number };

export type CardKind = {
  fromImage(image: Uint8Array): KeptCard;
  fromEeprom(eeprom: Eeprom): KeptCard;
  eepromOf(image: Uint8Array): Uint8Array;
};

/** Kinds of card by the two letters their images begin with. */
const kinds: Readonly<Record<string, CardKind>> = { TC: Chip, TP: Psam, TD: DebitChip };

/** The image in bytes of a file, which may be those of an EEPROM; a `CardFault` when an EEPROM is damaged. */
const imageIn = (bytes: Uint8Array): Uint8Array => (isEeprom(bytes) ? imageInForce(bytes) : bytes);

/** The kind of card in an image or in the bytes of an EEPROM. What is neither counts as a chip, which says what is wrong. */
export const kindOf = (bytes: Uint8Array): CardKind =>
  kinds[String.fromCharCode(...imageIn(bytes).subarray(0, 2))] ?? Chip;

/** A card of whichever kind from its image or from the bytes of an EEPROM; a `CardFault` when they are damaged. */
export function cardOf(bytes: Uint8Array): KeptCard {
  const image = imageIn(bytes);
  return kindOf(image).fromImage(image);
}
