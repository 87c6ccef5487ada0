import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from './database.ts';

export class MigrationFault extends Error {
  override name = 'MigrationFault';
}

/**
 * Brings the database up to date: every `NNNN_what.sql` of `folder` once, in order, each in its own transaction.
 * A migration that was applied and has changed since is refused: history is added to, never edited.
 */
export async function migrate(
  url: string,
  folder: string,
  applied: (name: string) => void = () => {},
): Promise<number> {
  const database = openDatabase(url, { role: null, connections: 1 });
  try {
    await database.query(`create table if not exists public.migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    const done = new Map(
      (await database.query<{ name: string; checksum: string }>('select name, checksum from public.migrations')).map(
        (row) => [row.name, row.checksum],
      ),
    );
    let count = 0;
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
      const text = await readFile(join(folder, name), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      const before = done.get(name);
      if (before === checksum) continue;
      if (before) throw new MigrationFault(`${name} was applied and has changed since; add a new migration instead`);
      await database.transaction(async (sql) => {
        await sql.query(text);
        await sql.query('insert into public.migrations (name, checksum) values ($1, $2)', [name, checksum]);
      });
      applied(name);
      count++;
    }
    return count;
  } finally {
    await database.close();
  }
}
