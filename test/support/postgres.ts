import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate, openDatabase } from '../../src/platform/database/index.ts';
import { startEmbeddedPostgres } from '../../src/platform/postgres/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Owner's connection string of the migrated template database. */
    databaseUrl: string;
  }
}

/**
 * One server for the whole test run, with a migrated database as template that each test file clones.
 * It gives up durability for speed; the crash tests start a server of their own that does not.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? null : await startServer();
  try {
    project.provide('databaseUrl', await makeTemplate(given ?? server?.url ?? ''));
  } catch (fault) {
    await server?.stop();
    throw fault;
  }
  return async () => server?.stop();
}

/** A server in a folder of its own that does not outlive this process, however the process ends. */
async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'tessera-test-'));
  const remove = () => rmSync(home, { recursive: true, force: true });
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' };
  const server = await startEmbeddedPostgres({ home, settings }).catch((fault: unknown) => {
    remove();
    throw fault;
  });
  // There is no time to wait for it then: SIGQUIT ends it at once, and nobody needs its data.
  const atExit = () => process.kill(server.pid, 'SIGQUIT');
  const atSignal = () => process.exit(1);
  process.once('exit', atExit);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, atSignal);
  return {
    url: server.url,
    async stop() {
      process.off('exit', atExit);
      for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, atSignal);
      await server.stop();
      remove();
    },
  };
}

/** Address of a migrated database that test files copy. */
async function makeTemplate(url: string): Promise<string> {
  const owner = openDatabase(url, { role: null, connections: 1 });
  try {
    await owner.query('drop database if exists tessera_template with (force)');
    await owner.query('create database tessera_template');
  } finally {
    await owner.close();
  }
  const template = new URL(url);
  template.pathname = '/tessera_template';
  await migrate(template.href, 'db/migrations');
  return template.href;
}
