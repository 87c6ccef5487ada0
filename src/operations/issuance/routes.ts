import Type from 'typebox';
import type { Decision } from '../../kernel/decision.ts';
import { audit } from '../../platform/audit/index.ts';
import type { Sql } from '../../platform/database/index.ts';
import { IdText } from '../../platform/http/contract.ts';
import { type App, type Caller, granted, Refused } from '../../platform/http/index.ts';
import { type By, blockCard, reportLoss, suspendCard, unblockCard } from './commands.ts';
import { BlockCard, CardDetail, CardPage, CardQuery, CardsOfPerson, ReportLoss } from './contract.ts';
import { type LifeOptions, lifeRoutes } from './life.routes.ts';
import { dayOf } from './money.ts';
import { cardTerms } from './policy.ts';
import { cardDetail, cardsOf, findCards } from './register.ts';

const IdParams = Type.Object({ id: IdText });
const refused = (code: string): Refused => new Refused({ code, law: null, detail: {} });

/** What a route knows of its request. */
type Request = { readonly caller: Caller | null; readonly trace_id: string };

export function issuanceRoutes(app: App, deps: LifeOptions): void {
  const { database, clock } = deps;
  lifeRoutes(app, deps);

  const shown = async (sql: Sql, card_id: string): Promise<CardDetail> => {
    const card = await cardDetail(sql, card_id);
    if (!card) throw refused('issuance.card_unknown');
    return card;
  };

  /** Carries out a command on a card in one transaction with its audit entry, and shows the card as it is then. */
  const command = (
    { caller, trace_id }: Request,
    card_id: string,
    action: string,
    run: (sql: Sql, by: By) => Promise<Decision<unknown>>,
  ): Promise<CardDetail> =>
    database.transaction(async (sql) => {
      const user = { user_id: caller?.user_id ?? '', role: caller?.role ?? '' };
      granted(await run(sql, { user_id: user.user_id, at: clock.now(), trace_id }));
      await audit(sql, { ...user, action, subject: card_id, trace_id });
      return shown(sql, card_id);
    });

  app.get(
    '/api/cards',
    {
      config: { allow: ['agency', 'inspector'], reads: 'read cards' },
      schema: { querystring: CardQuery, response: { 200: CardPage } },
    },
    ({ query }) =>
      findCards(database, {
        query: query.query ?? '',
        state: query.state ?? null,
        after: query.after ?? null,
        limit: query.limit ?? 50,
      }),
  );

  app.get(
    '/api/cards/:id',
    {
      config: { allow: ['agency', 'inspector'], reads: 'read card' },
      schema: { params: IdParams, response: { 200: CardDetail } },
    },
    ({ params }) => shown(database, params.id),
  );

  app.get(
    '/api/persons/:id/cards',
    {
      config: { allow: ['agency', 'inspector'], reads: 'read cards of person' },
      schema: { params: IdParams, response: { 200: CardsOfPerson } },
    },
    async ({ params }) => ({ items: await cardsOf(database, params.id) }),
  );

  app.get(
    '/api/my/cards',
    { config: { allow: ['citizen'] }, schema: { response: { 200: CardsOfPerson } } },
    async ({ caller }) => ({ items: caller?.person_id ? await cardsOf(database, caller.person_id) : [] }),
  );

  app.post(
    '/api/cards/:id/block',
    {
      config: { allow: ['agency'], idempotent: true },
      schema: { params: IdParams, body: BlockCard, response: { 200: CardDetail } },
    },
    (request) =>
      command(request, request.params.id, 'block card', (sql, by) =>
        blockCard(sql, request.params.id, request.body.reason, by),
      ),
  );

  app.post(
    '/api/cards/:id/unblock',
    {
      config: { allow: ['agency'], idempotent: true },
      schema: { params: IdParams, response: { 200: CardDetail } },
    },
    (request) =>
      command(request, request.params.id, 'unblock card', (sql, by) => unblockCard(sql, request.params.id, by)),
  );

  app.post(
    '/api/my/card/report-loss',
    {
      config: { allow: ['citizen'], idempotent: true },
      schema: { body: ReportLoss, response: { 200: CardDetail } },
    },
    async (request) => {
      const mine = request.caller?.person_id ? await cardsOf(database, request.caller.person_id) : [];
      const { card_id, provisional } = request.body;
      // A citizen reaches only the own cards: another one is as unknown as none at all.
      const card = mine.find((one) =>
        card_id ? one.card_id === card_id : ['active', 'issued', 'suspended'].includes(one.state),
      );
      if (!card) throw refused('issuance.no_card_in_use');
      const terms = cardTerms(deps.policy, dayOf(clock.now()), deps.region);
      return command(request, card.card_id, 'report loss', (sql, by) =>
        provisional ? suspendCard(sql, card.card_id, terms, by) : reportLoss(sql, card.card_id, by),
      );
    },
  );
}
