import { type Explained, LaboratoryRefusal, type Match, type Operation } from '../../core/keys/explain/index.ts';
import { type Faulty, operationNamed, readValue, readValues, unknownOperation, type Values } from './values.ts';

/**
 * How a result compares with the value somebody expected, and what would have given that value. Equal are also one of
 * several results, and a block that differs only in its random part.
 */
export type Comparison = { readonly expected: string; readonly equal: boolean; readonly matches: readonly Match[] };
export type Worked =
  | { readonly ok: true; readonly explained: Explained; readonly comparison: Comparison | null }
  | Faulty;

/** A search may find the same in many ways; people read the first few. */
const mostMatches = 8;

/**
 * Carries out an operation on what people typed, and compares its result with the expected one if there is one. Never
 * throws: what an operation cannot work with comes back as faults, and no fault repeats a key.
 */
export function work(name: string, given: Values, expected?: string): Worked {
  const operation = operationNamed(name);
  if (!operation) return unknownOperation(name);
  const read = readValues(operation, given);
  if (!read.ok) return read;
  return guarded(() => {
    const explained = operation.explain(read.values);
    if (expected === undefined || expected.trim() === '') return { ok: true, explained, comparison: null };
    const wanted = readExpected(expected, explained.result);
    if (typeof wanted !== 'string') return wanted;
    return { ok: true, ...compared(operation, read.values, explained, wanted) };
  });
}

/** Bytes where the result is bytes; results may also be digits or a character, which are compared as they stand. */
function readExpected(text: string, result: string): string | Faulty {
  const digits = [result, text.trim()].every((value) => /^\d+$/.test(value));
  if (digits || !/^([0-9A-F]{2})+$/.test(result)) return text.trim();
  const value = readValue({ key: 'expect', label: { zh: '', en: '' }, kind: 'hex' }, text);
  if (typeof value === 'string') return value.replaceAll(' ', '');
  return { ok: false, faults: [{ parameter: 'expect', ...value }] };
}

function compared(operation: Operation, values: Values, explained: Explained, expected: string) {
  const { result } = explained;
  const comparison = (equal: boolean, matches: readonly Match[]): Comparison => ({ expected, equal, matches });
  if (result.toUpperCase() === expected.toUpperCase()) return { explained, comparison: comparison(true, []) };
  const found = operation.search(values, expected);
  const own = found.find(({ given }) => given);
  if (own) return { explained: own.explained, comparison: comparison(true, []) };
  const begins = result.startsWith(expected) && !found.some(({ explained: other }) => other.result.startsWith(result));
  const first = begins ? [{ given: false, variation: firstBytes(expected.length / 2), explained }] : [];
  return { explained, comparison: comparison(false, [...first, ...found].slice(0, mostMatches)) };
}

const firstBytes = (count: number) => ({
  zh: `只取结果的前 ${count} 字节`,
  en: `only the first ${count} bytes are taken`,
});

/** Whatever else goes wrong inside an operation is told without its message, which could hold a value. */
function guarded(compute: () => Worked): Worked {
  try {
    return compute();
  } catch (fault) {
    if (fault instanceof LaboratoryRefusal) {
      const { parameter, code, words } = fault;
      return { ok: false, faults: [{ parameter, code, words }] };
    }
    const words = {
      zh: '这些值合在一起无法计算；请核对长度与算法',
      en: 'these values do not work together; check lengths and cipher',
    };
    return { ok: false, faults: [{ parameter: '', code: 'failed', words }] };
  }
}
