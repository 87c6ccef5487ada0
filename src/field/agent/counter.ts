import type { CardReader, Insertable, SimulatedReader } from '../../core/card/index.ts';
import type { ReaderState, TrayCard } from './contract.ts';

/** Where the cards for simulated readers come from and go back to; the city's card drawer is one. */
export type CardTray = {
  find(query: string, language: 'zh' | 'en'): readonly TrayCard[];
  /** Null when the card is somewhere else. */
  take(card_number: string): Promise<Insertable | null>;
  putBack(card_number: string): void;
};

export type CounterOptions = {
  readonly reader: CardReader;
  /** Slots of `reader` that are simulated, and their cards. */
  readonly simulated?: { readonly reader: SimulatedReader; readonly tray: CardTray };
  /** Slots that hold the counter's PSAM. */
  readonly sam?: readonly string[];
};

/** Whoever holds a reader: one page. */
export type Owner = object;

/** The readers on the counter: whose each one is, and what lies in it. */
export class Counter {
  readonly reader: CardReader;
  readonly #simulated: CounterOptions['simulated'];
  readonly #sam: readonly string[];
  readonly #owners = new Map<string, Owner>();
  /** Which card of the tray lies in which simulated slot. */
  readonly #lent = new Map<string, string>();
  readonly #watchers = new Set<() => void>();
  readonly #endListening: () => void;

  constructor({ reader, simulated, sam = [] }: CounterOptions) {
    this.reader = reader;
    this.#simulated = simulated;
    this.#sam = sam;
    this.#endListening = reader.listen(({ kind, slot }) => {
      if (kind === 'detached') this.#owners.delete(slot);
      this.#tell();
    });
  }

  /** Told whenever a reader or a card comes or goes, or a reader changes hands; returns the end of it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  statesFor(page: Owner): readonly ReaderState[] {
    return this.reader.slots.map((slot) => {
      const owner = this.#owners.get(slot);
      return {
        slot,
        kind: this.isSimulated(slot) ? 'simulated' : 'pcsc',
        part: this.#sam.includes(slot) ? 'sam' : 'user',
        card: this.reader.holdsCard(slot),
        owner: owner === undefined ? 'nobody' : owner === page ? 'you' : 'another',
      };
    });
  }

  /** False when another page has it. */
  claim(slot: string, page: Owner): boolean {
    const owner = this.#owners.get(slot);
    if (owner && owner !== page) return false;
    this.#owners.set(slot, page);
    this.#tell();
    return true;
  }

  isOwner(slot: string, page: Owner): boolean {
    return this.#owners.get(slot) === page;
  }

  /** Powers the card off; only then may somebody else have the reader. */
  async release(slot: string, page: Owner): Promise<void> {
    if (!this.isOwner(slot, page)) return;
    await this.reader.disconnect(slot);
    if (!this.isOwner(slot, page)) return;
    this.#owners.delete(slot);
    this.#tell();
  }

  slotsOf(page: Owner): readonly string[] {
    return [...this.#owners].flatMap(([slot, owner]) => (owner === page ? [slot] : []));
  }

  isSimulated(slot: string): boolean {
    return this.#simulated?.reader.slots.includes(slot) ?? false;
  }

  findCards(query: string, language: 'zh' | 'en'): readonly TrayCard[] {
    return this.#simulated?.tray.find(query, language) ?? [];
  }

  /** False when the card is not there to be put in. */
  async putIn(slot: string, card_number: string): Promise<boolean> {
    if (!this.#simulated) return false;
    const { reader, tray } = this.#simulated;
    const card = await tray.take(card_number);
    if (!card) return false;
    try {
      reader.insert(slot, card);
    } catch (fault) {
      tray.putBack(card_number);
      throw fault;
    }
    this.#lent.set(slot, card_number);
    return true;
  }

  takeOut(slot: string): void {
    const card_number = this.#lent.get(slot);
    this.#lent.delete(slot);
    this.#simulated?.reader.remove(slot);
    if (card_number) this.#simulated?.tray.putBack(card_number);
  }

  close(): void {
    this.#endListening();
    this.#watchers.clear();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
