import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownFolder } from './account.ts';
import { initialise } from './cluster.ts';

const isRoot = process.getuid?.() === 0;
const account = { uid: 65534, gid: 65534 };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-account-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder of the server is closed to others', () => {
  ownFolder(join(folder, 'a/b'), null);
  expect(statSync(join(folder, 'a/b')).mode & 0o777).toBe(0o700);
  ownFolder(join(folder, 'a/b'), null);
});

test.runIf(isRoot)('as root, a folder that somebody else put there is not taken', () => {
  const at = (name: string) => join(folder, name);
  mkdirSync(at('target'));
  symlinkSync(at('target'), at('link'));
  expect(() => ownFolder(at('link'), account)).toThrow(/no folder of root/);
  expect(statSync(at('target')).uid).toBe(0);
  mkdirSync(at('theirs'));
  chownSync(at('theirs'), 4321, 4321);
  expect(() => ownFolder(at('theirs'), account)).toThrow(/no folder of root/);
  ownFolder(at('ours'), account);
  ownFolder(at('ours'), account);
  expect(statSync(at('ours')).uid).toBe(account.uid);
});

test('what is no database is not thrown away for a new one', () => {
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'kept'), '');
  const cluster = { programs: '', data: join(folder, 'data'), secret: join(folder, 'password'), account: null };
  expect(() => initialise({ ...cluster, sync: false })).toThrow(/no database/);
});
