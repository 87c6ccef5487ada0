import { CardFault, type CardReader, type Chip } from '../../core/card/index.ts';
import type { KeyStore } from '../../core/keys/contract.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Database, Sql } from '../../platform/database/index.ts';
import { type CardData, cardData, initialiseChip } from './chip-data.ts';
import { type By, moveCard } from './moves.ts';
import { personaliseCard, StationError } from './station.ts';
import { moveStock } from './stock.ts';

/** One reader of a station, and where its chips lie. */
export type Bench = {
  readonly reader: CardReader;
  readonly slot: string;
  /**
   * Puts the chip of a card into the slot: the one begun before, or the fresh one that `make` brings to life. False when
   * it was begun before and is not there: what lies in the world then is for a person to find.
   */
  insert(card: CardData, fresh: boolean, make: () => Chip): boolean;
  /** Takes out what is there; a finished card goes to the safe. */
  remove(card: CardData, finished: boolean): void;
  /** Prints the PIN envelope of a finished card. The PIN is kept nowhere else. */
  printPin(card: CardData, pin: string): void;
};

export type Station = { readonly name: string; readonly benches: readonly Bench[] };

export type RunResult = { readonly finished: number; readonly failed: number; readonly refusal: string | null };

/** A station that says nothing for so long is taken for dead, and another may take its cards over. */
const lease = '2 minutes';
/** Cards one bench claims at once: few enough to hand over quickly, enough to make the round trips rare. */
const claim_size = 20;

type Claimed = { readonly card_id: string; readonly claim: number; readonly state: 'prepared' | 'begun' };

/**
 * Claims cards of an order for a station and books a blank for each that was not begun: from here on a chip with this
 * card's keys may exist, and there will be no second one. Refusal: issuance.no_blanks.
 */
export async function claimWork(
  sql: Sql,
  order_id: string,
  station: string,
  limit: number,
  by: By,
): Promise<Decision<readonly Claimed[]>> {
  const waiting = await sql.query<Claimed>(
    `select card_id, claim + 1 as claim, state from issuance.work
     where order_id = $1 and state in ('prepared', 'begun') and (claimed_until is null or claimed_until < $2::timestamptz)
     order by position limit $3 for no key update skip locked`,
    [order_id, by.at.toString(), limit],
  );
  const fresh = waiting.filter(({ state }) => state === 'prepared');
  const changes = [
    { kind: 'blank', change: -fresh.length },
    { kind: 'in_work', change: fresh.length },
  ] as const;
  if (fresh.length > 0 && !(await moveStock(sql, changes, 'begun', order_id, by))) return refuse('issuance.no_blanks');
  await sql.query(
    `update issuance.work set state = 'begun', station = $2, claim = claim + 1,
       claimed_until = $3::timestamptz + $4::interval where card_id = any($1::uuid[])`,
    [waiting.map(({ card_id }) => card_id), station, by.at.toString(), lease],
  );
  // The mark that also `issueChip` respects: a chip of this card is being made.
  await sql.query('update issuance.cards set chip_issued_at = $2 where card_id = any($1::uuid[])', [
    fresh.map(({ card_id }) => card_id),
    by.at.toString(),
  ]);
  return grant(waiting);
}

type Outcome = Claimed & { readonly error: string | null };

/** Writes what a bench has done; a card that another station has claimed meanwhile is left to that one. */
export async function finishWork(
  sql: Sql,
  order_id: string,
  outcomes: readonly Outcome[],
  by: By,
): Promise<{ readonly finished: number; readonly failed: number }> {
  const done = await sql.query<{ card_id: string; error: string | null }>(
    `update issuance.work w set state = case when given.error is null then 'checked' else w.state end,
       error = given.error, claimed_until = null
     from unnest($1::uuid[], $2::integer[], $3::text[]) as given (card_id, claim, error)
     where w.card_id = given.card_id and w.claim = given.claim and w.state = 'begun'
     returning w.card_id, w.error`,
    [outcomes.map((o) => o.card_id), outcomes.map((o) => o.claim), outcomes.map((o) => o.error)],
  );
  const finished = done.filter(({ error }) => error === null);
  for (const { card_id } of finished) await moveCard(sql, card_id, { move: 'complete' }, by);
  const changes = [
    { kind: 'in_work', change: -finished.length },
    { kind: 'finished', change: finished.length },
  ] as const;
  if (finished.length > 0) await moveStock(sql, changes, 'checked', order_id, by);
  return { finished: finished.length, failed: done.length - finished.length };
}

/**
 * Works through an order at a station, all benches at once, until nothing is left that nobody holds. It may stop at any
 * point and be run again, here or elsewhere: finished cards stay finished, begun ones are gone on with. A card that fails
 * is left begun with its error for the next run.
 */
