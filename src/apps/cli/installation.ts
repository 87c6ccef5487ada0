import { readSettings } from '../../platform/config.ts';
import { type Database, openDatabase } from '../../platform/database/index.ts';
import { serverHome, startEmbeddedPostgres } from '../../platform/postgres/index.ts';
import { runningPort } from '../start/home.ts';

/** Runs `work` on this installation's database: the one that runs, or the embedded server started for the while. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const server = settings.database_url ? null : await startEmbeddedPostgres({ home: serverHome(settings.home) });
  const database = openDatabase(server?.url ?? settings.database_url, { name: 'tessera-cli', connections: 2 });
  try {
    return await work(database);
  } finally {
    await database.close();
    // A platform that started meanwhile has taken the server over, and stops it itself.
    if (server && !server.adopted && runningPort(settings.home) === null) await server.stop();
  }
}
