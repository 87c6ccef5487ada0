/**
 * `npm run bench`: every measurement, each beside its peer or limit in the same run. Give names to run some only:
 * `npm run bench -- payments rules`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const all = ['payments', 'ledger', 'rules', 'cards', 'keys', 'issuing', 'start'] as const;
const wanted = process.argv.slice(2);
let failed = false;
for (const name of wanted.length > 0 ? wanted : all) {
  if (!(all as readonly string[]).includes(name)) throw new Error(`"${name}" is no bench; one of: ${all.join(', ')}`);
  console.log(`\n— ${name}`);
  const run = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--expose-gc', join(import.meta.dirname, `${name}.ts`)],
    {
      stdio: 'inherit',
    },
  );
  failed ||= run.status !== 0;
}
process.exit(failed ? 1 : 0);
