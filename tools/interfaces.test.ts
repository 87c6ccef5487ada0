import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { interfacePages } from './generate-interfaces.ts';

test.each([...interfacePages()])('%s is what the tables of the code say', (path, text) => {
  // After a change of a table: node tools/generate-interfaces.ts
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('no cell breaks its table', () => {
  for (const text of interfacePages().values()) {
    const widths = text.split('\n').map((line) => (line.startsWith('|') ? line.split(/(?<!\\)\|/).length : 0));
    const uneven = widths.flatMap((width, i) => (width && widths[i - 1] && width !== widths[i - 1] ? [i + 1] : []));
    expect(uneven).toEqual([]);
  }
});
