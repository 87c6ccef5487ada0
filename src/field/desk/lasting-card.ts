import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Chip, FileEeprom, type Insertable, isEeprom } from '../../core/card/index.ts';

type Card = Insertable & { image(): Uint8Array; readonly revision: number };

/** A PSAM whose memory outlives the process, as silicon does: what a command changed is kept before it answers. */
export class LastingCard implements Insertable {
  readonly #file: string;
  readonly #card: Card;
  #kept: number;

  constructor(file: string, read: (image: Uint8Array) => Card) {
    this.#file = file;
    this.#card = read(new Uint8Array(readFileSync(file)));
    this.#kept = this.#card.revision;
  }

  powerOn(): Uint8Array {
    return this.#card.powerOn();
  }

  powerOff(): void {
    this.#card.powerOff();
  }

  transmit(apdu: Uint8Array): Uint8Array {
    const answer = this.#card.transmit(apdu);
    if (this.#card.revision !== this.#kept) {
      keepImage(this.#file, this.#card.image());
      this.#kept = this.#card.revision;
    }
    return answer;
  }
}

/**
 * A chip in its file, which it writes page by page as silicon does. A file that holds only an image, as it came from the
 * issuing station, becomes an EEPROM once.
 */
export function lastingChip(file: string): Insertable {
  const bytes = new Uint8Array(readFileSync(file));
  if (!isEeprom(bytes)) keepImage(file, Chip.eepromOf(bytes));
  return Chip.fromEeprom(new FileEeprom(file));
}

/** Before or after, never between: a new file takes the place of the old one. Images hold keys: their owner's eyes only. */
export function keepImage(file: string, image: Uint8Array): void {
  writeFileSync(`${file}.new`, image, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
