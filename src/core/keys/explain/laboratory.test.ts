import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { laboratory, operationNames, testKeysOnly } from './index.ts';
import { samples } from './samples.fixture.ts';

describe.each(operationNames)('%s', (name) => {
  const { parameters, explain, name: title } = laboratory[name];

  test.each(samples[name].map(({ values, result }, i) => ({ i, values, result })))(
    'sample $i',
    ({ values, result }) => {
      expect(explain(values).result).toBe(result);
    },
  );

  test.each(samples[name].map(({ values }, i) => ({ i, values })))(
    'sample $i says every step in both languages',
    ({ values }) => {
      const { steps, result } = explain(values);
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) {
        for (const words of [step.name, ...step.inputs.map((input) => input.name)]) {
          expect(words.zh).toMatch(/\p{Script=Han}|PIN|PKI|TAC|TPDU|SM3|CMAC|IV/u);
          expect(words.en).not.toBe('');
        }
        expect(step.output).not.toBe('');
      }
      // What came out last is the result, or the result is made of what came out.
      const outputs = steps.map(({ output }) => output).join(' ');
      const said = result.split(' ').every((part) => outputs.includes(part) || outputs.includes(part.slice(16, 32)));
      expect(said).toBe(true);
    },
  );

  test('its parameters are a table that a form can be made of', () => {
    const keys = parameters.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(title.zh).not.toBe('');
    for (const parameter of parameters) {
      expect(parameter.label.zh).not.toBe('');
      expect(parameter.label.en).not.toBe('');
      if (parameter.kind === 'choice') {
        const choices = parameter.choices?.map(({ value }) => value);
        expect(choices).toContain(parameter.default);
      }
    }
  });
});

test('keys and PINs are marked as secret', () => {
  const open = operationNames.flatMap((name) =>
    laboratory[name].parameters
      .filter(({ key, secret }) => /^(key|protection|components|pin)$/.test(key) && !secret)
      .map(({ key }) => `${name}.${key}`),
  );
  expect(open).toEqual([]);
});

test('a purse MAC is told from card key to MAC', () => {
  const { steps } = laboratory['card-mac'].explain(samples['card-mac'][0]?.values ?? {});
  expect(steps.map(({ name, output }) => `${name.en}: ${output}`)).toEqual([
    'message from its fields: 000000000000100001001122334455',
    'session key: 9B1D924E05595603',
    'pad to whole blocks: 00000000000010000100112233445580',
    expect.stringMatching(/^XOR the previous ciphertext, encrypt: [0-9A-F]{16}$/),
    expect.stringMatching(/^XOR the previous ciphertext, encrypt: 2988AE5A[0-9A-F]{8}$/),
    'take the left bytes: 2988AE5A',
  ]);
});

test('diversification shows the key of every level', () => {
  const { steps } = laboratory.diversify.explain(samples.diversify[1]?.values ?? {});
  expect(steps.map(({ output }) => output)).toEqual([
    '3531303030307368',
    '3531303130307378',
    '8660510100000001',
    '79AFE3B9FAA8B47C0695EFD6907CB8D5',
    '3036ECA3FB63487723FFD49401DCC3E6',
    '96D28A1CB987689F3056D7C5559376A5',
  ]);
});

test('a master of single length gives a single-length key', () => {
  const { result } = laboratory.diversify.explain({ key: '1122334455667788', factors: '2016122100001003' });
  const { result: encrypted } = laboratory.des.explain({ key: '1122334455667788', data: '2016122100001003' });
  expect(result).toBe(encrypted);
});

test('a header of a key block is explained field by field', () => {
  const { steps } = laboratory['tr31-unwrap'].explain(samples['tr31-unwrap'][0]?.values ?? {});
  const said = steps.flatMap(({ inputs }) => inputs.map(({ name, value }) => `${name.en}: ${value}`));
  expect(said).toEqual(
    expect.arrayContaining(['version: B 3DES 派生法 / 3DES by derivation', 'data: 00604B120F9292800000']),
  );
});

test('the UnionPay MAC shows each of its published intermediate values', () => {
  const { steps } = laboratory['unionpay-mac'].explain(samples['unionpay-mac'][0]?.values ?? {});
  expect(steps.map(({ output }) => output)).toEqual([
    'B9F9B96AA4FDB57F',
    '42394639423936414134464442353746',
    '9FDE90A34CF73B2E',
    'DEEAD6E70EC20C68',
    'E267B6E21913D339',
    '4532363742364532',
  ]);
});

test('the contract runs in a browser', () => {
  const text = readFileSync('src/core/keys/explain/contract.ts', 'utf8');
  expect(text).not.toMatch(/^import/m);
  expect(testKeysOnly.en).toMatch(/^Test keys only/);
});
