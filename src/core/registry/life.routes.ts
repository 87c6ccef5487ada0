import Type from 'typebox';
import type { Decision } from '../../kernel/decision.ts';
import { day } from '../../kernel/time.ts';
import { audit } from '../../platform/audit/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database/index.ts';
import { DayText } from '../../platform/http/contract.ts';
import { type App, type Caller, granted } from '../../platform/http/index.ts';
import { IdParams, PersonJson, RegisterBirth } from './contract.ts';
import type { Person, PersonId } from './model.ts';
import { recordBirth, recordDeath } from './persons.ts';
import { personJson } from './presentation.ts';

type Request = { readonly caller: Caller | null; readonly trace_id: string };

/** Births and deaths, as the agency enters them. */
export function lifeRoutes(
  app: App,
  { database, clock }: { readonly database: Database; readonly clock: Clock },
): void {
  /** Carries a command out in one transaction with its audit entry. */
  const command = (
    { caller, trace_id }: Request,
    action: string,
    run: (sql: Sql) => Promise<Decision<Person>>,
  ): Promise<PersonJson> =>
    database.transaction(async (sql) => {
      const person = granted(await run(sql));
      const who = { user_id: caller?.user_id ?? '', role: caller?.role ?? '' };
      await audit(sql, { ...who, action, subject: person.person_id, trace_id });
      return personJson(person);
    });

  app.post(
    '/api/persons/births',
    {
      config: { allow: ['agency'], idempotent: true },
      schema: { tags: ['registry'], body: RegisterBirth, response: { 201: PersonJson } },
    },
    async (request, reply) => {
      const { mother_id, ...child } = request.body;
      const birth = { ...child, mother_id: mother_id as PersonId };
      return reply.code(201).send(await command(request, 'record birth', (sql) => recordBirth(sql, birth, clock)));
    },
  );

  app.post(
    '/api/persons/:id/death',
    {
      config: { allow: ['agency'], idempotent: true },
      schema: {
        tags: ['registry'],
        params: IdParams,
        body: Type.Object({ died_on: DayText }),
        response: { 200: PersonJson },
      },
    },
    (request) => {
      const death = { person_id: request.params.id as PersonId, died_on: day(request.body.died_on) };
      return command(request, 'record death', (sql) => recordDeath(sql, death, clock));
    },
  );
}
