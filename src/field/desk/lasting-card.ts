import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { FileEeprom, isEeprom, type KeptCard, kindOf } from '../../core/card/index.ts';

/**
 * A card of whichever kind in its file, which it writes page by page as silicon does: what a command changed is there
 * before it answers, and a cut leaves the card before or after. A file that holds only an image, as it came from the
 * issuing station, becomes an EEPROM once.
 */
export function lastingCard(file: string): KeptCard {
  const bytes = new Uint8Array(readFileSync(file));
  const kind = kindOf(bytes);
  if (!isEeprom(bytes)) keepImage(file, kind.eepromOf(bytes));
  return kind.fromEeprom(new FileEeprom(file));
}

/** Before or after, never between: a new file takes the place of the old one. Images hold keys: their owner's eyes only. */
export function keepImage(file: string, image: Uint8Array): void {
  writeFileSync(`${file}.new`, image, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
