import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PostgresFault } from './fault.ts';

/** The system account under which the server runs: PostgreSQL refuses to run as root. */
export type ServerAccount = { readonly uid: number; readonly gid: number };

/** The server as npm brought it. */
export type NativePrograms = { readonly folder: string; readonly version: string };

/** `null` for an ordinary user: the server then runs as that user. */
export function serverAccount(): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const entry = ['postgres', 'nobody'].map((name) => lines.find((line) => line.startsWith(`${name}:`))).find(Boolean);
  if (!entry) return { uid: 65534, gid: 65534 };
  const [, , uid, gid] = entry.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** True when another account may walk down to `path`: every folder above it lets others enter. */
export function isReachable(path: string): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * Makes a folder that belongs to the server's account and is closed to all others. One that is there already must be a
 * folder of root or of that account: under /var/tmp anybody may have put something of that name.
 */
export function ownFolder(path: string, account: ServerAccount | null): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o711 });
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
    if (account) checkOwner(path, account);
  }
  if (account) lchownSync(path, account.uid, account.gid);
}

function checkOwner(path: string, account: ServerAccount): void {
  const found = lstatSync(path);
  if (!found.isDirectory() || (found.uid !== 0 && found.uid !== account.uid))
    throw new PostgresFault(`${path} is no folder of root or of the server's account; move it away and start again`);
}

/**
 * The server's programs where its account can read them: in place, or copied beside the data once for each version. A
 * copy has its name only when it is whole.
 */
export function reachablePrograms(native: NativePrograms, home: string, account: ServerAccount | null): string {
  if (!account || isReachable(join(native.folder, 'bin', 'postgres'))) return native.folder;
  const copy = join(home, `programs-${native.version}`);
  if (existsSync(copy)) return copy;
  rmSync(`${copy}.new`, { recursive: true, force: true });
  cpSync(native.folder, `${copy}.new`, { recursive: true, dereference: false, verbatimSymlinks: true });
  renameSync(`${copy}.new`, copy);
  return copy;
}

/** Where an installation keeps its server: beside its other data, or under /var/tmp when the account could not walk there. */
export function serverHome(home: string): string {
  if (!serverAccount() || isReachable(home)) return join(home, 'postgres');
  const name = createHash('sha256').update(resolve(home)).digest('hex').slice(0, 16);
  return join('/var/tmp', `tessera-${name}`);
}
