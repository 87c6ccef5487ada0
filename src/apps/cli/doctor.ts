import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { Command } from 'commander';
import { CardFault, openPcsc, vpcdPort } from '../../core/card/index.ts';
import { canSpeakPkcs11 } from '../../core/keys/index.ts';
import { homeOf, readSettings, type Settings } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database/index.ts';
import { serverHome } from '../../platform/postgres/index.ts';
import { runningPort } from '../start/home.ts';

type Finding = { readonly what: string; readonly state: 'ok' | 'off' | 'missing'; readonly note: string };

/** What is installed, what runs, what is missing and how to get it. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('what is installed, what runs, and what is missing')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      // Before anything is read: reading the settings makes the folder with its secrets.
      const there = existsSync(homeOf());
      const settings = readSettings();
      const findings = await examine({ ...settings, ...portsOf(settings) }, there);
      if (options.json) return console.log(JSON.stringify(findings, null, 2));
      const mark = { ok: '✓', off: '·', missing: '!' };
      for (const { what, state, note } of findings) console.log(`${mark[state]} ${what.padEnd(26)} ${note}`);
      console.log('\n✓ there   · not running or not used   ! optional, missing');
    });

/** The ports of the platform that runs with this data; those of the settings when none does. */
function portsOf({ home, port, switch_port, field_port, agent_port }: Settings) {
  const running = runningPort(home);
  return running === null
    ? { port, switch_port, field_port, agent_port }
    : { port: running, switch_port: running + 1, field_port: running + 2, agent_port: running + 3 };
}

async function examine(settings: Settings, there: boolean): Promise<Finding[]> {
  const node: Finding = { what: 'Node.js', state: 'ok', note: process.version };
  return [
    node,
    { what: 'data of this installation', state: there ? 'ok' : 'off', note: settings.home },
    await database(settings),
    await port('web and API', settings.port),
    await port('switch (terminals)', settings.switch_port),
    await port('devices of the city', settings.field_port),
    await port('counter agent', settings.agent_port),
    { what: 'web build', state: existsSync('web/dist/index.html') ? 'ok' : 'off', note: 'made by npm start' },
    await cardReaders(),
    await port('virtual reader (vpcd)', vpcdPort),
    tool('opensc-tool', ['--info'], 'reads cards in any reader: apt-get install opensc'),
    await keyModule(settings),
    tool('hledger', ['--version'], 'checks exported books: apt-get install hledger'),
    tool('pgbench', ['--version'], 'peer of npm run bench: apt-get install postgresql-contrib'),
  ];
}

/** How long PC/SC may take to name its readers. */
const readers_within_ms = 500;

/** The readers of this machine; a machine without any still has the simulated one. */
async function cardReaders(): Promise<Finding> {
  const what = 'card readers (PC/SC)';
  try {
    const reader = await openPcsc();
    await new Promise((done) => setTimeout(done, readers_within_ms));
    const note = reader.slots.map((slot) => `${slot}${reader.holdsCard(slot) ? ' with a card' : ''}`).join(', ');
    await reader.close();
    return { what, state: note ? 'ok' : 'off', note: note || 'the service runs; no reader is plugged in' };
  } catch (fault) {
    if (!(fault instanceof CardFault)) throw fault;
    return { what, state: 'missing', note: fault.words.en };
  }
}

async function keyModule({ pkcs11 }: Settings): Promise<Finding> {
  const what = 'key module (PKCS#11)';
  if (!(await canSpeakPkcs11()))
    return {
      what,
      state: 'missing',
      note: 'keys stay in software: apt-get install g++ make python3, then npm install',
    };
  if (!pkcs11) return { what, state: 'off', note: 'keys stay in software; set TESSERA_PKCS11_LIBRARY to use a module' };
  return existsSync(pkcs11.library)
    ? { what, state: 'ok', note: `${pkcs11.library}, token ${pkcs11.token}` }
    : { what, state: 'missing', note: `no library ${pkcs11.library}: apt-get install softhsm2` };
}

async function database(settings: Settings): Promise<Finding> {
  const what = 'database';
  if (!settings.database_url) {
    const made = existsSync(serverHome(settings.home));
    return { what, state: made ? 'ok' : 'off', note: `embedded PostgreSQL${made ? '' : ', made by npm start'}` };
  }
  const connection = openDatabase(settings.database_url, { role: null, connections: 1 });
  try {
    const [row] = await connection.query<{ version: string }>('select version()');
    return { what, state: 'ok', note: row?.version.split(',')[0] ?? '' };
  } catch (fault) {
    return { what, state: 'missing', note: `DATABASE_URL: ${(fault as Error).message}` };
  } finally {
    await connection.close();
  }
}

function port(what: string, number: number): Promise<Finding> {
  return new Promise((resolve) => {
    const socket = connect(number, '127.0.0.1');
    const end = (state: 'ok' | 'off', note: string) => {
      socket.destroy();
      resolve({ what, state, note });
    };
    socket.once('connect', () => end('ok', `answers on port ${number}`));
    socket.once('error', () => end('off', `nothing on port ${number}`));
  });
}

function tool(name: string, words: readonly string[], note: string): Finding {
  const found = spawnSync(name, words, { encoding: 'utf8' });
  return found.status === 0
    ? { what: name, state: 'ok', note: found.stdout.split('\n')[0] ?? '' }
    : { what: name, state: 'missing', note };
}
