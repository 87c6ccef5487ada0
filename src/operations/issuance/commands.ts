import type { BlackListReason } from '../../core/screening/contract.ts';
import { listCard, screen, unlistCard } from '../../core/screening/index.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { type CardMove, stateAfter } from './card-states.rules.ts';
import type { CardState } from './contract.ts';

/** Who does it, when, and in the course of what. */
export type By = { readonly user_id: string; readonly at: Temporal.Instant; readonly trace_id: string };

/** Blocks a card: it goes on the black list and pays no more. */
export const blockCard = (sql: Sql, card_id: string, reason: BlackListReason, by: By): Promise<Decision<CardState>> =>
  move(sql, { card_id, move: 'block', reason }, by);

/** Takes a block or a loss back: the card is again what it was before. */
export const unblockCard = (sql: Sql, card_id: string, by: By): Promise<Decision<CardState>> =>
  move(sql, { card_id, move: 'unblock', reason: null }, by);

/** 挂失: the holder's word is enough to stop the card. */
export const reportLoss = (sql: Sql, card_id: string, by: By): Promise<Decision<CardState>> =>
  move(sql, { card_id, move: 'report_loss', reason: 'lost' }, by);

/** The card was handed over to its holder. */
export const activateCard = (sql: Sql, card_id: string, by: By): Promise<Decision<CardState>> =>
  move(sql, { card_id, move: 'activate', reason: null }, by);

/** Ends a card for good; the money on its account is moved by its own command. */
export const cancelCard = (sql: Sql, card_id: string, by: By): Promise<Decision<CardState>> =>
  move(sql, { card_id, move: 'cancel', reason: 'cancelled' }, by);

/** One move: the card, its history and the black list together. Runs in the caller's transaction. */
async function move(
  sql: Sql,
  what: { readonly card_id: string; readonly move: CardMove; readonly reason: BlackListReason | null },
  by: By,
): Promise<Decision<CardState>> {
  const [card] = await sql.query<{ state: CardState; account_number: string }>(
    'select state, account_number from issuance.cards where card_id = $1 for no key update',
    [what.card_id],
  );
  if (!card) return refuse('issuance.card_unknown');
  const after = stateAfter(card.state, what.move, await lastUnstopped(sql, what.card_id));
  if (!after) return refuse('issuance.move_not_allowed', { state: card.state });
  await sql.query('update issuance.cards set state = $2 where card_id = $1', [what.card_id, after]);
  await sql.query(
    `insert into issuance.card_events (event_id, card_id, from_state, to_state, reason, by_user, trace_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [newId(), what.card_id, card.state, after, what.reason, by.user_id, by.trace_id, by.at.toString()],
  );
  const listed = (await screen(sql, [card.account_number])).has(card.account_number);
  if (what.reason && !listed) await listCard(sql, { account_number: card.account_number, reason: what.reason }, by);
  if (!what.reason && listed) await unlistCard(sql, card.account_number, by);
  return grant(after);
}

/** The last state in which nothing stopped the card; active when it has no history of its own (taken over in bulk). */
async function lastUnstopped(sql: Sql, card_id: string): Promise<'issued' | 'active'> {
  const [row] = await sql.query<{ state: 'issued' | 'active' }>(
    `select from_state as state from issuance.card_events
     where card_id = $1 and from_state in ('issued', 'active') order by event_id desc limit 1`,
    [card_id],
  );
  return row?.state ?? 'active';
}
