import { openKeyStore } from '../../core/keys/index.ts';
import { SwitchServer, TerminalStore } from '../../core/switch/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { keyPlace, readSettings } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database/index.ts';
import { openLog } from '../../platform/log.ts';
import { serve } from '../../platform/process.ts';
import { openPayments } from './payments.ts';
import { openWireLog } from './wire-log.ts';

const settings = readSettings();
const log = openLog('switch');
const database = openDatabase(settings.database_url, { name: 'tessera-switch', connections: 6, plan_once: true });
const keys = await openKeyStore(keyPlace(settings));
const wire = openWireLog(database, (fault) => log.error({ err: fault }, 'wire log not written; trying again'));
const payments = openPayments(database, keys, systemClock);

const server = new SwitchServer({
  directory: new TerminalStore(database),
  keys,
  clock: systemClock,
  handle: payments.handle,
  journal: wire.add,
  onFault: (fault, trace_id) => log.error({ err: fault, trace_id }, 'fault behind an answer 96'),
});
const port = await server.listen(settings.switch_port, settings.host);
log.info({ port }, 'terminals may connect');

serve(async () => {
  await server.stop();
  await payments.drain();
  await wire.close();
  await database.close();
});
