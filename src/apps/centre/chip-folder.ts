import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { SimulatedReader } from '../../core/card/index.ts';
import { keepImage, lastingCard } from '../../field/desk/index.ts';
import type { ChipPlace } from '../../operations/issuance/index.ts';

/** Readers of the demonstration's station. */
const readers = 2;

/**
 * The demonstration's readers and the chips in them: begun chips lie in a tray beside the drawer, finished ones in the
 * drawer, where the city's terminals find them. Both are files, so that a station that dies leaves its chips.
 */
export function chipFolder(drawer: string): ChipPlace {
  const tray = join(drawer, 'tray');
  const fileIn = (folder: string, card_number: string) => join(folder, `${card_number}.chip`);
  return {
    benches() {
      mkdirSync(tray, { recursive: true });
      return Array.from({ length: readers }, () => {
        const reader = new SimulatedReader(['user']);
        return {
          reader,
          slot: 'user',
          insert({ card_number }, fresh, make) {
            const file = fileIn(tray, card_number);
            if (fresh) keepImage(file, make().image());
            if (!existsSync(file)) return false;
            reader.insert('user', lastingCard(file));
            return true;
          },
          remove({ card_number }, finished) {
            reader.remove('user');
            if (finished) renameSync(fileIn(tray, card_number), fileIn(drawer, card_number));
          },
          // The demonstration prints no envelopes: at the counter the holder chooses a PIN.
          printPin() {},
        };
      });
    },
    counter(card_number) {
      const file = fileIn(drawer, card_number);
      if (!existsSync(file)) return null;
      const reader = new SimulatedReader(['user']);
      reader.insert('user', lastingCard(file));
      return { reader, slot: 'user' };
    },
  };
}
