import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chip } from '../../core/card/index.ts';
import { cardKeyNames, SoftwareKeyStore } from '../../core/keys/index.ts';
import { assert } from '../../kernel/assert.ts';
import type { Database } from '../../platform/database/index.ts';
import { cardKeyOf, mastersOf } from './independent-keys.fixture.ts';
import { approved, city_code, clerk, makePersons, settle, terms, testBench, who } from './life.fixture.ts';
import { prepareOrder } from './orders.ts';
import { type Bench, claimWork, type RunResult, runOrder, spoilCard } from './production.ts';
import { moveStock, stockLines } from './stock.ts';

export type ProofSize = {
  /** Cards prepared. */
  readonly prepare: number;
  /** Cards personalised, in orders of their own. */
  readonly make: number;
  readonly seed: number;
  /** Share of insertions that are torn out at a random command. */
  readonly failing: number;
  /** Cards whose station dies after it has claimed them. */
  readonly dead: number;
};

export type ProofResult = {
  readonly prepared: number;
  readonly personalised: number;
  readonly torn: number;
  readonly runs: number;
  readonly spoiled: number;
  readonly issued_twice: number;
  readonly keys_checked: number;
  readonly keys_wrong: number;
  readonly stock: Readonly<Record<string, number>>;
  readonly stock_agrees: boolean;
  readonly prepared_per_s: number;
  readonly personalised_per_s: number;
};

/** A seed's own sequence (mulberry32), from 0 up to but not with 1. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** More commands than a card takes from the first to the quality check, so that a tear may also come too late. */
const commands_at_most = 75;

const passphrases = ['one of the proof', 'another of the proof'] as const;

/**
 * Prepares many cards and personalises some on four readers of two stations, while cards are torn out at random commands
 * and a station dies with cards in its hands; goes on until nothing is left, and says what is true then.
 */
export async function proveIssuing(database: Database, size: ProofSize): Promise<ProofResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-issuing-'));
  try {
    const vault = join(folder, 'keys');
    const keys = await SoftwareKeyStore.create(vault, passphrases);
    return await prove(database, keys, mastersOf(vault, passphrases), size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prove(
  database: Database,
  keys: SoftwareKeyStore,
  masters: Readonly<Record<string, string>>,
  { prepare, make, seed, failing, dead }: ProofSize,
): Promise<ProofResult> {
  const random = randomFrom(seed);
  const persons = makePersons(prepare);
  await settle(database, persons);
  for (let from = 0; from < persons.length; from += 5_000) await approved(database, persons.slice(from, from + 5_000));
  await database.transaction((sql) =>
    moveStock(sql, [{ kind: 'blank', change: make + dead }], 'received', null, clerk),
  );

  const begun = performance.now();
  const order = async (most: number) => {
    const made = await database.transaction((sql) =>
      prepareOrder(sql, keys, { city_code, place: 'station', most }, terms, clerk),
    );
    assert(made.granted, 'applications wait');
    return made.value;
  };
  const first = await order(make);
  let prepared = first.cards;
  while (prepared < prepare) prepared += (await order(10_000)).cards;
  const prepared_s = (performance.now() - begun) / 1000;

  const tray = new Map<string, Chip>();
  const safe = new Map<string, Chip>();
  const born = new Map<string, number>();
  let torn = 0;
  const bench = (): Bench => {
    const inner = testBench(tray, safe);
    return {
      ...inner,
      insert(card, fresh, bringToLife) {
        const there = inner.insert(card, fresh, () => {
          born.set(card.card_number, (born.get(card.card_number) ?? 0) + 1);
          return bringToLife();
        });
        if (there && random() < failing) {
          torn++;
          inner.reader.tearOut('user', random() < 0.5 ? 'before' : 'after', Math.floor(random() * commands_at_most));
        }
        return there;
      },
    };
  };
  // A station that takes cards, begins them in the books, and is never heard of again.
  if (dead > 0) await database.transaction((sql) => claimWork(sql, first.order_id, 'dead', dead, clerk));
  const started = performance.now();
  let runs = 0;
  /** All stations at once, again and again, until a run finishes nothing more. */
  const workOff = async (order_id: string, when: string): Promise<void> => {
    for (;;) {
      const by = who('station', when);
      const run = (name: string): Promise<RunResult> =>
        runOrder(database, keys, order_id, { name, benches: [bench(), bench()] }, () => by);
      const results = await Promise.all([run('S1'), run('S2')]);
      runs++;
      if (results.every(({ finished }) => finished === 0)) return;
    }
  };
  await workOff(first.order_id, '2026-03-02T09:00');
  // The dead station's claims have run out: its chips are nowhere, so a person spoils the cards; others are made for them.
  await workOff(first.order_id, '2026-03-02T10:00');
  const missing = await database.query<{ card_id: string }>(
    `select card_id from issuance.work where order_id = $1 and state = 'begun' and error = 'chip_missing'`,
    [first.order_id],
  );
  for (const { card_id } of missing) await database.transaction((sql) => spoilCard(sql, card_id, clerk));
  if (missing.length > 0) await workOff((await order(missing.length)).order_id, '2026-03-02T10:00');
  const made_s = (performance.now() - started) / 1000;

  const { checked, wrong } = await checkKeys(database, masters, safe);
  const lines = await stockLines(database);
  return {
    prepared,
    personalised: safe.size,
    torn,
    runs,
    spoiled: missing.length,
    issued_twice: [...born.values()].filter((times) => times > 1).length,
    keys_checked: checked,
    keys_wrong: wrong,
    stock: Object.fromEntries(lines.map(({ kind, count }) => [kind, count])),
    stock_agrees: lines.every(({ count, moved, cards }) => count === moved && (cards === null || cards === count)),
    prepared_per_s: Math.round(prepared / prepared_s),
    personalised_per_s: Math.round(safe.size / made_s),
  };
}

/** The purse's key lies on cards that have a purse; these have none. */
const namesOnCards = cardKeyNames.filter((name) => name !== 'PPK');

/** Looks in the memory of every finished chip for every key that the second implementation derives for it. */
async function checkKeys(database: Database, masters: Readonly<Record<string, string>>, safe: Map<string, Chip>) {
  const cards = await database.query<{ card_number: string; atr_factor: Uint8Array }>(
    `select card_number, atr_factor from issuance.cards where state = 'issued'`,
  );
  let [checked, wrong] = [0, 0];
  for (const { card_number, atr_factor } of cards) {
    const chip = safe.get(card_number);
    const memory = chip ? Buffer.from(chip.image()) : Buffer.alloc(0);
    for (const name of namesOnCards) {
      checked++;
      if (!memory.includes(cardKeyOf(masters[`sm4/${name}`] ?? '', city_code, atr_factor))) wrong++;
    }
  }
  return { checked, wrong };
}