export async function runOrder(
  database: Database,
  keys: KeyStore,
  order_id: string,
  station: Station,
  by: () => By,
  signal?: AbortSignal,
): Promise<RunResult> {
  const total = { finished: 0, failed: 0, refusal: null as string | null };
  // A card that failed in this run is not tried again in it, whichever bench finds it.
  const tried = new Set<string>();
  await Promise.all(
    station.benches.map(async (bench) => {
      while (!signal?.aborted) {
        const claimed = await database.transaction((sql) => claimWork(sql, order_id, station.name, claim_size, by()));
        if (!claimed.granted) {
          total.refusal = claimed.refusal.code;
          return;
        }
        const work = claimed.value.filter(({ card_id }) => !tried.has(card_id));
        if (work.length === 0) {
          await database.transaction((sql) => releaseWork(sql, claimed.value));
          return;
        }
        const outcomes = await workThrough(database, keys, bench, work, tried);
        const released = claimed.value.filter((one) => !work.includes(one));
        const done = await database.transaction(async (sql) => {
          await releaseWork(sql, released);
          return finishWork(sql, order_id, outcomes, by());
        });
        total.finished += done.finished;
        total.failed += done.failed;
      }
    }),
  );
  return total;
}

async function workThrough(
  database: Database,
  keys: KeyStore,
  bench: Bench,
  work: readonly Claimed[],
  tried: Set<string>,
): Promise<Outcome[]> {
  const data = new Map(
    (
      await cardData(
        database,
        work.map(({ card_id }) => card_id),
      )
    ).map((card) => [card.card_id, card]),
  );
  const outcomes: Outcome[] = [];
  for (const one of work) {
    tried.add(one.card_id);
    const card = data.get(one.card_id);
    outcomes.push({ ...one, error: card ? await makeCard(keys, bench, card, one.state === 'prepared') : 'data' });
  }
  return outcomes;
}

/** Null when the card was made and is what it should be; else what went wrong. */
async function makeCard(keys: KeyStore, bench: Bench, card: CardData, fresh: boolean): Promise<string | null> {
  if (!bench.insert(card, fresh, () => initialiseChip(keys, card))) return 'chip_missing';
  const pin = randomPin();
  try {
    await personaliseCard(bench.reader, bench.slot, keys, card, pin);
  } catch (fault) {
    bench.remove(card, false);
    if (fault instanceof StationError) return fault.fault;
    if (fault instanceof CardFault) return fault.code;
    throw fault;
  }
  bench.remove(card, true);
  bench.printPin(card, pin);
  return null;
}

const releaseWork = (sql: Sql, claimed: readonly Claimed[]) =>
  sql.query(
    `update issuance.work w set claimed_until = null from unnest($1::uuid[], $2::integer[]) as given (card_id, claim)
     where w.card_id = given.card_id and w.claim = given.claim`,
    [claimed.map(({ card_id }) => card_id), claimed.map(({ claim }) => claim)],
  );

/** Six digits, each as likely as the other. */
function randomPin(): string {
  const draw = new Uint32Array(1);
  do crypto.getRandomValues(draw);
  while ((draw[0] as number) >= 4_294_000_000);
  return String((draw[0] as number) % 1_000_000).padStart(6, '0');
}

/**
 * Destroys a card in work whose chip is dead or gone: the card ends, the chip is counted as spoiled, and its application
 * waits for the next order, where it gets a card with other numbers and keys. Refusal: issuance.not_in_work.
 */
export async function spoilCard(sql: Sql, card_id: string, by: By): Promise<Decision<null>> {
  const [work] = await sql.query<{ order_id: string; application_id: string }>(
    `update issuance.work set state = 'spoiled', claim = claim + 1, claimed_until = null
     where card_id = $1 and state = 'begun' returning order_id, application_id`,
    [card_id],
  );
  if (!work) return refuse('issuance.not_in_work');
  const moved = await moveCard(sql, card_id, { move: 'spoil' }, by);
  if (!moved.granted) return moved;
  await sql.query(`update issuance.applications set state = 'approved' where application_id = $1`, [
    work.application_id,
  ]);
  const changes = [
    { kind: 'in_work', change: -1 },
    { kind: 'spoiled', change: 1 },
  ] as const;
  await moveStock(sql, changes, 'spoiled', work.order_id, by);
  return grant(null);
}

/**
 * Hands finished cards of an order over for delivery: to whoever applied, an employer or the holder. How many; the
 * delivery list is `deliveryList`.
 */
export async function deliverOrder(sql: Sql, order_id: string, by: By): Promise<Decision<number>> {
  const sent = await sql.query<{ card_id: string }>(
    `update issuance.work set state = 'delivered' where order_id = $1 and state = 'checked' returning card_id`,
    [order_id],
  );
  if (sent.length === 0) return refuse('issuance.nothing_to_deliver');
  await moveStock(sql, [{ kind: 'finished', change: -sent.length }], 'delivered', order_id, by);
  return grant(sent.length);
}

/** Somebody has signed for a delivered card. Refusal: issuance.not_delivered. */
export async function receiveCard(sql: Sql, card_id: string, received_by: string): Promise<Decision<null>> {
  const taken = await sql.query(
    `update issuance.work set state = 'received', received_by = $2 where card_id = $1 and state = 'delivered' returning 1`,
    [card_id, received_by],
  );
  return taken.length > 0 ? grant(null) : refuse('issuance.not_delivered');
}
