import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Term = { readonly english: string; readonly chinese: string };

const termsOf = (text: string): Term[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('|-') && !line.startsWith('| English'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, english = '', chinese = '']) => ({ english, chinese }));

const terms = termsOf(readFileSync('GLOSSARY.md', 'utf8'));
const words = terms.map(({ english }) => english.toLowerCase());
/** Alphabetical as people read it: capitals, blanks and hyphens do not count. */
const order = new Intl.Collator('en', { ignorePunctuation: true, sensitivity: 'base' });

const folders = globSync('src/{core,schemes,city,operations,field}/*/').map((path) => path.replaceAll('\\', '/'));

test('the glossary stands in alphabetical order', () => {
  expect(words.length).toBeGreaterThan(50);
  expect(words).toEqual(words.toSorted(order.compare));
});

test('one English word for one thing: no term twice', () => {
  expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
});

test('every term has its Chinese', () => {
  expect(terms.filter(({ chinese }) => !/\p{Script=Han}/u.test(chinese)).map(({ english }) => english)).toEqual([]);
});

test('the name of every context is a term, in the singular or as it is', () => {
  const names = folders.map((path) => path.split('/')[2] ?? '');
  expect(names.length).toBeGreaterThan(10);
  const known = (name: string) => words.includes(name) || words.includes(name.replace(/s$/, ''));
  expect(names.filter((name) => !known(name))).toEqual([]);
});

test('every context has its README, of a page at most', () => {
  const others = ['.', 'src/apps', 'sim', 'bench', 'web', 'policy', 'docs/operating'];
  const readmes = [...folders, ...others].map((path) => `${path}/README.md`);
  expect(readmes.filter((path) => !existsSync(path))).toEqual([]);
  const long = folders.map((path) => `${path}/README.md`).filter((path) => readFileSync(path, 'utf8').length > 6_000);
  expect(long).toEqual([]);
});
