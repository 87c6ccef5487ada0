import { hex } from '../../../kernel/bytes.ts';
import { limits, type Pattern, type PatternPart, type Place } from './syntax.ts';
import { Unreadable, variableOf } from './tokens.ts';

/**
 * Reads what an answer must look like: hex, `?` for any half-byte, `*` or `…` for any bytes, `(name:4)` and `(name:*)` to
 * keep bytes, `$name` for bytes kept before, `a|b` for either. Alternatives go as far as there is no blank.
 */
export function readPattern(line: string, from: number, place: (column: number) => Place): Pattern {
  const end = commentAt(line, from);
  const parts: PatternPart[] = [];
  for (const { text, at } of groupsOf(line, from, end)) {
    const ways = waysOf(text).map((way) => readParts(way.text, at + way.at, place));
    if (ways.length === 1) parts.push(...(ways[0] ?? []));
    else parts.push({ kind: 'choice', of: ways });
  }
  if (restsIn(parts) > limits.rests)
    throw new Unreadable(from + 1, `一个模式中最多 ${limits.rests} 个 *`, `a pattern has at most ${limits.rests} *`);
  return { parts, text: line.slice(from, end).trim() };
}

/** Each `*` multiplies the ways to try. */
const restsIn = (parts: readonly PatternPart[]): number =>
  parts.reduce((sum, part) => {
    if (part.kind === 'rest') return sum + 1;
    return part.kind === 'choice' ? sum + part.of.reduce((all, way) => all + restsIn(way), 0) : sum;
  }, 0);

const commentAt = (line: string, from: number): number => {
  const at = line.indexOf('#', from);
  return at < 0 ? line.length : at;
};

type Piece = { readonly text: string; readonly at: number };

/** Pieces between blanks; a blank beside `|` joins. */
function groupsOf(line: string, from: number, end: number): readonly Piece[] {
  const text = line.slice(from, end);
  return [...text.matchAll(/[^\s|]+(?:\s*\|\s*[^\s|]*)*|\|/g)].map((found) => ({
    text: found[0],
    at: from + found.index,
  }));
}

function waysOf(group: string): readonly Piece[] {
  let at = 0;
  return group.split('|').map((text) => {
    const piece = { text, at };
    at += text.length + 1;
    return piece;
  });
}

const element =
  /(?<rest>\*|…|\.\.\.)|\((?<name>[A-Za-z_]\w*):(?<count>\d{1,3}|\*)\)|(?<variable>\$[A-Za-z_]\w*(?:\[\d{1,5}:\d{0,5}\])?)|(?<byte>[0-9A-Fa-f?]{2})|\s+/y;

function readParts(text: string, at: number, place: (column: number) => Place): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  if (text.trim() === '') throw new Unreadable(at + 1, '| 的两边都要有内容', 'there is something on both sides of |');
  for (let i = 0; i < text.length; ) {
    element.lastIndex = i;
    const found = element.exec(text);
    const column = at + i + 1;
    if (!found) throw unreadable(text.slice(i), column);
    i += found[0].length;
    const { rest, name, count, variable, byte } = found.groups ?? {};
    if (rest) parts.push({ kind: 'rest', capture: null });
    else if (name && count)
      parts.push(count === '*' ? { kind: 'rest', capture: name } : { kind: 'capture', name, length: Number(count) });
    else if (variable) parts.push({ kind: 'variable', ...variableOf({ text: variable }), place: place(column) });
    else if (byte) parts.push(byteOf(byte));
  }
  return parts;
}

function unreadable(rest: string, column: number): Unreadable {
  if (/^[0-9A-Fa-f?]/.test(rest))
    return new Unreadable(column, '缺半个字节；每字节写两位', 'half a byte; write two digits for each');
  if (rest.startsWith('('))
    return new Unreadable(column, '应写作 (名称:字节数)，例如 (mac:4)', 'written (name:bytes), such as (mac:4)');
  return new Unreadable(
    column,
    `“${rest.charAt(0)}”不能出现在应答模式中`,
    `"${rest.charAt(0)}" has no place in a pattern`,
  );
}

function byteOf(text: string): PatternPart {
  const half = (character: string) =>
    (character === '?' ? [0, 0] : [Number.parseInt(character, 16), 15]) as [number, number];
  const [[high, highMask], [low, lowMask]] = [half(text.charAt(0)), half(text.charAt(1))];
  return { kind: 'byte', value: (high << 4) | low, mask: (highMask << 4) | lowMask };
}

/** Bytes fit a pattern and leave what was to be kept, or they part from it: where, what was expected there, what came. */
export type Matched =
  | { readonly fits: true; readonly kept: ReadonlyMap<string, Uint8Array> }
  | { readonly fits: false; readonly at: number; readonly expected: string; readonly came: string };

type Bound =
  | Exclude<PatternPart, { kind: 'variable' } | { kind: 'choice' }>
  | Literal
  | { kind: 'choice'; of: readonly (readonly Bound[])[] };
type Literal = { readonly kind: 'literal'; readonly value: Uint8Array };

/**
 * Holds bytes against a pattern. `bytesOf` gives the bytes of a variable. Ways that were tried in vain are remembered, so
 * that the work is bounded by the length of pattern times answer, however many `*` there are.
 */
