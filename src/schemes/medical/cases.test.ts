import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPolicy, readCases, workCase } from '../../core/policy/index.ts';
import { medicalLaws } from './policy.ts';
import { medicalCaseRules } from './worked-cases.ts';

const policy = loadPolicy('policy');
const cases = readdirSync('policy/cases')
  .filter((name) => name.startsWith('medical-'))
  .flatMap((name) => readCases({ name, text: readFileSync(`policy/cases/${name}`, 'utf8') }));

test.each(cases.map((one) => [`${one.id} ${one.title.en}`, one] as const))('%s', (_name, one) => {
  expect(workCase(one, medicalCaseRules, policy)).toEqual([]);
});

test('the published cases are there', () => {
  const ids = cases.map(({ id }) => id);
  for (const id of ['K01', 'K05', 'K09', 'K10', 'K13', 'K19', 'K21']) expect(ids).toContain(id);
});

test('a wrong figure in a case is found', () => {
  const [first] = cases;
  const spoilt = first && { ...first, expected: { ...first.expected, fund: '1.23' } };
  expect(spoilt && workCase(spoilt, medicalCaseRules, policy)).toHaveLength(1);
});

test('the clauses that rules cite are known sources', () => {
  for (const { source } of Object.values(medicalLaws)) expect(policy.sources.has(source), source).toBe(true);
});
