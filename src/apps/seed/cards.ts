import type { City } from '../../../sim/city/index.ts';
import type { KeyStore } from '../../core/keys/contract.ts';
import { cardIdentity, importCards } from '../../operations/issuance/index.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';

/** A card's place in the books. */
export type SeededCard = { readonly card_id: string; readonly person_id: string };

const states = { active: 'active', pin_blocked: 'active', lost: 'lost', cancelled: 'cancelled' } as const;

/** Enters every card of the city; its chip is made the first time somebody takes it out of the drawer. */
export async function seedCards(sql: Sql, city: City, keys: KeyStore): Promise<SeededCard[]> {
  const cards = city.cards.map((card, i) => ({
    ...card,
    ...cardIdentity(keys, { city_code: city.area.code, running: i + 1, generation: card.generation }),
    card_id: newId<'card'>(),
    city_code: city.area.code,
    // A chip whose PIN is blocked is still a card in use: the block is the chip's own.
    state: states[card.state],
  }));
  await importCards(sql, cards);
  return cards.map(({ card_id, person_id }) => ({ card_id, person_id }));
}
