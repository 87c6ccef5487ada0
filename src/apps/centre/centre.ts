import { join } from 'node:path';
import type { KeyStore } from '../../core/keys/contract.ts';
import { openKeyStore } from '../../core/keys/index.ts';
import { cardAccount, personalAccount } from '../../core/ledger/contract.ts';
import { loadPolicy } from '../../core/policy/index.ts';
import { registryRoutes } from '../../core/registry/index.ts';
import { screeningRoutes } from '../../core/screening/index.ts';
import { TerminalStore } from '../../core/switch/index.ts';
import { custodyRoutes } from '../../operations/custody/index.ts';
import { financeRoutes } from '../../operations/finance/index.ts';
import { cardsOf, holderOf, issuanceRoutes } from '../../operations/issuance/index.ts';
import { laboratoryRoutes, readExamples } from '../../operations/laboratory/index.ts';
import { paymentRoutes } from '../../operations/payment/index.ts';
import { traceRoutes } from '../../operations/trace/index.ts';
import type { Auth } from '../../platform/auth/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { keyPlace, type Settings } from '../../platform/config.ts';
import type { Database, Sql } from '../../platform/database/index.ts';
import { type App, createServer, httpRefusals } from '../../platform/http/index.ts';
import type { Logger } from '../../platform/log.ts';
import { contributionRoutes } from '../../schemes/contributions/index.ts';
import { medicalRoutes, reasonsOf } from '../../schemes/medical/index.ts';
import { cardFolder } from '../field/devices.ts';
import { chipFolder } from './chip-folder.ts';
import { demoCardDesk } from './component-cards.ts';
import { issuingRoutes } from './issuing.routes.ts';
import { lawRoutes, problemRoutes } from './law.routes.ts';
import { reachDevices, servePages } from './pages.ts';
import { describeApi } from './reference.ts';
import { refusals } from './refusals.ts';
import { demoUserRoutes, signInRoutes } from './sign-in.routes.ts';

export type CentreOptions = {
  readonly settings: Settings;
  readonly database: Database;
  readonly auth: Auth;
  readonly log: Logger;
  readonly clock: Clock;
  /** Folder of the project: `policy/` lies in it. */
  readonly root: string;
  /** Folder of the built web. */
  readonly pages: string;
};

/** The area whose law this centre applies. */
const region = '990100';

/** The centre's API and web: every context's routes on one server. */
export async function buildCentre({ settings, database, auth, log, clock, root, pages }: CentreOptions): Promise<App> {
  const keys = await openKeyStore(keyPlace(settings));
  const policy = loadPolicy(join(root, 'policy'));
  const ground = { clock, policy, region, accountsOf };
  const app = createServer({ database, auth, log, refusals });
  await describeApi(app);
  signInRoutes(app, { auth, clock });
  lawRoutes(app, policy);
  problemRoutes(app, { ...httpRefusals, ...refusals });
  registryRoutes(app, { database, clock });
  medicalRoutes(app, { database, ground, holderOf });
  contributionRoutes(app, { database, ground });
  screeningRoutes(app, { database, terminalMac: terminalMac(database, keys) });
  const chips = settings.demo ? chipFolder(cardFolder(settings.home)) : null;
  issuanceRoutes(app, { ...ground, database, keys, chips, bureau_key: settings.bureau_key });
  paymentRoutes(app, { database, clock });
  financeRoutes(app, { database, clock });
  traceRoutes(app, { database, reasonsOf });
  laboratoryRoutes(app, { examples: readExamples(join(root, 'docs/laboratory')) });
  const cards = settings.demo ? demoCardDesk(join(settings.home, 'component-cards')) : null;
  custodyRoutes(app, { database, clock, keys, custodians: () => custodiansOf(database), cards });
  if (settings.demo) {
    demoUserRoutes(app);
    issuingRoutes(app, { database, keys });
  }
  await reachDevices(app, `http://${settings.host}:${settings.field_port}`, settings.device_token);
  await servePages(app, pages);
  return app;
}

/** Who may stand in a ceremony: the users with the role. */
const custodiansOf = (sql: Sql) =>
  sql.query<{ user_id: string; name: string }>(
    `select id as user_id, concat_ws(' ', name, name_en) as name from auth."user" where role = 'custodian' order by username`,
  );

/**
 * What a person can pay from: the personal account, and the money that lies on the card in use, the newest when there are
 * two. Money on a card that cannot pay (blocked, lost, replaced) is not counted on.
 */
export async function accountsOf(sql: Sql, person_id: string) {
  const card = (await cardsOf(sql, person_id)).find(({ state }) => state === 'active');
  const personal = personalAccount('medical-employee', person_id);
  return card ? [personal, cardAccount('medical-employee', card.card_id)] : [personal];
}

/** The MAC a terminal can check: under its working key, once it has signed in. */
const terminalMac = (database: Database, keys: KeyStore) => async (terminal_id: string) => {
  const key = (await new TerminalStore(database).find(terminal_id))?.working_keys?.mac;
  return key ? (digest: Uint8Array) => keys.terminalMac(key, digest) : null;
};
