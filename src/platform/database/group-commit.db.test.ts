import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.ts';
import { groupCommit } from './group-commit.ts';

const { database, owner } = await createTestDatabase();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('connections cut under load: everything answered is written exactly once', async () => {
  // No unique key: a command run twice would lie there twice.
  await owner.query(`create table public.written (key text not null);
    grant select, insert on public.written to tessera_app`);
  const writer = groupCommit<string, string>({
    database,
    max_group: 16,
    run: async (sql, keys) => {
      const known = await sql.query<{ key: string }>('select key from public.written where key = any($1)', [keys]);
      const fresh = keys.filter((key) => !known.some((row) => row.key === key));
      await sql.query('insert into public.written select unnest($1::text[])', [fresh]);
      await sql.query('select pg_sleep(0.005)');
      return keys.map((key) => `written ${key}`);
    },
  });
  let running = true;
  let cuts = 0;
  const cutter = async () => {
    while (running && cuts < 8) {
      await pause(60);
      cuts += (
        await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and usename = current_user and state <> 'idle' and pid <> pg_backend_pid()`)
      ).length;
    }
  };
  let next = 0;
  const caller = async () => {
    while (next < 800) {
      const key = `k${next++}`;
      expect(await writer.submit(key)).toBe(`written ${key}`);
    }
  };
  const cutting = cutter();
  await Promise.all(Array.from({ length: 32 }, caller));
  running = false;
  await cutting;
  const [row] = await owner.query<{ rows: bigint; keys: bigint }>(
    'select count(*) as rows, count(distinct key) as keys from public.written',
  );
  expect(row).toEqual({ rows: 800n, keys: 800n });
  expect(cuts, 'the test cut something').toBeGreaterThan(0);
});
