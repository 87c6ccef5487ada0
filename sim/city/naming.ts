import { defined } from '../../src/kernel/assert.ts';
import { firstCharacters, lastCharacters, surnames } from './data/names.ts';
import { type Random, weighted } from './random.ts';
import { type Word, wordsOf } from './text-table.ts';

const shares = [...surnames.matchAll(/\p{Script=Han}+[^\d\s]+(\d+)/gu)].map(([, share]) => Number(share));
const surnameWords = wordsOf(surnames).map((word, i) => ({ ...word, share: defined(shares[i], word.zh) }));

/** A family name by its frequency. */
export const drawSurname: (random: Random) => Word = weighted(surnameWords, (word) => word.share);

type Generation = { readonly through: number; readonly characters: readonly Word[] };
type Source = typeof firstCharacters | typeof lastCharacters;

const generations = (source: Source, sex: 'male' | 'female'): Generation[] =>
  source[sex].map(({ through, characters }) => ({ through, characters: wordsOf(characters) }));

const first = { 1: generations(firstCharacters, 'male'), 2: generations(firstCharacters, 'female') };
const last = { 1: generations(lastCharacters, 'male'), 2: generations(lastCharacters, 'female') };

const charactersOf = (of: readonly Generation[], year: number): readonly Word[] =>
  defined(
    of.find(({ through }) => year <= through),
    `names of ${year}`,
  ).characters;

/** A given name of one or two characters, as parents of that year chose them. */
export function drawGivenName(random: Random, sex: 1 | 2, year: number): Word {
  const end = random.pick(charactersOf(last[sex], year));
  if (random.chance(0.12)) return end;
  const start = random.pick(charactersOf(first[sex], year));
  return { zh: start.zh + end.zh, latin: joined(start.latin, end.latin) };
}

/** Pinyin puts an apostrophe before a syllable that begins with a vowel: Yi'an. */
const joined = (start: string, end: string): string => `${start}${/^[AEO]/.test(end) ? "'" : ''}${end.toLowerCase()}`;
