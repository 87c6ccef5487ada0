import type { Chip } from '../../core/card/index.ts';
import { SimulatedReader } from '../../core/card/index.ts';
import { SoftwareKeyStore } from '../../core/keys/index.ts';
import { cardAccount, credit, debit, fundAccount, personalAccount } from '../../core/ledger/contract.ts';
import { openAccounts, post } from '../../core/ledger/index.ts';
import { importEnrolments, importPersons, type PersonImport } from '../../core/registry/index.ts';
import { citizenCheck } from '../../kernel/identifiers.ts';
import { fen } from '../../kernel/money.ts';
import { day } from '../../kernel/time.ts';
import type { Database } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { applyForCards, decideApplications } from './applications.ts';
import { type CardData, initialiseChip } from './chip-data.ts';
import { cardIdentity } from './chip-issue.ts';
import type { ApplicationChannel } from './contract.ts';
import { accountBook, dayOf } from './money.ts';
import type { By } from './moves.ts';
import { accountNumberOf, cardNumberOf } from './orders.ts';
import type { CardTerms } from './policy.ts';
import type { Bench } from './production.ts';
import { personaliseCard } from './station.ts';

export const terms: CardTerms = {
  fee_fen: { first: fen(0), replacement: fen(2_000), renewal: fen(0) },
  validity_years: 10,
  provisional_days: 7,
  wait_days: 30,
  refresh_days: 1,
};
export const city_code = '990100';
export const photo = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);

export const at = (text: string): Temporal.Instant => Temporal.Instant.from(`${text}+08:00`);
export const who = (user_id: string, when = '2026-03-02T09:00'): By => ({ user_id, at: at(when), trace_id: newId() });
export const clerk = who('clerk');
export const second = who('second');

let born = 0;
/** Made-up persons of area 990100, all insured since 2020; nobody lives there. */
export function makePersons(count: number): PersonImport[] {
  return Array.from({ length: count }, () => {
    const place = born++;
    const birth = day('1950-01-01').add({ days: Math.floor(place / 400) });
    const first17 = `990100${birth.toString().replaceAll('-', '')}${String((place % 400) * 2 + 1).padStart(3, '0')}`;
    return {
      person_id: newId(),
      citizen_number: first17 + citizenCheck(first17),
      sex: 1,
      birth: birth.toString(),
      died_on: null,
      name: `李${'一二三四五六七八九'.charAt(place % 9)}`,
      name_latin: 'Li',
      household_id: null,
      relation: null,
      phone: null,
      address_zh: '云溪市',
      address_en: 'Yunxi',
    };
  });
}

export async function settle(database: Database, persons: readonly PersonImport[]): Promise<void> {
  const known = at('2024-01-01T00:00');
  await database.transaction((sql) => importPersons(sql, persons, known));
  await database.transaction((sql) =>
    importEnrolments(
      sql,
      persons.map(({ person_id }) => ({
        enrolment_id: newId(),
        person_id,
        insurance: '310' as const,
        status: 'in_service' as const,
        employer_id: null,
        wage_fen: null,
        from: '2020-01-01',
        through: null,
      })),
      known,
    ),
  );
}

/** Applies for everybody and approves it, as two people. */
export async function approved(
  database: Database,
  persons: readonly { readonly person_id: string }[],
  channel: ApplicationChannel = 'batch',
): Promise<string[]> {
  const answers = await database.transaction((sql) =>
    applyForCards(
      sql,
      persons.map(({ person_id }) => ({ person_id, channel, photo, city_code })),
      terms,
      clerk,
    ),
  );
  const ids = answers.flatMap((answer) => (answer.granted ? [answer.value.application_id] : []));
  await database.transaction((sql) => decideApplications(sql, ids, { approve: true }, second));
  return ids;
}

export const keys = SoftwareKeyStore.volatile();

export type TestBench = Bench & { readonly reader: SimulatedReader; readonly pins: Map<string, string> };

/** A bench whose chips lie in a tray that survives the station. */
export function testBench(tray: Map<string, Chip>, safe: Map<string, Chip>): TestBench {
  const reader = new SimulatedReader(['user']);
  const pins = new Map<string, string>();
  return {
    reader,
    slot: 'user',
    pins,
    insert(card, fresh, make) {
      const chip = fresh ? make() : tray.get(card.card_number);
      if (!chip) return false;
      tray.set(card.card_number, chip);
      reader.insert('user', chip);
      return true;
    },
    remove(card, finished) {
      reader.remove('user');
      const chip = tray.get(card.card_number);
      if (!finished || !chip) return;
      tray.delete(card.card_number);
      safe.set(card.card_number, chip);
    },
    printPin: (card, pin) => void pins.set(card.card_number, pin),
  };
}

/** Gives a person money on the personal account and moves part of it to the card, as a load does. */
export async function putMoney(
  database: Database,
  of: { readonly person_id: string; readonly card_id: string; readonly personal: number; readonly card: number },
): Promise<void> {
  const personal = personalAccount(accountBook, of.person_id);
  const card = cardAccount(accountBook, of.card_id);
  const pending = fundAccount(accountBook, '3001.99');
  const on = dayOf(clerk.at);
  await database.transaction(async (sql) => {
    await openAccounts(
      sql,
      [personal, card, pending].map((account) => ({ account, opened_on: on })),
    );
    const draft = { business_date: on, trace_id: newId(), kind: 'ledger.opening' };
    await post(sql, [
      {
        ...draft,
        key: `open/${of.card_id}`,
        postings: [
          debit(pending, fen(of.personal + of.card)),
          credit(personal, fen(of.personal)),
          credit(card, fen(of.card)),
        ],
      },
    ]);
  });
}

/** The limit of a station: chips brought to life and personalised with nothing around them, a second. */
export async function chipsAlone(count: number): Promise<number> {
  const bench = testBench(new Map(), new Map());
  const cards = Array.from({ length: count }, (_, i) => aloneCard(i + 1));
  const begun = performance.now();
  for (const card of cards) {
    bench.insert(card, true, () => initialiseChip(keys, card));
    await personaliseCard(bench.reader, bench.slot, keys, card, '246810');
    bench.remove(card, true);
  }
  return Math.round(count / ((performance.now() - begun) / 1000));
}

function aloneCard(running: number): CardData {
  const first17 = `99010019900101${String(running % 1000).padStart(3, '0')}`;
  return {
    ...cardIdentity(keys, { city_code, running, generation: 3 }),
    card_id: newId(),
    card_number: cardNumberOf(running) as CardData['card_number'],
    account_number: accountNumberOf(city_code, running),
    city_code,
    generation: 3,
    issued_on: '2026-03-02',
    expires_on: '2036-03-01',
    citizen_number: (first17 + citizenCheck(first17)) as CardData['citizen_number'],
    name: '李一',
    sex: 1,
    birth: '1990-01-01',
    insurance: '310',
    photo,
  };
}
