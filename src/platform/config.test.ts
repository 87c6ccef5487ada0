import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asEnvironment, homeOf, readSettings } from './config.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('secrets are made once, whole, and for the owner only', () => {
  const TESSERA_HOME = join(folder, 'home');
  expect(existsSync(homeOf({ TESSERA_HOME }))).toBe(false);
  const first = readSettings({ TESSERA_HOME });
  expect(readSettings({ TESSERA_HOME }).secret).toBe(first.secret);
  expect(readdirSync(TESSERA_HOME)).toEqual(['secrets.json']);
  expect(statSync(join(TESSERA_HOME, 'secrets.json')).mode & 0o777).toBe(0o600);
  // Others may walk through, not look around.
  expect(statSync(TESSERA_HOME).mode & 0o066).toBe(0);
});

test('a port that leaves no room for the three beside it is refused by name', () => {
  const at = (PORT: string, more = {}) => readSettings({ TESSERA_HOME: folder, PORT, ...more });
  expect(at('65532').agent_port).toBe(65535);
  expect(() => at('65535')).toThrow(/65536 for SWITCH_PORT: choose a port up to 65532/);
  expect(at('65535', { SWITCH_PORT: '9001', FIELD_PORT: '9002', AGENT_PORT: '9003' }).port).toBe(65535);
});

test('the key of the card bureau is whole or refused', () => {
  const of = (TESSERA_BUREAU_KEY: string) => readSettings({ TESSERA_HOME: folder, TESSERA_BUREAU_KEY }).bureau_key;
  expect(of('')).toBeNull();
  expect(of('0f'.repeat(32))?.length).toBe(32);
  expect(() => of('0f')).toThrow('TESSERA_BUREAU_KEY must be 64 hexadecimal digits');
});

test('a child process reads the same settings', () => {
  const settings = readSettings({ TESSERA_HOME: folder, TESSERA_DEMO: '1', DATABASE_URL: 'postgres://x' });
  expect(readSettings(asEnvironment(settings))).toEqual(settings);
  expect(readSettings({ TESSERA_HOME: folder }).demo).toBe(false);
});