export function match(
  pattern: Pattern,
  bytes: Uint8Array,
  bytesOf: (part: PatternPart & { kind: 'variable' }) => Uint8Array,
): Matched {
  const bind = (part: PatternPart): Bound => {
    if (part.kind === 'variable') return { kind: 'literal', value: bytesOf(part) };
    if (part.kind === 'choice') return { kind: 'choice', of: part.of.map((way) => way.map(bind)) };
    return part;
  };
  const search = new Search(bytes);
  const kept = search.from(chain(pattern.parts.map(bind), null), 0);
  return kept
    ? { fits: true, kept }
    : { fits: false, ...search.furthest, came: hex(bytes.subarray(search.furthest.at, search.furthest.at + 8)) };
}

/** What is still to be found: a list that choices can share the tail of. */
type Rest = { readonly part: Bound; readonly tail: Rest } | null;
const chain = (parts: readonly Bound[], tail: Rest): Rest =>
  parts.reduceRight<Rest>((rest, part) => ({ part, tail: rest }), tail);

class Search {
  readonly #bytes: Uint8Array;
  readonly #vain = new Map<Rest, Set<number>>();
  readonly #ways = new Map<object, readonly Rest[]>();
  furthest = { at: 0, expected: '' };

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  from(rest: Rest, at: number): Map<string, Uint8Array> | null {
    if (rest === null) return at === this.#bytes.length ? new Map() : this.#part(at, '∎');
    const vain = this.#vain.get(rest) ?? new Set();
    if (vain.has(at)) return null;
    const found = this.#try(rest.part, rest.tail, at, rest);
    if (!found) this.#vain.set(rest, vain.add(at));
    return found;
  }

  #try(part: Bound, tail: Rest, at: number, key: object): Map<string, Uint8Array> | null {
    const left = this.#bytes.length - at;
    switch (part.kind) {
      case 'byte': {
        const byte = this.#bytes[at];
        if (byte !== undefined && (byte & part.mask) === (part.value & part.mask)) return this.from(tail, at + 1);
        return this.#part(at, shownFrom({ part, tail }));
      }
      case 'literal': {
        const differs = part.value.findIndex((byte, i) => this.#bytes[at + i] !== byte);
        return differs < 0
          ? this.from(tail, at + part.value.length)
          : this.#part(
              at + differs,
              shownFrom({ part: { kind: 'literal', value: part.value.subarray(differs) }, tail }),
            );
      }
      case 'capture': {
        if (left < part.length) return this.#part(this.#bytes.length, shownFrom({ part, tail }));
        const found = this.from(tail, at + part.length);
        return found?.set(part.name, this.#bytes.slice(at, at + part.length)) ?? null;
      }
      case 'rest': {
        // What follows has a length of its own: then there is one place for it, and the eye is led there.
        const fixed = lengthOf(tail);
        if (fixed !== null && fixed > left) return this.#part(this.#bytes.length, shownFrom(tail));
        for (let length = fixed === null ? left : left - fixed; length >= 0; length--) {
          const found = this.from(tail, at + length);
          if (found && part.capture) found.set(part.capture, this.#bytes.slice(at, at + length));
          if (found || fixed !== null) return found;
        }
        return null;
      }
      case 'choice': {
        const ways = this.#ways.get(key) ?? part.of.map((way) => chain(way, tail));
        this.#ways.set(key, ways);
        for (const way of ways) {
          const found = this.from(way, at);
          if (found) return found;
        }
        return null;
      }
    }
  }

  /** Remembers where the best attempt stopped: that is where the eye should go. */
  #part(at: number, expected: string): null {
    if (at > this.furthest.at || this.furthest.expected === '') this.furthest = { at, expected };
    return null;
  }
}

/** Bytes that the rest of a pattern takes, whatever comes; null when that is not fixed. */
function lengthOf(rest: Rest): number | null {
  let sum = 0;
  for (let at = rest; at !== null; at = at.tail) {
    const length = lengthOfPart(at.part);
    if (length === null) return null;
    sum += length;
  }
  return sum;
}

function lengthOfPart(part: Bound): number | null {
  switch (part.kind) {
    case 'byte':
      return 1;
    case 'literal':
      return part.value.length;
    case 'capture':
      return part.length;
    case 'rest':
      return null;
    case 'choice': {
      const lengths = part.of.map((way) => lengthOf(chain(way, null)));
      return lengths.every((length) => length === lengths[0]) ? (lengths[0] ?? 0) : null;
    }
  }
}

/** The next few parts as they would be written, so that one sees what should have come. */
function shownFrom(rest: Rest): string {
  const parts: string[] = [];
  for (let at = rest; at !== null && parts.length < 8; at = at.tail) parts.push(shown(at.part));
  return parts.join('');
}

function shown(part: Bound): string {
  switch (part.kind) {
    case 'byte': {
      const digits = part.value.toString(16).toUpperCase().padStart(2, '0');
      return (part.mask & 0xf0 ? digits.charAt(0) : '?') + (part.mask & 0x0f ? digits.charAt(1) : '?');
    }
    case 'literal':
      return hex(part.value.subarray(0, 8));
    case 'capture':
      return `(${part.name}:${part.length})`;
    case 'rest':
      return part.capture === null ? '*' : `(${part.capture}:*)`;
    case 'choice':
      return part.of.map((way) => way.map(shown).join('')).join('|');
  }
}
