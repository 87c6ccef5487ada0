import { defined } from '../../kernel/assert.ts';
import type { Label } from './figure.ts';
import type { Parameter, PolicySet, Region } from './parameter.ts';
import { readFigures } from './parameter-reading.ts';
import { PolicyFault, type Problem } from './policy-fault.ts';
import {
  type Fields,
  inside,
  type Place,
  readDay,
  readEntries,
  readFields,
  readLabel,
  readText,
  readYaml,
  report,
} from './reading.ts';

/**
 * A worked case: facts and the result somebody published or worked out by hand, as data that a person who does not
 * program can write. `parameters` replaces figures of the law of `region` for this case only.
 */
export type WorkedCase = {
  readonly id: string;
  /** Which rule runs it: `medical.settlement`. */
  readonly rule: string;
  readonly title: Label;
  /** Where the result comes from. */
  readonly source: string;
  /** What is doubtful: where the source contradicts itself, or what had to be inferred. */
  readonly note: Label | null;
  readonly region: Region;
  readonly on: string;
  readonly parameters: Fields;
  /** Every scalar is text as written, so that money is never a float; the rule's schema says what is needed. */
  readonly facts: unknown;
  /** Results by name, amounts in yuan; a case may name only some of them. */
  readonly expected: Readonly<Record<string, string>>;
};

/** A file of cases and its name, for problems. */
export type CaseFile = { readonly name: string; readonly text: string };

/** Reads a file of worked cases. Throws `PolicyFault` with every problem found. */
export function readCases({ name, text }: CaseFile): readonly WorkedCase[] {
  const problems: Problem[] = [];
  const place: Place = { file: name, key: '', problems };
  const cases = readEntries(readYaml(text, place, 'failsafe'), place).map(([id, raw]) =>
    readCase(id, raw, inside(place, id)),
  );
  if (problems.length > 0) throw new PolicyFault(problems);
  return cases.map((one) => defined(one, 'case without problems'));
}

function readCase(id: string, raw: unknown, at: Place): WorkedCase | undefined {
  const required = ['rule', 'title', 'source', 'region', 'on', 'facts', 'expected'];
  const fields = readFields(raw, at, required, ['note', 'parameters']);
  if (!fields) return undefined;
  const rule = readText(fields.rule, inside(at, 'rule'));
  const title = readLabel(fields.title, inside(at, 'title'));
  const source = readText(fields.source, inside(at, 'source'));
  const note = fields.note === undefined ? null : readLabel(fields.note, inside(at, 'note'));
  const region = readText(fields.region, inside(at, 'region'));
  const on = readDay(fields.on, inside(at, 'on'));
  const parameters = Object.fromEntries(readEntries(fields.parameters ?? {}, inside(at, 'parameters')));
  const expected: Record<string, string> = {};
  for (const [name, value] of readEntries(fields.expected, inside(at, 'expected')))
    expected[name] = readText(value, inside(at, `expected ${name}`)) ?? '';
  if (!rule || !title || !source || note === undefined || !region || !on) return undefined;
  return { id, rule, title, source, note, region, on, parameters, facts: fields.facts, expected };
}

/** The region in which a case's own figures live, on top of the law of its region. */
const caseRegion: Region = 'case';

/**
 * The law under which a case is worked: a set with one more region, `case`, that holds the figures the case gives. A
 * plain figure stands for every case of the parameter; a table is read like the parameter's own.
 */
export function overlay(policy: PolicySet, worked: WorkedCase): { policy: PolicySet; region: Region } {
  if (Object.keys(worked.parameters).length === 0) return { policy, region: worked.region };
  const problems: Problem[] = [];
  const given = new Map<string, Parameter>();
  for (const [key, raw] of Object.entries(worked.parameters)) {
    const at: Place = { file: worked.id, key, problems };
    const own = nearest(policy, worked.region, key);
    const parameter = own ? caseParameter(own, raw, at, worked, policy) : undefined;
    if (parameter) given.set(key, parameter);
    else if (!own) report(at, `is no parameter of ${worked.region}`, 'correct the key');
  }
  if (problems.length > 0) throw new PolicyFault(problems);
  const regions = new Map(policy.regions).set(caseRegion, { label: worked.title, within: worked.region });
  const parameters = new Map(policy.parameters).set(caseRegion, given);
  const { title, id: number, on: date } = worked;
  const sources = new Map(policy.sources).set(caseRegion, {
    key: caseRegion,
    kind: 'sample',
    title,
    issuer: title,
    number,
    date,
  });
  return { policy: { ...policy, regions, parameters, sources }, region: caseRegion };
}

function caseParameter(own: Parameter, raw: unknown, at: Place, worked: WorkedCase, policy: PolicySet) {
  const table = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  const frame = { ...own, by: table ? own.by : [] };
  const law = { source: caseRegion, article: worked.id };
  const figures = readFigures(scalars(raw), at, frame, { law, from: worked.on, confirmed: true }, policy.vocabulary);
  if (!figures) return undefined;
  const value = { from: worked.on, through: null, published: worked.on, law, confirmed: true, figures };
  return { ...frame, region: caseRegion, file: worked.id, values: [value], reviewed_through: worked.on };
}

function nearest(policy: PolicySet, region: Region, key: string): Parameter | undefined {
  for (let at: Region | null = region; at !== null; at = policy.regions.get(at)?.within ?? null) {
    const parameter = policy.parameters.get(at)?.get(key);
    if (parameter) return parameter;
  }
  return undefined;
}

/** Case files are all text; the figures of a parameter are read with YAML's own numbers and flags. */
function scalars(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(scalars);
  if (typeof raw === 'object' && raw !== null)
    return Object.fromEntries(Object.entries(raw).map(([key, part]) => [key, scalars(part)]));
  if (raw === 'true' || raw === 'false') return raw === 'true';
  return typeof raw === 'string' && /^\d+$/.test(raw) ? BigInt(raw) : raw;
}
