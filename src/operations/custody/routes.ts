import Type from 'typebox';
import { cardKeyNames, type MasterKeys } from '../../core/keys/index.ts';
import { type Decision, grant, refuse } from '../../kernel/decision.ts';
import { audit } from '../../platform/audit/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database/index.ts';
import { IdText } from '../../platform/http/contract.ts';
import { type App, type Caller, granted, Refused } from '../../platform/http/index.ts';
import {
  type Carrier,
  cancel,
  ceremonyList,
  combine,
  confirm,
  contribute,
  install,
  minutesOf,
  openCeremony,
} from './ceremonies.ts';
import { type CardAtDesk, readComponent, writeComponent } from './component-card.ts';
import {
  Ceremonies,
  Ceremony,
  Confirm,
  Contribute,
  Contribution,
  HandOver,
  History,
  HistoryQuery,
  Inventory,
  Minutes,
  NewOrder,
  OpenCeremony,
  Orders,
  type Person,
  StoreView,
} from './contract.ts';
import { type By, eventsOf } from './events.ts';
import { handOver, inventory, itemRows } from './inventory.ts';
import { approveOrder, askOrder, orderList } from './orders.ts';

type Request = { readonly caller: Caller | null; readonly trace_id: string };
export type CustodyDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly keys: MasterKeys;
  /** Who is a key custodian of this centre. */
  readonly custodians: () => Promise<readonly Person[]>;
  /** Where component cards are written and read; null where there is no reader. */
  readonly cards: CardDesk | null;
};

/** A reader with a blank card in it, or the card of an item; `keep` puts the card away under an item. */
export type CardDesk = (item_id: string | null) => (CardAtDesk & { keep(item_id: string): void }) | null;

const IdParams = Type.Object({ id: IdText });
/** Minutes carry the name in both scripts. */
const nameOf = (caller: Caller | null): string => [caller?.name, caller?.name_en].filter(Boolean).join(' ');

