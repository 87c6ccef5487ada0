import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import { tell } from '../../platform/outbox/index.ts';
import type { ApplicationChannel, ApplicationReason, CardState } from './contract.ts';
import { chargeFee, dayOf } from './money.ts';
import type { By } from './moves.ts';
import { isPhoto } from './photo.rules.ts';
import type { CardTerms } from './policy.ts';

export type NewApplication = {
  readonly person_id: string;
  readonly channel: ApplicationChannel;
  /** JPEG or BMP, at most 4096 bytes: it goes on the chip as well (EF08, card.md 3.5). */
  readonly photo: Uint8Array;
  readonly city_code: string;
  /** For an employer's application: who receives the card. */
  readonly employer_code?: string;
};

type Applied = { readonly application_id: string; readonly reason: ApplicationReason };

type PersonFacts = {
  readonly person_id: string;
  readonly died_on: string | null;
  readonly insured: boolean;
  readonly card_id: string | null;
  readonly state: CardState | null;
  readonly expires_on: string | null;
  readonly under_way: boolean;
};

/** A card may be renewed this long before it expires. */
const renewal_days = 90;

/**
 * Applies for a card: for many persons at once, each decided by itself, in the order given. What the registers know is
 * checked here; a second person decides (`decideApplications`). Refusals: issuance.person_unknown, issuance.holder_died,
 * issuance.not_insured, issuance.photo_invalid, issuance.application_under_way, issuance.has_card (which is in use and
 * not lost: one person, one card of a kind).
 */
export async function applyForCards(
  sql: Sql,
  wanted: readonly NewApplication[],
  terms: CardTerms,
  by: By,
): Promise<Decision<Applied>[]> {
  const persons = wanted.map(({ person_id }) => person_id);
  const facts = await personFacts(sql, persons, dayOf(by.at).toString());
  const seen = new Set<string>();
  const rows: {
    application: NewApplication;
    application_id: string;
    reason: ApplicationReason;
    replaces: string | null;
  }[] = [];
  const answers = wanted.map((application): Decision<Applied> => {
    const person = facts.get(application.person_id);
    const no = fault(application, person, seen.has(application.person_id));
    if (no) return refuse(no);
    const { reason, replaces } = reasonOf(person as PersonFacts, dayOf(by.at).add({ days: renewal_days }).toString());
    if (!reason) return refuse('issuance.has_card');
    seen.add(application.person_id);
    const application_id = newId();
    rows.push({ application, application_id, reason, replaces });
    return grant({ application_id, reason });
  });
  const entered = await sql.query<{ application_id: string }>(
    `insert into issuance.applications (application_id, person_id, channel, reason, replaces, city_code, employer_code,
       photo, fee_fen, state, submitted_by, submitted_at, trace_id)
     select id, person, channel, reason, replaces, city, employer, decode(photo, 'hex'), fee, 'submitted', $10, $11, $12
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[],
       $9::bigint[]) as a (id, person, channel, reason, replaces, city, employer, photo, fee)
     on conflict (person_id) where state in ('submitted', 'approved', 'ordered') do nothing
     returning application_id`,
    [
      rows.map((row) => row.application_id),
      rows.map(({ application }) => application.person_id),
      rows.map(({ application }) => application.channel),
      rows.map((row) => row.reason),
      rows.map((row) => row.replaces),
      rows.map(({ application }) => application.city_code),
      rows.map(({ application }) => application.employer_code ?? null),
      rows.map(({ application }) => application.photo.toHex()),
      rows.map((row) => terms.fee_fen[row.reason]),
      by.user_id,
      by.at.toString(),
      by.trace_id,
    ],
  );
  // Of two clerks at the same moment the index lets one through.
  const taken = new Set(entered.map(({ application_id }) => application_id));
  for (const { application_id, reason } of rows)
    if (taken.has(application_id)) await chargeFee(sql, application_id, terms.fee_fen[reason], by);
  return answers.map((answer) =>
    answer.granted && !taken.has(answer.value.application_id) ? refuse('issuance.application_under_way') : answer,
  );
}

