import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { SoftwareKeyStore } from '../../core/keys/index.ts';
import { importPersons } from '../../core/registry/index.ts';
import { citizenCheck, luhnCheck, organisationCheck } from '../../kernel/identifiers.ts';
import { newId } from '../../platform/identity.ts';
import { advanceCounters, cardIdentity, importCards, issueChip, lockCards } from './index.ts';

const { database } = await createTestDatabase();
const keys = SoftwareKeyStore.volatile();
const person_id = newId();
const first17 = '99010019900101123';

async function newCard(running: number): Promise<{ card_number: string; account_number: string }> {
  const serial = `B${String(running).padStart(7, '0')}`;
  const account = `990100${String(running).padStart(12, '0')}`;
  const card_number = serial + organisationCheck(serial);
  const account_number = account + luhnCheck(account);
  const city = { city_code: '990100', generation: 3 as const };
  const dates = { issued_on: '2024-05-06', expires_on: '2034-05-06' };
  const identity = cardIdentity(keys, { ...city, running });
  const state = 'active' as const;
  const card_id = newId();
  await importCards(database, [
    { ...city, ...dates, ...identity, card_id, card_number, account_number, person_id, state },
  ]);
  return { card_number, account_number };
}
const issue = (card_number: string) => database.transaction((sql) => issueChip(sql, keys, card_number, '123456'));

beforeAll(async () => {
  const person = {
    person_id,
    citizen_number: first17 + citizenCheck(first17),
    sex: 1 as const,
    birth: '1990-01-01',
    died_on: null,
    name: '林晓春',
    name_latin: 'Lin Xiaochun',
    household_id: null,
    relation: null,
    phone: null,
    address_zh: '云溪市',
    address_en: 'Yunxi',
  };
  await database.transaction((sql) => importPersons(sql, [person], Temporal.Instant.from('2024-05-06T00:00:00Z')));
});

const refusedWith = (code: string) => ({ granted: false, refusal: { code } });

test('a card gets one chip, however many ask at the same moment', async () => {
  const { card_number } = await newCard(1);
  const answers = await Promise.all([issue(card_number), issue(card_number), issue(card_number)]);
  expect(answers.filter(({ granted }) => granted)).toHaveLength(1);
  for (const answer of [...answers.filter(({ granted }) => !granted), await issue(card_number)])
    expect(answer).toMatchObject(refusedWith('issuance.chip_issued_already'));
});

test('a card whose chip has been on line gets no other', async () => {
  const { card_number, account_number } = await newCard(2);
  await database.transaction(async (sql) => {
    const card = (await lockCards(sql, [account_number])).get(account_number);
    if (card) await advanceCounters(sql, [{ card_id: card.card_id, load_sequence: 1, purchase_sequence: null }]);
  });
  expect(await issue(card_number)).toMatchObject(refusedWith('issuance.chip_issued_already'));
});

test('there is no chip for a card that is not known', async () => {
  expect(await issue('Z99999999')).toMatchObject(refusedWith('issuance.card_unknown'));
});

test('what fails after the card was marked leaves it free', async () => {
  const { card_number } = await newCard(3);
  const failing = database.transaction(async (sql) => {
    await issueChip(sql, keys, card_number, '123456');
    throw new Error('no paper');
  });
  await expect(failing).rejects.toThrow('no paper');
  expect(await issue(card_number)).toMatchObject({ granted: true });
});
