import type { KeyStore } from '../../core/keys/contract.ts';
import { cardAccount } from '../../core/ledger/contract.ts';
import { openAccounts } from '../../core/ledger/index.ts';
import { defined } from '../../kernel/assert.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import { luhnCheck, organisationCheck } from '../../kernel/identifiers.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { importCards, type NewCard } from './cards.ts';
import { cardIdentity } from './chip-issue.ts';
import { accountBook, dayOf } from './money.ts';
import type { By } from './moves.ts';
import type { CardTerms } from './policy.ts';

/** Card number of our own issue: M, 7 digits that do not tell their order, a check character. */
export function cardNumberOf(running: number): string {
  const first8 = `M${String((running * 7_654_321 + 1_234_567) % 10_000_000).padStart(7, '0')}`;
  return first8 + organisationCheck(first8);
}

/** Account number on the wire: city, 7 for our own issue, running number, Luhn digit; 19 digits. */
export function accountNumberOf(city_code: string, running: number): string {
  const digits = `${city_code}7${String(running).padStart(11, '0')}`;
  return digits + luhnCheck(digits);
}

export type OrderRequest = {
  readonly city_code: string;
  readonly place: 'station' | 'bureau';
  /** At most this many cards; the oldest approved applications first. */
  readonly most: number;
};
export type Order = { readonly order_id: string; readonly number: number; readonly cards: number };

type Taken = { readonly application_id: string; readonly person_id: string };

/**
 * Data preparation (数据准备): makes an order of approved applications. Every card gets its numbers and the identity of its
 * chip, an account in the books, and its place in the order. Two orders at once never take the same application.
 * Refusal: issuance.nothing_to_order.
 */
export async function prepareOrder(
  sql: Sql,
  keys: Pick<KeyStore, 'authentication'>,
  { city_code, place, most }: OrderRequest,
  terms: CardTerms,
  by: By,
): Promise<Decision<Order>> {
  const taken = await sql.query<Taken>(
    `update issuance.applications a set state = 'ordered'
     from (select application_id from issuance.applications where state = 'approved' and city_code = $1
       order by application_id limit $2 for no key update skip locked) chosen
     where a.application_id = chosen.application_id
     returning a.application_id, a.person_id`,
    [city_code, most],
  );
  if (taken.length === 0) return refuse('issuance.nothing_to_order');
  taken.sort((a, b) => (a.application_id < b.application_id ? -1 : 1));
  const first = await takeRunning(sql, city_code, taken.length);
  const today = dayOf(by.at);
  const cards = taken.map(({ person_id }, i): NewCard => {
    const running = first + i;
    return {
      ...cardIdentity(keys, { city_code, running, generation: 3 }),
      card_id: newId(),
      card_number: cardNumberOf(running),
      account_number: accountNumberOf(city_code, running),
      city_code,
      generation: 3,
      person_id,
      state: 'ordered',
      issued_on: today.toString(),
      expires_on: today.add({ years: terms.validity_years }).subtract({ days: 1 }).toString(),
    };
  });
  await importCards(sql, cards);
  await openAccounts(
    sql,
    cards.map(({ card_id }) => ({ account: cardAccount(accountBook, card_id), opened_on: today })),
  );
  const order_id = newId();
  const [order] = await sql.query<{ number: bigint }>(
    `insert into issuance.orders (order_id, place, city_code, cards, by_user, trace_id, at)
     values ($1, $2, $3, $4, $5, $6, $7) returning number`,
    [order_id, place, city_code, cards.length, by.user_id, by.trace_id, by.at.toString()],
  );
  await sql.query(
    `insert into issuance.work (card_id, order_id, application_id, position, state)
     select card, $3, application, position, 'prepared'
     from unnest($1::uuid[], $2::uuid[]) with ordinality as w (card, application, position)`,
    [cards.map(({ card_id }) => card_id), taken.map(({ application_id }) => application_id), order_id],
  );
  if (cards.length > 1_000) await sql.query('analyze issuance.work');
  return grant({ order_id, number: Number(defined(order, 'order').number), cards: cards.length });
}

/** Takes running numbers of a city; the first one. They go on from the cards that were taken over in bulk. */
async function takeRunning(sql: Sql, city_code: string, count: number): Promise<number> {
  await sql.query(
    `insert into issuance.running_numbers (city_code, last)
     select $1, coalesce(max(encode(substring(atr_factor from 5), 'hex')::integer), 0)
     from issuance.cards where city_code = $1 on conflict (city_code) do nothing`,
    [city_code],
  );
  const [row] = await sql.query<{ last: number }>(
    'update issuance.running_numbers set last = last + $2 where city_code = $1 returning last',
    [city_code, count],
  );
  return defined(row, 'running number').last - count + 1;
}
