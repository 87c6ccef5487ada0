import { CardFault } from './fault.ts';

/** Anything that can lie in a slot: `Chip`, `Psam`. */
export type Insertable = {
  powerOn(): Uint8Array;
  powerOff(): void;
  transmit(apdu: Uint8Array): Uint8Array;
};

/** A card came or went; a slot came or went with its reader. */
export type ReaderEvent = {
  readonly kind: 'inserted' | 'removed' | 'attached' | 'detached';
  readonly slot: string;
};

/** What a terminal asks of a reader, simulated, PC/SC or over a wire alike. Faults are `CardFault`s. */
export interface CardReader {
  /** The slots there are now. */
  readonly slots: readonly string[];
  holdsCard(slot: string): boolean;
  /** Powers the card on and returns its ATR; a card that has power is reset. */
  connect(slot: string): Promise<Uint8Array>;
  /** One command, one answer, as they travel under T=0. */
  transmit(slot: string, command: Uint8Array): Promise<Uint8Array>;
  disconnect(slot: string): Promise<void>;
  /** Returns the function that ends the subscription. */
  listen(listener: (event: ReaderEvent) => void): () => void;
}

/** How a card is torn out while a command runs: before the chip has seen it, or after it has done it. */
export type Tear = 'before' | 'after';

/** A reader of simulated cards. */
export class SimulatedReader implements CardReader {
  readonly slots: readonly string[];
  readonly #cards = new Map<string, Insertable>();
  readonly #powered = new Set<string>();
  readonly #tears = new Map<string, { tear: Tear; after: number }>();
  readonly #listeners = new Set<(event: ReaderEvent) => void>();

  /** A usual terminal: one slot for the holder's card, one for its PSAM. */
  constructor(slots: readonly string[] = ['user', 'sam']) {
    this.slots = slots;
  }

  insert(slot: string, card: Insertable): void {
    this.#known(slot);
    if (this.#cards.has(slot)) throw new CardFault('card.slot_taken', `there is a card in slot ${slot}`);
    this.#cards.set(slot, card);
    this.#tell({ kind: 'inserted', slot });
  }

  /** Pulls the card out; nothing happens to an empty slot. */
  remove(slot: string): Insertable | null {
    const card = this.#cards.get(slot) ?? null;
    if (!card) return null;
    card.powerOff();
    this.#cards.delete(slot);
    this.#powered.delete(slot);
    this.#tears.delete(slot);
    this.#tell({ kind: 'removed', slot });
    return card;
  }

  holdsCard(slot: string): boolean {
    return this.#cards.has(slot);
  }

  cardIn(slot: string): Insertable | null {
    return this.#cards.get(slot) ?? null;
  }

  /** Arranges that the card is torn out during a coming command: the next one, or after letting some through. */
  tearOut(slot: string, tear: Tear, letThrough = 0): void {
    this.#known(slot);
    this.#tears.set(slot, { tear, after: letThrough });
  }

  async connect(slot: string): Promise<Uint8Array> {
    const card = this.#card(slot);
    this.#powered.add(slot);
    return card.powerOn();
  }

  async transmit(slot: string, command: Uint8Array): Promise<Uint8Array> {
    const card = this.#card(slot);
    if (!this.#powered.has(slot)) throw new CardFault('card.not_powered', `the card in slot ${slot} has no power`);
    const planned = this.#tears.get(slot);
    if (planned && planned.after-- === 0) {
      if (planned.tear === 'after') card.transmit(command);
      this.remove(slot);
      throw new CardFault('card.removed', `the card was pulled out of slot ${slot}`);
    }
    return card.transmit(command);
  }

  async disconnect(slot: string): Promise<void> {
    this.#powered.delete(slot);
    this.#cards.get(slot)?.powerOff();
  }

  listen(listener: (event: ReaderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #card(slot: string): Insertable {
    this.#known(slot);
    const card = this.#cards.get(slot);
    if (!card) throw new CardFault('card.absent', `there is no card in slot ${slot}`);
    return card;
  }

  #known(slot: string): void {
    if (!this.slots.includes(slot)) throw new CardFault('card.slot_unknown', `this reader has no slot ${slot}`);
  }

  #tell(event: ReaderEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
