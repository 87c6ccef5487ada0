import type { Id } from '../../kernel/identifiers.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { CardState } from './contract.ts';

export type CardId = Id<'card'>;

/** A card as it is made, with the facts its chip carries. */
export type NewCard = {
  readonly card_id: string;
  readonly card_number: string;
  readonly account_number: string;
  /** 卡识别码, 16 bytes: `cardIdentity` makes it. */
  readonly card_id_code: Uint8Array;
  /** 8 bytes: the last of the historical bytes of the ATR. */
  readonly atr_factor: Uint8Array;
  readonly city_code: string;
  readonly generation: 2 | 3;
  readonly person_id: string;
  readonly state: CardState;
  readonly issued_on: string;
  readonly expires_on: string;
};

/** Statements of a few thousand rows: large enough to be fast, small enough to stay small. */
const batch = 5_000;

/** Enters cards in bulk. A card number, account number or chip that is taken refuses the lot. */
export async function importCards(sql: Sql, rows: readonly NewCard[]): Promise<void> {
  for (let at = 0; at < rows.length; at += batch) {
    const part = rows.slice(at, at + batch);
    await sql.query(
      `with made as (
         insert into issuance.cards (card_id, card_number, account_number, card_id_code, atr_factor, city_code,
           generation, algorithm, person_id, state, issued_on, expires_on)
         select id, number, account, decode(code, 'hex'), decode(factor, 'hex'), city, generation,
           case generation when 3 then 'sm4' else 'des' end, person, state, issued, expires
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[],
           $8::uuid[], $9::text[], $10::date[], $11::date[])
           as c (id, number, account, code, factor, city, generation, person, state, issued, expires)
         returning card_id)
       insert into issuance.chip_counters (card_id) select card_id from made`,
      [
        part.map((card) => card.card_id),
        part.map((card) => card.card_number),
        part.map((card) => card.account_number),
        part.map((card) => card.card_id_code.toHex()),
        part.map((card) => card.atr_factor.toHex()),
        part.map((card) => card.city_code),
        part.map((card) => card.generation),
        part.map((card) => card.person_id),
        part.map((card) => card.state),
        part.map((card) => card.issued_on),
        part.map((card) => card.expires_on),
      ],
    );
  }
  if (rows.length >= batch) await sql.query('analyze issuance.cards, issuance.chip_counters');
}

/** What a payment must know about its card. */
export type PayingCard = {
  readonly card_id: CardId;
  readonly account_number: string;
  readonly person_id: Id<'person'>;
  readonly state: CardState;
  readonly expires_on: string;
  readonly holder_died_on: string | null;
  readonly card_id_code: Uint8Array;
  readonly atr_factor: Uint8Array;
  readonly city_code: string;
  readonly algorithm: 'des' | 'sm4';
  readonly load_sequence: number;
  readonly purchase_sequence: number;
};

/**
 * Locks cards by account number and reads them, in one round trip; until the transaction ends nobody else decides about
 * their payments. Locked in the order of their ids, so that two groups never wait for each other in a ring.
 */
export async function lockCards(sql: Sql, account_numbers: readonly string[]): Promise<Map<string, PayingCard>> {
  const rows = await sql.query<PayingCard>(
    `with wanted as materialized (
       select c.* from unnest($1::text[]) as given (account_number)
       cross join lateral (select * from issuance.cards where cards.account_number = given.account_number limit 1) c
       order by c.card_id)
     select wanted.card_id, account_number, person_id, state, expires_on, card_id_code, atr_factor, city_code, algorithm,
       load_sequence, purchase_sequence,
       (select died_on from registry.v_persons p where p.person_id = wanted.person_id) as holder_died_on
     from wanted
     cross join lateral (select load_sequence, purchase_sequence from issuance.chip_counters
       where chip_counters.card_id = wanted.card_id limit 1 for no key update) counters`,
    [account_numbers],
  );
  return new Map(rows.map((row) => [row.account_number, row]));
}

/** What the centre learnt about a chip's counters; a null leaves that counter as it was. */
export type Counters = {
  readonly card_id: CardId;
  readonly load_sequence: number | null;
  readonly purchase_sequence: number | null;
};

/** Moves the counters the centre believes in. The cards must have been locked by `lockCards`. */
export async function advanceCounters(sql: Sql, rows: readonly Counters[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `update issuance.chip_counters c
     set load_sequence = coalesce(load, load_sequence), purchase_sequence = coalesce(purchase, purchase_sequence)
     from unnest($1::uuid[], $2::integer[], $3::integer[]) as seen (id, load, purchase)
     where c.card_id = seen.id`,
    [rows.map((row) => row.card_id), rows.map((row) => row.load_sequence), rows.map((row) => row.purchase_sequence)],
  );
}
