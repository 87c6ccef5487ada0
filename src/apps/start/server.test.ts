import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../platform/database/index.ts';
import { keepServer } from './server.ts';
import { openStops } from './stops.ts';

const home = mkdtempSync(join(tmpdir(), 'tessera-server-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const answers = async (url: string): Promise<boolean> => {
  const database = openDatabase(url, { role: null, connections: 1 });
  return database
    .query('select 1')
    .then(
      () => true,
      () => false,
    )
    .finally(() => database.close());
};

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('did not come about in time');
}

test('a server that dies is started again on its port; one that is still starting is stopped too', async () => {
  const stops = openStops(() => {});
  const server = await keepServer(home, stops);
  try {
    expect(existsSync(join(home, 'data.new'))).toBe(false);
    expect(statSync(join(home, 'server.log')).mode & 0o777).toBe(0o600);
    process.kill(server.pid, 'SIGKILL');
    await until(async () => !(await answers(server.url)));
    await until(() => answers(server.url));
  } finally {
    await stops.stop();
  }
  expect(await answers(server.url)).toBe(false);

  const others = openStops(() => {});
  const starting = keepServer(home, others);
  await others.stop();
  const { url } = await starting;
  expect(await answers(url)).toBe(false);
});
