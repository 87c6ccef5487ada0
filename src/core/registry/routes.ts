import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import { type App, type Caller, granted, Refused } from '../../platform/http/index.ts';
import {
  EmployerPageJson,
  EmployerQuery,
  EnrolmentsJson,
  IdParams,
  InstitutionPageJson,
  InstitutionQuery,
  LifelineJson,
  PersonJson,
  PersonPageJson,
  PersonQuery,
} from './contract.ts';
import { findEmployers } from './employers.ts';
import { enrolmentsOf } from './enrolments.ts';
import { findInstitutions } from './institutions.ts';
import { lifeRoutes } from './life.routes.ts';
import { lifeline } from './lifeline.ts';
import type { Person } from './model.ts';
import { findPersons } from './person-search.ts';
import { person } from './persons.ts';
import { employerJson, enrolmentJson, institutionJson, lifeEventJson, personJson } from './presentation.ts';

const page_size = 50;
const unknown = (): Refused => new Refused({ code: 'registry.person_unknown', law: null, detail: {} });

/** What the agency, the inspectors and citizens read of the registry. Numbers leave it masked. */
export function registryRoutes(app: App, deps: { readonly database: Database; readonly clock: Clock }): void {
  const { database, clock } = deps;
  const readers = ['agency', 'inspector', 'citizen'] as const;
  lifeRoutes(app, deps);

  /** The person, if the caller may know: a citizen reaches nobody else, and learns not even whether there is one. */
  const personFor = async (caller: Caller | null, person_id: string): Promise<Person> => {
    if (caller?.role === 'citizen' && caller.person_id !== person_id) throw unknown();
    const found = await person(database, person_id);
    if (!found) throw unknown();
    return found;
  };

  app.get(
    '/api/persons',
    {
      config: { allow: ['agency', 'inspector'], reads: 'read persons' },
      schema: { querystring: PersonQuery, response: { 200: PersonPageJson } },
    },
    async ({ query: { query = '', after } }) => {
      // Nobody's name begins with a digit.
      const by = /^\d/.test(query.trim()) ? { citizen_number: query.trim() } : { name_prefix: query.trim() };
      const page = granted(
        await findPersons(database, { ...by, ...(after ? { after } : {}), limit: page_size }, clock),
      );
      return { persons: page.persons.map((one) => personJson(one)), next: page.next };
    },
  );

  app.get(
    '/api/persons/:id',
    {
      config: { allow: readers, reads: 'read person' },
      schema: { params: IdParams, response: { 200: PersonJson } },
    },
    async ({ caller, params }) => personJson(await personFor(caller, params.id)),
  );

  app.get(
    '/api/persons/:id/lifeline',
    {
      config: { allow: readers, reads: 'read lifeline' },
      schema: { params: IdParams, response: { 200: LifelineJson } },
    },
    async ({ caller, params }) => {
      const { person_id } = await personFor(caller, params.id);
      return { items: ((await lifeline(database, person_id)) ?? []).map(lifeEventJson) };
    },
  );

  app.get(
    '/api/persons/:id/enrolments',
    {
      config: { allow: readers, reads: 'read enrolments' },
      schema: { params: IdParams, response: { 200: EnrolmentsJson } },
    },
    async ({ caller, params }) => {
      const { person_id } = await personFor(caller, params.id);
      return { items: (await enrolmentsOf(database, person_id)).map(enrolmentJson) };
    },
  );

  app.get(
    '/api/my/person',
    { config: { allow: ['citizen'] }, schema: { response: { 200: PersonJson } } },
    async ({ caller }) => {
      if (!caller?.person_id) throw unknown();
      return personJson(await personFor(caller, caller.person_id));
    },
  );

  app.get(
    '/api/institutions',
    {
      config: { allow: 'signed-in' },
      schema: { querystring: InstitutionQuery, response: { 200: InstitutionPageJson } },
    },
    async ({ query: { kind = null, query = '', after = '' } }) => {
      const { items, next } = await findInstitutions(database, { kind, query: query.trim(), after, limit: page_size });
      return { items: items.map(institutionJson), next };
    },
  );

  app.get(
    '/api/employers',
    {
      config: { allow: ['agency', 'inspector', 'finance'] },
      schema: { querystring: EmployerQuery, response: { 200: EmployerPageJson } },
    },
    async ({ query: { query = '', after = '' } }) => {
      const { items, next } = await findEmployers(database, { query: query.trim(), after, limit: page_size });
      return { items: items.map(employerJson), next };
    },
  );
}
