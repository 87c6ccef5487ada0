import Type from 'typebox';
import { CardFault, packTime } from '../../core/card/index.ts';
import type { KeyStore } from '../../core/keys/contract.ts';
import type { PolicySet, Region } from '../../core/policy/index.ts';
import type { Decision } from '../../kernel/decision.ts';
import { audit } from '../../platform/audit/index.ts';
import { type Clock, officeTimeZone } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database/index.ts';
import { IdText, PageQuery } from '../../platform/http/contract.ts';
import { type App, type Caller, granted, Refused } from '../../platform/http/index.ts';
import { applyForCards, decideApplications, type NewApplication } from './applications.ts';
import { returnFromBureau, sendToBureau } from './bureau.ts';
import { cardData } from './chip-data.ts';
import { type DeskMove, deskMove } from './commands.ts';
import {
  ActivateCard,
  ApplicationPage,
  ApplicationQuery,
  Applied,
  Apply,
  BlackListPage,
  BureauFile,
  BureauReturn,
  CardDetail,
  CountStock,
  Decide,
  Done,
  FacePreview,
  MakeOrder,
  MoveCard,
  Order,
  Orders,
  ReceiveCard,
  Stock,
  WorkPage,
  WorkQuery,
} from './contract.ts';
import { moneyTakenUp, moneyToTakeUp } from './late-taps.ts';
import { facePreview, findApplications, findListed, findOrders, findWork } from './life-register.ts';
import { dayOf } from './money.ts';
import type { By } from './moves.ts';
import { prepareOrder } from './orders.ts';
import { cardTerms } from './policy.ts';
import { type Bench, deliverOrder, receiveCard, runOrder, spoilCard } from './production.ts';
import { cardDetail } from './register.ts';
import { StationError, setHolderPin, takeUpMoney } from './station.ts';
import { moveStock, stockLines } from './stock.ts';

/** Where chips are: the readers of the station, and the one at the counter. */
export type ChipPlace = {
  /** Readers for one run, each with a slot of its own. */
  benches(): readonly Bench[];
  /** The finished card in the reader of the counter; null when it is not there. */
  counter(card_number: string): Pick<Bench, 'reader' | 'slot'> | null;
};

export type LifeOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly keys: KeyStore;
  readonly policy: PolicySet;
  readonly region: Region;
  /** Null where no readers are connected. */
  readonly chips: ChipPlace | null;
  /** 32 bytes exchanged with the card bureau. */
  readonly bureau_key: Uint8Array | null;
};

const IdParams = Type.Object({ id: IdText });
const refused = (code: string, detail: Record<string, string> = {}): Refused =>
  new Refused({ code, law: null, detail });
/** The counter's own number on the chip's load log: 6 bytes. */
const counter_terminal = Uint8Array.of(0x99, 0x01, 0x00, 0, 0, 0);

type Request = { readonly caller: Caller | null; readonly trace_id: string };

