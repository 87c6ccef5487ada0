import type { Card, Client, Reader, ReaderStatusFlags } from 'pcsc-mini';
import { CardFault } from '../fault.ts';
import type { CardReader, ReaderEvent } from '../reader.ts';
import { pcscFault } from './pcsc-fault.ts';

type Library = typeof import('pcsc-mini');

export type PcscOptions = {
  /**
   * Readers that have a part to play, by slot: `{ sam: 'ACS ACR38' }` makes the first reader whose name holds this text
   * the slot `sam`. Every other reader is a slot by its own name.
   */
  readonly parts?: Readonly<Record<string, string>>;
  /** `any` lets the card choose; social-security cards speak T=0 (card.md 3.3). */
  readonly protocol?: 't0' | 't1' | 'any';
  /** How long to wait before a PC/SC service that went away is looked for again. */
  readonly retry_after_ms?: number;
};

type Slot = { readonly reader: Reader; holdsCard: boolean; card: Card | null };

/**
 * Clients whose service went away. One that is collected as garbage ends the process (pcsc-mini 0.1.3: its finalizer
 * throws InvalidHandle), so that the few there are stay.
 */
const lost: Client[] = [];

/** pcscd looks at its readers every 400 ms (PCSCLITE_STATUS_POLL_RATE). */
const notice_ms = 1000;

/**
 * The readers of this machine's PC/SC service, each a slot. The service is looked for again when it goes away.
 * @throws CardFault `card.no_library` or `card.no_service`
 */
export async function openPcsc(options: PcscOptions = {}): Promise<PcscReader> {
  const reader = new PcscReader(await loadLibrary(), options);
  reader.start();
  return reader;
}

/** Loaded only when it is wanted: without PC/SC on the machine everything else runs. */
async function loadLibrary(): Promise<Library> {
  try {
    const loaded = await import('pcsc-mini');
    return 'default' in loaded ? (loaded.default as Library) : loaded;
  } catch (fault) {
    throw new CardFault('card.no_library', `PC/SC cannot be loaded: ${(fault as Error).message.split('\n')[0]}`);
  }
}

export class PcscReader implements CardReader {
  readonly #library: Library;
  readonly #options: PcscOptions;
  readonly #slots = new Map<string, Slot>();
  readonly #listeners = new Set<(event: ReaderEvent) => void>();
  #client: Client | null = null;
  #retry: NodeJS.Timeout | null = null;

  constructor(library: Library, options: PcscOptions) {
    this.#library = library;
    this.#options = options;
  }

  start(): void {
    try {
      const client = new this.#library.Client();
      client.on('reader', (reader) => this.#attach(reader));
      client.on('error', () => this.#lost(client));
      client.start();
      this.#client = client;
    } catch (error) {
      throw pcscFault(error, 'PC/SC');
    }
  }

  /** Cards are let go and powered off; the service is no longer watched. */
  async close(): Promise<void> {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    await Promise.all(this.slots.map((slot) => this.disconnect(slot)));
    const client = this.#client;
    this.#client = null;
    client?.stop();
  }

  /** Whether the PC/SC service answers now. */
  get running(): boolean {
    return this.#client !== null;
  }

  get slots(): readonly string[] {
    return [...this.#slots.keys()];
  }

  holdsCard(name: string): boolean {
    return this.#slots.get(name)?.holdsCard ?? false;
  }

  /** Takes the reader for this program alone: what a card allows after a PIN, it allows to nobody else. */
  async connect(name: string): Promise<Uint8Array> {
    const { CardMode, CardDisposition, Protocol } = this.#library;
    const protocol = { t0: Protocol.T0, t1: Protocol.T1, any: Protocol.ANY }[this.#options.protocol ?? 'any'];
    const slot = this.#slot(name);
    return this.#ask(name, async () => {
      // Another program may have left the card with power, and with what it allows.
      if (slot.card) await slot.card.reconnect(CardMode.EXCLUSIVE, CardDisposition.UNPOWER);
      else {
        slot.card = await slot.reader.connect(CardMode.EXCLUSIVE, protocol);
        await slot.card.reconnect(CardMode.EXCLUSIVE, CardDisposition.RESET);
      }
      return (await slot.card.state()).atr;
    });
  }

  async transmit(name: string, command: Uint8Array): Promise<Uint8Array> {
    const { card } = this.#slot(name);
    if (!card) throw new CardFault('card.not_powered', `the card in ${name} has no power`);
    return this.#ask(name, async () => {
      const answer = await card.transmit(command);
      // What drivers make of a card that was torn out in the middle of a command.
      if (answer.length < 2) throw new CardFault('card.mute', `${name}: an answer without a status word`);
      return answer;
    });
  }

