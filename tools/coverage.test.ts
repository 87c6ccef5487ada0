import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Every number that the people who asked for Tessera gave to a function, group by group. */
const numbers = [
  ...'S1 S2.1 S2.2 S2.3 S3.1 S3.2 S3.3 S3.4 S4 S5 S6 S7 S8 S9 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19'.split(' '),
  ...run('C', 19),
  ...run('B', 9),
  ...run('M', 7),
  ...run('F', 10),
  ...run('O', 12),
];

function run(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
}

type Row = { no: string; state: string; note: string; code: string; proof: string };

const folder = 'docs';
const page = readFileSync(join(folder, 'coverage.md'), 'utf8');

const rowsOf = (text: string): Row[] =>
  text.split('\n').flatMap((line) => {
    const [, no = '', , state = '', note = '', code = '', proof = ''] = line.split('|').map((cell) => cell.trim());
    return /^[A-Z]\d/.test(no) ? [{ no, state, note, code, proof }] : [];
  });

const linksOf = (text: string): string[] => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
const proofsOf = (text: string) =>
  [...text.matchAll(/\]\(([^)]+)\) “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title }));

/** True when the file holds a test of this title; a title in a comment, or of a skipped test, is none. */
function holdsTest(text: string, title: string): boolean {
  const quoted = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^\\s*(?:test|it)(?:\\.each\\(.*\\))?\\(\\s*(['"\`])${quoted}\\1`, 'm').test(text);
}

/** What is wrong with one row, in words. */
function faultsOf({ no, state, note, code, proof }: Row): string[] {
  const say = (what: string) => `${no}: ${what}`;
  const gone = linksOf(code + proof).filter((link) => !existsSync(join(folder, link)));
  const faults = gone.map((link) => say(`${link} is not there`));
  if (state === 'not yet') return [...faults, ...(code || proof ? [say('not yet, and names code or proof')] : [])];
  if (state !== 'works' && state !== 'partly') return [...faults, say(`"${state}" is no state`)];
  if (note === '') faults.push(say('says nothing of what is there'));
  if (linksOf(code).length === 0) faults.push(say('names no code'));
  const proofs = proofsOf(proof);
  if (proofs.length === 0 || proofs.length !== linksOf(proof).length) faults.push(say('a proof is a file and a title'));
  for (const { file, title } of proofs) {
    const path = join(folder, file);
    if (!file.endsWith('.test.ts')) faults.push(say(`${file} is no test`));
    else if (existsSync(path) && !holdsTest(readFileSync(path, 'utf8'), title))
      faults.push(say(`${file} has no test “${title}”`));
  }
  return faults;
}

test('every number stands on the page once, in order, and none is invented', () => {
  expect(numbers).toHaveLength(81);
  expect(rowsOf(page).map(({ no }) => no)).toEqual(numbers);
});

test('what the page says is so', () => {
  expect(rowsOf(page).flatMap(faultsOf)).toEqual([]);
});

test('the count at the top is the count of the rows', () => {
  const count = (state: string) => rowsOf(page).filter((row) => row.state === state).length;
  expect(page).toContain(`Now: ${count('works')} works, ${count('partly')} partly, ${count('not yet')} not yet.`);
});

const code = '[code](../src/kernel/money.ts)';
const proof = '[t](../tools/coverage.test.ts) “what the page says is so”';
const lies = [
  [`| S1 | x | works | y | ${code} | ${proof} |`, null],
  [`| S1 | x | not yet | | | |`, null],
  [`| S1 | x | not yet | | ${code} | |`, 'names code or proof'],
  [`| S1 | x | nearly | y | ${code} | ${proof} |`, 'is no state'],
  [`| S1 | x | works | | ${code} | ${proof} |`, 'says nothing'],
  [`| S1 | x | partly | y | | ${proof} |`, 'names no code'],
  [`| S1 | x | partly | y | [code](../src/gone.ts) | ${proof} |`, 'is not there'],
  [`| S1 | x | works | y | ${code} | |`, 'a file and a title'],
  [`| S1 | x | works | y | ${code} | ${proof}; [t](../tools/coverage.test.ts) |`, 'a file and a title'],
  [`| S1 | x | works | y | ${code} | ${code} “fen” |`, 'is no test'],
  [`| S1 | x | works | y | ${code} | [t](../tools/coverage.test.ts) “a test nobody wrote” |`, 'has no test'],
  [`| S1 | x | works | y | ${code} | [t](../tools/coverage.test.ts) “what the page says” |`, 'has no test'],
] as const;

test.each(lies)('%s', (line, fault) => {
  const faults = rowsOf(line).flatMap(faultsOf);
  if (fault === null) expect(faults).toEqual([]);
  else expect(faults).toEqual([expect.stringContaining(fault)]);
});
