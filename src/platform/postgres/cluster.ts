import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, type ServerAccount } from './account.ts';
import { PostgresFault } from './fault.ts';

export type NewCluster = {
  readonly programs: string;
  /** Folder the data will lie in. */
  readonly data: string;
  /** File of the owner's password; made here. */
  readonly secret: string;
  readonly account: ServerAccount | null;
  /** Written through to the disk before it is used. */
  readonly sync: boolean;
};

/** Makes an empty database cluster. The data get their name only when they are whole: one that was killed leaves none. */
export function initialise({ programs, data, secret, account, sync }: NewCluster): void {
  if (existsSync(data) && readdirSync(data).length > 0)
    throw new PostgresFault(`${data} holds something that is no database; bring back its copy, or move it away`);
  const unfinished = `${data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  ownFolder(unfinished, account);
  const password = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64url');
  writeFileSync(secret, password, { mode: 0o600 });
  if (account) chownSync(secret, account.uid, account.gid);
  const words = ['-D', unfinished, '-U', 'tessera', `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const made = spawnSync(join(programs, 'bin', 'initdb'), [...words, '--locale=C', ...(sync ? [] : ['--no-sync'])], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new PostgresFault(`initdb failed: ${made.error?.message ?? made.stderr}`);
  renameSync(unfinished, data);
}
