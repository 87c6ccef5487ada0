import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { openDatabase } from './database.ts';
import { plainArray } from './sql.ts';

const { url, database } = await createTestDatabase();

test('the running system has the least rights', async () => {
  const [row] = await database.query<{ role: string }>('select current_user as role');
  expect(row?.role).toBe('tessera_app');
  await expect(database.query('create table public.mine (a int)')).rejects.toThrow(/permission denied/);
});

test('an address with options of its own keeps them and does not lose the role', async () => {
  const options = encodeURIComponent('-c statement_timeout=4321 -c role=none');
  const other = openDatabase(`${url}?options=${options}`, { connections: 1, plan_once: true });
  try {
    const [row] = await other.query(
      `select current_user as role, current_setting('statement_timeout') as timeout,
         current_setting('plan_cache_mode') as planned`,
    );
    expect(row).toEqual({ role: 'tessera_app', timeout: '4321ms', planned: 'force_generic_plan' });
  } finally {
    await other.close();
  }
});

test('a transaction that throws leaves nothing behind', async () => {
  const work = database.transaction(async (sql) => {
    await sql.query('select 1');
    throw new Error('power cut');
  });
  await expect(work).rejects.toThrow('power cut');
  const [row] = await database.query<{ open: bigint }>(
    `select count(*) as open from pg_stat_activity where state = 'idle in transaction' and pid <> pg_backend_pid()
       and datname = current_database()`,
  );
  expect(row?.open).toBe(0n);
});

test('an array of plain values comes back as it was: numbers, nothing, the empty text', async () => {
  for (const values of [['0200', '', null, 'A0'], [''], [null], []])
    expect(await database.query('select $1::text[] as back', [plainArray(values)])).toEqual([{ back: values }]);
});
