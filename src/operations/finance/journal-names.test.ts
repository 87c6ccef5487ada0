import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { journalKinds, journalNames } from './journal-names.ts';

/** Kinds are written where journals are drafted; those of payments are put together from the payment's kind. */
const composed = ['purchase', 'load'].flatMap((kind) => [`payment.${kind}`, `payment.${kind}_reversed`]);

function draftedKinds(): Set<string> {
  const kinds = new Set(composed);
  for (const file of globSync('src/**/*.ts', { exclude: ['**/*.test.ts'] })) {
    const text = readFileSync(file, 'utf8');
    if (!/\bpostings\b/.test(text)) continue;
    for (const [, kind] of text.matchAll(/\bkind: '([a-z]+\.[a-z_]+)'/g)) if (kind) kinds.add(kind);
  }
  return kinds;
}

test('every kind of journal that is drafted has its words, and no other', () => {
  expect([...draftedKinds()].sort()).toEqual(Object.keys(journalKinds).sort());
});

test('the mirror of a journal is called by what it takes back', () => {
  expect(journalNames('ledger.opening.reversed')).toEqual({ zh: '期初余额冲正', en: 'opening balance, reversed' });
  expect(journalNames('strange.kind')).toEqual({ zh: 'strange.kind', en: 'strange.kind' });
});
