import type { Law } from '../../kernel/decision.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Figure, Step } from './figure.ts';
import type { DatedValue, Held, Parameter, Region, Source, Vocabulary } from './parameter.ts';
import {
  inside,
  type Place,
  readChoice,
  readChoices,
  readDay,
  readEntries,
  readFields,
  readLabel,
  readText,
  report,
} from './reading.ts';
import { type Unit, unitNames, units, type Value } from './unit.ts';

/** What a value's figures need to know about the parameter they belong to. */
export type Frame = Pick<Parameter, 'key' | 'unit' | 'stepped' | 'codes' | 'by'>;

export type Surroundings = {
  readonly region: Region;
  readonly vocabulary: Vocabulary;
  readonly sources: ReadonlyMap<string, Source>;
};

/** Reads one parameter of a file; undefined when it has problems, which are all reported. */
export function readParameter(key: string, raw: unknown, place: Place, around: Surroundings): Parameter | undefined {
  const { vocabulary } = around;
  if (!/^[a-z][a-z_]*(\.[a-z][a-z0-9_]*)+$/.test(key))
    report(place, 'is not a key', 'write scheme.subject.name in lower case');
  const required = ['label', 'unit', 'asked_on', 'by', 'values', 'reviewed_through'];
  const fields = readFields(raw, place, required, ['stepped', 'codes']);
  if (!fields) return undefined;

  const label = readLabel(fields.label, inside(place, 'label'));
  const unit = readChoice(fields.unit, inside(place, 'unit'), unitNames);
  const asked_on = readChoice(fields.asked_on, inside(place, 'asked_on'), [...vocabulary.asked_on.keys()]);
  const by = readChoices(fields.by, inside(place, 'by'), [...vocabulary.dimensions.keys()]);
  const reviewed_through = readDay(fields.reviewed_through, inside(place, 'reviewed_through'));
  const codes = readCodes(fields.codes, unit, place);
  const stepped = fields.stepped ?? false;
  if (typeof stepped !== 'boolean') report(inside(place, 'stepped'), 'is not a flag', 'write true or leave it out');
  if (!label || !unit || !asked_on || !by || !reviewed_through || !codes) return undefined;

  const frame: Frame = { key, unit, stepped: stepped === true, codes, by };
  const values = readValues(fields.values, place, frame, around);
  return values && { ...frame, region: around.region, file: place.file, label, asked_on, values, reviewed_through };
}

function readCodes(raw: unknown, unit: Unit | undefined, place: Place): readonly string[] | undefined {
  if (unit === 'code') return readChoices(raw, inside(place, 'codes'), null);
  if (raw !== undefined) return report(inside(place, 'codes'), 'belongs to unit code only', 'remove it');
  return [];
}

function readValues(raw: unknown, place: Place, frame: Frame, around: Surroundings): readonly DatedValue[] | undefined {
  if (!Array.isArray(raw) || raw.length === 0) return report(place, 'has no values', 'write at least one dated value');
  const values = raw.map((one: unknown) => readDated(one, place, frame, around));
  if (!values.every((value) => value !== undefined)) return undefined;
  for (const [i, later] of values.entries()) {
    const earlier = values[i - 1];
    if (!earlier) continue;
    const at = inside(place, later.from);
    if (later.from <= earlier.from) report(at, `stands after ${earlier.from}`, 'order the values by their first day');
    else if (earlier.through && earlier.through >= later.from)
      report(at, `begins while ${earlier.from} still runs through ${earlier.through}`, 'correct one of the two days');
  }
  return values;
}

function readDated(raw: unknown, place: Place, frame: Frame, around: Surroundings): DatedValue | undefined {
  const fields = readFields(raw, place, ['from', 'published', 'source', 'value'], ['article', 'through', 'state']);
  if (!fields) return undefined;
  const from = readDay(fields.from, inside(place, 'from'));
  if (!from) return undefined;
  const at = inside(place, from);
  const published = readDay(fields.published, inside(at, 'published'));
  const through = fields.through === undefined ? null : readDay(fields.through, inside(at, 'through'));
  if (through && through < from) report(at, `runs through ${through}, before it begins`, 'correct one of the two days');
  const state = readChoice(fields.state ?? 'unconfirmed', inside(at, 'state'), ['confirmed', 'unconfirmed']);
  const law = readLaw(fields.source, fields.article, at, around.sources);
  if (!published || through === undefined || !state || !law) return undefined;

  const confirmed = state === 'confirmed';
  const figures = readFigures(fields.value, at, frame, { law, from, confirmed }, around.vocabulary);
  return figures && { from, through, published, law, confirmed, figures };
}

