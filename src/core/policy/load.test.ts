import { expect, test } from 'vitest';
import { loadPolicy, type PolicyFiles, readPolicy } from './load.ts';
import { PolicyFault } from './policy-fault.ts';

const vocabulary = `
dimensions:
  status: { label: { zh: 状态, en: status }, cases: { working: { zh: 在职, en: working }, retired: { zh: 退休, en: retired } } }
asked_on: { service_day: { zh: 就诊日, en: day of service } }`;
const sources = `
rules-1: { kind: sample, title: { zh: 办法, en: Rules }, issuer: { zh: 市, en: City }, number: 〔2024〕1号, date: 2024-01-01 }`;
const regions = `
national: { label: { zh: 全国, en: national } }
'990100': { label: { zh: 市, en: city }, within: national }`;

const deductible = `
medical.deductible:
  label: { zh: 起付标准, en: deductible }
  unit: fen
  asked_on: service_day
  by: [status]
  values:
    - { from: 2024-01-01, published: 2023-12-01, source: rules-1, value: { working: 60000, retired: 40000 } }
    - { from: 2025-01-01, published: 2024-12-01, source: rules-1, value: { working: 50000, retired: 30000 } }
  reviewed_through: 2025-12-31`;

const law = (text: string, file = '990100/medical.yaml'): PolicyFiles =>
  new Map([
    ['vocabulary.yaml', vocabulary],
    ['sources.yaml', sources],
    ['regions.yaml', regions],
    [file, text],
  ]);

function problemOf(files: PolicyFiles): string {
  try {
    readPolicy(files);
    return 'none';
  } catch (fault) {
    if (fault instanceof PolicyFault) return fault.message;
    throw fault;
  }
}

test('the law of the platform loads', () => {
  const policy = loadPolicy('policy');
  expect([...policy.parameters.keys()].sort()).toEqual(['990000', '990100', 'national']);
});

test('a sound file has no problem', () => {
  expect(problemOf(law(deductible))).toBe('none');
});

/** What is spoilt in the sound file, and the problem that must be told. */
const spoilt: readonly [what: string, from: string, to: string, problem: string][] = [
  [
    'a key nobody knows',
    'reviewed_through:',
    'colour: red\n  reviewed_through:',
    'medical.deductible colour: unknown key – remove it',
  ],
  ['a missing key', '  asked_on: service_day\n', '', 'asked_on is missing – add asked_on'],
  ['a unit nobody knows', 'unit: fen', 'unit: yuan', 'medical.deductible unit: unknown: yuan – use one of fen'],
  [
    'a day nobody knows',
    'asked_on: service_day',
    'asked_on: payday',
    'asked_on: unknown: payday – use one of service_day',
  ],
  [
    'a dimension nobody knows',
    'by: [status]',
    'by: [colour]',
    'medical.deductible by: unknown: colour – use one of status',
  ],
  [
    'a missing source',
    'source: rules-1, value: { working: 50000',
    'value: { working: 50000',
    'source is missing – add source',
  ],
  [
    'an unknown source',
    'source: rules-1, value: { working: 50000',
    'source: rules-9, value: { working: 50000',
    '2025-01-01: unknown source: rules-9 – add it to policy/sources.yaml',
  ],
  [
    'dates out of order',
    'from: 2025-01-01',
    'from: 2023-01-01',
    '2023-01-01: stands after 2024-01-01 – order the values',
  ],
  ['the same day twice', 'from: 2025-01-01', 'from: 2024-01-01', '2024-01-01: stands after 2024-01-01'],
  ['a day that does not exist', 'from: 2025-01-01', 'from: 2025-02-29', 'from: is not a day: 2025-02-29'],
  [
    'an end before the beginning',
    'from: 2025-01-01,',
    'from: 2025-01-01, through: 2024-12-31,',
    'runs through 2024-12-31, before it begins',
  ],
  [
    'an end after the next beginning',
    'from: 2024-01-01,',
    'from: 2024-01-01, through: 2025-01-01,',
    '2025-01-01: begins while 2024-01-01 still runs through 2025-01-01',
  ],
  [
    'a missing case',
    'working: 50000, retired: 30000',
    'working: 50000',
    '2025-01-01: the case status = retired is missing – add it: there is no default',
  ],
  [
    'a case nobody knows',
    'working: 50000,',
    'working: 50000, dead: 0,',
    '2025-01-01 dead: is no case of status – use working, retired',
  ],
  [
    'money with a decimal point',
    'working: 50000',
    'working: 500.50',
    'working: is not of unit fen: 500.5 – write money as a whole number of fen',
  ],
  ['negative money', 'working: 50000', 'working: -1', 'is not of unit fen: -1'],
  ['a rate where money belongs', 'working: 50000', 'working: 50%', 'is not of unit fen: 50%'],
  [
    'a state nobody knows',
    'from: 2025-01-01,',
    'from: 2025-01-01, state: sure,',
    'state: unknown: sure – use one of confirmed, unconfirmed',
  ],
  ['a label in one language', ', en: deductible', '', 'medical.deductible label: en is missing'],
  ['a key in capitals', 'medical.deductible:', 'Medical.Deductible:', 'is not a key – write scheme.subject.name'],
  ['a key twice', 'medical.deductible:', 'medical.deductible: 1\nmedical.deductible:', 'Map keys must be unique'],
  ['codes of something else', 'unit: fen', 'unit: fen\n  codes: [a]', 'codes: belongs to unit code only'],
];

