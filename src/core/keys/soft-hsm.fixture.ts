import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canSpeakPkcs11, type Pkcs11Place } from './pkcs11-module.ts';

const libraries = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];
const library = libraries.find((path) => existsSync(path));

/** Why there is no module to try; null when SoftHSM 2 and the package are here. */
export const withoutModule: string | null = !library
  ? 'SoftHSM 2 is not installed'
  : (await canSpeakPkcs11())
    ? null
    : 'pkcs11js is not compiled';

/** A fresh token in a folder of its own. SoftHSM reads its settings once in the life of a process: one folder for each. */
export function makeToken(folder: string, token = 'tessera'): Pkcs11Place {
  const tokens = join(folder, 'tokens');
  mkdirSync(tokens, { recursive: true });
  const settings = join(folder, 'softhsm2.conf');
  writeFileSync(settings, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env.SOFTHSM2_CONF = settings;
  const pin = '2468-1357';
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', token, '--pin', pin, '--so-pin', pin]);
  return { library: library ?? '', token, pin };
}
