import Type from 'typebox';
import { expect, test } from 'vitest';
import { type CaseRule, caseFacts, workCase } from './case-run.ts';
import { readCases } from './cases.ts';
import { loadPolicy } from './load.ts';

const policy = loadPolicy('policy');

/** A rule that shows what it was given: the wage of the facts and one figure of the law. */
const echo: CaseRule = (worked, law) => ({
  wage: caseFacts(worked, Type.Object({ wage: Type.String() }, { additionalProperties: false })).wage,
  reference: law.fen('contributions.base.reference_wage').parameter.value,
  covers: law.code('medical.account.covers', ['in_scope', 'all']).value,
  counts: String(law.flag('medical.serious.counts_outpatient', { insurance: 'resident' }).value),
});
const rules = new Map([['sample.echo', echo]]);

const file = (body: string) =>
  readCases({
    name: 'cases/sample.yaml',
    text: `S1:\n  rule: sample.echo\n  title: { zh: 例, en: case }\n  source: by hand\n  region: '990100'\n  on: 2025-05-01\n${body}`,
  });
const work = (body: string) => file(body).flatMap((one) => workCase(one, rules, policy));

test('a case is worked under the law of its region and day', () => {
  expect(work('  facts: { wage: 5792.50 }\n  expected: { wage: 5792.5, reference: 7621 }')).toEqual([]);
});

test('a wrong result and an unknown result are differences', () => {
  expect(work('  facts: { wage: 1 }\n  expected: { wage: 2, bonus: 3 }')).toEqual([
    { name: 'wage', expected: '2', got: '1' },
    { name: 'bonus', expected: '3', got: null },
  ]);
});

test('figures of the case replace the law for this case only', () => {
  const own = `  parameters:
    contributions.base.reference_wage: 800000
    medical.account.covers: in_scope
    medical.serious.counts_outpatient: { employee: false, resident: true }
  facts: { wage: 1 }
  expected: { reference: 8000, covers: in_scope, counts: 'true' }`;
  expect(work(own)).toEqual([]);
  expect(work('  facts: { wage: 1 }\n  expected: { reference: 7621, covers: all, counts: "false" }')).toEqual([]);
});

test.each([
  ['an unknown key of the case', '  facts: {}\n  expected: {}\n  extra: 1', 'S1 extra: unknown key'],
  [
    'an unknown figure',
    '  parameters: { medical.nothing: 1 }\n  facts: { wage: 1 }\n  expected: {}',
    'medical.nothing: is no parameter of 990100',
  ],
  [
    'a figure of the wrong unit',
    '  parameters: { medical.account.covers: 1 }\n  facts: { wage: 1 }\n  expected: {}',
    'is not of unit code',
  ],
  [
    'a table with a hole',
    '  parameters: { medical.serious.counts_outpatient: { resident: true } }\n  facts: { wage: 1 }\n  expected: {}',
    'the case insurance = employee is missing',
  ],
  ['a fact nobody needs', '  facts: { wage: 1, colour: red }\n  expected: {}', 'S1: facts/colour'],
  ['a missing fact', '  facts: {}\n  expected: {}', 'S1: facts'],
])('%s is told', (_what, body, problem) => {
  expect(() => work(body)).toThrow(problem);
});

test('a rule nobody knows is told', () => {
  const [one] = file('  facts: {}\n  expected: {}');
  expect(one && (() => workCase({ ...one, rule: 'sample.other' }, rules, policy))).toThrow('unknown rule sample.other');
});
