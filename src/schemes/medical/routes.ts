import type { Database } from '../../platform/database/index.ts';
import type { App } from '../../platform/http/index.ts';
import { catalogueRoutes } from './catalogue.routes.ts';
import type { Ground } from './deciding.ts';
import type { HolderOf } from './patient.store.ts';
import { settlementRoutes } from './settlement.routes.ts';
import { visitRoutes } from './visit.routes.ts';

export type MedicalDeps = {
  readonly database: Database;
  /** Clock, law and area; and which accounts a person's card pays from. */
  readonly ground: Ground;
  readonly holderOf: HolderOf;
};

/** Everything the desk, the pharmacy, the agency and the citizen ask of medical insurance. */
export function medicalRoutes(app: App, deps: MedicalDeps): void {
  catalogueRoutes(app, { database: deps.database, clock: deps.ground.clock });
  visitRoutes(app, deps);
  settlementRoutes(app, deps);
}
