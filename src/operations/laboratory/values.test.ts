import { describe, expect, test } from 'vitest';
import type { Operation, Parameter } from '../../core/keys/explain/index.ts';
import { readValues, type Values } from './values.ts';
import { work } from './work.ts';

const label = { zh: '某值', en: 'some value' };
const parameters: readonly Parameter[] = [
  { key: 'key', label: { zh: '密钥', en: 'key' }, kind: 'hex', lengths: [8, 16], secret: true },
  { key: 'data', label, kind: 'hex', optional: true },
  { key: 'pan', label, kind: 'digits', least: 12, most: 19, optional: true },
  { key: 'parts', label, kind: 'hex', lengths: [2], several: { least: 2, most: 3 }, optional: true },
  {
    key: 'mode',
    label,
    kind: 'choice',
    choices: [
      { value: 'ecb', label },
      { value: 'cbc', label },
    ],
    default: 'ecb',
  },
];
const operation: Operation = { name: label, parameters, explain: () => ({ result: '', steps: [] }), search: () => [] };
const key = '0123456789ABCDEF';

const taken = (given: Values) => {
  const read = readValues(operation, { key, ...given });
  return read.ok ? read.values : read.faults.map(({ parameter, code, at }) => [parameter, code, ...(at ? [at] : [])]);
};

test.each<[given: Values, values: Values]>([
  [{}, { key }],
  [{ key: ' 01:23-45 67\n89abcdef ' }, { key: '012345 67 89ABCDEF' }],
  [{ key: '0x0123456789abcdef' }, { key }],
  [{ data: '' }, { key }],
  [{ pan: '6212 3456 7890' }, { key, pan: '621234567890' }],
  [{ parts: '0102  0304' }, { key, parts: '0102 0304' }],
  [{ parts: '01020304' }, { key, parts: '01020304' }],
  [{ mode: 'CBC' }, { key, mode: 'cbc' }],
])('%j is taken', (given, values) => {
  expect(taken(given)).toEqual(values);
});

test.each<[given: Values, fault: readonly unknown[]]>([
  [{ key: '' }, ['key', 'missing']],
  [{ key: '0123 4G' }, ['key', 'not_hex', 7]],
  [{ key: '012' }, ['key', 'half_byte']],
  [{ key: '0123' }, ['key', 'length']],
  [{ pan: '62123456789x' }, ['pan', 'not_digits']],
  [{ pan: '62123456789' }, ['pan', 'length']],
  [{ parts: '0102 0304 0506 0708' }, ['parts', 'count']],
  [{ mode: 'ofb' }, ['mode', 'choice']],
  [{ data: '00'.repeat(5_000) }, ['data', 'too_long']],
  [{ colour: 'red' }, ['colour', 'unknown_parameter']],
])('%j is refused', (given, fault) => {
  expect(taken(given)).toEqual([fault]);
});

test('every fault is told at once, and none repeats a key', () => {
  const read = readValues(operation, { key: 'SECRETKEY', pan: '1', mode: 'x' });
  expect(read.ok ? [] : read.faults.map(({ parameter }) => parameter)).toEqual(['key', 'pan', 'mode']);
  expect(JSON.stringify(read)).not.toContain('SECRET');
  expect(JSON.stringify(read)).not.toContain('“S”');
});

describe('an operation', () => {
  const abc = { data: '616263' };
  const digest = '66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0';

  test('computes and explains (GB/T 32905)', () => {
    const worked = work('sm3', abc);
    expect(worked).toMatchObject({ ok: true, explained: { result: digest }, comparison: null });
    expect(worked.ok && worked.explained.steps.at(-1)?.output).toContain(digest);
  });

  test('compares with what was expected', () => {
    expect(work('sm3', abc, digest.toLowerCase())).toMatchObject({ comparison: { equal: true, matches: [] } });
    expect(work('sm3', abc, '66C7:F0F4')).toMatchObject({
      comparison: { equal: false, matches: [{ variation: { en: expect.stringMatching(/(first|left) 4 bytes/) } }] },
    });
    expect(work('kcv', { key: '0123456789ABCDEFFEDCBA9876543210' }, '08D7B4')).toMatchObject({
      comparison: { equal: true },
    });
  });

  test('one of several results, or another random part, is what was expected', () => {
    const download = '6701EAD6A9AD51E51AA406E2C27FCFA98D0A74B8B651F9E9BACE9AE10000000000000000AB7153CA';
    const keys = { key: 'CA5D92598DCA48CE8A4C76361A9269E9', download };
    for (const expected of ['807a23ad32b36d457ae91fdf927570ea', '5BB5C72CD00B7338'])
      expect(work('working-keys', keys, expected)).toMatchObject({ comparison: { equal: true, matches: [] } });

    const pan = '4012345678909';
    const filled = work('pin-block', { format: '3', pin: '1234', pan, fill: 'ABCDEFABCD' });
    const block = filled.ok ? filled.explained.result : '';
    expect(work('pin-block', { format: '3', pin: '1234', pan }, block)).toMatchObject({
      explained: { result: block },
      comparison: { equal: true },
    });
    expect(work('pin-block', { format: '3', pin: '1235', pan }, block)).toMatchObject({ comparison: { equal: false } });
  });

  test('digits are compared as they stand', () => {
    const read = { action: 'read', block: '041274EDCBA9876F', pan: '4012345678909' };
    expect(work('pin-block', read, '1234')).toMatchObject({ comparison: { equal: true } });
    expect(work('pin-block', read, '12345')).toMatchObject({ comparison: { equal: false } });
  });

  test('that there is none of is told with those that are near', () => {
    const worked = work('sm', abc);
    expect(worked.ok ? '' : worked.faults[0]?.words.en).toMatch(/there is no operation "sm"; try: .*sm3/);
    expect(work('constructor', {}).ok).toBe(false);
  });

  test('never throws, whatever it is given', () => {
    expect(work('kcv', { key: '00'.repeat(24) })).toMatchObject({ ok: expect.any(Boolean) });
    expect(work('sm3', { data: 'zz' })).toMatchObject({ ok: false, faults: [{ parameter: 'data', code: 'not_hex' }] });
    expect(work('sm3', abc, '6')).toMatchObject({ ok: false, faults: [{ parameter: 'expect' }] });
  });
});
