import type { BlackListReason } from '../../core/screening/contract.ts';
import { listCard, screen, unlistCard } from '../../core/screening/index.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { tell } from '../../platform/outbox/index.ts';
import { moves, stateAfter } from './card-states.rules.ts';
import type { CardMove, CardState } from './contract.ts';

/** Who does it, when, and in the course of what. */
export type By = { readonly user_id: string; readonly at: Temporal.Instant; readonly trace_id: string };

/** A card as a move finds it, its row locked. */
export type MovingCard = {
  readonly card_id: string;
  readonly card_number: string;
  readonly account_number: string;
  readonly person_id: string;
  readonly state: CardState;
};

export async function lockCard(sql: Sql, card_id: string): Promise<MovingCard | null> {
  const [card] = await sql.query<MovingCard>(
    `select card_id, card_number, account_number, person_id, state from issuance.cards where card_id = $1
     for no key update`,
    [card_id],
  );
  return card ?? null;
}

export type Move = {
  readonly move: CardMove;
  /** For `block`. */
  readonly reason?: BlackListReason;
  /** For `suspend`: the last day the report holds. */
  readonly through?: string;
};

/**
 * One move: the card, its history, the black list and what the holder is told, together. Runs in the caller's
 * transaction. Refusals: issuance.card_unknown, issuance.move_not_allowed.
 */
export async function moveCard(sql: Sql, card_id: string, what: Move, by: By): Promise<Decision<MovingCard>> {
  const card = await lockCard(sql, card_id);
  if (!card) return refuse('issuance.card_unknown');
  const rule = moves[what.move];
  const after = stateAfter(card.state, what.move, await lastUnstopped(sql, card_id));
  if (!after) return refuse('issuance.move_not_allowed', { state: card.state });
  await sql.query('update issuance.cards set state = $2, suspended_through = $3 where card_id = $1', [
    card_id,
    after,
    what.move === 'suspend' ? what.through : null,
  ]);
  const reason = rule.list === 'as asked' ? (what.reason ?? 'suspected_misuse') : rule.list;
  await sql.query(
    `insert into issuance.card_events (event_id, card_id, move, from_state, to_state, reason, by_user, trace_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      newId(),
      card_id,
      what.move,
      card.state,
      after,
      reason === 'off' || reason === 'as is' ? null : reason,
      by.user_id,
      by.trace_id,
      by.at.toString(),
    ],
  );
  await changeList(sql, card.account_number, reason, by);
  if (rule.tells) {
    const words = [rule.tells.zh, rule.tells.en].map((text) => text.replace('{through}', what.through ?? ''));
    await tell(sql, [
      {
        name: `issuance.card_${happened[what.move]}`,
        subject: card_id,
        trace_id: by.trace_id,
        body: { person_id: card.person_id, zh: words[0], en: words[1] },
      },
    ]);
  }
  return grant({ ...card, state: after });
}

/** Events are named by what has happened. */
const happened: Readonly<Record<CardMove, string>> = {
  complete: 'completed',
  spoil: 'spoiled',
  activate: 'activated',
  block: 'blocked',
  unblock: 'unblocked',
  suspend: 'suspended',
  report_loss: 'reported_lost',
  find: 'found',
  lapse: 'report_lapsed',
  supersede: 'superseded',
  cancel: 'cancelled',
  emigrate: 'cancelled_on_emigration',
  die: 'cancelled_on_death',
};

async function changeList(
  sql: Sql,
  account_number: string,
  reason: BlackListReason | 'off' | 'as is',
  by: By,
): Promise<void> {
  if (reason === 'as is') return;
  const listed = (await screen(sql, [account_number])).get(account_number);
  if (reason === 'off') {
    if (listed) await unlistCard(sql, account_number, by);
    return;
  }
  // A card that ends keeps the entry by which it was stopped: terminals have it already.
  if (!listed) await listCard(sql, { account_number, reason }, by);
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
