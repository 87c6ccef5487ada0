import { CardFault } from '../fault.ts';
import type { CardReader } from '../reader.ts';

/** Several readers as one: the slots of all of them. Where two have a slot of the same name the first one counts. */
export function joinReaders(...readers: readonly CardReader[]): CardReader {
  const readerOf = (slot: string): CardReader => {
    const found = readers.find(({ slots }) => slots.includes(slot));
    if (!found) throw new CardFault('card.slot_unknown', `there is no reader ${slot}`);
    return found;
  };
  return {
    get slots() {
      return [...new Set(readers.flatMap(({ slots }) => slots))];
    },
    holdsCard: (slot) => readers.some((reader) => reader.slots.includes(slot) && reader.holdsCard(slot)),
    connect: async (slot) => readerOf(slot).connect(slot),
    transmit: async (slot, command) => readerOf(slot).transmit(slot, command),
    disconnect: async (slot) => readers.find(({ slots }) => slots.includes(slot))?.disconnect(slot),
    listen(listener) {
      const ends = readers.map((reader) => reader.listen(listener));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
