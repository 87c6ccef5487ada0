import { setTimeout as pause } from 'node:timers/promises';
import type { Settings } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database/index.ts';
import { type EmbeddedPostgres, serverHome, startEmbeddedPostgres } from '../../platform/postgres/index.ts';
import { StartFault } from './ports.ts';
import type { Stops } from './stops.ts';

const again_after_ms = 500;

/** The database of the installation: the one that was named, or the embedded server. Returns the owner's address. */
export async function openServer(settings: Settings, stops: Stops, say: (note: string) => void): Promise<string> {
  if (settings.database_url) {
    say('yours, from DATABASE_URL');
    await tryDatabase(settings.database_url);
    return settings.database_url;
  }
  const server = await keepServer(serverHome(settings.home), stops);
  say(`embedded PostgreSQL, port ${server.port}${server.adopted ? ', left running by a start that was killed' : ''}`);
  return server.url;
}

async function tryDatabase(url: string): Promise<void> {
  const database = openDatabase(url, { role: null, connections: 1 });
  try {
    await database.query('select 1');
  } catch (fault) {
    throw new StartFault(`DATABASE_URL cannot be reached: ${(fault as Error).message}`);
  } finally {
    await database.close();
  }
}

/** Starts the embedded server, and again on the same port when it dies, so that nobody has to be told. */
export async function keepServer(home: string, stops: Stops): Promise<EmbeddedPostgres> {
  let starting = startEmbeddedPostgres({ home });
  // Also one that is still starting: it would go on alone.
  stops.add(async () => (await starting.catch(() => null))?.stop());
  const first = await starting;

  async function watch(server: EmbeddedPostgres): Promise<void> {
    await server.ended();
    if (stops.stopping) return;
    console.error('The database has died; starting it again.');
    starting = startEmbeddedPostgres({ home, port: first.port });
    try {
      return await watch(await starting);
    } catch (fault) {
      // Its sessions may hold the shared memory for a moment longer.
      console.error(fault instanceof Error ? fault.message : fault);
      await pause(again_after_ms);
      return watch(server);
    }
  }
  void watch(first);
  return first;
}
