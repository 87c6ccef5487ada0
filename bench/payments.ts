/**
 * Online card payments a second, end to end: 64 terminals over TCP, MAC, the chip's proof, the books durable, MAC, TCP;
 * beside TPC-B of pgbench with 64 clients on the same server with the same durability in the same run.
 * `node bench/payments.ts [seconds] [persons]`; prints one JSON line at the end.
 */
import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readDevices } from '../src/apps/field/devices.ts';
import { seed } from '../src/apps/seed/seed.ts';
import { cardAccount, credit, debit, personalAccount } from '../src/core/ledger/contract.ts';
import { post, verify } from '../src/core/ledger/index.ts';
import { assert } from '../src/kernel/assert.ts';
import { fen } from '../src/kernel/money.ts';
import { systemClock } from '../src/platform/clock.ts';
import { asEnvironment, keyFile, readSettings } from '../src/platform/config.ts';
import { type Database, migrate, openDatabase } from '../src/platform/database/index.ts';
import { newId } from '../src/platform/identity.ts';
import { freePort, startEmbeddedPostgres } from '../src/platform/postgres/index.ts';
import type { BenchCard, BenchCounts, BenchOrder } from './terminals.ts';

const [seconds = 20, persons = 20_000] = process.argv.slice(2).map(Number);
const clients = 64;
const root = resolve(import.meta.dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
// Run as root, the server has an account of its own, which must be able to walk to its data.
chmodSync(home, 0o711);

/** Puts money on every card that may have some: the chip would have asked for it with a load. */
async function fillCards(database: Database): Promise<(BenchCard & { card_id: string })[]> {
  const cards = await database.query<BenchCard & { card_id: string; person_id: string }>(
    `select c.card_id, c.person_id, c.account_number, encode(c.atr_factor, 'hex') as atr_factor, c.generation
     from issuance.v_cards c join ledger.v_balances b on b.account = 'medical-employee:3001.02:' || c.person_id
     where c.state = 'active' and b.balance_fen > 10000
       and not exists (select from registry.v_persons p where p.person_id = c.person_id and p.died_on is not null)`,
  );
  const amount_fen = fen(100_00);
  const drafts = cards.map(({ card_id, person_id }) => ({
    key: `bench:load:${card_id}`,
    kind: 'payment.load',
    business_date: systemClock.today(),
    trace_id: newId(),
    postings: [
      debit(personalAccount('medical-employee', person_id), amount_fen),
      credit(cardAccount('medical-employee', card_id), amount_fen),
    ],
  }));
  const results = await database.transaction((sql) => post(sql, drafts));
  assert(
    results.every(({ outcome }) => outcome === 'posted'),
    'the cards could not be filled',
  );
  return cards;
}

function tpcb(url: string): number {
  const words = [url];
  const made = spawnSync('pgbench', ['-i', '-q', '-s', String(clients), ...words], { encoding: 'utf8' });
  assert(made.status === 0, `pgbench: ${made.error?.message ?? made.stderr}`);
  const run = spawnSync(
    'pgbench',
    ['-n', '-c', String(clients), '-j', '2', '-M', 'prepared', '-T', String(seconds), ...words],
    { encoding: 'utf8' },
  );
  const tps = /tps = ([\d.]+)/.exec(run.stdout)?.[1];
  assert(tps, `pgbench: ${run.stderr}`);
  return Number(tps);
}

type CpuTimes = ReadonlyMap<string, number>;

/** Processor seconds of processes, by their numbers; one that has ended is not among them. */
function cpuTimes(pids: readonly string[]): CpuTimes {
  const times = pids.flatMap((pid): [string, number][] => {
    if (!existsSync(`/proc/${pid}/stat`)) return [];
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [[pid, (Number(fields[11]) + Number(fields[12])) / 100]];
  });
  return new Map(times);
}

/** What was used in between, also by sessions that came; those that went are left out. */
const usedBetween = (before: CpuTimes, after: CpuTimes): number =>
  [...after].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? 0), 0);

const sessionsOf = (server: number): string[] =>
  readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').trim().split(' ');

