import { mkdirSync } from 'node:fs';
import { type City, makeCity } from '../../../sim/city/index.ts';
import { openKeyStore } from '../../core/keys/index.ts';
import { registerTerminals } from '../../core/switch/index.ts';
import { openAuth } from '../../platform/auth/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { keyPlace, type Settings } from '../../platform/config.ts';
import type { Database } from '../../platform/database/index.ts';
import { cardFolder, writeDevices } from '../field/devices.ts';
import { blockPins } from './blocked-pins.ts';
import { openBooks } from './books.ts';
import { seedCards } from './cards.ts';
import { seedCatalogue } from './catalogue.ts';
import { makeDevices } from './devices.ts';
import { registerCity } from './register.ts';
import { asNewUser, demoUsers } from './users.ts';

export type CitySize = { readonly persons: number; readonly seed: number };

export async function isSeeded(database: Database): Promise<boolean> {
  const [row] = await database.query<{ there: boolean }>('select exists (select from registry.persons) as there');
  return row?.there ?? false;
}

/** Makes the fictional city: one transaction, so that a killed seeding leaves nothing and the next start does it again. */
export async function seed(
  database: Database,
  settings: Settings,
  size: CitySize,
  say: (note: string) => void,
): Promise<void> {
  say('inventing people');
  const city = makeCity({
    seed: String(size.seed),
    today: systemClock.today().toString(),
    persons: size.persons,
    ...(size.persons < 5_000 ? { employers: Math.ceil(size.persons / 25) } : {}),
  });
  mkdirSync(settings.home, { recursive: true });
  const keys = await openKeyStore(keyPlace(settings), { make: true });
  say('users');
  await seedUsers(database, settings, city);
  await database.transaction(async (sql) => {
    say(`${city.persons.length} persons, ${city.enrolments.length} enrolments`);
    await registerCity(sql, city, systemClock.now());
    say(`${city.catalogue.length} catalogue items`);
    await seedCatalogue(sql, city);
    say('cards');
    const cards = await seedCards(sql, city, keys);
    say('opening balances');
    await openBooks(sql, city, cards, systemClock.today());
    say('terminals');
    const devices = makeDevices(city, keys);
    await registerTerminals(sql, devices.terminals);
    writeDevices(settings.home, devices.book);
    await blockPins(sql, city, keys, cardFolder(settings.home));
  });
  await database.query('analyze');
  say(`${city.persons.length} persons, ${city.cards.length} cards, ${city.terminals.length} terminals`);
}

async function seedUsers(database: Database, settings: Settings, city: City): Promise<void> {
  await database.query(`delete from auth."user" where email like '%@tessera.invalid'`);
  const auth = openAuth({ ...settings, url: settings.database_url });
  const institution = (kind: 'hospital' | 'pharmacy') => city.institutions.find((it) => it.kind === kind)?.code;
  const person = (key: string) => city.demo.find((demo) => demo.key === key);
  for (const user of demoUsers) {
    if (user.at === 'hospital' || user.at === 'pharmacy') {
      const code = institution(user.at);
      await auth.createUser(asNewUser(user, code ? { institution_code: code } : {}));
    } else if (user.at) {
      const who = person(user.at === 'employed' ? 'employed' : 'retired_chronic');
      const name = who ? { zh: who.name, en: who.name_latin } : user.name;
      await auth.createUser(asNewUser(user, who ? { person_id: who.person_id } : {}, name));
    } else await auth.createUser(asNewUser(user, {}));
  }
  await auth.close();
}