export function custodyRoutes(app: App, { database, clock, keys, custodians, cards }: CustodyDeps): void {
  const readers = { allow: ['custodian', 'inspector'] as const };
  /** No idempotency key here: the server keeps answers under one, and a component is never kept in the clear. */
  const doers = { allow: ['custodian'] as const };

  /** One command in one transaction with its audit entry; a refusal commits as well, with the record of the attempt. */
  const command = async <T>(
    { caller, trace_id }: Request,
    { action, subject }: { readonly action: string; readonly subject: string },
    run: (sql: Sql, by: By) => Promise<Decision<T>>,
  ): Promise<T> => {
    const by: By = { user_id: caller?.user_id ?? '', name: nameOf(caller), at: clock.now(), trace_id };
    const decision = await database.transaction(async (sql) => {
      const decided = await run(sql, by);
      const detail = decided.granted ? {} : { refused: decided.refusal.code };
      await audit(sql, { user_id: by.user_id, role: caller?.role ?? '', action, subject, trace_id, detail });
      return decided;
    });
    return granted(decision);
  };

  const carrierOf = (sql: Sql, { component, pin, card }: Type.Static<typeof Contribute>, by: By): Carrier => {
    if (component) return { bring: async () => grant(Uint8Array.fromHex(component)) };
    if (!pin) return {};
    if (!card)
      return {
        write: async (item_id, made) => {
          const desk = cards?.(null);
          if (!desk) return refuse('custody.card_missing');
          const written = await writeComponent(desk, pin, made);
          if (written.granted) desk.keep(item_id);
          return written;
        },
      };
    return {
      item_id: card,
      bring: async () => {
        const item = (await itemRows(sql)).find(({ item_id }) => item_id === card);
        if (item?.user_id !== by.user_id) return refuse('custody.not_holder');
        const desk = cards?.(card);
        if (!desk) return refuse('custody.card_missing');
        const read = await readComponent(desk, pin);
        // A wrong try is counted by the chip, and the chip is kept as it is.
        desk.keep(card);
        return read;
      },
    };
  };

  const minutes = async (id: string, me: string) => {
    const found = await minutesOf(database, id, await custodians(), me, clock.now());
    if (!found) throw new Refused({ code: 'custody.ceremony_unknown', law: null, detail: {} });
    return found;
  };
  const shown = async (id: string, { caller }: Request) => (await minutes(id, caller?.user_id ?? '')).ceremony;

  app.get('/api/custody/store', { config: readers, schema: { response: { 200: StoreView } } }, async () => {
    const { kind, model, notes } = keys.capabilities();
    return {
      kind,
      model,
      notes: [...notes],
      custodians: [...(await custodians())],
      key_names: [...cardKeyNames],
      card_desk: cards !== null,
    };
  });

  app.get(
    '/api/custody/ceremonies',
    { config: readers, schema: { response: { 200: Ceremonies } } },
    async (request) => ({
      items: await ceremonyList(database, await custodians(), request.caller?.user_id ?? '', clock.now()),
    }),
  );

  app.post(
    '/api/custody/ceremonies',
    { config: doers, schema: { body: OpenCeremony, response: { 200: Ceremony } } },
    async (request) => {
      const known = await custodians();
      const subject = `${request.body.family}/${request.body.name}`;
      const id = await command(request, { action: 'open ceremony', subject }, (sql, by) =>
        openCeremony(sql, keys, known, request.body, by),
      );
      return shown(id, request);
    },
  );

  app.get(
    '/api/custody/ceremonies/:id/minutes',
    { config: readers, schema: { params: IdParams, response: { 200: Minutes } } },
    ({ params, caller }) => minutes(params.id, caller?.user_id ?? ''),
  );

  app.post(
    '/api/custody/ceremonies/:id/contribute',
    { config: doers, schema: { params: IdParams, body: Contribute, response: { 200: Contribution } } },
    async (request) => {
      const { id } = request.params;
      const made = await command(request, { action: 'contribute component', subject: id }, (sql, by) =>
        contribute(sql, keys, id, carrierOf(sql, request.body, by), by),
      );
      return { ...made, ceremony: await shown(id, request) };
    },
  );

  app.post(
    '/api/custody/ceremonies/:id/confirm',
    { config: doers, schema: { params: IdParams, body: Confirm, response: { 200: Ceremony } } },
    async (request) => {
      const { id } = request.params;
      await command(request, { action: 'confirm check value', subject: id }, (sql, by) =>
        confirm(sql, id, request.body, by),
      );
      return shown(id, request);
    },
  );

  const steps = {
    combine: (sql: Sql, id: string, by: By): Promise<Decision<unknown>> => combine(sql, keys, id, by),
    install: (sql: Sql, id: string, by: By): Promise<Decision<unknown>> => install(sql, keys, id, by),
    cancel: (sql: Sql, id: string, by: By): Promise<Decision<unknown>> => cancel(sql, id, by),
  };
  for (const [step, run] of Object.entries(steps))
    app.post(
      `/api/custody/ceremonies/:id/${step}`,
      { config: doers, schema: { params: IdParams, response: { 200: Ceremony } } },
      async (request) => {
        const { id } = request.params;
        await command(request, { action: `${step} ceremony`, subject: id }, (sql, by) => run(sql, id, by));
        return shown(id, request);
      },
    );

  app.get('/api/custody/inventory', { config: readers, schema: { response: { 200: Inventory } } }, () =>
    inventory(database, keys),
  );

  app.get(
    '/api/custody/history',
    { config: readers, schema: { querystring: HistoryQuery, response: { 200: History } } },
    async ({ query }) => ({ items: [...(await eventsOf(database, [query.subject]))] }),
  );

  app.post(
    '/api/custody/items/:id/hand-over',
    { config: doers, schema: { params: IdParams, body: HandOver, response: { 200: Inventory } } },
    async (request) => {
      const { id } = request.params;
      const known = await custodians();
      await command(request, { action: 'hand over', subject: id }, (sql, by) =>
        handOver(sql, id, request.body.to, known, by),
      );
      return inventory(database, keys);
    },
  );

  const orders = async () => ({ items: [...(await orderList(database))] });
  app.get('/api/custody/orders', { config: readers, schema: { response: { 200: Orders } } }, orders);

  app.post(
    '/api/custody/orders',
    { config: doers, schema: { body: NewOrder, response: { 200: Orders } } },
    async (request) => {
      const { kind } = request.body;
      await command(request, { action: `order ${kind}`, subject: kind }, (sql, by) =>
        askOrder(sql, keys, request.body, by),
      );
      return orders();
    },
  );

  app.post(
    '/api/custody/orders/:id/approve',
    { config: doers, schema: { params: IdParams, response: { 200: Orders } } },
    async (request) => {
      const { id } = request.params;
      await command(request, { action: 'approve order', subject: id }, (sql, by) => approveOrder(sql, keys, id, by));
      return orders();
    },
  );
}
