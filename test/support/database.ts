import { afterAll, inject } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/index.ts';

export type TestDatabase = {
  /** Connection string of the owner. */
  readonly url: string;
  /** Connected with the application's role, as the running system is. */
  readonly database: Database;
  /** Connected as the owner: what an attacker inside the database could do. */
  readonly owner: Database;
};

let made = 0;

/** A fresh migrated database for the test file that asks, dropped when the file ends. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('databaseUrl'));
  const name = `tessera_test_${process.pid}_${made++}`;
  const admin = openDatabase(withName(template, 'postgres'), { role: null, connections: 1 });
  await admin.query(`create database ${name} template tessera_template`);
  const url = withName(template, name);
  const database = openDatabase(url);
  const owner = openDatabase(url, { role: null, connections: 2 });
  afterAll(async () => {
    await database.close();
    await owner.close();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.close();
  });
  return { url, database, owner };
}

function withName(url: URL, name: string): string {
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  return copy.href;
}
