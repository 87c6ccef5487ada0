import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything that must hold: types, style, unused code, then every test from the rules to the browser. */
const checks: readonly (readonly [string, readonly string[]])[] = [
  ['types', ['node_modules/typescript/bin/tsc', '-p', '.']],
  ['types of the web', ['node_modules/typescript/bin/tsc', '-p', 'web']],
  ['style', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']],
  ['unused code', ['node_modules/knip/bin/knip.js', '--no-progress']],
];

const report = join(tmpdir(), `tessera-test-${process.pid}.json`);
let running: ChildProcess | null = null;
let failed = 0;
let passed = 0;

// The run that is asked to stop puts away its server first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    running?.once('exit', () => process.exit(1));
    running?.kill(signal);
  });
}

for (const [name, words] of checks) {
  process.stdout.write(`${name} … `);
  const { code, output } = await run(words, false);
  console.log(code === 0 ? 'ok' : `failed\n${output}`);
  if (code === 0) passed++;
  else failed++;
}
const filters = process.argv.slice(2);
const { code } = await run(
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ],
  true,
);
const totals = readTotals();
console.log(`\n${passed + totals.passed} passed, ${failed + totals.failed} failed, ${totals.skipped} skipped`);
process.exit(failed + totals.failed > 0 || code !== 0 ? 1 : 0);

function run(words: readonly string[], show: boolean): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { stdio: show ? 'inherit' : 'pipe' });
    running = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text));
    child.on('exit', (status) => resolve({ code: status ?? 1, output }));
  });
}

function readTotals(): { passed: number; failed: number; skipped: number } {
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    return {
      passed: counts.numPassedTests ?? 0,
      failed: counts.numFailedTests ?? 1,
      skipped: (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0),
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(report, { force: true });
  }
}
