/** How long `npm start` takes: the first time, with an empty data folder and a built web, and again with the city there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../src/platform/postgres/index.ts';

const root = resolve(import.meta.dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'tessera-bench-start-'));
// Run as root, the server has an account of its own, which must be able to walk to its data.
chmodSync(home, 0o711);
const port = await freePort();

function running(child: ChildProcess): Promise<void> {
  return new Promise((done, failed) => {
    let said = '';
    child.stdout?.on('data', (text) => {
      said += text;
      if (said.includes('Tessera is running')) done();
    });
    child.on('exit', () => failed(new Error(`npm start ended:\n${said}`)));
  });
}

async function startOnce(): Promise<number> {
  const begun = performance.now();
  const child = spawn('npm', ['start', '--', '--port', String(port)], {
    cwd: root,
    env: { ...process.env, TESSERA_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  await running(child);
  const seconds = (performance.now() - begun) / 1000;
  const ended = new Promise((done) => child.once('exit', done));
  process.kill(-(child.pid as number), 'SIGINT');
  await ended;
  return Number(seconds.toFixed(1));
}

try {
  const first_s = await startOnce();
  const again_s = await startOnce();
  console.log(JSON.stringify({ what: 'npm start', first_s, again_s }));
} finally {
  rmSync(home, { recursive: true, force: true });
}
