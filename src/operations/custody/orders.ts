import { type CipherFamily, cityFactors, type MasterKey, type MasterKeys } from '../../core/keys/index.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import type { Sql } from '../../platform/database/index.ts';
import { newId } from '../../platform/identity.ts';
import type { Distribute, EndKey, NewOrder, Order } from './contract.ts';
import { keysFor } from './distribution.rules.ts';
import { type By, eventsOf, record, takeTurns } from './events.ts';
import { itemRows } from './inventory.ts';

type Done = Readonly<Record<string, unknown>>;
type Row = { readonly order_id: string; readonly detail: NewOrder; readonly asked_at: Date };

const idOf = ({ family, name, version }: Pick<MasterKey, 'family' | 'name' | 'version'>): string =>
  `${family}/${name}/${version}`;

/** Asks for something that takes two persons: sending keys out, destroying a version, a compromise drill. */
export async function askOrder(sql: Sql, keys: MasterKeys, order: NewOrder, by: By): Promise<Decision<string>> {
  await takeTurns(sql);
  const reason = await orderRefusal(sql, keys, order);
  if (reason) {
    await record(sql, by, { subject: 'orders', kind: 'refused', detail: { step: order.kind, code: reason.code } });
    return refuse(reason.code, reason.detail);
  }
  const order_id = newId();
  await sql.query('insert into custody.orders (order_id, kind, detail, asked_at) values ($1, $2, $3, $4)', [
    order_id,
    order.kind,
    JSON.stringify(order),
    by.at.toString(),
  ]);
  await record(sql, by, { subject: order_id, kind: 'asked', detail: { order: order.kind } });
  return grant(order_id);
}

/** Another custodian approves, and it is carried out in the same transaction. */
export async function approveOrder(sql: Sql, keys: MasterKeys, order_id: string, by: By): Promise<Decision<null>> {
  await takeTurns(sql);
  const found = (await orderList(sql)).find((one) => one.order_id === order_id);
  if (!found) return refuse('custody.order_unknown');
  const { order, asked_by, done_by } = found;
  const reason = done_by
    ? { code: 'custody.order_done', detail: {} }
    : asked_by.user_id === by.user_id
      ? { code: 'custody.alone', detail: {} }
      : await orderRefusal(sql, keys, order);
  if (reason) {
    await record(sql, by, { subject: order_id, kind: 'refused', detail: { step: 'approve', code: reason.code } });
    return refuse(reason.code, reason.detail);
  }
  const result = order.kind === 'distribute' ? await distribute(sql, keys, order, by) : await end(sql, keys, order, by);
  await record(sql, by, { subject: order_id, kind: 'done', detail: result });
  return grant(null);
}

export async function orderList(sql: Sql): Promise<readonly Order[]> {
  const rows = await sql.query<Row>('select order_id, detail, asked_at from custody.orders order by order_id desc');
  const ids = rows.map(({ order_id }) => order_id);
  const events = Map.groupBy(await eventsOf(sql, ids), ({ subject }) => subject);
  return rows.map(({ order_id, detail, asked_at }) => {
    const own = events.get(order_id) ?? [];
    const asked = own.find(({ kind }) => kind === 'asked');
    const done = own.find(({ kind }) => kind === 'done');
    return {
      order_id,
      order: detail,
      asked_by: asked?.by ?? { user_id: '', name: '' },
      asked_at: asked_at.toISOString(),
      done_by: done?.by ?? null,
      result: done?.detail ?? null,
    };
  });
}

type Reason = { readonly code: string; readonly detail: Readonly<Record<string, string>> };

async function orderRefusal(sql: Sql, keys: MasterKeys, order: NewOrder): Promise<Reason | null> {
  const masters = keys.masters();
  const there = (key: Pick<MasterKey, 'family' | 'name' | 'version'>) => masters.some((one) => idOf(one) === idOf(key));
  const missing = (key: Pick<MasterKey, 'family' | 'name' | 'version'>): Reason => ({
    code: 'custody.version_unknown',
    detail: { key: idOf(key) },
  });
  if (order.kind !== 'distribute') {
    if (!there(order)) return missing(order);
    const versions = masters.filter(({ family, name }) => family === order.family && name === order.name);
    return order.kind === 'destroy' && versions.length === 1 && !order.name.startsWith('TK-')
      ? { code: 'custody.last_version', detail: { key: idOf(order) } }
      : null;
  }
  const chosen = keysFor(order.receiver, order);
  if ('refusal' in chosen) return { code: chosen.refusal, detail: {} };
  const { family, version } = order;
  const absent = chosen.names.map((name) => ({ family, name, version })).find((key) => !there(key));
  if (absent) return missing(absent);
  if (!newest(masters, family, order.transport)) return missing({ family, name: order.transport, version: 1 });
  const taken = (await itemRows(sql)).some(({ label }) => label === order.label);
  return taken ? { code: 'custody.label_taken', detail: { label: order.label } } : null;
}

/** Keys for a receiver, each under the transport key agreed with it; the carrier enters the inventory. */
async function distribute(sql: Sql, keys: MasterKeys, order: Distribute, by: By): Promise<Done> {
  const chosen = keysFor(order.receiver, order);
  const { family, version } = order;
  const transport = newest(keys.masters(), family, order.transport);
  if ('refusal' in chosen || !transport) return {};
  const factors = cityFactors(order.city_code, family);
  const blocks = chosen.names.map((name) => ({
    name,
    ...keys.exportKey(
      { family, name, version, province: factors.province, city: order.level === 'city' ? factors.city : null },
      transport,
    ),
  }));
  const item_id = newId();
  const held = chosen.names.map((name) => idOf({ family, name, version }));
  await sql.query(
    'insert into custody.items (item_id, kind, label, keys, blocks, made_at) values ($1, $2, $3, $4, $5, $6)',
    [item_id, order.receiver, order.label, held, JSON.stringify(blocks), by.at.toString()],
  );
  const told = blocks.map(({ name, check_value }) => `${name} ${check_value}`);
  await record(sql, by, { subject: item_id, kind: 'made', detail: { keys: told, transport: idOf(transport) } });
  return { item_id, transport: idOf(transport), blocks };
}

/** A drill changes nothing and names what would have to be replaced; destruction ends the version for good. */
async function end(sql: Sql, keys: MasterKeys, order: EndKey, by: By): Promise<Done> {
  const { family, name, version } = order;
  const key = idOf({ family, name, version });
  const affected = (await itemRows(sql))
    .filter((item) => item.keys.includes(key))
    .map(({ kind, label }) => `${kind} ${label}`);
  if (order.kind === 'destroy') await keys.destroy({ family, name, version });
  await record(sql, by, {
    subject: key,
    kind: order.kind === 'destroy' ? 'destroyed' : 'drilled',
    detail: { affected },
  });
  return { key, affected };
}

const newest = (masters: readonly MasterKey[], family: CipherFamily, name: string): MasterKey | null =>
  masters
    .filter((one) => one.family === family && one.name === name)
    .reduce<MasterKey | null>((best, one) => (best && best.version > one.version ? best : one), null);
