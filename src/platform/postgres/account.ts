import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The system account under which the server runs: PostgreSQL refuses to run as root. */
export type ServerAccount = { readonly uid: number; readonly gid: number };

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

/** Makes a folder that belongs to the server's account. */
export function ownFolder(path: string, account: ServerAccount | null): void {
  mkdirSync(path, { recursive: true, mode: account ? 0o755 : 0o700 });
  if (account) chownSync(path, account.uid, account.gid);
}

/** The server's programs where its account can read them: in place, or copied beside the data once. */
export function reachablePrograms(native: string, home: string, account: ServerAccount | null): string {
  if (!account || isReachable(join(native, 'bin', 'postgres'))) return native;
  const copy = join(home, 'programs');
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    cpSync(native, copy, { recursive: true, dereference: false, verbatimSymlinks: true });
  }
  return copy;
}

/** Where an installation keeps its server: beside its other data, or under /var/tmp when the account could not walk there. */
export function serverHome(home: string): string {
  if (!serverAccount() || isReachable(home)) return join(home, 'postgres');
  return join('/var/tmp', `tessera-${Buffer.from(home).toString('base64url').slice(-40)}`);
}