  async disconnect(name: string): Promise<void> {
    const slot = this.#slots.get(name);
    const card = slot?.card;
    if (!slot || !card) return;
    slot.card = null;
    // A card or reader that is gone has nothing left to let go.
    await card.disconnect(this.#library.CardDisposition.UNPOWER).catch(() => {});
  }

  listen(listener: (event: ReaderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #slot(name: string): Slot {
    const slot = this.#slots.get(name);
    if (!slot) throw new CardFault('card.slot_unknown', `there is no reader ${name}`);
    return slot;
  }

  /** A card that fails and is gone a moment later was pulled out, whatever the driver called it first. */
  async #ask<T>(name: string, work: () => Promise<T>): Promise<T> {
    const slot = this.#slot(name);
    const hadPower = slot.card !== null;
    try {
      return await work();
    } catch (error) {
      const fault = error instanceof CardFault ? error : pcscFault(error, name);
      const unclear = fault.code === 'card.reader_fault' || fault.code === 'card.mute';
      if (unclear && hadPower && (await this.#leaves(slot))) throw new CardFault('card.removed', fault.message);
      throw this.#slots.get(name) === slot ? fault : new CardFault('card.reader_gone', fault.message);
    }
  }

  /** Whether the card leaves within two looks of the service at its readers. */
  #leaves(slot: Slot): Promise<boolean> {
    if (!slot.holdsCard) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (left: boolean) => {
        clearTimeout(timer);
        stop();
        resolve(left);
      };
      const timer = setTimeout(() => end(false), notice_ms);
      const stop = this.listen(() => {
        if (!slot.holdsCard) end(true);
      });
    });
  }

  #attach(reader: Reader): void {
    const name = this.#nameOf(reader.name());
    const slot: Slot = { reader, holdsCard: false, card: null };
    this.#slots.set(name, slot);
    this.#tell({ kind: 'attached', slot: name });
    reader.on('change', (status) => this.#changed(name, slot, status));
    reader.on('disconnect', () => this.#detach(name, slot));
  }

  #changed(name: string, slot: Slot, status: ReaderStatusFlags): void {
    const holdsCard = status.has(this.#library.ReaderStatus.PRESENT);
    if (this.#slots.get(name) !== slot || holdsCard === slot.holdsCard) return;
    slot.holdsCard = holdsCard;
    if (!holdsCard) void this.disconnect(name);
    this.#tell({ kind: holdsCard ? 'inserted' : 'removed', slot: name });
  }

  #detach(name: string, slot: Slot): void {
    if (this.#slots.get(name) !== slot) return;
    if (slot.holdsCard) {
      slot.holdsCard = false;
      this.#tell({ kind: 'removed', slot: name });
    }
    this.#slots.delete(name);
    this.#tell({ kind: 'detached', slot: name });
  }

  #nameOf(reader: string): string {
    const part = Object.entries(this.#options.parts ?? {}).find(
      ([slot, text]) => reader.includes(text) && !this.#slots.has(slot),
    );
    return part?.[0] ?? reader;
  }

  /** The service went away: its readers are gone until it is back. */
  #lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    for (const [name, slot] of this.#slots) this.#detach(name, slot);
    client.removeAllListeners('reader');
    lost.push(client);
    this.#again();
  }

  #again(): void {
    this.#retry = setTimeout(() => {
      this.#retry = null;
      try {
        this.start();
      } catch {
        this.#again();
      }
    }, this.#options.retry_after_ms ?? 2000);
  }

  #tell(event: ReaderEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
