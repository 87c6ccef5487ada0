#!/usr/bin/env node
// @ts-check
// The door to every command. It alone runs on whatever Node the machine has (20 or later), with nothing installed:
// it installs what the lock file names when that has not been done, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const stamp = join(root, 'node_modules', '.tessera-installed');

/** What each command runs. */
const programs = {
  start: 'src/apps/start/main.ts',
  test: 'tools/test.ts',
  tessera: 'src/apps/cli/main.ts',
  bench: 'bench/main.ts',
  fuzz: 'tools/fuzz.ts',
};

const [given = '', ...rest] = process.argv.slice(2);
const isProgram = Object.hasOwn(programs, given);
const program = isProgram ? programs[/** @type {keyof typeof programs} */ (given)] : programs.tessera;

install();
// Without `run.mjs start|test|bench|fuzz` the arguments belong to the command line `tessera`.
const child = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', join(root, program), ...(isProgram ? rest : process.argv.slice(2))],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      // Compiled code is kept, so that every start but the first is quick.
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
      PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`,
      INIT_CWD: process.cwd(),
    },
    cwd: root,
  },
);
// Whoever is asked to stop passes it on and waits: the child decides when all is put away, however often it is asked.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', (fault) => {
  console.error(`Cannot start Node at ${node}: ${fault.message}\nDelete node_modules and try again.`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (installed === lock && existsSync(node)) return;
  console.error('Installing packages (once; about a minute) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.status !== 0 || !existsSync(node)) {
    console.error('The packages could not be installed; see the message of npm above. Nothing else was changed.');
    process.exit(done.status || 1);
  }
  writeFileSync(stamp, lock);
}
