import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Insertable } from '../../core/card/index.ts';
import type { DrawerCard } from './contract.ts';
import { keepImage, lastingCard } from './lasting-card.ts';

/** Someone of the city as the drawer's list keeps them, in both languages. */
export type DrawerEntry = {
  readonly card_number: string;
  readonly zh: { readonly holder_name: string; readonly note: string };
  readonly en: { readonly holder_name: string; readonly note: string };
};

/** Asks the issuing station for a card's first chip image. */
export type Issue = (card_number: string) => Promise<Uint8Array>;

const shown = 30;

/**
 * The cards of the simulated city, each a chip image in a file. A card that was never used is personalised by the
 * issuing station the first time somebody takes it out.
 */
export class CardDrawer {
  readonly #folder: string;
  readonly #issue: Issue;
  readonly #entries: readonly DrawerEntry[];
  /** Cards that are in some slot: an object is in one place only. */
  readonly #out = new Set<string>();

  constructor(folder: string, entries: readonly DrawerEntry[], issue: Issue) {
    this.#folder = folder;
    this.#entries = entries;
    this.#issue = issue;
    mkdirSync(folder, { recursive: true });
  }

  find(query: string, locale: 'zh' | 'en'): DrawerCard[] {
    const text = query.trim().toLowerCase();
    const fits = (entry: DrawerEntry) =>
      text === '' ||
      entry.card_number.toLowerCase().startsWith(text) ||
      entry.zh.holder_name.includes(text) ||
      entry.en.holder_name.toLowerCase().includes(text);
    return this.#entries
      .filter(fits)
      .slice(0, shown)
      .map((entry) => ({ card_number: entry.card_number, ...entry[locale] }));
  }

  holderOf(card_number: string, locale: 'zh' | 'en'): string {
    return this.#entries.find((entry) => entry.card_number === card_number)?.[locale].holder_name ?? '';
  }

  /** Takes a card out of the drawer; null when it is in another terminal. */
  async take(card_number: string): Promise<Insertable | null> {
    if (this.#out.has(card_number)) return null;
    this.#out.add(card_number);
    try {
      const file = join(this.#folder, `${card_number}.chip`);
      if (!existsSync(file)) keepImage(file, await this.#issue(card_number));
      return lastingCard(file);
    } catch (fault) {
      this.#out.delete(card_number);
      throw fault;
    }
  }

  putBack(card_number: string): void {
    this.#out.delete(card_number);
  }
}
