import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { medicalRefusals } from './refusals.ts';

const sources = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'refusals.ts')
  .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))
  .join('\n');

test('every refusal has its words, and every refusal in the table is raised', () => {
  const raised = Object.keys(medicalRefusals).filter((code) => sources.includes(`'${code}'`));
  expect(raised).toEqual(Object.keys(medicalRefusals));
  const refused = [...sources.matchAll(/(?:\bno|\brefuse)\(\s*'(medical\.\w+)'|code: '(medical\.\w+)'/g)];
  expect(refused.length).toBeGreaterThan(20);
  for (const [, said, listed] of refused) expect(medicalRefusals).toHaveProperty([said ?? listed ?? '']);
});

test('words in both languages ask for the same details', () => {
  const holes = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const { zh, en } of Object.values(medicalRefusals)) expect(holes(zh)).toEqual(holes(en));
});
