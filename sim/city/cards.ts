import type { PersonImport } from '../../src/core/registry/index.ts';
import { defined } from '../../src/kernel/assert.ts';
import type { BankCardNumber, CardNumber } from '../../src/kernel/identifiers.ts';
import { addDays, earlier, type IsoDay, later } from './calendar.ts';
import { area, banks } from './data/places.ts';
import type { DemoKey } from './demo.ts';
import { accountNumber, cardNumber } from './identifiers.ts';
import type { CityCard } from './model.ts';
import type { Inhabitant } from './population.ts';
import type { Random } from './random.ts';

/** Everybody of the demonstration has this PIN. */
const demoPin = '123456';
/** Third-generation cards (SM4) were issued from this day; older cards still work with 3DES. */
const thirdGeneration: IsoDay = '2020-01-01';
/** Made up: no card maker is registered under it. */
const maker = '86F9';

/** One card for each inhabitant. */
export function makeCards(random: Random, inhabitants: readonly Inhabitant[], today: IsoDay): CityCard[] {
  return inhabitants.map(({ person, demo }, i) => {
    const issued_on = issueDay(random, person, today);
    const generation = issued_on < thirdGeneration ? 2 : 3;
    const bank = defined(banks[random.chance(0.7) ? 0 : 1], 'bank');
    const serial = (i + 1).toString(16).padStart(8, '0');
    const atr_factor = `${maker}${area.code.slice(0, 4)}${serial}`.toUpperCase();
    return {
      person_id: person.person_id,
      card_number: cardNumber(i + 1) as CardNumber,
      bank_id: bank.bank_id,
      account_number: accountNumber(bank.prefix, i) as BankCardNumber,
      card_id_code: `${area.code}D156000005${serial}${random.hex(8)}`.toUpperCase(),
      generation,
      algorithm: generation === 2 ? '3DES' : 'SM4',
      // 3B 6D 00 00, then 13 historical bytes: chip provider 2, system version 3, factor 8 (card.md 3.3).
      atr: `3B6D00000081540${generation}00${atr_factor}`,
      atr_factor,
      pin: demoPin,
      state: stateOf(random, person, demo),
      issued_on,
      expires_on: addDays(`${Number(issued_on.slice(0, 4)) + 10}-${issued_on.slice(5, 7)}-01`, -1),
    };
  });
}

function issueDay(random: Random, person: PersonImport, today: IsoDay): IsoDay {
  const end = person.died_on ?? today;
  return later(person.birth, earlier(addDays(end, -1), addDays(end, -random.int(20, 9 * 365))));
}

function stateOf(random: Random, person: PersonImport, demo: DemoKey | null): CityCard['state'] {
  if (person.died_on) return 'cancelled';
  if (demo) return demo === 'blocked_card' ? 'pin_blocked' : demo === 'lost_card' ? 'lost' : 'active';
  return random.chance(0.003) ? 'lost' : random.chance(0.002) ? 'pin_blocked' : 'active';
}