function fault({ photo }: NewApplication, person: PersonFacts | undefined, twice: boolean): string | null {
  if (!person) return 'issuance.person_unknown';
  if (person.died_on) return 'issuance.holder_died';
  if (!person.insured) return 'issuance.not_insured';
  if (!isPhoto(photo)) return 'issuance.photo_invalid';
  return person.under_way || twice ? 'issuance.application_under_way' : null;
}

/** A lost or blocked card is replaced, one that expires soon is renewed, any other stands in the way. */
function reasonOf({ card_id, state, expires_on }: PersonFacts, soon: string) {
  if (!card_id) return { reason: 'first' as const, replaces: null };
  if (state === 'lost' || state === 'blocked') return { reason: 'replacement' as const, replaces: card_id };
  if (state === 'active' && (expires_on ?? '') <= soon) return { reason: 'renewal' as const, replaces: card_id };
  return { reason: null, replaces: null };
}

/** The newest card that has not ended stands for all: a person has one. */
async function personFacts(sql: Sql, persons: readonly string[], today: string): Promise<Map<string, PersonFacts>> {
  // `limit 1` makes each look-up an index search of its own; joined, the register was read whole for every few persons.
  const rows = await sql.query<PersonFacts>(
    `select p.person_id, p.died_on, c.card_id, c.state, c.expires_on, e.found is not null as insured,
       a.found is not null as under_way
     from unnest($1::uuid[]) as wanted (id)
     cross join lateral (select person_id, died_on from registry.v_persons where person_id = wanted.id limit 1) p
     left join lateral (select card_id, state, expires_on from issuance.cards
       where person_id = wanted.id and state <> 'cancelled' order by card_id desc limit 1) c on true
     left join lateral (select 1 as found from registry.v_enrolments where person_id = wanted.id
       and from_day <= $2::date and (through_day is null or through_day >= $2::date) limit 1) e on true
     left join lateral (select 1 as found from issuance.applications where person_id = wanted.id
       and state in ('submitted', 'approved', 'ordered') limit 1) a on true`,
    [persons, today],
  );
  return new Map(rows.map((row) => [row.person_id, row]));
}

/**
 * The second pair of eyes: approves or rejects applications. Refusals, each by itself: issuance.application_unknown,
 * issuance.application_decided, issuance.same_person (who submitted it).
 */
export async function decideApplications(
  sql: Sql,
  ids: readonly string[],
  decision: { readonly approve: true } | { readonly approve: false; readonly words: string },
  by: By,
): Promise<Decision<null>[]> {
  const rows = await sql.query<{ application_id: string; person_id: string; state: string; submitted_by: string }>(
    `select application_id, person_id, state, submitted_by from issuance.applications
     where application_id = any($1::uuid[]) order by application_id for no key update`,
    [ids],
  );
  const known = new Map(rows.map((row) => [row.application_id, row]));
  const answers = ids.map((id): Decision<null> => {
    const row = known.get(id);
    if (!row) return refuse('issuance.application_unknown');
    if (row.state !== 'submitted') return refuse('issuance.application_decided');
    return row.submitted_by === by.user_id ? refuse('issuance.same_person') : grant(null);
  });
  const decided = ids.filter((_, i) => answers[i]?.granted);
  const words = decision.approve ? null : decision.words;
  await sql.query(
    `update issuance.applications set state = $2, words = $3, decided_by = $4, decided_at = $5
     where application_id = any($1::uuid[])`,
    [decided, decision.approve ? 'approved' : 'rejected', words, by.user_id, by.at.toString()],
  );
  await tell(
    sql,
    decided.map((id) => ({
      name: decision.approve ? 'issuance.application_approved' : 'issuance.application_rejected',
      subject: id,
      trace_id: by.trace_id,
      body: {
        person_id: known.get(id)?.person_id,
        zh: decision.approve ? '您的申领已通过，开始制卡。' : `您的申领未通过：${words}`,
        en: decision.approve
          ? 'Your application was approved; the card is being made.'
          : `Your application was rejected: ${words}`,
      },
    })),
  );
  return answers;
}
