import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes } from '../../../kernel/bytes.ts';
import { sampleCard, sampleValues } from '../sample-cards.ts';
import { realBench, simulatedBench } from './bench.ts';
import { parseScript } from './parse.ts';
import { match, readPattern } from './pattern.ts';
import { runScript } from './run.ts';

const nothing = () => null;
const place = (column: number) => ({ file: '', line: 1, column });

const run = async (text: string, options: { keepGoing?: boolean; real?: boolean } = {}) => {
  const bench = simulatedBench();
  return runScript(parseScript(text, '', nothing), {
    bench: options.real ? realBench(bench.reader) : bench,
    values: sampleValues(),
    keepGoing: options.keepGoing ?? false,
  });
};
const states = async (text: string, options = {}) => (await run(text, options)).lines.map(({ state }) => state);

const fits = (pattern: string, answer: string) => {
  const matched = match(readPattern(pattern, 0, place), bytes(answer), () => bytes('AABB'));
  return matched.fits
    ? [...matched.kept].reverse().map(([name, value]) => `${name}=${value.toHex().toUpperCase()}`)
    : `${matched.at}: ${matched.expected} / ${matched.came}`;
};

describe('a pattern', () => {
  test.each([
    ['9000', '9000', []],
    ['61??', '611E', []],
    ['9?00', '9100', []],
    ['6F * 9000', '6F0102 9000', []],
    ['6F… 9000', '6F 9000', []],
    ['9000|61??', '6108', []],
    ['9000 | 61??', '9000', []],
    ['(a:2) 9000', '0102 9000', ['a=0102']],
    ['(a:1)(b:*)9000', '01020304 9000', ['a=01', 'b=020304']],
    ['$x (a:1) 9000', 'AABB 07 9000', ['a=07']],
    ['* 84 (n:2) * 9000', '6F0484021122A5 9000', ['n=0211']],
    ['(a:1) 01|02(b:1)', '07 02 09', ['a=07', 'b=09']],
    ['', '', []],
  ])('%s fits %s', (pattern, answer, kept) => {
    expect(fits(pattern, answer)).toEqual(kept);
  });

  test.each([
    ['9000', '6A82', '0: 9000 / 6A82'],
    ['0102 9000', '0103 9000', '1: 029000 / 039000'],
    ['6F * 9000', '6F0102 6A82', '3: 9000 / 6A82'],
    ['(a:4) 9000', '01 9000', '3: (a:4)9000 / '],
    ['9000', '9000 00', '2: ∎ / 00'],
    ['9000|61??', '6A82', '0: 9000 / 6A82'],
    ['$x 9000', 'AACC 9000', '1: BB9000 / CC9000'],
  ])('%s parts from %s', (pattern, answer, where) => {
    expect(fits(pattern, answer)).toBe(where);
  });

  test('its work is bounded however it is written', () => {
    const pattern = `${'* ?? '.repeat(4)}FF`;
    expect(fits(pattern, '00'.repeat(4_096))).toBe('4096: ??*??*??*??FF / ');
    expect(parseScript(`> 00840000\n< ${'* 00 '.repeat(5)}`, '', nothing).faults[0]?.words.en).toContain('at most 4 *');
  });
});

test.each([
  ['foo', 1, 1, /no statement "foo"/],
  ['> 008', 1, 3, /half a byte/],
  ['> 00 8g', 1, 6, /"8g" is not hex/],
  ['> [ 00', 1, 3, /\[ does not end/],
  ['> 00 ]', 1, 6, /\] without \[/],
  ['>', 1, 2, /followed by a command/],
  ['< 9000', 1, 1, /stands below/],
  ['> 00840000\n< 9z00', 2, 3, /half a byte/],
  ['> 00840000\n< (a:x)', 2, 3, /written \(name:bytes\)/],
  ['> 00840000\n<', 2, 2, /followed by a pattern/],
  ['let x', 1, 5, /written let name = value/],
  ['let x = nonesuch(a=1)', 1, 9, /no operation "nonesuch"/],
  ['let x = kcv(colour=red)', 1, 13, /no parameter "colour"; it takes: .*key/],
  ['let x = kcv(key=00', 1, 19, /\) is missing/],
  ['expect $a', 1, 7, /written expect/],
  ['> "text', 1, 3, /quotation does not end/],
  ['> $', 1, 3, /followed by a name/],
  ['include "x"', 1, 9, /no script "x"/],
  ['tear user sideways', 1, 5, /before, or after/],
  ['', 1, 1, /the script is empty/],
])('%j is refused at line %i, column %i', (text, line, column, words) => {
  const { faults } = parseScript(text, '', nothing);
  expect(faults.map((fault) => [fault.place.line, fault.place.column])).toEqual([[line, column]]);
  expect(faults[0]?.words.en).toMatch(words);
  expect(faults[0]?.words.zh).toMatch(/\p{Script=Han}/u);
});

