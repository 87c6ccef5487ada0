import Type from 'typebox';
import type { Match, Operation, Parameter, Step } from '../../core/keys/explain/contract.ts';
import { parseHex } from '../../kernel/bytes.ts';
import type { Problem } from '../../platform/http/contract.ts';
import { type App, type Locale, Refused } from '../../platform/http/index.ts';
import {
  Decoded,
  DecodeRequest,
  ExampleList,
  OperationList,
  type OperationView,
  ScriptReport,
  ScriptRequest,
  Worked,
} from './contract.ts';
import { decode } from './decode/decode.ts';
import type { Example } from './examples.ts';
import { sampleValues } from './sample-cards.ts';
import { simulatedBench } from './script/bench.ts';
import { parseScript } from './script/parse.ts';
import { runScript } from './script/run.ts';
import { longestValue, operations, readValue, type ValueFault } from './values.ts';
import { work } from './work.ts';

/** Bytes of one request: the longest script, or a dozen long values. */
const largestBody = 128 * 1024;

/**
 * The laboratory over HTTP. Everything is computed in the request and nothing is kept; values are never logged. One route
 * for each operation, so that its parameters stand in the description of the API.
 */
export function laboratoryRoutes(app: App, { examples }: { readonly examples: readonly Example[] }): void {
  const config = { allow: ['integrator'] as const };
  const tags = ['laboratory'];

  app.get('/api/laboratory/operations', { config, schema: { tags, response: { 200: OperationList } } }, () => ({
    items: Object.entries(operations).map(viewOf),
  }));

  for (const [id, operation] of Object.entries(operations))
    app.post(
      `/api/laboratory/operations/${id}`,
      {
        config,
        bodyLimit: largestBody,
        schema: { tags, summary: operation.name.en, body: requestOf(operation), response: { 200: Worked } },
      },
      ({ body, locale }) => {
        const { values, expected } = body as { values: Record<string, string>; expected?: string };
        const worked = work(id, values, expected);
        if (!worked.ok) throw badValues(worked.faults, locale);
        const { explained, comparison } = worked;
        return {
          result: explained.result,
          steps: explained.steps.map(plainStep),
          comparison: comparison && { ...comparison, matches: comparison.matches.map(plainMatch) },
        };
      },
    );

  app.post('/api/laboratory/operations/:name', { config, bodyLimit: largestBody, schema: { hide: true } }, () => {
    throw new Refused({ code: 'laboratory.unknown_operation', law: null, detail: {} });
  });

  app.post(
    '/api/laboratory/decode',
    { config, bodyLimit: largestBody, schema: { tags, body: DecodeRequest, response: { 200: Decoded } } },
    ({ body, locale }) => {
      const data = hexOf('data', body.data, locale);
      const command = body.command === undefined ? undefined : hexOf('command', body.command, locale);
      const { form, lines } = decode(data, body.form ?? null, command);
      return { form, lines: [...lines] } as Decoded;
    },
  );

  app.get('/api/laboratory/scripts/examples', { config, schema: { tags, response: { 200: ExampleList } } }, () => ({
    items: [...examples],
  }));

  // Every run has sample cards of its own, which end with it. Examples may be included, files of the server may not.
  app.post(
    '/api/laboratory/scripts',
    { config, bodyLimit: largestBody, schema: { tags, body: ScriptRequest, response: { 200: ScriptReport } } },
    async ({ body, locale }) => {
      const script = parseScript(body.text, '', (name) => {
        const found = examples.find((example) => example.name === name);
        return found ? { file: found.name, text: found.text } : null;
      });
      const given = Object.entries(body.values ?? {}).map(
        ([name, text]) => [name, hexOf(`values.${name}`, text, locale)] as const,
      );
      const values = { ...sampleValues(), ...Object.fromEntries(given) };
      return (await runScript(script, {
        bench: simulatedBench(),
        values,
        keepGoing: body.keep_going ?? false,
      })) as ScriptReport;
    },
  );
}

const viewOf = ([id, { name, parameters }]: [string, Operation]): OperationView => ({
  id,
  name,
  parameters: parameters.map(({ also: _, lengths, choices, ...parameter }) => ({
    ...parameter,
    ...(lengths ? { lengths: [...lengths] } : {}),
    ...(choices ? { choices: [...choices] } : {}),
  })),
});

const plainStep = (step: Step) => ({ ...step, inputs: [...step.inputs] });
const plainMatch = ({ variation, explained }: Match) => ({
  variation,
  result: explained.result,
  steps: explained.steps.map(plainStep),
});

/** The body of an operation's request, from its parameters. What a value must look like is checked in words, not here. */
const requestOf = ({ parameters }: Operation) =>
  Type.Object({
    values: Type.Object(Object.fromEntries(parameters.map((parameter) => [parameter.key, fieldOf(parameter)]))),
    expected: Type.Optional(Type.String({ maxLength: longestValue, description: 'the value somebody else computed' })),
  });

function fieldOf(parameter: Parameter) {
  const { label, kind, lengths, choices } = parameter;
  const unit = { hex: 'bytes of hex', digits: 'digits', text: 'characters', choice: '' }[kind];
  const size = lengths ? `${lengths.join(' or ')} ${unit}` : unit;
  const said = choices ? choices.map(({ value, label: { en } }) => `${value} (${en})`).join(', ') : size;
  const schema = Type.String({ maxLength: longestValue, description: `${label.en} ${label.zh}: ${said}` });
  return Type.Optional(schema);
}

function hexOf(field: string, text: string, locale: Locale): Uint8Array {
  const read = readValue({ key: field, label: { zh: '', en: '' }, kind: 'hex' }, text);
  const bytes = typeof read === 'string' ? parseHex(read) : null;
  if (bytes && bytes.length > 0) return bytes;
  const empty = { code: 'missing', words: { zh: '没有数据', en: 'there are no data' } };
  throw badValues([{ parameter: field, ...(typeof read === 'string' ? empty : read) }], locale);
}

function badValues(faults: readonly ValueFault[], locale: Locale): Refused {
  const errors: Problem['errors'] = faults.map(({ parameter, words }) => ({
    field: parameter,
    message: words[locale],
  }));
  return new Refused({ code: 'laboratory.bad_values', law: null, detail: {} }, errors);
}
