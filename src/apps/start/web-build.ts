import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that ends in the browser: when none of it changed, the last build still stands. */
const sources = [
  'web/**/*.{ts,tsx,css,html,svg,json}',
  'src/**/contract.ts',
  'src/kernel/*.ts',
  'src/schemes/*/wording.ts',
  'package-lock.json',
];

/**
 * Builds the web into `web/dist` unless that is up to date. What it was built from is noted inside that folder: several
 * installations share it, and a build that breaks off takes the note away with the pages.
 */
export async function buildWeb(root: string, say: (note: string) => void): Promise<void> {
  const stamp = join(root, 'web/dist/.build');
  const hash = createHash('sha256');
  const files = globSync(sources, { cwd: root, exclude: ['web/dist/**', '**/*.test.*'] }).sort();
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  const wanted = hash.digest('hex');
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (built === wanted && existsSync(join(root, 'web/dist/index.html'))) return say('up to date');
  await run(
    join(root, 'node_modules/vite/bin/vite.js'),
    ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
    root,
  );
  writeFileSync(stamp, wanted);
  say(`${files.length} files`);
}

function run(program: string, values: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...values], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      output += text;
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the web build failed:\n${output}`))));
  });
}