test('all faults are told at once, and nothing is run', async () => {
  const report = await run('foo\n> 0\n> 00840000 08\nbar');
  expect(report).toMatchObject({ ok: false, lines: [] });
  expect(report.faults.map(({ place: { line } }) => line)).toEqual([1, 2, 4]);
  // An answer below a line that cannot be read is no second fault.
  expect((await run('> 0\n< 9000')).faults).toHaveLength(1);
});

test('a script is bounded in lines, characters and includes', () => {
  expect(parseScript('reset\n'.repeat(500), '', nothing).faults[0]?.words.en).toContain('at most 400 lines');
  expect(parseScript(`# ${'x'.repeat(40_000)}`, '', nothing).faults[0]?.words.en).toContain('too long');
  const self = () => ({ file: 'a', text: 'include "a"' });
  expect(parseScript('include "a"', '', self).faults[0]?.words.en).toContain('in a circle');
  let n = 0;
  const deeper = () => ({ file: `f${++n}`, text: 'include "next"' });
  expect(parseScript('include "next"', '', deeper).faults[0]?.words.en).toContain('deeper than 8');
});

describe('a run', () => {
  test('stops at the first line that is not ok, or goes on if asked', async () => {
    const text = '> 00840000 08\n< 9000\n> 00840000 08\n< * 9000';
    expect(await states(text)).toEqual(['ok', 'failed', 'not_run', 'not_run']);
    expect(await states(text, { keepGoing: true })).toEqual(['ok', 'failed', 'ok', 'ok']);
  });

  test('says what was expected, what came and from which byte', async () => {
    const { lines } = await run('> 00A40400 [ $ssse ]\n< 6F * 6A82');
    expect(lines[0]).toMatchObject({
      slot: 'user',
      command: { name: { en: 'SELECT' } },
      answer: { name: { en: 'done' } },
    });
    expect(lines[1]).toMatchObject({ state: 'failed', difference: { at: 31, expected: '6A82', came: '9000' } });
  });

  test('follows 61xx and 6Cxx with >, and not with >>', async () => {
    expect(
      await states('> 00A40400 [ $ssse ]\n< 6F * 9000\n>> 00A40400 [ $ssse ]\n< 611E\n>> 00C00000 1E\n< 6F * 9000'),
    ).not.toContain('failed');
    expect(await states('> 00B2012D 00\n< 01 * 9000\n>> 00B2012D 00\n< 6C??')).not.toContain('failed');
  });

  test('keeps bytes, computes with them and compares', async () => {
    const { lines, ok } = await run(
      'let a = 0102 [ 0304 ] "AB"\nlet k = kcv(key=0123456789ABCDEF FEDCBA9876543210)\nexpect $k = 08D7B4\nexpect $a[2:5] = 020304\nexpect $a != $k\nexpect 0F ^ F0 = FF\nexpect sm3(data="abc") = sm3(data=6162 63)',
    );
    expect(ok).toBe(true);
    expect(lines.slice(0, 2).map(({ kept }) => kept)).toEqual([
      [{ name: 'a', value: '01020203044142' }],
      [{ name: 'k', value: '08D7B4' }],
    ]);
  });

  test.each([
    ['> $nobody', 'column 3: there is no variable $nobody'],
    ['expect $pin[0:9] = 00', 'column 8: $pin has 3 bytes only'],
    ['let k = kcv(key=00)', 'kcv.key: has 1 bytes; it takes'],
    ['input secret', '$secret is needed; give it with --set secret=hex'],
    ['> 00', 'a command has at least 4 bytes'],
    ['other> 00840000', 'there is no slot "other"; there is: user, sam'],
    ['remove user\n> 00840000 08', 'there is no card in the slot; insert one first'],
    ['insert user sample:9', 'there is no card "sample:9"'],
    ['expect 01 ^ 0102 = 00', 'column 8: the values of ^ are not of one length'],
  ])('%s cannot be carried out', async (text, words) => {
    const last = (await run(text)).lines.at(-1);
    expect(last).toMatchObject({ state: 'refused' });
    expect(last?.words?.en).toContain(words);
  });

  test('puts in other cards of the sample, pulls them out and puts the same one in again', async () => {
    const text = [
      'insert user sample:2',
      '> 00A40400 [ $ssse ]',
      '< 6F16 * 9000',
      '> 00200000 [ 999999 ]',
      '< 63C2',
      'remove user',
      'insert user again',
      '> 00200000 [ 999999 ]',
      '< 63C1',
      'insert user sample:2',
      '> 00200000 00',
      '< 63C3',
    ];
    expect((await run(text.join('\n'))).ok).toBe(true);
  });

  test('leaves real cards to people', async () => {
    expect(await states('insert user sample:2\n> 00840000 08\n< * 9000', { real: true })).toEqual([
      'passed',
      'ok',
      'ok',
    ]);
  });
});

