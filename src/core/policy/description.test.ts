import Value from 'typebox/value';
import { expect, test } from 'vitest';
import { PolicyDescription, sentence } from './contract.ts';
import { describePolicy } from './description.ts';
import { loadPolicy } from './load.ts';

const description = describePolicy(loadPolicy('policy'));

test('the law pages get what their contract promises', () => {
  expect([...Value.Errors(PolicyDescription, description)]).toEqual([]);
});

test('a table becomes rows with names in both languages', () => {
  const share = description.parameters.find(({ key }) => key === 'medical.outpatient.share');
  expect(share?.values.at(-1)?.from).toBe('2025-07-01');
  expect(share?.values.at(-1)?.rows.at(0)).toEqual({
    of: [
      { zh: '在职', en: 'in service' },
      { zh: '一级及以下', en: 'level 1 and below' },
    ],
    value: '70%',
  });
});

test('every source is used, and every cited source is there', () => {
  const cited = new Set(description.parameters.flatMap(({ values }) => values.map(({ source }) => source)));
  expect([...cited].sort()).toEqual(description.sources.map(({ key }) => key).sort());
});

test('a sentence shows a hole it cannot fill', () => {
  const reason = {
    step: 's',
    law: null,
    parameter: { key: 'k', value: '65%', from: '2025-01-01', confirmed: true },
    inputs: { above: '10.00' },
    result: { paid: '6.50' },
  };
  const words = { zh: '{above} 的 {figure} 为 {paid}', en: '{figure} of {above}: {paid} {other}' };
  expect(sentence(words, reason, 'zh')).toBe('10.00 的 65% 为 6.50');
  expect(sentence(words, reason, 'en')).toBe('65% of 10.00: 6.50 {other}');
});
