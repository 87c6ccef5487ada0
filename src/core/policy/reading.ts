import { parseDocument } from 'yaml';
import type { Label } from './figure.ts';
import type { Problem } from './policy-fault.ts';

/** Where in which file something is read, and where its problems go. */
export type Place = { readonly file: string; readonly key: string; readonly problems: Problem[] };

export const inside = (place: Place, key: string): Place => ({
  ...place,
  key: place.key ? `${place.key} ${key}` : key,
});

export function report(place: Place, what: string, remedy: string): undefined {
  place.problems.push({ file: place.file, key: place.key || '(file)', what, remedy });
  return undefined;
}

export type Fields = Readonly<Record<string, unknown>>;

const isFields = (raw: unknown): raw is Fields => typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/**
 * Reads YAML 1.2. `core`: whole numbers become bigint, so that a decimal point in money cannot pass as a number.
 * `failsafe`: every scalar stays the text that was written, so that 5792.50 is not a float.
 */
export function readYaml(text: string, place: Place, schema: 'core' | 'failsafe' = 'core'): unknown {
  const document = parseDocument(text, { intAsBigInt: true, uniqueKeys: true, schema });
  for (const error of document.errors) report(place, error.message.split('\n')[0] ?? error.code, 'correct the YAML');
  return document.errors.length === 0 ? document.toJS() : undefined;
}

/** A map with exactly the known keys; `optional` ones may be absent. */
export function readFields(raw: unknown, place: Place, required: readonly string[], optional: readonly string[] = []) {
  if (!isFields(raw)) return report(place, 'is not a map', `write ${required.join(', ')}`);
  for (const key of Object.keys(raw))
    if (!required.includes(key) && !optional.includes(key))
      report(inside(place, key), 'unknown key', `remove it; known here: ${[...required, ...optional].join(', ')}`);
  const missing = required.filter((key) => raw[key] === undefined || raw[key] === null);
  for (const key of missing) report(place, `${key} is missing`, `add ${key}`);
  return missing.length === 0 ? raw : undefined;
}

/** A map with free keys. */
export function readEntries(raw: unknown, place: Place): readonly [string, unknown][] {
  if (isFields(raw)) return Object.entries(raw);
  report(place, 'is not a map', 'write one entry per key');
  return [];
}

export function readText(raw: unknown, place: Place): string | undefined {
  if (typeof raw === 'string' && raw.trim() !== '') return raw;
  return report(place, `is not a text: ${String(raw)}`, 'write a text, in quotes if it looks like a number');
}

export function readLabel(raw: unknown, place: Place): Label | undefined {
  const fields = readFields(raw, place, ['zh', 'en']);
  const zh = fields && readText(fields.zh, inside(place, 'zh'));
  const en = fields && readText(fields.en, inside(place, 'en'));
  return zh && en ? { zh, en } : undefined;
}

/** An ISO day such as 2025-07-01. */
export function readDay(raw: unknown, place: Place): string | undefined {
  if (typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw)) {
    try {
      return Temporal.PlainDate.from(raw, { overflow: 'reject' }).toString();
    } catch {
      // No such day in the calendar: reported below like any other text that is not a day.
    }
  }
  return report(place, `is not a day: ${String(raw)}`, 'write a day that exists as YYYY-MM-DD');
}

export function readChoice<T extends string>(raw: unknown, place: Place, among: readonly T[]): T | undefined {
  const chosen = among.find((one) => one === raw);
  return chosen ?? report(place, `unknown: ${String(raw)}`, `use one of ${among.join(', ')}`);
}

/** A list of words out of a vocabulary. */
export function readChoices(
  raw: unknown,
  place: Place,
  among: readonly string[] | null,
): readonly string[] | undefined {
  if (!Array.isArray(raw)) return report(place, 'is not a list', 'write a list: [a, b]');
  const words = raw.map((word: unknown) => (among ? readChoice(word, place, among) : readText(word, place)));
  if (words.some((word) => word === undefined)) return undefined;
  if (new Set(words).size < words.length) return report(place, 'names the same word twice', 'remove the second one');
  return words as string[];
}
