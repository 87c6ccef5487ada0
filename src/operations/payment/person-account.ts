import { cardAccount, personalAccount } from '../../core/ledger/contract.ts';
import { balances } from '../../core/ledger/index.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import { journalNames } from '../finance/contract.ts';
import { cardsOf } from '../issuance/index.ts';
import type { AccountLine, PersonAccount } from './contract.ts';
import { accountBook } from './journals.ts';

type Page = { readonly after: string | null; readonly limit: number };

/** A person's money with the agency: what the account and the cards hold by the books now, and how it came to that. */
export async function personAccount(
  sql: Sql,
  person_id: string,
  page: Page,
  as_of: Temporal.Instant,
): Promise<PersonAccount | null> {
  const cards = await cardsOf(sql, person_id);
  const personal = personalAccount(accountBook, person_id);
  const held = await balances(sql, [personal, ...cards.map(({ card_id }) => cardAccount(accountBook, card_id))]);
  if (held.size === 0) return null;
  const fenOn = (account: typeof personal): Fen => held.get(account)?.balance_fen ?? (0n as Fen);
  const onCards = cards.map(({ card_id, card_number }) => ({
    card_id,
    card_number,
    balance_fen: fenOn(cardAccount(accountBook, card_id)),
  }));
  return {
    person_id,
    as_of: as_of.toString(),
    personal_fen: String(fenOn(personal)),
    card_fen: String(onCards.reduce((sum, { balance_fen }) => sum + balance_fen, 0n)),
    on_the_way: await onTheWay(sql, person_id),
    cards: onCards.map((card) => ({ ...card, balance_fen: String(card.balance_fen) })),
    statement: await statement(sql, [person_id, ...cards.map(({ card_id }) => card_id)], person_id, page),
  };
}

/** Approved, but the chip has not said yet that it did its part. */
async function onTheWay(sql: Sql, person_id: string): Promise<PersonAccount['on_the_way']> {
  const [row] = await sql.query<{ count: number; amount_fen: bigint }>(
    `select count(*)::int as count, coalesce(sum(amount_fen), 0)::bigint as amount_fen from payment.payments
     where person_id = $1 and state = 'approved'`,
    [person_id],
  );
  return { count: row?.count ?? 0, amount_fen: String(row?.amount_fen ?? 0n) };
}

type LineRow = {
  journal_id: string;
  line: number;
  at: Date;
  business_date: string;
  owner: string;
  kind: string;
  side: 'debit' | 'credit';
  amount_fen: Fen;
  trace_id: string;
  payment_id: string | null;
  settlement_no: string | null;
  institution_code: string | null;
};

async function statement(sql: Sql, owners: readonly string[], person_id: string, { after, limit }: Page) {
  const cursor = after && /^[0-9a-f-]{36}\/\d{1,4}$/.test(after) ? after : 'ffffffff-ffff-ffff-ffff-ffffffffffff/0';
  const [journal_id, line] = cursor.split('/');
  const accounts = owners.map((owner) =>
    owner === person_id ? personalAccount(accountBook, owner) : cardAccount(accountBook, owner),
  );
  const rows = await sql.query<LineRow>(
    `select v.journal_id, v.line, v.recorded_at as at, v.business_date, v.owner, v.kind, v.side, v.amount_fen, v.trace_id,
       p.payment_id, p.settlement_no, p.institution_code
     from unnest($1::text[]) as wanted (account)
     cross join lateral (
       select * from ledger.v_postings v
       where v.account = wanted.account and (v.journal_id, v.line) < ($2::uuid, $3::int)
       order by v.journal_id desc, v.line desc limit $4) v
     left join lateral (
       select payment_id, settlement_no, institution_code from payment.payments
       where payments.trace_id = v.trace_id and payments.journal_id in (v.journal_id, v.reverses) limit 1) p on true
     order by v.journal_id desc, v.line desc limit $4`,
    [accounts, journal_id, Number(line), limit + 1],
  );
  const items = rows.slice(0, limit).map(
    (row): AccountLine => ({
      line_id: `${row.journal_id}/${row.line}`,
      at: row.at.toISOString(),
      business_date: row.business_date,
      account: row.owner === person_id ? 'personal' : 'card',
      kind: row.kind,
      what: journalNames(row.kind),
      amount_fen: String(row.side === 'credit' ? row.amount_fen : -row.amount_fen),
      payment_id: row.payment_id,
      settlement_no: row.settlement_no,
      institution_code: row.institution_code,
      trace_id: row.trace_id,
    }),
  );
  return { items, next: rows.length > limit ? (items.at(-1)?.line_id ?? null) : null };
}