test.each(spoilt)('%s', (_what, from, to, problem) => {
  expect(deductible).toContain(from);
  const text = problemOf(law(deductible.replace(from, to)));
  expect(text).toContain(problem);
  expect(text).toMatch(/^policy\/990100\/medical\.yaml: /);
});

test('rates, steps and codes are read strictly', () => {
  const parameter = (unit: string, value: string) => `
medical.figure:
  label: { zh: 数, en: figure }
  ${unit}
  asked_on: service_day
  by: []
  values:
    - { from: 2024-01-01, published: 2023-12-01, source: rules-1, value: ${value} }
  reviewed_through: 2025-12-31`;
  const problem = (unit: string, value: string) => problemOf(law(parameter(unit, value)));
  expect(problem('unit: rate', '0.65')).toContain('write a share as a percentage: 65%');
  expect(problem('unit: rate', '65%')).toBe('none');
  expect(problem('unit: limit', 'unlimited')).toBe('none');
  expect(problem('unit: fen', 'unlimited')).toContain('is not of unit fen');
  expect(problem('unit: code\n  codes: [up, down]', 'sideways')).toContain(
    'unknown code: sideways – use one of up, down',
  );
  expect(problem('unit: months', '1.5')).toContain('write a whole number');
  expect(problem('unit: flag', 'yes')).toContain('write true or false');
  const steps = 'unit: rate\n  stepped: true';
  expect(problem(steps, '[{ up_to: 100, value: 5% }, { value: 6% }]')).toBe('none');
  expect(problem(steps, '5%')).toContain('is not a list of steps');
  expect(problem(steps, '[{ value: 5% }, { value: 6% }]')).toContain('up_to is missing');
  expect(problem(steps, '[{ up_to: 100, value: 5% }, { up_to: 100, value: 5% }, { value: 6% }]')).toContain(
    'not lie above',
  );
  expect(problem(steps, '[{ up_to: 1.5, value: 5% }, { value: 6% }]')).toContain('step 1 ends at 1.5');
  expect(problem(steps, '[{ up_to: 100, value: 5% }, { up_to: 200, value: 6% }]')).toContain('unknown key');
});

test('a region that is not declared, a file that is not YAML, a key in two files', () => {
  expect(problemOf(law(deductible, '440100/medical.yaml'))).toContain('folder of an unknown region 440100');
  expect(problemOf(law('a: [1'))).toContain('correct the YAML');
  const twice = new Map([...law(deductible), ['990100/other.yaml', deductible]]);
  expect(problemOf(twice)).toContain(
    'policy/990100/other.yaml: medical.deductible: stands in policy/990100/medical.yaml already',
  );
});

test('regions that lie in a circle', () => {
  const circle = `
'990100': { label: { zh: 市, en: city }, within: '990200' }
'990200': { label: { zh: 市, en: city }, within: '990100' }`;
  expect(problemOf(new Map([...law(deductible), ['regions.yaml', circle]]))).toContain('lies within itself');
});
