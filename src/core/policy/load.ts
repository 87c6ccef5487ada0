import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defined } from '../../kernel/assert.ts';
import type { Label } from './figure.ts';
import type { Parameter, PolicySet, Region, Source, Vocabulary } from './parameter.ts';
import { readParameter, type Surroundings } from './parameter-reading.ts';
import { PolicyFault, type Problem } from './policy-fault.ts';
import {
  inside,
  type Place,
  readChoice,
  readDay,
  readEntries,
  readFields,
  readLabel,
  readText,
  readYaml,
  report,
} from './reading.ts';

/** Files of the law by their path inside the folder: `national/medical.yaml` → text. */
export type PolicyFiles = ReadonlyMap<string, string>;

/** Loads the law from a folder (`policy/`). Throws `PolicyFault` with every problem found. */
export const loadPolicy = (folder: string): PolicySet => readPolicy(readFolder(folder));

/** Every YAML file that holds law; the worked cases beside it are read by `readCases`. */
function readFolder(folder: string): PolicyFiles {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.yaml') && !path.startsWith('cases/'))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** The law out of its files. Throws `PolicyFault` with every problem found. */
export function readPolicy(files: PolicyFiles): PolicySet {
  const problems: Problem[] = [];
  const open = (file: string): [unknown, Place] => {
    const place: Place = { file: `policy/${file}`, key: '', problems };
    const text = files.get(file);
    return [text === undefined ? report(place, 'is missing', 'add the file') : readYaml(text, place), place];
  };

  const vocabulary = readVocabulary(...open('vocabulary.yaml'));
  const sources = readSources(...open('sources.yaml'));
  const regions = readRegions(...open('regions.yaml'));
  if (problems.length > 0) throw new PolicyFault(problems);

  const parameters = new Map<Region, Map<string, Parameter>>([...regions.keys()].map((region) => [region, new Map()]));
  for (const file of files.keys()) {
    const region = /^([^/]+)\/[^/]+\.yaml$/.exec(file)?.[1];
    if (region === undefined) continue;
    const [raw, place] = open(file);
    if (regions.has(region))
      readParameters(raw, place, { region, vocabulary, sources }, defined(parameters.get(region), region));
    else report(place, `lies in the folder of an unknown region ${region}`, 'add the region to policy/regions.yaml');
  }
  if (problems.length > 0) throw new PolicyFault(problems);
  return Object.freeze({ vocabulary, sources, regions, parameters });
}

function readParameters(raw: unknown, place: Place, around: Surroundings, into: Map<string, Parameter>): void {
  for (const [key, entry] of readEntries(raw, place)) {
    const at = inside(place, key);
    const parameter = readParameter(key, entry, at, around);
    const twin = into.get(key);
    if (twin) report(at, `stands in ${twin.file} already`, 'keep one of the two');
    else if (parameter) into.set(key, parameter);
  }
}

function readVocabulary(raw: unknown, place: Place): Vocabulary {
  const dimensions = new Map<string, { label: Label; cases: ReadonlyMap<string, Label> }>();
  const fields = readFields(raw, place, ['dimensions', 'asked_on']);
  for (const [name, entry] of fields ? readEntries(fields.dimensions, inside(place, 'dimensions')) : []) {
    const at = inside(place, name);
    const dimension = readFields(entry, at, ['label', 'cases']);
    const label = dimension && readLabel(dimension.label, at);
    if (label) dimensions.set(name, { label, cases: readLabels(dimension.cases, at) });
  }
  return { dimensions, asked_on: fields ? readLabels(fields.asked_on, inside(place, 'asked_on')) : new Map() };
}

function readLabels(raw: unknown, place: Place): ReadonlyMap<string, Label> {
  const labels = new Map<string, Label>();
  for (const [name, entry] of readEntries(raw, place)) {
    const label = readLabel(entry, inside(place, name));
    if (label) labels.set(name, label);
  }
  return labels;
}

const sourceKinds = ['law', 'regulation', 'notice', 'sample'] as const;

function readSources(raw: unknown, place: Place): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  for (const [key, entry] of readEntries(raw, place)) {
    const at = inside(place, key);
    const fields = readFields(entry, at, ['kind', 'title', 'issuer', 'number', 'date']);
    if (!fields) continue;
    const kind = readChoice(fields.kind, at, sourceKinds);
    const title = readLabel(fields.title, inside(at, 'title'));
    const issuer = readLabel(fields.issuer, inside(at, 'issuer'));
    const number = readText(fields.number, inside(at, 'number'));
    const date = readDay(fields.date, inside(at, 'date'));
    if (kind && title && issuer && number && date) sources.set(key, { key, kind, title, issuer, number, date });
  }
  return sources;
}

function readRegions(raw: unknown, place: Place): PolicySet['regions'] {
  const entries = readEntries(raw, place);
  const names = entries.map(([region]) => region);
  const regions = new Map<Region, { label: Label; within: Region | null }>();
  for (const [region, entry] of entries) {
    const at = inside(place, region);
    const fields = readFields(entry, at, ['label'], ['within']);
    const label = fields && readLabel(fields.label, at);
    if (!label) continue;
    const within = fields.within === undefined ? null : (readChoice(fields.within, at, names) ?? null);
    regions.set(region, { label, within });
  }
  for (const region of regions.keys())
    if (circles(region, regions)) report(inside(place, region), 'lies within itself', 'correct within');
  return regions;
}

function circles(region: Region, regions: PolicySet['regions']): boolean {
  let at: Region | null = region;
  for (let height = 0; at !== null; height++) {
    if (height > regions.size) return true;
    at = regions.get(at)?.within ?? null;
  }
  return false;
}
