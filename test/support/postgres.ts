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
  const home = mkdtempSync(join(tmpdir(), 'tessera-test-'));
  const given = process.env.TEST_DATABASE_URL;
  const server = given
    ? null
    : await startEmbeddedPostgres({
        home,
        settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' },
      });
  const url = given ?? server?.url ?? '';
  const owner = openDatabase(url, { role: null, connections: 1 });
  await owner.query('drop database if exists tessera_template with (force)');
  await owner.query('create database tessera_template');
  await owner.close();
  const template = new URL(url);
  template.pathname = '/tessera_template';
  await migrate(template.href, 'db/migrations');
  project.provide('databaseUrl', template.href);
  return async () => {
    await server?.stop();
    rmSync(home, { recursive: true, force: true });
  };
}
