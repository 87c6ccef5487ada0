import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../../src/apps/client/api.ts';
import { cardFolder, readDevices } from '../../src/apps/field/devices.ts';
import { seed } from '../../src/apps/seed/seed.ts';
import { demoPassword, demoPin } from '../../src/apps/seed/users.ts';
import { defined } from '../../src/kernel/assert.ts';
import { bytes, hex, xor } from '../../src/kernel/bytes.ts';
import type { Contribution, StoreView } from '../../src/operations/custody/contract.ts';
import { asEnvironment, readSettings, type Settings } from '../../src/platform/config.ts';
import { freePort } from '../../src/platform/postgres/index.ts';
import { createTestDatabase } from '../support/database.ts';

const root = resolve(import.meta.dirname, '../..');
const postgres = await createTestDatabase();
/** Brought by one custodian on paper; whatever is found of it was left by the centre. */
const brought = 'C7D1E2F3A4B5968778695A4B3C2D1E0F';
const purpose = 'a purpose that may be found';

let settings: Settings;
let centre: ChildProcess;
let logs: string;
const secrets: string[] = [brought];

beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), 'tessera-secrets-'));
  const port = await freePort();
  settings = readSettings({
    TESSERA_HOME: home,
    DATABASE_URL: postgres.url,
    TESSERA_DEMO: '1',
    PORT: String(port),
    FIELD_PORT: String(await freePort()),
  });
  await seed(postgres.owner, settings, { persons: 60, seed: 1 }, () => {});
  logs = join(home, 'log');
  mkdirSync(logs);
  const log = openSync(join(logs, 'centre.log'), 'a');
  centre = fork(join(root, 'src/apps/centre/main.ts'), [], {
    cwd: logs,
    env: { ...process.env, ...asEnvironment(settings), LOG_LEVEL: 'trace' },
    execArgv: ['--disable-warning=ExperimentalWarning', '--heapsnapshot-signal=SIGUSR2'],
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  await once(centre, 'message');
});
afterAll(async () => {
  const gone = once(centre, 'exit');
  centre.kill('SIGTERM');
  await gone;
  rmSync(settings.home, { recursive: true, force: true });
});

/** How a secret could stand in a text: hex in capitals or small letters, base64, or a list of bytes. */
const faces = (secret: string): readonly string[] => {
  const key = bytes(secret);
  return [
    secret,
    secret.toLowerCase(),
    key.toBase64().slice(0, 20),
    [...key].join(','),
    key.toHex().match(/../g)?.join(' '),
  ].filter((face) => face !== undefined);
};

const expectNone = (text: string, where: string) => {
  for (const secret of secrets)
    for (const face of faces(secret)) expect(text.includes(face), `${face.slice(0, 4)}… in ${where}`).toBe(false);
};

async function databaseDump(): Promise<string> {
  const tables = await postgres.owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const dumps: string[] = [];
  for (const { name } of tables) {
    const rows = await postgres.owner.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
    dumps.push(rows.map(({ row }) => row).join('\n'));
  }
  return dumps.join('\n');
}

it('a ceremony, a refused attempt and the issue of a chip leave their trace', async () => {
  const address = { host: settings.host, port: settings.port };
  const sign = async (username: string) => {
    const client = new ApiClient(`http://${address.host}:${address.port}`);
    await client.signIn(username, demoPassword);
    return client;
  };
  const [first, second] = [await sign('custodian'), await sign('custodian2')];
  const store = await first.get<StoreView>('/api/custody/store');
  const custodians = store.custodians.slice(0, 2).map(({ user_id }) => user_id);
  const { ceremony_id } = await first.send<{ ceremony_id: string }>('POST', '/api/custody/ceremonies', {
    purpose,
    family: 'sm4',
    name: 'DLK',
    custodians,
  });
  const path = `/api/custody/ceremonies/${ceremony_id}`;
  await expect(second.send('POST', `${path}/contribute`, { component: brought })).rejects.toThrow();
  const a = await first.send<Contribution>('POST', `${path}/contribute`, { component: brought });
  const b = await second.send<Contribution>('POST', `${path}/contribute`, {});
  const made = defined(b.component ?? undefined, 'a component');
  secrets.push(made, hex(xor(bytes(brought), bytes(made))));
  const { check_value } = await first.send<{ check_value: string }>('POST', `${path}/combine`, {});
  await first.send('POST', `${path}/confirm`, { check_value, own_check_value: a.check_value });
  await second.send('POST', `${path}/confirm`, { check_value, own_check_value: b.check_value });
  await second.send('POST', `${path}/install`, {});

  const [card] = await postgres.owner.query<{ card_number: string }>(
    `select card_number from issuance.cards where state = 'active' limit 1`,
  );
  const device = { authorization: `Bearer ${settings.device_token}`, 'idempotency-key': 'chip-of-the-test' };
  const chip = await fetch(`http://${address.host}:${address.port}/api/cards/${card?.card_number}/chip`, {
    method: 'POST',
    headers: device,
  });
  expect(chip.status).toBe(200);
  for (const { transport } of readDevices(settings.home).devices.slice(0, 2))
    expect(transport).toMatch(/^[0-9A-Fa-f]{32}$/);
});

it('no component, key or PIN stands in the database', async () => {
  const dump = await databaseDump();
  expect(dump).toContain(purpose);
  expectNone(dump, 'the database');
  expect(dump).not.toMatch(new RegExp(`(?<![\\w.-])${demoPin}(?![\\w.-])`));
});

it('no component, key or PIN stands in the logs, and no component or key in any file', () => {
  const log = readFileSync(join(logs, 'centre.log'), 'utf8');
  expect(log).toContain('open');
  expect(log).not.toMatch(new RegExp(`(?<![\\w.-])${demoPin}(?![\\w.-])`));
  const files = readdirSync(settings.home, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.length).toBeGreaterThan(3);
  // Chips hold the keys they were personalised with; they are the cards, and none was made under the new key.
  for (const file of files.filter(({ parentPath }) => !parentPath.startsWith(cardFolder(settings.home)))) {
    const contents = readFileSync(join(file.parentPath, file.name));
    expectNone(contents.toString('latin1'), file.name);
    for (const secret of secrets) expect(contents.includes(bytes(secret)), file.name).toBe(false);
  }
});

it('no component or key stands as a text in the heap of the centre', async () => {
  centre.kill('SIGUSR2');
  const snapshot = await wholeSnapshot();
  expect(snapshot).toContain('SoftwareKeyStore');
  expectNone(snapshot, 'the heap');
});

/** The file grows until the process has written it: it is whole when it ends as JSON does. */
async function wholeSnapshot(): Promise<string> {
  for (let i = 0; i < 600; i++) {
    const name = readdirSync(logs).find((one) => one.endsWith('.heapsnapshot'));
    const text = name ? readFileSync(join(logs, name), 'latin1') : '';
    if (text.trimEnd().endsWith('}')) return text;
    await pause(100);
  }
  throw new Error('no heap snapshot came');
}
