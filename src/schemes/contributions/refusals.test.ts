import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contributionRefusals } from './refusals.ts';

const sources = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'refusals.ts')
  .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))
  .join('\n');

test('every refusal has its words, and every refusal in the table is raised', () => {
  const raised = [...sources.matchAll(/(?:\bno|\brefuse)\(\s*'(contributions\.\w+)'/g)].map(([, code]) => code);
  expect(new Set(raised)).toEqual(new Set(Object.keys(contributionRefusals)));
});
