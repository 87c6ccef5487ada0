import { cardAccount } from '../../core/ledger/contract.ts';
import type { BlackListReason } from '../../core/screening/contract.ts';
import { hex } from '../../kernel/bytes.ts';
import { maskNumber } from '../../kernel/identifiers.ts';
import type { Sql } from '../../platform/database/index.ts';
import { isId } from '../../platform/identity.ts';
import { movesFrom } from './card-states.rules.ts';
import type { Card, CardDetail, CardMove, CardState } from './contract.ts';
import { accountBook } from './money.ts';

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
  suspended_through: string | null;
  take_up: boolean;
  balance_fen: bigint | null;
  amount_fen: bigint | null;
  came_fen: bigint;
  expected_through: string;
  on_chip: boolean;
  to_card: string | null;
};
type EventRow = { move: CardMove; at: Date; from: CardState | null; to: CardState; reason: string | null; by: string };

/** A card with its counters, its place on the black list and every move it made; null when there is none. */
export async function cardDetail(sql: Sql, card_id: string): Promise<CardDetail | null> {
  const [row] = await sql.query<DetailRow>(
    `select ${columns}, c.card_id_code, n.load_sequence, n.purchase_sequence, b.reason as listed, b.since,
       c.suspended_through, c.state = 'active' and coalesce(v.balance_fen, 0) > 0 and exists (
         select from issuance.carried t where t.to_card = c.card_id and t.on_chip_at is null and t.amount_fen > 0) as take_up,
       v.balance_fen, r.amount_fen, r.came_fen, r.expected_through, r.on_chip_at is not null as on_chip,
       (select s.card_number from issuance.cards s where s.card_id = r.to_card) as to_card
     from ${source} join issuance.chip_counters n using (card_id)
     left join screening.v_black_list b using (account_number)
     left join issuance.carried r on r.from_card = c.card_id
     left join ledger.v_balances v on v.account = $2
     where c.card_id = $1`,
    [card_id, isId(card_id) ? cardAccount(accountBook, card_id) : ''],
  );
  if (!row) return null;
  const history = await sql.query<EventRow>(
    `select move, at, from_state as "from", to_state as "to", reason, by_user as "by"
     from issuance.card_events where card_id = $1 order by event_id`,
    [card_id],
  );
  const { card_id_code, load_sequence, purchase_sequence, listed, since, suspended_through, balance_fen, ...more } =
    row;
  const { amount_fen, came_fen, expected_through, on_chip, to_card, take_up, ...card } = more;
  return {
    ...toCard(card),
    card_id_code: hex(card_id_code),
    load_sequence,
    purchase_sequence,
    black_list: listed && since ? { reason: listed, since: since.toISOString() } : null,
    suspended_through,
    balance_fen: balance_fen === null ? null : String(balance_fen),
    take_up,
    may: movesFrom(card.state, 'agency'),
    carried:
      amount_fen === null
        ? null
        : { to_card, amount_fen: String(amount_fen), came_fen: String(came_fen), expected_through, on_chip },
    history: history.map((event) => ({ ...event, at: event.at.toISOString() })),
  };
}
