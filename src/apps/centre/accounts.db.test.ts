import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { cardAccount, personalAccount } from '../../core/ledger/contract.ts';
import { organisationCheck } from '../../kernel/identifiers.ts';
import { importCards, type NewCard } from '../../operations/issuance/index.ts';
import { newId } from '../../platform/identity.ts';
import { accountsOf } from './centre.ts';

const { database } = await createTestDatabase();
let made = 0;

/** A person with cards in these states, oldest first; which of them a bill counts on. */
async function countedOf(...states: NewCard['state'][]): Promise<{ counted: unknown; cards: readonly string[] }> {
  const person_id = newId();
  const cards = states.map((state): NewCard => {
    const serial = `C${String(++made).padStart(7, '0')}`;
    return {
      card_id: newId(),
      card_number: serial + organisationCheck(serial),
      account_number: `99010000000${String(made).padStart(8, '0')}`,
      card_id_code: Uint8Array.fromHex(`990100${String(made).padStart(26, '0')}`),
      atr_factor: Uint8Array.fromHex(`86609901${String(made).padStart(8, '0')}`),
      city_code: '990100',
      generation: 3,
      person_id,
      state,
      issued_on: '2024-05-06',
      expires_on: '2034-05-06',
    };
  });
  await importCards(database, cards);
  const [personal, ...counted] = await accountsOf(database, person_id);
  expect(personal).toBe(personalAccount('medical-employee', person_id));
  return { counted, cards: cards.map(({ card_id }) => cardAccount('medical-employee', card_id)) };
}

test.each<[states: NewCard['state'][], counted: number | null]>([
  [['active'], 0],
  [['blocked'], null],
  [['lost'], null],
  [['issued'], null],
  [['active', 'cancelled'], 0],
  [['active', 'active'], 1],
  [['lost', 'active', 'issued'], 1],
  [[], null],
])('of cards that are %j a bill counts on number %s', async (states, at) => {
  const { counted, cards } = await countedOf(...states);
  expect(counted).toEqual(at === null ? [] : [cards[at]]);
});
