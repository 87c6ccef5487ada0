import { formatRate, type Rate } from '../../kernel/money.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/index.ts';
import type { App } from '../../platform/http/index.ts';
import { type CatalogueEntry, type DiagnosisEntry, searchCatalogue, searchDiagnoses } from './catalogue.store.ts';
import { type CatalogueItem, CataloguePage, CatalogueQuery, DiagnosisList, DiagnosisQuery } from './contract.ts';
import { priceText } from './statement.ts';

const restrictionOf = ({ restriction_zh: zh, restriction_en: en }: CatalogueEntry): CatalogueItem['restriction'] =>
  zh !== null && en !== null ? { zh, en } : null;

const item = (entry: CatalogueEntry): CatalogueItem => ({
  code: entry.code,
  kind: entry.kind,
  class: entry.class,
  name: { zh: entry.name_zh, en: entry.name_en },
  unit: entry.unit,
  price_ceiling: entry.price_ceiling === null ? null : priceText(entry.price_ceiling),
  first_pay: formatRate(entry.first_pay as Rate),
  restriction: restrictionOf(entry),
  valid_from: entry.valid_from,
  valid_through: entry.valid_through,
});

const diagnosis = (entry: DiagnosisEntry) => ({ code: entry.code, name: { zh: entry.name_zh, en: entry.name_en } });

/** The catalogue is public: a citizen may look up what the fund pays. */
export function catalogueRoutes(app: App, deps: { readonly database: Database; readonly clock: Clock }): void {
  app.get(
    '/api/catalogue',
    { config: { allow: 'signed-in' }, schema: { querystring: CatalogueQuery, response: { 200: CataloguePage } } },
    async ({ query }) => {
      const limit = query.limit ?? 50;
      const found = await searchCatalogue(deps.database, {
        text: query.query ?? '',
        kind: query.kind ?? null,
        day: deps.clock.today().toString(),
        after: query.after ?? '',
        limit: limit + 1,
      });
      const shown = found.slice(0, limit);
      return { items: shown.map(item), next: found.length > limit ? (shown.at(-1)?.code ?? null) : null };
    },
  );

  app.get(
    '/api/diagnoses',
    { config: { allow: 'signed-in' }, schema: { querystring: DiagnosisQuery, response: { 200: DiagnosisList } } },
    async ({ query }) => ({ items: (await searchDiagnoses(deps.database, query.query ?? '', 50)).map(diagnosis) }),
  );
}
