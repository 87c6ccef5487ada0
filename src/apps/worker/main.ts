import { parseCronItems, run } from 'graphile-worker';
import pg from 'pg';
import { closeDay } from '../../operations/finance/index.ts';
import { lapseReports } from '../../operations/issuance/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { readSettings } from '../../platform/config.ts';
import { applicationRole, connectionOf, openDatabase } from '../../platform/database/index.ts';
import { forgetAnswers } from '../../platform/http/index.ts';
import { newId } from '../../platform/identity.ts';
import { openLog } from '../../platform/log.ts';
import { serve } from '../../platform/process.ts';

const settings = readSettings();
const log = openLog('worker');
const database = openDatabase(settings.database_url, { name: 'tessera-worker', connections: 3 });
const pool = new pg.Pool({
  ...connectionOf(settings.database_url, { role: applicationRole }),
  max: 4,
  application_name: 'tessera-jobs',
});
pool.on('error', (fault) => log.warn({ err: fault }, 'database connection lost'));

const runner = await run({
  pgPool: pool,
  noHandleSignals: true,
  taskList: {
    /** Half an hour after midnight at the office: yesterday's postings become vouchers. */
    async close_day() {
      const yesterday = systemClock.today().subtract({ days: 1 });
      const result = await closeDay(database, { date: yesterday, by: 'day end' });
      log.info({ day: yesterday.toString(), result }, 'day closed');
    },
    /** Provisional loss reports of which the last day is over. */
    async lapse_reports() {
      const by = { user_id: 'calendar', at: systemClock.now(), trace_id: newId() };
      log.info({ cards: await database.transaction((sql) => lapseReports(sql, by)) }, 'loss reports lapsed');
    },
    /** Answers kept for repeated requests, when nobody repeats them any more. */
    async forget_answers() {
      log.info({ answers: await forgetAnswers(database) }, 'old answers forgotten');
    },
  },
  // graphile-worker counts in UTC; the office is eight hours ahead.
  parsedCronItems: parseCronItems([
    { task: 'close_day', match: '30 16 * * *', identifier: 'close_day', options: { backfillPeriod: 86_400_000 } },
    {
      task: 'lapse_reports',
      match: '5 16 * * *',
      identifier: 'lapse_reports',
      options: { backfillPeriod: 86_400_000 },
    },
    { task: 'forget_answers', match: '0 18 * * *', identifier: 'forget_answers' },
  ]),
});

serve(async () => {
  await runner.stop();
  await pool.end();
  await database.close();
});
