import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { screen } from '../../core/screening/index.ts';
import { organisationCheck } from '../../kernel/identifiers.ts';
import { newId } from '../../platform/identity.ts';
import { findCard } from './commands.ts';
import {
  activateCard,
  blockCard,
  cancelCard,
  cardDetail,
  cardsOf,
  findCards,
  holderOf,
  importCards,
  type NewCard,
  reportLoss,
  unblockCard,
} from './index.ts';
import { terms } from './life.fixture.ts';

const { database } = await createTestDatabase();
const by = { user_id: 'clerk', at: Temporal.Instant.from('2026-03-02T09:00:00+08:00'), trace_id: newId() };

let made = 0;
async function card(state: NewCard['state'] = 'active'): Promise<NewCard> {
  const serial = String(++made).padStart(8, '0');
  const fresh: NewCard = {
    card_id: newId(),
    card_number: serial + organisationCheck(serial),
    account_number: `99010000000${serial}`,
    card_id_code: Uint8Array.fromHex(`990100${serial.padStart(26, '0')}`),
    atr_factor: Uint8Array.fromHex(`86609901${serial}`),
    city_code: '990100',
    generation: 3,
    person_id: newId(),
    state,
    issued_on: '2024-05-06',
    expires_on: '2034-05-06',
  };
  await importCards(database, [fresh]);
  return fresh;
}
const isListed = async ({ account_number }: NewCard) => (await screen(database, [account_number])).has(account_number);

describe('cards', () => {
  it('are found by number, by its beginning, and by holder', async () => {
    const one = await card();
    expect(await holderOf(database, one.card_number)).toMatchObject({ person_id: one.person_id, state: 'active' });
    expect(await holderOf(database, 'Z99999999')).toBeNull();
    const [found] = await cardsOf(database, one.person_id);
    expect(found?.account_number_masked).toMatch(/^990100\*+\d{4}$/);
    const search = { query: one.card_number.slice(0, 8), state: null, after: null, limit: 10 };
    expect((await findCards(database, search)).items.map(({ card_id }) => card_id)).toEqual([one.card_id]);
    expect((await findCards(database, { ...search, state: 'lost' })).items).toEqual([]);
  });

  it('go on the black list when they are blocked or lost, and off when they are unblocked', async () => {
    const one = await card();
    expect(await blockCard(database, one.card_id, 'suspected_misuse', by)).toMatchObject({ value: 'blocked' });
    expect(await isListed(one)).toBe(true);
    expect(await unblockCard(database, one.card_id, by)).toMatchObject({ value: 'active' });
    expect(await isListed(one)).toBe(false);
    expect(await reportLoss(database, one.card_id, by)).toMatchObject({ value: 'lost' });
    expect(await isListed(one)).toBe(true);
    expect(await unblockCard(database, one.card_id, by)).toMatchObject({ granted: false });
    const detail = await cardDetail(database, one.card_id);
    expect(detail?.history.map(({ from, to, reason }) => [from, to, reason])).toEqual([
      ['active', 'blocked', 'suspected_misuse'],
      ['blocked', 'active', null],
      ['active', 'lost', 'lost'],
    ]);
    expect(detail?.black_list?.reason).toBe('lost');
  });

  it('that were not handed over before they were blocked are not in use when they are unblocked', async () => {
    const one = await card('issued');
    await blockCard(database, one.card_id, 'suspected_misuse', by);
    await reportLoss(database, one.card_id, by);
    expect(await findCard(database, one.card_id, by)).toMatchObject({ value: 'issued' });
    expect(await activateCard(database, one.card_id, terms, by)).toMatchObject({ value: 'active' });
    await blockCard(database, one.card_id, 'suspected_misuse', by);
    expect(await unblockCard(database, one.card_id, by)).toMatchObject({ value: 'active' });
  });

  it('that are cancelled stay so', async () => {
    const one = await card();
    await cancelCard(database, one.card_id, terms, by);
    expect(await unblockCard(database, one.card_id, by)).toMatchObject({
      granted: false,
      refusal: { code: 'issuance.move_not_allowed', detail: { state: 'cancelled' } },
    });
    expect(await isListed(one)).toBe(true);
    expect(await reportLoss(database, newId(), by)).toMatchObject({ refusal: { code: 'issuance.card_unknown' } });
  });
});
