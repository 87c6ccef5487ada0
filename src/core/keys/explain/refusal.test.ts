import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OperationName, Values } from './contract.ts';
import { LaboratoryRefusal, laboratory, operationNames, refusalCodes } from './index.ts';
import { samples } from './samples.fixture.ts';

function refusal(run: () => unknown): LaboratoryRefusal {
  try {
    run();
  } catch (error) {
    if (error instanceof LaboratoryRefusal) return error;
    throw error;
  }
  throw new Error('not refused');
}

const bad: readonly (readonly [OperationName, Values, string, string])[] = [
  ['kcv', {}, 'key', 'missing'],
  ['kcv', { key: '012345' }, 'key', 'wrong_length'],
  ['kcv', { key: '01234' }, 'key', 'odd_hex'],
  ['kcv', { key: '0123456789ABCDEG' }, 'key', 'not_hex'],
  ['kcv', { key: '0123456789ABCDEF', cipher: 'rot13' }, 'cipher', 'not_a_choice'],
  ['kcv', { key: '0123456789ABCDEF', cipher: 'aes' }, 'key', 'wrong_length'],
  ['kcv', { key: '0123456789ABCDEF', length: '9' }, 'length', 'wrong_length'],
  ['kcv', { key: '0123456789ABCDEF', colour: 'red' }, 'colour', 'unknown_parameter'],
  ['diversify', { key: '0123456789ABCDEF' }, 'city_code', 'missing'],
  ['diversify', { key: '0123456789ABCDEF', factors: '0011' }, 'factors', 'wrong_length'],
  ['diversify', { key: '0123456789ABCDEF', factors: '0011223344556677 '.repeat(4) }, 'factors', 'wrong_count'],
  ['diversify', { key: '0123456789ABCDEF', city_code: '51010A' }, 'city_code', 'not_digits'],
  ['session-key', { key: '0123456789ABCDEF', random: '01020304' }, 'sequence', 'missing'],
  ['tac', { key: '0123456789ABCDEF0123456789ABCDEF', message: 'load-tac', data: '00' }, 'data', 'wrong_length'],
  ['pin-block', { pin: '1234', pan: '4111111111111112' }, 'pan', 'not_luhn'],
  ['pin-block', { pin: '123', pan: '4111111111111111' }, 'pin', 'wrong_length'],
  ['pin-block', { action: 'read', pan: '4012345678909', block: '051274EDCBA9876F' }, 'block', 'pin_block_unreadable'],
  ['pin-block', { format: '3', pin: '1234', pan: '4012345678909', fill: '0123456789' }, 'fill', 'wrong_length'],
  ['arqc', { key: '0123456789ABCDEF0123456789ABCDEF', pan: '4111111111111111' }, 'atc', 'missing'],
  [
    'arpc',
    { level: 'session', key: '0123456789ABCDEF0123456789ABCDEF', arqc: '0123456789ABCDEF', code: '00000000' },
    'code',
    'wrong_length',
  ],
  ['des', { key: '0123456789ABCDEF', data: '00' }, 'data', 'not_whole_blocks'],
  ['sm3', { text: 'ä' }, 'text', 'not_text'],
  [
    'tr31-wrap',
    { protection: '0123456789ABCDEF', header: 'B0000P0TE00N0000', key: '0123456789ABCDEF' },
    'protection',
    'wrong_length',
  ],
  [
    'tr31-wrap',
    { protection: '0123456789ABCDEF', header: 'X0000P0TE00N0000', key: '0123456789ABCDEF' },
    'header',
    'key_block_unreadable',
  ],
  [
    'tr31-unwrap',
    { protection: '0123456789ABCDEF0123456789ABCDEF', block: samples['tr31-unwrap'][0]?.values.block },
    'block',
    'mac_wrong',
  ],
  ['components', { components: '0123456789ABCDEF' }, 'components', 'wrong_count'],
  ['components', { components: '0123456789ABCDEF 0123456789ABCDEF0123456789ABCDEF' }, 'components', 'wrong_length'],
  ['working-keys', { key: '0123456789ABCDEF', download: '00' }, 'download', 'wrong_length'],
  ['pki-pin', { pin: '12345', challenge: '178CEDCF32C5D7990216632170C7CD37' }, 'pin', 'wrong_length'],
  ['card-check', { number: 'd2143!69' }, 'number', 'not_text'],
];

test.each(bad)('%s of %o: %s is refused, %s', (name, values, parameter, code) => {
  const refused = refusal(() => laboratory[name].explain(values));
  expect({ parameter: refused.parameter, code: refused.code }).toEqual({ parameter, code });
  expect(refused.words.zh).toMatch(/\p{Script=Han}/u);
  expect(refused.words.en).toMatch(/[a-z]/);
});

test('an account number is taken as it is when its check digit does not matter', () => {
  const values = { pin: '1234', pan: '4111111111111112', pan_check: 'any' };
  expect(laboratory['pin-block'].explain(values).result).toBe('041225EEEEEEEEEE');
});

test('every code is raised here and stands in the README', () => {
  const raised = new Set([...bad.map(([, , , code]) => code), 'weak_expectation']);
  expect(refusalCodes.filter((code) => !raised.has(code))).toEqual([]);
  const readme = readFileSync('src/core/keys/explain/README.md', 'utf8');
  expect(refusalCodes.filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
  expect(operationNames.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('the words of a refusal never repeat the key', () => {
  const key = '0123456789ABCDEFFEDCBA98765432';
  const { words, message } = refusal(() => laboratory.kcv.explain({ key }));
  expect(`${words.zh}${words.en}${message}`).not.toContain(key);
});

test('a search without an expectation is refused, and bad input as in explain', () => {
  const { values = {} } = samples.kcv[0] ?? {};
  expect(refusal(() => laboratory.kcv.search(values, ' ')).code).toBe('weak_expectation');
  expect(refusal(() => laboratory.kcv.search({ key: '0' }, '00')).code).toBe('odd_hex');
});

const hexLike = fc.stringMatching(/^[0-9A-Fa-f ]{0,70}$/);
const loose = fc.oneof(hexLike, fc.stringMatching(/^\d{0,20}$/), fc.string({ maxLength: 20 }));

test.each(operationNames)('%s answers or refuses whatever is typed', (name) => {
  const { parameters } = laboratory[name];
  const typed = fc.record(
    Object.fromEntries(
      parameters.map(({ key, choices, lengths, kind }) => [
        key,
        choices
          ? fc.constantFrom(...choices.map(({ value }) => value))
          : kind === 'hex'
            ? fc.oneof(
                { weight: 3, arbitrary: fc.constantFrom(...(lengths ?? [0, 1, 8, 16, 23])).map((n) => '5A'.repeat(n)) },
                { weight: 1, arbitrary: loose },
              )
            : fc.oneof(fc.constantFrom('1234', '4111111111111111', '00', '4', ''), loose),
      ]),
    ),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(typed, (values) => {
      try {
        expect(typeof laboratory[name].explain(values).result).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(LaboratoryRefusal);
      }
    }),
    { numRuns: 200 },
  );
});

test.each(operationNames)('%s searches whatever is typed without a fault', (name) => {
  const { values = {} } = samples[name][0] ?? {};
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-F]{1,34}$/), (expected) => {
      expect(laboratory[name].search(values, expected).length).toBeLessThanOrEqual(8);
    }),
    { numRuns: 3 },
  );
});
