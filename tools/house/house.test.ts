import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check, cycles } from './checker.ts';

/** Each line: a file, what it imports, and the rule that it breaks (0: none). */
const table = `
src/core/ledger/post.ts              | ../../kernel/money.ts                        | 0
src/core/ledger/post.ts              | ../../platform/database/index.ts             | 0
src/core/ledger/post.ts              | pg                                           | 0
src/platform/http/server.ts          | ../audit/index.ts                            | 0
src/core/ledger/post.ts              | ../../schemes/medical/index.ts               | 1
src/platform/http/server.ts          | ../../core/ledger/index.ts                   | 1
src/schemes/medical/commands.ts      | ../../operations/payment/index.ts            | 1
src/field/terminal/pay.ts            | ../../core/card/index.ts                     | 0
src/field/terminal/pay.ts            | ../../operations/payment/contract.ts         | 0
src/field/terminal/pay.ts            | ../../core/ledger/index.ts                   | 1
sim/city/people.ts                   | ../../src/schemes/medical/index.ts           | 1
sim/city/people.ts                   | ../../src/kernel/money.ts                    | 0
src/schemes/medical/commands.ts      | ../../core/ledger/index.ts                   | 0
src/schemes/medical/commands.ts      | ../../core/ledger/post.ts                    | 2
src/apps/centre/main.ts              | ../../operations/payment/store.ts            | 2
src/core/card/chip.ts                | ../keys/index.ts                             | 0
src/core/keys/store.ts               | ../card/index.ts                             | 3
src/schemes/medical/commands.ts      | ../../city/canteen/index.ts                  | 3
src/schemes/medical/settle.rules.ts  | ../../kernel/money.ts                        | 0
src/schemes/medical/settle.rules.ts  | ./facts.ts                                   | 0
src/schemes/medical/settle.rules.ts  | ./store.ts                                   | 4
src/schemes/medical/settle.rules.ts  | node:fs                                      | 4
src/schemes/medical/settle.rules.ts  | ../../platform/clock.ts                      | 4
src/kernel/money.ts                  | typebox                                      | 4
web/portals/agency/today.tsx         | ../../../src/schemes/medical/contract.ts     | 0
web/portals/agency/today.tsx         | ../../kit/money.tsx                          | 0
web/portals/agency/today.tsx         | ../../../src/schemes/medical/index.ts        | 5
web/portals/agency/today.tsx         | ../hospital/desk.tsx                         | 5
web/portals/agency/today.tsx         | node:fs                                      | 5
`;

const rows = table
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));

test.each(rows)('%s importing %s breaks rule %s', (path = '', name = '', rule = '') => {
  const broken = check([{ path, text: `import { x } from '${name}';` }]).map((breach) => String(breach.rule));
  expect(broken).toEqual(rule === '0' ? [] : [rule]);
});

test('a pure file does not ask for the time', () => {
  const text = 'export const now = () => Temporal.Now.instant();';
  expect(check([{ path: 'src/kernel/time.ts', text }])).toHaveLength(1);
});

test('an import in a comment is none; a dynamic one is', () => {
  const path = 'src/core/ledger/post.ts';
  expect(
    check([{ path, text: "// import x from '../../apps/centre/main.ts'\n/* import '../../apps/x.ts' */" }]),
  ).toEqual([]);
  expect(check([{ path, text: "await import('../../apps/centre/main.ts')" }])).toHaveLength(1);
});

test('a type is erased, so a rule may name one that a pure file could not run', () => {
  const path = 'src/schemes/medical/settle.rules.ts';
  expect(check([{ path, text: "import type { Sql } from './store.ts';" }])).toEqual([]);
  expect(check([{ path, text: "import { type Sql } from './store.ts';" }])).toEqual([]);
  expect(check([{ path, text: "import { type Sql, run } from './store.ts';" }])).toHaveLength(1);
});

test('a circle in the sideways list is found', () => {
  expect(cycles({ a: ['b'], b: ['c'], c: ['a'] })).toHaveLength(1);
  expect(cycles({ a: ['b', 'c'], b: ['c'] })).toEqual([]);
});

test('the house keeps its rules', () => {
  const paths = globSync('{src,sim,tools,web}/**/*.{ts,tsx}', { exclude: ['**/dist/**', '**/node_modules/**'] });
  const files = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  expect(files.length).toBeGreaterThan(100);
  expect(check(files)).toEqual([]);
});
