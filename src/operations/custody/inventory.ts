import type { MasterKeys } from '../../core/keys/index.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Sql } from '../../platform/database/index.ts';
import type { Inventory, Person } from './contract.ts';
import { type By, record, takeTurns } from './events.ts';

type ItemRow = {
  readonly item_id: string;
  readonly kind: Inventory['items'][number]['kind'];
  readonly label: string;
  readonly keys: string[];
  readonly user_id: string;
  readonly user_name: string;
};

/** Every key of the store and every carrier outside it, with its custodian: whoever made it or took it over last. */
export async function inventory(sql: Sql, keys: MasterKeys): Promise<Inventory> {
  const masters = keys.masters().map((key) => ({ ...key, key: `${key.family}/${key.name}/${key.version}` }));
  const there = new Set(masters.map(({ key }) => key));
  const ended = await endedKeys(sql);
  const items = (await itemRows(sql)).map(({ user_id, user_name, ...item }) => ({
    ...item,
    custodian: { user_id, name: user_name },
    // A carrier of keys that no longer exist is waste to be shredded; before its ceremony ends a component just waits.
    state: item.keys.every((key) => ended.has(key) && !there.has(key)) ? ('destroyed' as const) : ('held' as const),
  }));
  return { keys: masters, items };
}

/** Puts an item into another custodian's hands; only who holds it can. */
export async function handOver(
  sql: Sql,
  item_id: string,
  to: string,
  known: readonly Person[],
  by: By,
): Promise<Decision<null>> {
  await takeTurns(sql);
  const item = (await itemRows(sql)).find((one) => one.item_id === item_id);
  if (!item) return refuse('custody.item_unknown');
  const receiver = known.find((one) => one.user_id === to);
  const code =
    item.user_id !== by.user_id
      ? 'custody.not_holder'
      : !receiver
        ? 'custody.no_custodian'
        : to === by.user_id
          ? 'custody.same_person_twice'
          : null;
  if (code || !receiver) {
    await record(sql, by, { subject: item_id, kind: 'refused', detail: { step: 'hand_over', code } });
    return refuse(code ?? 'custody.no_custodian');
  }
  await record(sql, by, {
    subject: item_id,
    kind: 'handed_over',
    detail: { to: receiver.user_id, name: receiver.name },
  });
  return grant(null);
}

export async function endedKeys(sql: Sql): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ subject: string }>(`select subject from custody.events where kind = 'destroyed'`);
  return new Set(rows.map(({ subject }) => subject));
}

export const itemRows = (sql: Sql): Promise<ItemRow[]> =>
  sql.query<ItemRow>(
    `select i.item_id, i.kind, i.label, i.keys,
       coalesce(e.detail ->> 'to', e.user_id) as user_id, coalesce(e.detail ->> 'name', e.user_name) as user_name
     from custody.items i
     cross join lateral (
       select user_id, user_name, detail from custody.events
       where subject = i.item_id::text and kind in ('made', 'handed_over') order by event_id desc limit 1) e
     order by i.item_id`,
  );
