/**
 * Cards prepared and personalised a second, durable, beside the chip alone: the same commands to the same chip with no
 * database around them. `node bench/issuing.ts [prepare] [make]`. With `--prove` the figures of the proof: cards torn out
 * at random and a station that dies, then what is true (see `issuing-proof.fixture.ts`).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ProofResult, proveIssuing } from '../src/operations/issuance/issuing-proof.fixture.ts';
import { chipsAlone } from '../src/operations/issuance/life.fixture.ts';
import { migrate, openDatabase } from '../src/platform/database/index.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/index.ts';

const { values, positionals } = parseArgs({
  options: { prove: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const [prepare = values.prove ? 100_000 : 10_000, make = values.prove ? 2_000 : 500] = positionals.map(Number);

const home = mkdtempSync(join(tmpdir(), 'tessera-bench-issuing-'));
const server = await startEmbeddedPostgres({ home });
let result: ProofResult;
try {
  await migrate(server.url, join(import.meta.dirname, '../db/migrations'));
  const database = openDatabase(server.url);
  try {
    const harm = values.prove ? { failing: 0.01, dead: 5 } : { failing: 0, dead: 0 };
    result = await proveIssuing(database, { prepare, make, seed: Number(values.seed), ...harm });
  } finally {
    await database.close();
  }
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
await chipsAlone(100);
const alone = await chipsAlone(400);
console.log(JSON.stringify({ what: 'cards issued', ...result, chips_alone_per_s: alone }));
const whole =
  result.issued_twice === 0 && result.keys_wrong === 0 && result.stock_agrees && result.personalised === make;
if (!whole) process.exit(1);
