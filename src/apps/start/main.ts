import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { asEnvironment, readSettings, type Settings, SettingsFault } from '../../platform/config.ts';
import { migrate, openDatabase } from '../../platform/database/index.ts';
import { PostgresFault } from '../../platform/postgres/index.ts';
import { isSeeded, seed } from '../seed/seed.ts';
import { demoUsers } from '../seed/users.ts';
import { migrateJobs } from '../worker/jobs.ts';
import { openFamily } from './family.ts';
import { takeHome } from './home.ts';
import { checkPorts, StartFault } from './ports.ts';
import { openProgress } from './progress.ts';
import { openServer } from './server.ts';
import { openStops } from './stops.ts';
import { buildWeb } from './web-build.ts';

const root = resolve(import.meta.dirname, '../../..');

const usage = `npm start -- [--port N] [--host ADDRESS] [--persons N] [--seed N] [--play N]
  --port N       web and API on N, terminals on N+1, devices on N+2, counter agent on N+3 (8080)
  --host A       address to listen on (127.0.0.1)
  --persons N    size of the fictional city when it is made (20000)
  --seed N       which city (1)
  --play N       play the city's days, N events a second, over the same wires as everyone else (off)
  DATABASE_URL   a PostgreSQL server of your own instead of the embedded one`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      persons: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      play: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(usage);
  const begun = performance.now();
  const settings = readSettings({
    TESSERA_DEMO: '1',
    ...process.env,
    ...(values.port ? { PORT: values.port, SWITCH_PORT: '', FIELD_PORT: '', AGENT_PORT: '' } : {}),
    ...(values.host ? { HOST: values.host } : {}),
  });
  await checkPorts(settings);
  const release = takeHome(settings);
  const progress = openProgress();
  const stops = openStops();
  stops.add(async () => release());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stops.stop().then(() => process.exit(0)));
  try {
    const url = await progress.step('Database', (say) => openServer(settings, stops, say));
    await progress.step('Tables', async (say) => {
      say(`${await migrate(url, join(root, 'db/migrations'))} changes`);
      await migrateJobs(url);
    });
    await progress.step('City', (say) => makeCity({ ...settings, database_url: url }, values, say));
    await progress.step('Web', (say) => buildWeb(root, say));
    const logs = join(settings.home, 'log');
    mkdirSync(logs, { recursive: true, mode: 0o700 });
    const family = openFamily(asEnvironment({ ...settings, database_url: url }), logs, root);
    stops.add(() => family.stop());
    await progress.step(`Processes · ${Object.keys(processes).join(', ')}`, () =>
      Promise.all(Object.entries(processes).map(([name, program]) => family.start(name, program))),
    );
    const play = values.play ?? process.env.TESSERA_PLAY;
    if (play) {
      process.env.TESSERA_PLAY = play;
      await progress.step('days', () => family.start('days', 'src/apps/days/main.ts'));
    }
    announce(settings, (performance.now() - begun) / 1000);
  } catch (fault) {
    const asked = stops.stopping;
    await stops.stop();
    // What breaks because everything is being stopped is no news.
    if (!asked) throw fault;
  }
}

const processes = {
  switch: 'src/apps/switch/main.ts',
  centre: 'src/apps/centre/main.ts',
  worker: 'src/apps/worker/main.ts',
  field: 'src/apps/field/main.ts',
} as const;

async function makeCity(
  settings: Settings,
  values: { persons: string; seed: string },
  say: (note: string) => void,
): Promise<void> {
  const database = openDatabase(settings.database_url, { role: null, connections: 2, name: 'tessera-seed' });
  try {
    if (await isSeeded(database)) return say('there already');
    await seed(database, settings, { persons: countOf(values.persons), seed: countOf(values.seed) }, say);
  } finally {
    await database.close();
  }
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new StartFault(`"${text}" is not a whole number above zero.\n\n${usage}`);
  return count;
}

function announce(settings: Settings, seconds: number): void {
  const address = `http://${settings.host === '0.0.0.0' ? 'localhost' : settings.host}:${settings.port}`;
  const users = demoUsers.map((user) => `  ${user.username.padEnd(12)} ${user.note.en}`).join('\n');
  console.log(`
Tessera is running (${seconds.toFixed(1)} s):  ${address}
API reference:  ${address}/api/docs     terminals:  ${settings.host}:${settings.switch_port}
Counter agent:  127.0.0.1:${settings.agent_port}     pairing code:  npx tessera agent --code

Demo users, password "tessera":
${users}

Keys: ${keysNote(settings)}

Ctrl-C stops it. Nothing is lost.`);
}

const keysNote = ({ pkcs11 }: Settings): string =>
  pkcs11
    ? `in the module ${pkcs11.library}, token ${pkcs11.token}.`
    : 'opened with the passphrases of two persons; in this demonstration both come from the environment or secrets.json.';

main().catch((fault: unknown) => {
  const expected = fault instanceof StartFault || fault instanceof PostgresFault || fault instanceof SettingsFault;
  console.error(
    expected || (fault as NodeJS.ErrnoException).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
      ? (fault as Error).message
      : fault,
  );
  process.exit(1);
});
