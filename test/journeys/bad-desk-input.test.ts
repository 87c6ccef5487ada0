import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../src/apps/client/api.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { CatalogueItem } from '../../src/schemes/medical/contract.ts';
import { aCold, type Desk, lineOf, refusalOf } from './support/desk.ts';
import { Platform } from './support/platform.ts';

let platform: Platform;
let hospital: Desk;
let agency: ApiClient;
let drug: CatalogueItem;

beforeAll(async () => {
  platform = await Platform.start();
  hospital = await platform.desk('hospital');
  agency = await platform.signIn('agency');
  drug = await hospital.plainItem();
});
afterAll(() => platform?.close());

/** Every refusal here leaves the city's money as it was. */
let before: Awaited<ReturnType<Platform['money']>>;
beforeEach(async () => {
  before = await platform.money();
});
afterEach(async () => {
  expect(await platform.money()).toEqual(before);
});

const dayBefore = (days: number) => systemClock.today().subtract({ days }).toString();

describe('a visit is not registered', () => {
  test('for a card that nobody was given', async () => {
    expect(await refusalOf(hospital.register(aCold({ card_number: 'Z99999999' })))).toEqual({
      code: 'medical.card_unknown',
      status: 404,
      detail: 'No such card was issued. Check the card number.',
    });
  });

  test('with a blocked card, and is again when the block is lifted', async () => {
    const card_number = platform.someonesCard();
    const { items } = await agency.get<{ items: { card_id: string }[] }>(`/api/cards?query=${card_number}`);
    const at = `/api/cards/${items[0]?.card_id}`;
    await agency.send('POST', `${at}/block`, { reason: 'suspected_misuse' });
    expect(await refusalOf(hospital.register(aCold({ card_number })))).toMatchObject({
      code: 'medical.card_not_usable',
      status: 422,
    });
    await agency.send('POST', `${at}/unblock`, {});
    expect(await hospital.register(aCold({ card_number }))).toMatchObject({ state: 'open' });
  });

  test('after death', async () => {
    const visit = aCold({ card_number: platform.cardOf('deceased') });
    const refusal = await refusalOf(hospital.register(visit));
    expect(refusal).toMatchObject({ code: 'medical.person_deceased', status: 422 });
    expect(refusal.detail).toMatch(
      /^The person died on \d{4}-\d{2}-\d{2}; a visit after that day cannot be registered/,
    );
  });

  test('in a month without insurance', async () => {
    const visit = aCold({ card_number: platform.cardOf('unemployed') });
    const refusal = await refusalOf(hospital.register(visit));
    expect(refusal).toMatchObject({ code: 'medical.not_insured_on_day', status: 422 });
    expect(refusal.detail).toContain(`no medical insurance on ${visit.begun_on}`);
  });

  test('when the designation of the institution has expired', async () => {
    const pharmacy = await platform.desk('pharmacy');
    const { institution_code } = await pharmacy.api.get<{ institution_code: string }>('/api/me');
    const through = (day: string | null) =>
      platform.owner.query('update registry.institutions set designated_through = $2 where code = $1', [
        institution_code,
        day,
      ]);
    const visit = aCold({ card_number: platform.someonesCard() }, { kind: 'pharmacy', department: '药房' });
    await through(dayBefore(1));
    expect(await refusalOf(pharmacy.register(visit))).toEqual({
      code: 'medical.institution_not_designated',
      status: 422,
      detail: `On ${visit.begun_on} this institution is not designated, so it cannot settle.`,
    });
    // The last day of the designation still counts.
    await through(visit.begun_on);
    expect(await pharmacy.register(visit)).toMatchObject({ state: 'open' });
    await through(null);
  });

  test('with a field that is too long', async () => {
    const visit = aCold({ card_number: platform.someonesCard() }, { doctor: '林'.repeat(61) });
    expect(await refusalOf(hospital.register(visit))).toMatchObject({ code: 'http.invalid', status: 400 });
  });
});

describe('a bill is not taken', () => {
  test.each([
    ['an unknown code', { catalogue_code: 'X0000' }, 'medical.line_code_unknown', 'Line 2: code X0000'],
    ['a negative quantity', { quantity: '-1' }, 'medical.line_quantity_not_positive', 'Line 2: the quantity must be'],
    ['a quantity of zero', { quantity: '0' }, 'medical.line_quantity_not_positive', '(got 0)'],
    ['a price of zero', { unit_price: '0' }, 'medical.line_price_not_positive', 'Line 2: the price must be above zero'],
    ['a sum beyond reason', { quantity: '999999999999', unit_price: '9999999999' }, 'medical.line_too_large', 'Line 2'],
  ])('with %s; the bill before it stands', async (_, wrong, code, words) => {
    const good = lineOf(drug, '12.50');
    const visit = await hospital.register(aCold({ card_number: platform.someonesCard() }));
    await hospital.bill(visit, [good]);
    const refusal = await refusalOf(hospital.bill(visit, [good, { ...good, ...wrong }]));
    expect(refusal).toMatchObject({ code, status: 422 });
    expect(refusal.detail).toContain(words);
    expect(await hospital.api.get(`/api/visits/${visit.visit_id}`)).toMatchObject({ total_fen: '1250' });
  });

  test('with a code that is longer than any', async () => {
    const visit = await hospital.register(aCold({ card_number: platform.someonesCard() }));
    const refusal = refusalOf(hospital.bill(visit, [{ ...lineOf(drug, '1'), catalogue_code: 'X'.repeat(51) }]));
    expect(await refusal).toMatchObject({ code: 'http.invalid', status: 400 });
  });
});

describe('a visit is not settled', () => {
  test('without a bill', async () => {
    const visit = await hospital.register(aCold({ card_number: platform.someonesCard() }));
    expect(await refusalOf(hospital.settle(visit))).toMatchObject({ code: 'medical.bill_empty', status: 422 });
  });

  test('twice at once: one settlement, one refusal', async () => {
    const visit = await hospital.register(aCold({ card_number: platform.someonesCard() }));
    await hospital.bill(visit, [lineOf(drug, '20.00')]);
    const both = await Promise.allSettled([hospital.settle(visit), hospital.settle(visit)]);
    const [settled] = both.filter(({ status }) => status === 'fulfilled');
    const [refused] = both.filter(({ status }) => status === 'rejected');
    expect(settled).toMatchObject({ value: { state: 'awaiting_card' } });
    expect(refused).toMatchObject({ reason: { problem: { code: 'medical.visit_waits_for_card', status: 409 } } });
    const made = await platform.database.query('select from medical.v_settlements where visit_id = $1', [
      visit.visit_id,
    ]);
    expect(made).toHaveLength(1);
  });
});
