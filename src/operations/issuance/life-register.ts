import type { BlackListReason } from '../../core/screening/contract.ts';
import { maskNumber } from '../../kernel/identifiers.ts';
import type { Sql } from '../../platform/database/index.ts';
import { isId } from '../../platform/identity.ts';
import type { Application, ApplicationState, FacePreview, ListedCard, Order, Work, WorkState } from './contract.ts';
import { faceOf } from './face.rules.ts';

type Page = { readonly after: string | null; readonly limit: number };

const cut = <T>(rows: readonly T[], limit: number, place: (row: T) => string) => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? place(last) : null };
};

type ApplicationRow = Omit<Application, 'fee_fen' | 'submitted_at' | 'photo' | 'may_decide'> & {
  readonly fee_fen: bigint;
  readonly submitted_at: Date;
  readonly photo: Uint8Array;
};

/** Applications, oldest first. `reader` is who would decide. */
export async function findApplications(
  sql: Sql,
  { state, after, limit }: Page & { readonly state: ApplicationState | null },
  reader: string,
) {
  const rows = await sql.query<ApplicationRow>(
    `select a.application_id, a.person_id, p.name, p.name_latin, a.channel, a.reason, c.card_number as replaces, a.fee_fen,
       a.state, a.employer_code, a.submitted_by, a.submitted_at, a.decided_by, a.words, a.photo
     from issuance.applications a join registry.v_persons p using (person_id)
     left join issuance.cards c on c.card_id = a.replaces
     where a.application_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000')
       and ($2::text is null or a.state = $2)
     order by a.application_id limit $3`,
    [after && isId(after) ? after : null, state, limit + 1],
  );
  const { items, next } = cut(rows, limit, (row) => row.application_id);
  return {
    items: items.map(({ fee_fen, submitted_at, photo, ...row }) => ({
      ...row,
      fee_fen: String(fee_fen),
      submitted_at: submitted_at.toISOString(),
      photo: photo.toBase64(),
      may_decide: row.state === 'submitted' && row.submitted_by !== reader,
    })),
    next,
  };
}

type OrderRow = Omit<Order, 'number' | 'at' | 'sent_at' | 'counts' | 'running'> & {
  readonly number: bigint;
  readonly at: Date;
  readonly sent_at: Date | null;
  readonly counts: Partial<Record<WorkState, number>> | null;
};

const noneYet: Record<WorkState, number> = {
  prepared: 0,
  begun: 0,
  checked: 0,
  spoiled: 0,
  delivered: 0,
  received: 0,
};

/** The newest orders, or one of them. */
export async function findOrders(sql: Sql, order_id: string | null): Promise<Omit<Order, 'running'>[]> {
  const rows = await sql.query<OrderRow>(
    `select o.order_id, o.number, o.place, o.cards, o.by_user as "by", o.at, o.sent_at, w.counts, w.failed
     from issuance.orders o cross join lateral (
       select jsonb_object_agg(state, n) as counts, coalesce(sum(wrong), 0)::int as failed from (
         select state, count(*) as n, count(error) as wrong from issuance.work where work.order_id = o.order_id
         group by state) s) w
     where $1::uuid is null or o.order_id = $1 order by o.number desc limit 100`,
    [order_id],
  );
  return rows.map((row) => ({
    ...row,
    number: Number(row.number),
    at: row.at.toISOString(),
    sent_at: row.sent_at?.toISOString() ?? null,
    counts: { ...noneYet, ...row.counts },
  }));
}

/** The cards of an order, those that went wrong first. */
export async function findWork(
  sql: Sql,
  order_id: string,
  { state, after, limit }: Page & { readonly state: WorkState | null },
) {
  const [wrong = '0', place = '0'] = (after ?? '0/0').split('/').map((part) => (/^\d{1,9}$/.test(part) ? part : '0'));
  const rows = await sql.query<Work & { readonly right: number }>(
    `select * from (
       select w.card_id, w.position, c.card_number, p.name, p.name_latin, w.state, w.station, w.error, a.employer_code,
         w.received_by, (w.error is null)::int as "right"
       from issuance.work w join issuance.cards c using (card_id) join issuance.applications a using (application_id)
       join registry.v_persons p on p.person_id = c.person_id
       where w.order_id = $1 and ($2::text is null or w.state = $2)) found
     where ("right", position) > ($3::int, $4::int) order by "right", position limit $5`,
    [order_id, state, wrong, place, limit + 1],
  );
  const { items, next } = cut(rows, limit, (row) => `${row.right}/${row.position}`);
  return { items: items.map(({ right: _, ...row }) => row), next };
}

/** Cards on the black list, newest first. */
export async function findListed(sql: Sql, { after, limit }: Page) {
  const rows = await sql.query<
    Omit<ListedCard, 'since' | 'version'> & { since: Date; version: bigint; reason: BlackListReason }
  >(
    `select c.card_id, c.card_number, p.name as holder_name, p.name_latin as holder_name_latin, b.reason, b.since, b.version
     from screening.v_black_list b join issuance.cards c using (account_number)
     left join registry.v_persons p using (person_id)
     where $1::bigint is null or b.version < $1 order by b.version desc limit $2`,
    [after && /^\d{1,18}$/.test(after) ? after : null, limit + 1],
  );
  const { items, next } = cut(rows, limit, (row) => String(row.version));
  return {
    items: items.map((row) => ({ ...row, since: row.since.toISOString(), version: String(row.version) })),
    next,
  };
}

/** What is printed on a card; null for one that was not made here. */
export async function facePreview(sql: Sql, card_id: string): Promise<FacePreview | null> {
  const [row] = await sql.query<{
    name: string;
    card_number: string;
    citizen_number: string;
    issued_on: string;
    expires_on: string;
    photo: Uint8Array;
  }>(
    `select p.name, c.card_number, p.citizen_number, c.issued_on, c.expires_on, a.photo
     from issuance.work w join issuance.cards c using (card_id) join issuance.applications a using (application_id)
     join registry.v_persons p on p.person_id = c.person_id where w.card_id = $1`,
    [card_id],
  );
  if (!row) return null;
  return { ...faceOf(row), citizen_number: maskNumber(row.citizen_number), photo: row.photo.toBase64() };
}
