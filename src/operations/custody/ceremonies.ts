import { cardKeyNames, type MasterKeys } from '../../core/keys/index.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import {
  type CeremonyAttempt,
  type CeremonyFacts,
  type CeremonyStep,
  ceremonyFacts,
  ceremonyState,
  nextStep,
  openingRefusal,
  stepRefusal,
} from './ceremony.rules.ts';
import type { Ceremony, Contribution, CustodyEvent, Minutes, Person } from './contract.ts';
import { type By, eventsOf, minutesHash, record, takeTurns } from './events.ts';

/** A ceremony that is not finished in half a day begins anew: components do not lie about overnight. */
const hours = 4;

export type NewCeremony = {
  readonly purpose: string;
  readonly family: 'des' | 'sm4';
  readonly name: string;
  readonly custodians: readonly string[];
};

/** How a component comes or goes; neither: it is made here and shown once. */
export type Carrier = {
  readonly bring?: () => Promise<Decision<Uint8Array>>;
  /** The item of the inventory it is brought on, where there is one. */
  readonly item_id?: string;
  readonly write?: (item_id: string, component: Uint8Array) => Promise<Decision<null>>;
};

type Row = {
  readonly ceremony_id: string;
  readonly purpose: string;
  readonly family: 'des' | 'sm4';
  readonly name: string;
  readonly version: number;
  readonly custodians: readonly string[];
  readonly opened_at: Date;
  readonly expires_at: Date;
};

type Known = { readonly row: Row; readonly facts: CeremonyFacts; readonly events: readonly CustodyEvent[] };