const until = <T>(child: ChildProcess, is: (message: unknown) => boolean): Promise<T> =>
  new Promise((done, failed) => {
    child.on('message', (message) => is(message) && done(message as T));
    child.on('exit', (code) => failed(new Error(`a process of the bench ended (${code})`)));
  });

const server = await startEmbeddedPostgres({ home: join(home, 'postgres') });
const port = await freePort();
const settings = { ...readSettings({ TESSERA_HOME: home, SWITCH_PORT: String(port) }), database_url: server.url };
const database = openDatabase(server.url, { role: null, connections: 2 });
const children: ChildProcess[] = [];
try {
  await migrate(server.url, join(root, 'db/migrations'));
  const begun = performance.now();
  await seed(database, settings, { persons, seed: 1 }, () => {});
  const seeding_s = (performance.now() - begun) / 1000;
  const cards = await fillCards(database);

  const environment = { ...process.env, ...asEnvironment(settings) };
  const options = { env: environment, execArgv: ['--disable-warning=ExperimentalWarning'] };
  const centre = fork(join(root, 'src/apps/switch/main.ts'), [], {
    ...options,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(centre);
  await until(centre, (message) => message === 'ready');
  const load = fork(join(root, 'bench/terminals.ts'), [], options);
  children.push(load);
  const { devices } = readDevices(home);
  const open = await database.query<{ code: string }>(
    `select code from registry.v_institutions where coalesce(designated_through, 'infinity') >= current_date`,
  );
  const designated = new Set(open.map(({ code }) => code));
  const terminals = devices.filter(({ institution_code }) => designated.has(institution_code)).slice(0, clients);
  const order = (batch: string, duration: number): BenchOrder => ({
    key_file: keyFile(home),
    passphrases: settings.key_passphrases,
    port,
    city_code: '990100',
    terminals,
    cards,
    each: Math.ceil((duration * 12_000) / terminals.length),
    seconds: duration,
    batch,
  });
  load.send(order('000001', 3));
  await until<BenchCounts>(load, (message) => typeof message === 'object');
  // What the database's own housekeeping does within a minute of a first busy minute; pgbench does it for its tables.
  await database.query('vacuum analyze');
  const warm = fork(join(root, 'bench/terminals.ts'), [], options);
  children.push(warm);
  const cpu = () => ({ switch: cpuTimes([String(centre.pid)]), database: cpuTimes(sessionsOf(server.pid)) });
  const before = cpu();
  warm.send(order('000002', seconds));
  const counts = await until<BenchCounts>(warm, (message) => typeof message === 'object');
  const after = cpu();
  const each_us = (name: 'switch' | 'database') =>
    Math.round((usedBetween(before[name], after[name]) / counts.paid) * 1e6);
  const memory_mb =
    Number(spawnSync('ps', ['-o', 'rss=', '-p', String(centre.pid)], { encoding: 'utf8' }).stdout) / 1024;
  for (const child of children) child.kill('SIGTERM');
  const report = await verify(database);
  const [booked] = await database.query<{ count: bigint }>(
    `select count(*) from payment.payments where kind = 'purchase' and state = 'approved'`,
  );
  const refusals = await database.query(
    'select refusal_code, count(*)::int from payment.payments where refusal_code is not null group by 1',
  );
  const tps = tpcb(server.url);
  const paid_per_s = counts.paid / counts.seconds;
  console.log(
    JSON.stringify({
      what: 'online card payments',
      clients: terminals.length,
      paid: counts.paid,
      refused: counts.refused,
      refusals,
      switch_cpu_us: each_us('switch'),
      database_cpu_us: each_us('database'),
      paid_per_s: Math.round(paid_per_s),
      p50_ms: Number(counts.p50_ms.toFixed(1)),
      p99_ms: Number(counts.p99_ms.toFixed(1)),
      tpcb_per_s: Math.round(tps),
      ratio: Number((paid_per_s / tps).toFixed(2)),
      seeding_s: Number(seeding_s.toFixed(1)),
      switch_memory_mb: Math.round(memory_mb),
      booked: String(booked?.count),
      books_whole: report.ok,
    }),
  );
} finally {
  for (const child of children) child.kill('SIGKILL');
  await database.close();
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
