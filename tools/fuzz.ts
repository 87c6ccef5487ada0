/** `npm run fuzz -- --count N --seed N`: random APDUs against the cards, then random frames against the switch's codec. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const programs = {
  APDUs: 'src/core/card/chip.fuzz.ts',
  'APDUs to a PSAM': 'src/core/card/psam/psam.fuzz.ts',
  'APDUs to a bank debit chip': 'src/core/card/debit/debit.fuzz.ts',
  frames: 'src/core/switch/frame.fuzz.ts',
} as const;
const { count, seed } = parseArgs({
  options: { count: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
}).values;

let failed = false;
for (const [what, program] of Object.entries(programs)) {
  console.log(`\n— ${what}`);
  const run = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, program), '--count', count, '--seed', seed],
    { stdio: 'inherit' },
  );
  failed ||= run.status !== 0;
}
process.exit(failed ? 1 : 0);