export function lifeRoutes(app: App, options: LifeOptions): void {
  const { database, clock, keys, chips } = options;
  const running = new Map<string, AbortController>();
  const terms = () => cardTerms(options.policy, dayOf(clock.now()), options.region);
  const byOf = ({ caller, trace_id }: Request): By => ({ user_id: caller?.user_id ?? '', at: clock.now(), trace_id });

  /** One transaction with its audit entry. */
  const command = <T>(request: Request, action: string, subject: string, run: (sql: Sql, by: By) => Promise<T>) =>
    database.transaction(async (sql) => {
      const by = byOf(request);
      const result = await run(sql, by);
      const role = request.caller?.role ?? '';
      await audit(sql, { user_id: by.user_id, role, action, subject, trace_id: by.trace_id });
      return result;
    });
  const shown = async (sql: Sql, id: string): Promise<CardDetail> => {
    const card = await cardDetail(sql, id);
    if (!card) throw refused('issuance.card_unknown');
    return card;
  };
  const orderNow = async (id: string): Promise<Order> => {
    const [order] = await findOrders(database, id);
    if (!order) throw refused('issuance.order_unknown');
    return { ...order, running: running.has(id) };
  };
  const pageOf = (query: { after?: string; limit?: number }) => ({
    after: query.after ?? null,
    limit: query.limit ?? 50,
  });
  const reads = { allow: ['agency', 'inspector'] } as const;
  const writes = { allow: ['agency'], idempotent: true } as const;

  app.get(
    '/api/card-applications',
    {
      config: { ...reads, reads: 'read card applications' },
      schema: { querystring: ApplicationQuery, response: { 200: ApplicationPage } },
    },
    ({ query, caller }) =>
      findApplications(database, { ...pageOf(query), state: query.state ?? null }, caller?.user_id ?? ''),
  );
  app.post(
    '/api/card-applications',
    { config: writes, bodyLimit: 32 << 20, schema: { body: Apply, response: { 200: Applied } } },
    (request) =>
      command(request, 'apply for cards', request.body.channel, async (sql, by) => {
        const { channel, employer_code, rows } = request.body;
        const ids = await personIds(
          sql,
          rows.flatMap(({ citizen_number }) => citizen_number ?? []),
        );
        const wanted = rows.map(
          (row): NewApplication => ({
            person_id: row.person_id ?? ids.get(row.citizen_number ?? '') ?? '00000000-0000-0000-0000-000000000000',
            channel,
            photo: photoOf(row.photo),
            city_code: options.region,
            ...(channel === 'employer' ? { employer_code: employer_code ?? '' } : {}),
          }),
        );
        const answers = await applyForCards(sql, wanted, terms(), by);
        return {
          items: answers.map((answer) =>
            answer.granted
              ? { ...answer.value, fee_fen: String(terms().fee_fen[answer.value.reason]), refusal: null }
              : { application_id: null, reason: null, fee_fen: null, refusal: answer.refusal.code },
          ),
        };
      }),
  );
  app.post(
    '/api/card-applications/decide',
    { config: writes, schema: { body: Decide, response: { 200: Done } } },
    (request) =>
      command(request, 'decide card applications', request.body.approve ? 'approve' : 'reject', async (sql, by) => {
        const { ids, approve, words = '' } = request.body;
        const answers = await decideApplications(sql, ids, approve ? { approve } : { approve, words }, by);
        const only = answers[0];
        if (ids.length === 1 && only) granted(only);
        return { count: answers.filter((answer) => answer.granted).length };
      }),
  );

  app.get('/api/card-orders', { config: reads, schema: { response: { 200: Orders } } }, async () => ({
    items: (await findOrders(database, null)).map((order) => ({ ...order, running: running.has(order.order_id) })),
  }));
  app.get(
    '/api/card-orders/:id',
    { config: reads, schema: { params: IdParams, response: { 200: Order } } },
    ({ params }) => orderNow(params.id),
  );
  app.get(
    '/api/card-orders/:id/work',
    {
      config: { ...reads, reads: 'read cards of an order' },
      schema: { params: IdParams, querystring: WorkQuery, response: { 200: WorkPage } },
    },
    ({ params, query }) => findWork(database, params.id, { ...pageOf(query), state: query.state ?? null }),
  );
  app.post(
    '/api/card-orders',
    { config: writes, schema: { body: MakeOrder, response: { 200: Order } } },
    async (request) => {
      const order = await command(request, 'make card order', request.body.place, async (sql, by) =>
        granted(await prepareOrder(sql, keys, { ...request.body, city_code: options.region }, terms(), by)),
      );
      return orderNow(order.order_id);
    },
  );
  app.post(
    '/api/card-orders/:id/run',
    { config: writes, schema: { params: IdParams, response: { 200: Order } } },
    async (request) => {
      const { id } = request.params;
      if (!chips) throw refused('issuance.no_station');
      if ((await orderNow(id)).place !== 'station') throw refused('issuance.order_unknown');
      const [blanks] = (await stockLines(database)).filter(({ kind }) => kind === 'blank');
      if (blanks?.count === 0 && (await orderNow(id)).counts.begun === 0) throw refused('issuance.no_blanks');
      if (!running.has(id)) {
        const stop = new AbortController();
        running.set(id, stop);
        const station = { name: `centre ${process.pid}`, benches: chips.benches() };
        runOrder(database, keys, id, station, () => byOf(request), stop.signal)
          .catch((fault: unknown) => app.log.error({ err: fault, trace_id: request.trace_id }, 'station stopped'))
          .finally(() => running.delete(id));
      }
      await command(request, 'run station', id, async () => null);
      return orderNow(id);
    },
  );
  app.post(
    '/api/card-orders/:id/stop',
    { config: writes, schema: { params: IdParams, response: { 200: Order } } },
    async (request) => {
      running.get(request.params.id)?.abort();
      return orderNow(request.params.id);
    },
  );
  app.post(
    '/api/card-orders/:id/deliver',
    { config: writes, schema: { params: IdParams, response: { 200: Done } } },
    (request) =>
      command(request, 'deliver cards', request.params.id, async (sql, by) => ({
        count: granted(await deliverOrder(sql, request.params.id, by)),
      })),
  );
  const bureauKey = (): Uint8Array => {
    if (!options.bureau_key) throw refused('issuance.bureau_key_missing');
    return options.bureau_key;
  };
  app.post(
    '/api/card-orders/:id/bureau-file',
    { config: { allow: ['agency'] }, schema: { params: IdParams, response: { 200: BureauFile } } },
    (request) =>
      command(request, 'send bureau file', request.params.id, async (sql, by) => {
        const file = granted(await sendToBureau(sql, keys, request.params.id, bureauKey(), by));
        return { file: file.toBase64() };
      }),
  );
  app.post(
    '/api/card-orders/:id/bureau-return',
    {
      config: writes,
      bodyLimit: 64 << 20,
      schema: { params: IdParams, body: BureauFile, response: { 200: BureauReturn } },
    },
    (request) =>
      command(request, 'take bureau return', request.params.id, async (sql, by) => {
        const taken = await returnFromBureau(sql, keys, request.params.id, bureauKey(), photoOf(request.body.file), by);
        const { rejected, ...counts } = granted(taken);
        return { ...counts, rejected: [...rejected] };
      }),
  );

  const onCard =
    (action: string, run: (sql: Sql, id: string, by: By, body: unknown) => Promise<Decision<unknown>>) =>
    (request: Request & { readonly params: { readonly id: string }; readonly body: unknown }) =>
      command(request, action, request.params.id, async (sql, by) => {
        granted(await run(sql, request.params.id, by, request.body));
        return shown(sql, request.params.id);
      });
  app.post(
    '/api/cards/:id/receive',
    { config: writes, schema: { params: IdParams, body: ReceiveCard, response: { 200: CardDetail } } },
    onCard('receive card', (sql, id, _, body) =>
      receiveCard(sql, id, (body as Type.Static<typeof ReceiveCard>).received_by),
    ),
  );
  app.post(
    '/api/cards/:id/spoil',
    { config: writes, schema: { params: IdParams, response: { 200: CardDetail } } },
    onCard('spoil card', (sql, id, by) => spoilCard(sql, id, by)),
  );
  app.post(
    '/api/cards/:id/move',
    { config: writes, schema: { params: IdParams, body: MoveCard, response: { 200: CardDetail } } },
    onCard('move card', (sql, id, by, body) =>
      deskMove(sql, id, { move: (body as { move: DeskMove }).move }, terms(), by),
    ),
  );
  // Without an idempotency key: of a body with a PIN in it not even a digest is kept. Asked twice, it is refused.
  app.post(
    '/api/cards/:id/activate',
    { config: { allow: ['agency'] }, schema: { params: IdParams, body: ActivateCard, response: { 200: CardDetail } } },
    async (request) => {
      const { id } = request.params;
      const { pin } = request.body;
      const [card] = await cardData(database, [id]);
      const place = card && chips ? chips.counter(card.card_number) : null;
      if (card && place) await atCounter(() => setHolderPin(place.reader, place.slot, keys, card, pin));
      const waits = (await shown(database, id)).take_up;
      // Asked again after the chip failed: it is in use already, and only its money is not on the chip.
      if (!waits)
        await command(request, 'activate card', id, async (sql, by) =>
          granted(await deskMove(sql, id, { move: 'activate' }, terms(), by)),
        );
      const amount = card && place ? await moneyToTakeUp(database, id) : null;
      if (card && place && amount) {
        const time = packTime(clock.now().toZonedDateTimeISO(officeTimeZone).toPlainDateTime());
        const load = { pin, amount, terminal: counter_terminal, time };
        const taken = await atCounter(() => takeUpMoney(place.reader, place.slot, keys, card, load));
        await command(request, 'take up money', id, (sql, by) => moneyTakenUp(sql, id, taken.load_sequence, by));
      }
      return shown(database, id);
    },
  );
  app.get(
    '/api/cards/:id/face',
    { config: { ...reads, reads: 'read card face' }, schema: { params: IdParams, response: { 200: FacePreview } } },
    async ({ params }) => {
      const face = await facePreview(database, params.id);
      if (!face) throw refused('issuance.card_unknown');
      return face;
    },
  );

  app.get('/api/card-stock', { config: reads, schema: { response: { 200: Stock } } }, async () => ({
    items: await stockLines(database),
  }));
  app.post('/api/card-stock', { config: writes, schema: { body: CountStock, response: { 200: Stock } } }, (request) =>
    command(request, 'count stock', request.body.kind, async (sql, by) => {
      const { kind, change } = request.body;
      const why = change > 0 ? 'received' : 'counted';
      if (!(await moveStock(sql, [{ kind, change }], why, null, by))) throw refused('issuance.count_differs');
      return { items: await stockLines(sql) };
    }),
  );
  app.get(
    '/api/black-list',
    {
      config: { ...reads, reads: 'read black list' },
      schema: { querystring: PageQuery, response: { 200: BlackListPage } },
    },
    ({ query }) => findListed(database, pageOf(query)),
  );
}

/** Carries out steps on the chip in the counter's reader; what the chip or reader says no to is a refusal in words. */
async function atCounter<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (fault) {
    if (fault instanceof StationError) throw refused('issuance.chip_fault', { fault: fault.fault });
    if (fault instanceof CardFault) throw refused('issuance.chip_fault', { fault: fault.code });
    throw fault;
  }
}

/** What is no base64 is no photo. */
function photoOf(text: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return new Uint8Array();
  }
}

async function personIds(sql: Sql, citizen_numbers: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.query<{ citizen_number: string; person_id: string }>(
    'select citizen_number, person_id from registry.v_persons where citizen_number = any($1)',
    [citizen_numbers],
  );
  return new Map(rows.map((row) => [row.citizen_number, row.person_id]));
}
