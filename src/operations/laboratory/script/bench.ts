import { type CardReader, type Insertable, SimulatedReader } from '../../../core/card/index.ts';
import type { Words } from '../../../core/keys/explain/contract.ts';
import { sampleNamed, sampleNames } from '../sample-cards.ts';

/** Where a script runs: a reader, and a way to put simulated cards into it, if it takes such cards. */
export type Bench = { readonly reader: CardReader; readonly simulated: Simulated | null };

export type Simulated = {
  /** Null when the card is in; otherwise why not. */
  readonly insert: (slot: string, source: string) => Words | null;
  readonly remove: (slot: string) => void;
  readonly tear: (slot: string, when: 'before' | 'after') => void;
};

/** A card for `insert`: by the name of a sample, or whatever else the bench knows; words say why there is none. */
export type CardSource = (name: string) => Insertable | Words | null;

/**
 * A reader of its own with sample cards in both slots, so that a script may begin with its first command. `more` finds
 * cards beside the samples.
 */
export function simulatedBench(more: CardSource = () => null, first: Readonly<Record<string, Insertable>> = {}): Bench {
  const reader = new SimulatedReader(['user', 'sam']);
  const start: Readonly<Record<string, Insertable | null>> = {
    user: sampleNamed('sample:3'),
    sam: sampleNamed('sample:psam'),
    ...first,
  };
  /** The card each slot had last: the same card can be put in again. */
  const last = new Map<string, Insertable>();
  const put = (slot: string, card: Insertable) => {
    reader.remove(slot);
    reader.insert(slot, card);
    last.set(slot, card);
  };
  for (const slot of reader.slots) {
    const card = start[slot];
    if (card) put(slot, card);
  }
  return {
    reader,
    simulated: {
      insert: (slot, source) => {
        if (!reader.slots.includes(slot)) return noSlot(slot, reader);
        const card = source === 'again' ? (last.get(slot) ?? null) : (sampleNamed(source) ?? more(source));
        if (!card || 'en' in card) return card ?? unknownCard(source);
        put(slot, card);
        return null;
      },
      remove: (slot) => void reader.remove(slot),
      tear: (slot, when) => reader.tearOut(slot, when),
    },
  };
}

/** A bench with real cards in it: nothing is put in or torn out by a script. */
export const realBench = (reader: CardReader): Bench => ({ reader, simulated: null });

const noSlot = (slot: string, { slots }: CardReader): Words => ({
  zh: `没有卡槽“${slot}”；可用：${slots.join('、')}`,
  en: `there is no slot "${slot}"; there is: ${slots.join(', ')}`,
});

const unknownCard = (name: string): Words => ({
  zh: `没有卡片“${name}”；可用：${sampleNames.join('、')}、again（同一张卡）`,
  en: `there is no card "${name}"; there is: ${sampleNames.join(', ')}, again (the same card)`,
});

/** The reader's slot for a name of a script: its own, or `user` for the first and `sam` for the second. */
export function slotOf({ slots }: CardReader, name: string): string | null {
  if (slots.includes(name)) return name;
  return (name === 'user' ? slots[0] : name === 'sam' ? slots[1] : undefined) ?? null;
}