test('the sample cards are made of the published roots: a card key is the root brought down three levels', () => {
  // IRK is key 0, so that its root is the published one itself (card.md 2.5).
  expect(sampleValues().root2_irk?.toHex()).toBe('11223344556677888877665544332211');
  expect(sampleValues().root3_irk?.toHex()).toBe('0123456789abcdeffedcba9876543210');
  expect(sampleCard(3).image()).toEqual(sampleCard(3).image());
});

const folder = 'docs/laboratory';
const examples = readdirSync(folder).filter((name) => name.endsWith('.apdu'));
const include = (name: string) =>
  examples.includes(name) ? { file: name, text: readFileSync(`${folder}/${name}`, 'utf8') } : null;

test('there are examples to learn from', () => {
  expect(examples.length).toBeGreaterThanOrEqual(6);
});

test.each(examples)('%s runs as it says', async (name) => {
  const script = parseScript(readFileSync(`${folder}/${name}`, 'utf8'), name, include);
  const report = await runScript(script, { bench: simulatedBench(), values: sampleValues() });
  expect(script.faults).toEqual([]);
  expect(report.lines.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(report.lines.length).toBeGreaterThan(1);
});

test('whatever stands in a script, reading and running it never throws', async () => {
  const word = fc.constantFrom(
    '>',
    '<',
    '>>',
    'sam>',
    '<-',
    'let',
    'x',
    '=',
    'expect',
    '$x',
    '$pin[1:2]',
    '[',
    ']',
    '(',
    '(y:2)',
    ')',
    ',',
    '*',
    '??',
    '|',
    '^',
    '!=',
    '9000',
    '00840000',
    '08',
    '"',
    '#',
    'kcv',
    'key',
    'include',
    'tear',
    'user',
    'after',
    'insert',
    'again',
    'reset',
    'remove',
    'input',
    '…',
    '中',
    '\u0000',
  );
  const line = fc.array(word, { maxLength: 9 }).map((words) => words.join(' '));
  const script = fc.oneof(
    fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')),
    fc.string({ maxLength: 200 }),
  );
  await fc.assert(
    fc.asyncProperty(script, async (text) => {
      const { ok, faults, lines } = await run(text, { keepGoing: true });
      expect(ok || faults.length > 0 || lines.some(({ state }) => state === 'failed' || state === 'refused')).toBe(
        true,
      );
    }),
    { numRuns: 2_000, seed: 2026 },
  );
});
