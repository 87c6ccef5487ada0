import { runMigrations } from 'graphile-worker';
import { applicationRole, openDatabase } from '../../platform/database/index.ts';

/** Brings the job queue's own tables up to date and lets the running system use them. */
export async function migrateJobs(url: string): Promise<void> {
  await runMigrations({ connectionString: url });
  const database = openDatabase(url, { role: null, connections: 1 });
  await database.query(`
    grant usage on schema graphile_worker to ${applicationRole};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${applicationRole};
    grant usage on all sequences in schema graphile_worker to ${applicationRole};
    grant execute on all functions in schema graphile_worker to ${applicationRole};`);
  await database.close();
}
