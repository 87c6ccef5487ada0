import { hex, parseHex, xor } from '../../../kernel/bytes.ts';
import { oddParity } from '../parity.ts';
import type { Match, Values, Words } from './contract.ts';
import { readValues } from './given.ts';
import type { Runnable } from './operation.ts';
import { shown } from './recorder.ts';
import { LaboratoryRefusal, tried } from './refusal.ts';
import type { Variation } from './variation.ts';

/** More than this would bury the answer. */
const enough = 8;
/** Below so many hex digits two mistakes at once fit by chance. */
const telling = 6;

const asGiven: Words = { zh: '按所给的值即可得到', en: 'the values as given' };

/**
 * The neighbours that give what was expected: first the values as they are, then one variation, then two of different
 * axes. Every result is also compared in the forms people write it: cut, halves exchanged, as characters and so on.
 */
export function searchNeighbours(operation: Runnable, values: Values, expected: string): readonly Match[] {
  const wanted = expected.replace(/\s+/g, '').toUpperCase();
  if (wanted === '')
    throw new LaboratoryRefusal('expected', 'weak_expectation', {
      zh: '请给出期望的结果',
      en: 'give the result that was expected',
    });
  const found: Found[] = [];
  const look = (variations: readonly Variation[]): void => {
    for (const { axis, words, values: changed } of variations) {
      const fit = fits(operation, changed, wanted);
      const explained = fit && tried(() => operation.explain(fit.values));
      if (!fit || !explained) continue;
      const isExact = fit.form === exact;
      found.push({ exact: isExact, given: isExact && axis === '', variation: joined(words, fit.form), explained });
    }
  };
  look([{ axis: '', words: asGiven, values }]);
  if (found.some((match) => match.exact)) return best(found);
  const single = neighboursOf(operation, values, wanted);
  look(single);
  if (found.length > 0 || wanted.length < telling) return best(found);
  for (const first of single) {
    look(
      neighboursOf(operation, first.values, wanted)
        .filter(({ axis }) => axis > first.axis)
        .map((second) => ({ ...second, words: joined(first.words, second.words) })),
    );
    if (found.length >= enough) break;
  }
  return best(found);
}

type Found = Match & { readonly exact: boolean };

/** What gives the very value goes before what gives a form of it. */
const best = (found: readonly Found[]): readonly Match[] =>
  found
    .toSorted((a, b) => Number(b.exact) - Number(a.exact))
    .slice(0, enough)
    .map(({ given, variation, explained }) => ({ given, variation, explained }));

const neighboursOf = (operation: Runnable, values: Values, wanted: string): readonly Variation[] =>
  operation.neighbours.flatMap((vary) => vary(values, wanted));

const joined = (first: Words, second: Words): Words =>
  second.en === '' ? first : { zh: `${first.zh}；${second.zh}`, en: `${first.en}; ${second.en}` };

type Fit = { readonly form: Words; readonly values: Values };
const exact: Words = { zh: '', en: '' };

/** How the result of these values is what was wanted; null when it is not. */
function fits(operation: Runnable, values: Values, wanted: string): Fit | null {
  return tried(() => {
    const given = readValues(operation.parameters, values);
    const completed = operation.completed?.(given, values, wanted);
    if (completed) return { form: exact, values: completed };
    const result = operation.run(given);
    if (result instanceof Uint8Array) {
      const form = formOf(hex(result), wanted);
      return form && { form, values };
    }
    // Of text, one of several values may have been expected; it is never cut.
    const parts = shown(result).toUpperCase().split(' ');
    return [parts.join(''), ...parts].includes(wanted) ? { form: exact, values } : null;
  });
}

type Form = { readonly words: Words; readonly of: (result: Uint8Array) => Uint8Array | null };

const halves = (bytes: Uint8Array) => [bytes.slice(0, bytes.length / 2), bytes.slice(bytes.length / 2)] as const;
const even = (bytes: Uint8Array) => bytes.length >= 4 && bytes.length % 2 === 0;

/** How a right value may be written so that it looks wrong. */
const forms: readonly Form[] = [
  { words: { zh: '结果按字节倒序', en: 'the result with its bytes reversed' }, of: (bytes) => bytes.toReversed() },
  {
    words: { zh: '结果左右两半对调', en: 'the result with its halves swapped' },
    of: (bytes) => (even(bytes) ? Uint8Array.of(...halves(bytes)[1], ...halves(bytes)[0]) : null),
  },
  {
    words: { zh: '结果两半异或', en: 'both halves of the result XORed' },
    of: (bytes) => (even(bytes) && bytes.length >= 8 ? xor(...halves(bytes)) : null),
  },
  {
    words: { zh: '结果写成十六进制字符', en: 'the result as hex characters' },
    of: (bytes) => Uint8Array.from(hex(bytes), (character) => character.charCodeAt(0)),
  },
  {
    words: { zh: '结果由字符还原成字节', en: 'the characters of the result as bytes' },
    of: (bytes) => parseHex(String.fromCharCode(...bytes)),
  },
];

const parityOnly: Words = { zh: '只差奇偶校验位', en: 'apart from parity bits' };

function formOf(result: string, wanted: string): Words | null {
  if (result === wanted) return exact;
  const cut = cutOf(result, wanted);
  if (cut) return cut;
  const [bytes, aim] = [parseHex(result), parseHex(wanted)];
  if (!bytes || wanted.length < 4) return null;
  if (aim && aim.length === bytes.length && aim.length >= 8 && hex(oddParity(aim)) === hex(oddParity(bytes)))
    return parityOnly;
  for (const { words, of } of forms) {
    const other = of(bytes);
    if (!other || other.length === 0) continue;
    if (hex(other) === wanted) return words;
    const part = cutOf(hex(other), wanted);
    if (part && wanted.length >= telling) return joined(words, part);
  }
  return null;
}

function cutOf(result: string, wanted: string): Words | null {
  if (Math.min(result.length, wanted.length) < 4 || result.length === wanted.length) return null;
  const bytes = wanted.length / 2;
  if (result.startsWith(wanted)) return { zh: `只取左边 ${bytes} 字节`, en: `only the left ${bytes} bytes` };
  if (result.endsWith(wanted)) return { zh: `只取右边 ${bytes} 字节`, en: `only the right ${bytes} bytes` };
  if (wanted.startsWith(result)) return { zh: '没有截短', en: 'not cut short' };
  return null;
}
