import { join, resolve } from 'node:path';
import { openAuth } from '../../platform/auth/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { readSettings } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database/index.ts';
import { openLog } from '../../platform/log.ts';
import { serve } from '../../platform/process.ts';
import { buildCentre } from './centre.ts';

const settings = readSettings();
const log = openLog('centre');
const database = openDatabase(settings.database_url, { name: 'tessera-centre', connections: 12 });
const auth = openAuth({ ...settings, url: settings.database_url });
const root = resolve(import.meta.dirname, '../../..');
const app = await buildCentre({
  settings,
  database,
  auth,
  log,
  clock: systemClock,
  root,
  pages: join(root, 'web/dist'),
});

await app.listen({ port: settings.port, host: settings.host });
log.info({ port: settings.port }, 'open');

serve(async () => {
  // Event streams never end by themselves.
  app.server.closeIdleConnections();
  setTimeout(() => app.server.closeAllConnections(), 1000).unref();
  await app.close();
  await auth.close();
  await database.close();
});
