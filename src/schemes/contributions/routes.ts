import { month } from '../../kernel/time.ts';
import type { Database } from '../../platform/database/index.ts';
import { type App, granted, Refused } from '../../platform/http/index.ts';
import type { Ground } from './assessing.ts';
import { PersonContribution, PersonParams, PersonQuery } from './contract.ts';
import { monthRoutes } from './month.routes.ts';
import { personContribution } from './person-contribution.ts';

export type ContributionDeps = { readonly database: Database; readonly ground: Ground };

/** What the agency and the citizen ask: why this amount, this month. */
export function contributionRoutes(app: App, deps: ContributionDeps): void {
  const { database, ground } = deps;
  monthRoutes(app, deps);
  app.get(
    '/api/contributions/persons/:id',
    {
      config: { allow: ['agency', 'finance', 'inspector', 'citizen'], reads: 'read contributions' },
      schema: { params: PersonParams, querystring: PersonQuery, response: { 200: PersonContribution } },
    },
    async ({ caller, params, query }) => {
      // A citizen who asks for somebody else learns nothing, not even whether that person is employed.
      if (caller?.role === 'citizen' && caller.person_id !== params.id)
        throw new Refused({ code: 'contributions.not_employed', law: null, detail: { month: query.month } });
      return granted(await personContribution(database, ground, { person_id: params.id, month: month(query.month) }));
    },
  );
}
