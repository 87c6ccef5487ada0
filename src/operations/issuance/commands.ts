import type { BlackListReason } from '../../core/screening/contract.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { CardMove, CardState } from './contract.ts';
import { carryMoney, dayOf, lockMoney } from './money.ts';
import { type By, moveCard } from './moves.ts';

export type { By } from './moves.ts';

/** What the law of the day says about stopped cards; `issuance.` in policy/. */
export type StopTerms = {
  /** Days a provisional loss report holds. */
  readonly provisional_days: number;
  /** Days in which offline payments of an ended card may still come in. */
  readonly wait_days: number;
};

const simple =
  (move: CardMove) =>
  async (sql: Sql, card_id: string, by: By): Promise<Decision<CardState>> =>
    stateOf(await moveCard(sql, card_id, { move }, by));

const stateOf = (moved: Decision<{ readonly state: CardState }>): Decision<CardState> =>
  moved.granted ? grant(moved.value.state) : moved;

/** Blocks a card: it goes on the black list and pays no more. */
export const blockCard = async (
  sql: Sql,
  card_id: string,
  reason: BlackListReason,
  by: By,
): Promise<Decision<CardState>> => stateOf(await moveCard(sql, card_id, { move: 'block', reason }, by));

/** Takes a block back: the card is again what it was before. */
export const unblockCard = simple('unblock');

/** 正式挂失: stops the card until it is found or replaced. */
export const reportLoss = simple('report_loss');

/** 解挂: a lost card that is in its holder's hand again. */
export const findCard = simple('find');

/** 临时挂失, by telephone, kiosk or counter: the holder's word is enough, and it lapses after some days. */
export async function suspendCard(sql: Sql, card_id: string, terms: StopTerms, by: By): Promise<Decision<CardState>> {
  const through = dayOf(by.at).add({ days: terms.provisional_days }).toString();
  return stateOf(await moveCard(sql, card_id, { move: 'suspend', through }, by));
}

/** Puts back the cards whose provisional report has run out; how many. The worker calls it every day. */
export async function lapseReports(sql: Sql, by: By): Promise<number> {
  const due = await sql.query<{ card_id: string }>(
    'select card_id from issuance.cards where suspended_through < $1 order by card_id for no key update skip locked',
    [dayOf(by.at).toString()],
  );
  for (const { card_id } of due) await moveCard(sql, card_id, { move: 'lapse' }, by);
  return due.length;
}

/** How a card ends without a successor, and what its chip held if it could be read. */
export type Ending = { readonly move: 'cancel' | 'emigrate' | 'die'; readonly chip_fen?: Fen };

/** Ends a card for good; what lies on its account goes back to the personal account, once. */
export async function endCard(
  sql: Sql,
  card_id: string,
  ending: Ending,
  terms: StopTerms,
  by: By,
): Promise<Decision<CardState>> {
  await lockMoney(sql, [card_id]);
  const moved = await moveCard(sql, card_id, { move: ending.move }, by);
  if (!moved.granted) return moved;
  const { person_id } = moved.value;
  const { wait_days } = terms;
  await carryMoney(sql, { card_id, person_id, to_card: null, chip_fen: ending.chip_fen ?? null, wait_days }, by);
  return grant('cancelled');
}

/** Cancels a card at its holder's wish. */
export const cancelCard = (sql: Sql, card_id: string, terms: StopTerms, by: By): Promise<Decision<CardState>> =>
  endCard(sql, card_id, { move: 'cancel' }, terms, by);

type Successor = {
  readonly work: string | null;
  readonly application_id: string | null;
  readonly replaces: string | null;
};

/**
 * The card is in its holder's hand and used from now on. When it takes the place of another, that one ends in the same
 * transaction and its money comes over, once. Refusals: issuance.not_received (nobody has signed for it),
 * issuance.holder_died.
 */
export async function activateCard(sql: Sql, card_id: string, terms: StopTerms, by: By): Promise<Decision<CardState>> {
  const [made] = await sql.query<Successor>(
    `select w.state as work, a.application_id, a.replaces from issuance.work w
     join issuance.applications a using (application_id) where w.card_id = $1`,
    [card_id],
  );
  if (made?.work && made.work !== 'received') return refuse('issuance.not_received');
  const [dead] = await sql.query<{ died_on: string | null }>(
    `select p.died_on from issuance.cards c join registry.v_persons p using (person_id)
     where c.card_id = $1 and p.died_on is not null`,
    [card_id],
  );
  if (dead) return refuse('issuance.holder_died');
  const replaces = made?.replaces ?? null;
  await lockMoney(sql, replaces ? [card_id, replaces] : [card_id]);
  const moved = await moveCard(sql, card_id, { move: 'activate' }, by);
  if (!moved.granted) return moved;
  if (made?.application_id)
    await sql.query(`update issuance.applications set state = 'handed_over' where application_id = $1`, [
      made.application_id,
    ]);
  if (replaces) {
    const ended = await moveCard(sql, replaces, { move: 'supersede' }, by);
    // The old card may have been cancelled meanwhile: its money is in the personal account already.
    if (ended.granted)
      await carryMoney(
        sql,
        {
          card_id: replaces,
          person_id: ended.value.person_id,
          to_card: card_id,
          chip_fen: null,
          wait_days: terms.wait_days,
        },
        by,
      );
  }
  return grant('active');
}

/** What is asked of a card at the agency's desk. */
export type DeskMove = Exclude<CardMove, 'complete' | 'spoil' | 'lapse' | 'supersede'>;

/** Carries out a move of the agency's desk by its name. */
export function deskMove(
  sql: Sql,
  card_id: string,
  what: { readonly move: DeskMove; readonly reason?: BlackListReason },
  terms: StopTerms,
  by: By,
): Promise<Decision<CardState>> {
  switch (what.move) {
    case 'block':
      return blockCard(sql, card_id, what.reason ?? 'suspected_misuse', by);
    case 'suspend':
      return suspendCard(sql, card_id, terms, by);
    case 'activate':
      return activateCard(sql, card_id, terms, by);
    case 'cancel':
    case 'emigrate':
    case 'die':
      return endCard(sql, card_id, { move: what.move }, terms, by);
    default:
      return simple(what.move)(sql, card_id, by);
  }
}