function readLaw(source: unknown, article: unknown, at: Place, sources: ReadonlyMap<string, Source>): Law | undefined {
  if (typeof source !== 'string' || !sources.has(source))
    return report(at, `unknown source: ${String(source)}`, 'add it to policy/sources.yaml or correct the name');
  if (article === undefined) return { source };
  const text = readText(article, inside(at, 'article'));
  return text ? { source, article: text } : undefined;
}

/** The figures of one dated value for every case, from its table. A case that is missing or unknown is a problem. */
export function readFigures(
  raw: unknown,
  at: Place,
  frame: Frame,
  origin: { readonly law: Law; readonly from: string; readonly confirmed: boolean },
  vocabulary: Vocabulary,
): ReadonlyMap<string, Figure<Held>> | undefined {
  const figures = new Map<string, Figure<Held>>();
  const problems = at.problems.length;

  const walk = (part: unknown, depth: number, path: readonly string[], here: Place): void => {
    const dimension = frame.by[depth];
    if (dimension === undefined) {
      const value = readHeld(part, here, frame);
      if (value === undefined) return;
      const parameter = {
        key: frame.key,
        value: writeHeld(value, frame.unit),
        from: origin.from,
        confirmed: origin.confirmed,
      };
      figures.set(path.join('/'), Object.freeze({ value, law: origin.law, parameter }));
      return;
    }
    const expected = [...(vocabulary.dimensions.get(dimension)?.cases.keys() ?? [])];
    const rows = new Map(readEntries(part, here));
    for (const row of rows.keys())
      if (!expected.includes(row))
        report(inside(here, row), `is no case of ${dimension}`, `use ${expected.join(', ')}`);
    for (const one of expected) {
      if (rows.has(one)) walk(rows.get(one), depth + 1, [...path, one], inside(here, one));
      else report(here, `the case ${dimension} = ${one} is missing`, 'add it: there is no default');
    }
  };
  walk(raw, 0, [], at);
  return at.problems.length === problems ? figures : undefined;
}

function readHeld(raw: unknown, at: Place, frame: Frame): Held | undefined {
  if (!frame.stepped) return readValue(raw, at, frame);
  if (!Array.isArray(raw) || raw.length === 0)
    return report(at, 'is not a list of steps', 'write [{ up_to: 3000000, value: 60% }, { value: 75% }]');
  const steps: Step<Value>[] = [];
  for (const [i, one] of raw.entries()) {
    const last = i === raw.length - 1;
    const fields = readFields(one, at, last ? ['value'] : ['up_to', 'value']);
    if (!fields) return undefined;
    const up_to = last ? null : (units.fen.read(fields.up_to) as Fen | undefined);
    const value = readValue(fields.value, at, frame);
    if (up_to === undefined) return report(at, `step ${i + 1} ends at ${String(fields.up_to)}`, units.fen.remedy);
    const before = steps[i - 1]?.up_to ?? null;
    if (up_to !== null && before !== null && up_to <= before)
      return report(at, `step ${i + 1} does not lie above the step before`, 'order the steps by amount');
    if (value === undefined) return undefined;
    steps.push({ up_to, value });
  }
  return steps;
}

function readValue(raw: unknown, at: Place, frame: Frame): Value | undefined {
  const { read, remedy } = units[frame.unit];
  const value = read(raw);
  if (value === undefined) return report(at, `is not of unit ${frame.unit}: ${String(raw)}`, remedy);
  if (frame.unit === 'code' && !frame.codes.includes(value as string))
    return report(at, `unknown code: ${String(value)}`, `use one of ${frame.codes.join(', ')}`);
  return value;
}

function writeHeld(value: Held, unit: Unit): string {
  const { write } = units[unit];
  if (!Array.isArray(value)) return write(value as Value);
  return (value as readonly Step<Value>[])
    .map((step) => `${step.up_to === null ? '' : `≤ ${units.fen.write(step.up_to)} `}${write(step.value)}`)
    .join(' · ');
}
