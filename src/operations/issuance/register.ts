import type { BlackListReason } from '../../core/screening/contract.ts';
import { hex } from '../../kernel/bytes.ts';
import { maskNumber } from '../../kernel/identifiers.ts';
import type { Sql } from '../../platform/database/index.ts';
import { isId } from '../../platform/identity.ts';
import type { Card, CardDetail, CardState } from './contract.ts';

type CardRow = Omit<Card, 'account_number_masked'> & { account_number: string };

const columns = `c.card_id, c.card_number, c.account_number, c.person_id, p.name as holder_name,
  p.name_latin as holder_name_latin, c.city_code, c.generation, c.algorithm, c.state, c.issued_on, c.expires_on`;
const source = 'issuance.cards c left join registry.v_persons p using (person_id)';

const toCard = ({ account_number, ...row }: CardRow): Card => ({
  ...row,
  account_number_masked: maskNumber(account_number),
});

/** Whose card it is, by the number printed on it; null when there is no such card. */
export async function holderOf(
  sql: Sql,
  card_number: string,
): Promise<{ readonly person_id: string; readonly card_id: string; readonly state: CardState } | null> {
  const [row] = await sql.query<{ person_id: string; card_id: string; state: CardState }>(
    'select person_id, card_id, state from issuance.cards where card_number = $1',
    [card_number],
  );
  return row ?? null;
}

/** Every card a person has or had, newest first. */
export async function cardsOf(sql: Sql, person_id: string): Promise<Card[]> {
  const rows = await sql.query<CardRow>(
    `select ${columns} from ${source} where c.person_id = $1 order by c.card_id desc`,
    [person_id],
  );
  return rows.map(toCard);
}

export type CardSearch = {
  /** Beginning of a card number or of a holder's name; empty finds all. */
  readonly query: string;
  readonly state: CardState | null;
  readonly after: string | null;
  readonly limit: number;
};

/** Cards by number or holder, in the order of their ids. */
export async function findCards(sql: Sql, { query, state, after, limit }: CardSearch) {
  const text = query.trim();
  const isNumber = /^[0-9A-Z]{1,9}$/i.test(text);
  const found =
    text === '' ? '' : isNumber ? 'and c.card_number >= $4 and c.card_number < $5' : 'and p.name >= $4 and p.name < $5';
  const prefix = isNumber ? text.toUpperCase() : text;
  const rows = await sql.query<CardRow>(
    `select ${columns} from ${source}
     where c.card_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000') and ($2::text is null or c.state = $2)
       ${found}
     order by c.card_id limit $3`,
    // U+10FFFF sorts after everything in the "C" collation, so the prefix becomes a range of the index.
    [after && isId(after) ? after : null, state, limit + 1, ...(text === '' ? [] : [prefix, `${prefix}\u{10ffff}`])],
  );
  const items = rows.slice(0, limit).map(toCard);
  return { items, next: rows.length > limit ? (items.at(-1)?.card_id ?? null) : null };
}

type DetailRow = CardRow & {
  card_id_code: Uint8Array;
  load_sequence: number;
  purchase_sequence: number;
  listed: BlackListReason | null;
  since: Date | null;
};
type EventRow = { at: Date; from: CardState | null; to: CardState; reason: string | null; by: string };

/** A card with its counters, its place on the black list and every move it made; null when there is none. */
export async function cardDetail(sql: Sql, card_id: string): Promise<CardDetail | null> {
  const [row] = await sql.query<DetailRow>(
    `select ${columns}, c.card_id_code, n.load_sequence, n.purchase_sequence, b.reason as listed, b.since
     from ${source} join issuance.chip_counters n using (card_id)
     left join screening.v_black_list b using (account_number)
     where c.card_id = $1`,
    [card_id],
  );
  if (!row) return null;
  const history = await sql.query<EventRow>(
    `select at, from_state as "from", to_state as "to", reason, by_user as "by"
     from issuance.card_events where card_id = $1 order by event_id`,
    [card_id],
  );
  const { card_id_code, load_sequence, purchase_sequence, listed, since, ...card } = row;
  return {
    ...toCard(card),
    card_id_code: hex(card_id_code),
    load_sequence,
    purchase_sequence,
    black_list: listed && since ? { reason: listed, since: since.toISOString() } : null,
    history: history.map((event) => ({ ...event, at: event.at.toISOString() })),
  };
}
