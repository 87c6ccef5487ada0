import { parseCronItems, run } from 'graphile-worker';
import pg from 'pg';
import { closeDay } from '../../operations/finance/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { readSettings } from '../../platform/config.ts';
import { applicationRole, openDatabase } from '../../platform/database/index.ts';
import { openLog } from '../../platform/log.ts';
import { serve } from '../../platform/process.ts';

const settings = readSettings();
const log = openLog('worker');
const database = openDatabase(settings.database_url, { name: 'tessera-worker', connections: 3 });
const pool = new pg.Pool({
  connectionString: settings.database_url,
  max: 4,
  application_name: 'tessera-jobs',
  options: `-c role=${applicationRole}`,
});
pool.on('error', (fault) => log.warn({ err: fault }, 'database connection lost'));

const runner = await run({
  pgPool: pool,
  noHandleSignals: true,
  taskList: {
    /** Half an hour after midnight at the office: yesterday's postings become vouchers. */
    async close_day() {
      const yesterday = systemClock.today().subtract({ days: 1 });
      const result = await database.transaction((sql) => closeDay(sql, yesterday));
      log.info({ day: yesterday.toString(), result }, 'day closed');
    },
  },
  // graphile-worker counts in UTC; the office is eight hours ahead.
  parsedCronItems: parseCronItems([
    { task: 'close_day', match: '30 16 * * *', identifier: 'close_day', options: { backfillPeriod: 86_400_000 } },
  ]),
});

serve(async () => {
  await runner.stop();
  await pool.end();
  await database.close();
});