/** Opens a ceremony for the next version of a key. Who may stand in it is given: `known` custodians of this centre. */
export async function openCeremony(
  sql: Sql,
  keys: MasterKeys,
  known: readonly Person[],
  wanted: NewCeremony,
  by: By,
): Promise<Decision<string>> {
  await takeTurns(sql);
  const { purpose, family, name, custodians } = wanted;
  const code = openingRefusal(custodians, new Set(known.map(({ user_id }) => user_id)));
  const key = `${family}/${name}`;
  const no = async (refusal: string, detail = {}) => {
    await record(sql, by, { subject: key, kind: 'refused', detail: { step: 'open', code: refusal } });
    return refuse(refusal, detail);
  };
  if (code) return no(code);
  if (!name.startsWith('TK-') && !(cardKeyNames as readonly string[]).includes(name))
    return no('custody.key_unknown', { name });
  const before = await load(sql, `where family = $1 and name = $2`, [family, name]);
  const now_ms = by.at.epochMilliseconds;
  if (before.some(({ facts }) => !facts.ended && facts.expires_ms >= now_ms))
    return no('custody.ceremony_running', { name: key });
  const versions = [
    0,
    ...keys
      .masters()
      .filter((one) => one.family === family && one.name === name)
      .map(({ version }) => version),
    ...before.filter(({ facts }) => facts.ended === 'installed').map(({ row }) => row.version),
  ];
  const ceremony_id = newId();
  const version = Math.max(...versions) + 1;
  await sql.query(
    `insert into custody.ceremonies (ceremony_id, purpose, family, name, version, custodians, opened_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [ceremony_id, purpose, family, name, version, custodians, by.at.toString(), by.at.add({ hours }).toString()],
  );
  const names = custodians.map((user_id) => known.find((one) => one.user_id === user_id)?.name ?? user_id);
  await record(sql, by, {
    subject: ceremony_id,
    kind: 'opened',
    detail: { purpose, key: `${key}/${version}`, custodians: names },
  });
  return grant(ceremony_id);
}

/**
 * A custodian's component: made at random, or brought. It is answered once and never again; the store's sealed copy waits
 * for the combination. The carrier enters the inventory in its custodian's hands.
 */
export async function contribute(
  sql: Sql,
  keys: MasterKeys,
  ceremony_id: string,
  carrier: Carrier,
  by: By,
): Promise<Decision<Omit<Contribution, 'ceremony'>>> {
  const tried = await attempt(sql, ceremony_id, { step: 'contribute' }, by);
  if (!tried.granted) return tried;
  const { row, facts } = tried.value;
  const position = facts.contributed.length + 1;
  const about = aboutPart(ceremony_id, position);
  const brought = await carrier.bring?.();
  if (brought && !brought.granted) return refusedCard(sql, ceremony_id, brought.refusal.code, by);
  const made = brought
    ? { component: null, ...keys.takeComponent(row.family, brought.value, about) }
    : keys.makeComponent(row.family, about);
  const item_id = newId();
  if (made.component && carrier.write) {
    const written = await carrier.write(item_id, made.component);
    if (!written.granted) return refusedCard(sql, ceremony_id, written.refusal.code, by);
  }
  await keepPart(sql, ceremony_id, position, made.sealed);
  const { check_value } = made;
  const letter = 'ABC'[position - 1];
  const used = { check_value, ceremony_id };
  if (carrier.item_id) await record(sql, by, { subject: carrier.item_id, kind: 'used', detail: used });
  else {
    const key = keyOf(row);
    const kind = carrier.write ? 'component_card' : 'component';
    await sql.query(
      `insert into custody.items (item_id, kind, label, keys, blocks, made_at) values ($1, $2, $3, $4, '[]', $5)`,
      [item_id, kind, `${key} ${letter} ${ceremony_id.slice(-8)}`, [key], by.at.toString()],
    );
    await record(sql, by, { subject: item_id, kind: 'made', detail: used });
  }
  await record(sql, by, {
    subject: ceremony_id,
    kind: 'contributed',
    detail: { component: letter, check_value, brought: brought !== undefined },
  });
  return grant({
    position,
    component: carrier.write ? null : (made.component?.toHex().toUpperCase() ?? null),
    check_value,
  });
}

const refusedCard = async (sql: Sql, ceremony_id: string, code: string, by: By): Promise<Decision<never>> => {
  await record(sql, by, { subject: ceremony_id, kind: 'refused', detail: { step: 'contribute', code } });
  return refuse(code);
};

/** Combines the components inside the store. */
export async function combine(sql: Sql, keys: MasterKeys, ceremony_id: string, by: By): Promise<Decision<string>> {
  const tried = await attempt(sql, ceremony_id, { step: 'combine' }, by);
  if (!tried.granted) return tried;
  const { row } = tried.value;
  const parts = await sql.query<{ position: number; sealed: string }>(
    'select position, sealed from custody.parts where ceremony_id = $1 and position > 0 order by position',
    [ceremony_id],
  );
  const { sealed, check_value } = keys.combine(
    row.family,
    parts.map((part) => ({ sealed: part.sealed, about: aboutPart(ceremony_id, part.position) })),
    aboutPart(ceremony_id, 0),
  );
  await keepPart(sql, ceremony_id, 0, sealed);
  await record(sql, by, { subject: ceremony_id, kind: 'combined', detail: { check_value } });
  return grant(check_value);
}

/** A custodian has compared the check values, that of the combined key and that of the own component. */
export async function confirm(
  sql: Sql,
  ceremony_id: string,
  read: { readonly check_value: string; readonly own_check_value: string },
  by: By,
): Promise<Decision<null>> {
  const tried = await attempt(sql, ceremony_id, { step: 'confirm', ...read }, by);
  if (!tried.granted) return tried;
  await record(sql, by, { subject: ceremony_id, kind: 'confirmed', detail: {} });
  return grant(null);
}

/**
 * Installs the key as a version beside those that are there. The store has it before the record says so: after a crash in
 * between, installing again finds the same key and only completes the record.
 */
export async function install(sql: Sql, keys: MasterKeys, ceremony_id: string, by: By): Promise<Decision<null>> {
  const tried = await attempt(sql, ceremony_id, { step: 'install' }, by);
  if (!tried.granted) return tried;
  const { row } = tried.value;
  const [part] = await sql.query<{ sealed: string }>(
    'select sealed from custody.parts where ceremony_id = $1 and position = 0',
    [ceremony_id],
  );
  const { family, name, version } = row;
  const { check_value } = await keys.install(
    { family, name, version },
    { sealed: part?.sealed ?? '', about: aboutPart(ceremony_id, 0) },
  );
  await wipe(sql, ceremony_id);
  await record(sql, by, { subject: ceremony_id, kind: 'installed', detail: { key: keyOf(row), check_value } });
  await record(sql, by, { subject: keyOf(row), kind: 'installed', detail: { check_value, ceremony_id } });
  return grant(null);
}

export async function cancel(sql: Sql, ceremony_id: string, by: By): Promise<Decision<null>> {
  const tried = await attempt(sql, ceremony_id, { step: 'cancel' }, by);
  if (!tried.granted) return tried;
  await wipe(sql, ceremony_id);
  await record(sql, by, { subject: ceremony_id, kind: 'cancelled' });
  return grant(null);
}

/** Every ceremony as a person sees it, newest first. */
export async function ceremonyList(sql: Sql, known: readonly Person[], me: string, at: Temporal.Instant) {
  const all = await load(sql, '', []);
  return all.map((one) => shown(one, known, me, at)).reverse();
}

export async function minutesOf(
  sql: Sql,
  ceremony_id: string,
  known: readonly Person[],
  me: string,
  at: Temporal.Instant,
): Promise<Minutes | null> {
  const [one] = await load(sql, 'where ceremony_id = $1', [ceremony_id]);
  return one ? { ceremony: shown(one, known, me, at), events: [...one.events], hash: minutesHash(one.events) } : null;
}

/** The ceremony, if the rules let this person take this step now; a refused attempt is written down. */
async function attempt(
  sql: Sql,
  ceremony_id: string,
  step: Pick<CeremonyAttempt, 'check_value' | 'own_check_value'> & { readonly step: CeremonyStep },
  by: By,
): Promise<Decision<Known>> {
  await takeTurns(sql);
  const [known] = await load(sql, 'where ceremony_id = $1', [ceremony_id]);
  if (!known) return refuse('custody.ceremony_unknown');
  const code = stepRefusal(known.facts, { ...step, user_id: by.user_id, at_ms: by.at.epochMilliseconds });
  if (!code) return grant(known);
  await record(sql, by, { subject: ceremony_id, kind: 'refused', detail: { step: step.step, code } });
  return refuse(code);
}

async function load(sql: Sql, where: string, values: readonly unknown[]): Promise<readonly Known[]> {
  const rows = await sql.query<Row>(
    `select ceremony_id, purpose, family, name, version, custodians, opened_at, expires_at
     from custody.ceremonies ${where} order by ceremony_id`,
    [...values],
  );
  const events = Map.groupBy(
    await eventsOf(
      sql,
      rows.map(({ ceremony_id }) => ceremony_id),
    ),
    ({ subject }) => subject,
  );
  return rows.map((row) => {
    const own = events.get(row.ceremony_id) ?? [];
    const happened = own.map(({ kind, by, detail }) => ({
      kind,
      user_id: by.user_id,
      check_value: typeof detail.check_value === 'string' ? detail.check_value : null,
    }));
    const opened = { custodians: row.custodians, expires_ms: row.expires_at.getTime() };
    return { row, events: own, facts: ceremonyFacts(opened, happened) };
  });
}

function shown({ row, facts }: Known, known: readonly Person[], me: string, at: Temporal.Instant): Ceremony {
  const { ceremony_id, purpose, family, name, version } = row;
  return {
    ceremony_id,
    purpose,
    family,
    name,
    level: name.startsWith('TK-') ? 'transport' : 'root',
    version,
    state: ceremonyState(facts, at.epochMilliseconds),
    custodians: row.custodians.map((user_id) => ({
      user_id,
      name: known.find((one) => one.user_id === user_id)?.name ?? user_id,
      contributed: facts.contributed.some((one) => one.user_id === user_id),
      confirmed: facts.confirmed.includes(user_id),
    })),
    opened_at: row.opened_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    check_value: facts.combined?.check_value ?? null,
    own_step: nextStep(facts, me, at.epochMilliseconds) as Ceremony['own_step'],
  };
}

const keyOf = ({ family, name, version }: Row): string => `${family}/${name}/${version}`;
const aboutPart = (ceremony_id: string, position: number): string => `ceremony/${ceremony_id}/${position}`;

const keepPart = (sql: Sql, ceremony_id: string, position: number, sealed: string) =>
  sql.query('insert into custody.parts (ceremony_id, position, sealed) values ($1, $2, $3)', [
    ceremony_id,
    position,
    sealed,
  ]);

const wipe = (sql: Sql, ceremony_id: string) =>
  sql.query('delete from custody.parts where ceremony_id = $1', [ceremony_id]);
