import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { SoftwareKeyStore } from '../../core/keys/index.ts';
import { openAuth } from '../../platform/auth/index.ts';
import { StoppedClock } from '../../platform/clock.ts';
import { keyFile, readSettings } from '../../platform/config.ts';
import { openLog } from '../../platform/log.ts';
import { buildCentre } from './centre.ts';

const { url, database } = await createTestDatabase();
const home = mkdtempSync(join(tmpdir(), 'tessera-centre-'));
const settings = readSettings({ TESSERA_HOME: home, DATABASE_URL: url });
await SoftwareKeyStore.create(keyFile(home), settings.key_passphrases);
const auth = openAuth({ ...settings, url });
const clock = new StoppedClock('2026-06-30T09:00:00+08:00');
const root = resolve(import.meta.dirname, '../../..');
const log = openLog('test', { write: () => {} });

const centre = (demo: boolean) =>
  buildCentre({ settings: { ...settings, demo }, database, auth, log, clock, root, pages: join(home, 'no-pages') });
const real = await centre(false);
const demonstration = await centre(true);

afterAll(async () => {
  await Promise.all([real.close(), demonstration.close()]);
  await auth.close();
  rmSync(home, { recursive: true, force: true });
});

test('only a demonstration names its users and makes chips', async () => {
  const chip = {
    method: 'POST',
    url: '/api/cards/A00000000/chip',
    headers: { authorization: `Bearer ${settings.device_token}` },
  } as const;
  expect((await demonstration.inject('/api/demo/users')).json().length).toBeGreaterThan(0);
  expect((await demonstration.inject(chip)).json().code).toBe('issuance.card_unknown');
  for (const asked of ['/api/demo/users', chip])
    expect((await real.inject(asked)).json()).toMatchObject({ status: 404, code: 'http.not_found' });
});

test('ten wrong passwords are the last for five minutes, whatever the eleventh is', async () => {
  await auth.createUser({ username: 'guessed', password: 'tessera', name: '王', name_en: 'Wang', role: 'agency' });
  const signIn = (password: string) =>
    real.inject({ method: 'POST', url: '/api/sign-in', payload: { username: 'guessed', password } });
  expect((await signIn('tessera')).statusCode).toBe(200);
  const guesses = await Promise.all(Array.from({ length: 10 }, (_, i) => signIn(`guess ${i}`)));
  for (const guess of guesses) expect(guess.json().code).toBe('http.sign_in_failed');
  expect((await signIn('tessera')).json()).toMatchObject({ status: 429, code: 'http.too_many_attempts' });
  clock.advance({ minutes: 5 });
  expect((await signIn('tessera')).statusCode).toBe(200);
});
