import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPolicy, readCases, workCase } from '../../core/policy/index.ts';
import { contributionCaseRules } from './worked-cases.ts';

const policy = loadPolicy('policy');
const cases = readdirSync('policy/cases')
  .filter((name) => name.startsWith('contributions'))
  .flatMap((name) => readCases({ name, text: readFileSync(`policy/cases/${name}`, 'utf8') }));

test.each(cases.map((one) => [`${one.id} ${one.title.en}`, one] as const))('%s', (_name, one) => {
  expect(workCase(one, contributionCaseRules, policy)).toEqual([]);
});
