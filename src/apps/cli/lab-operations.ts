import { Command, Option } from 'commander';
import type { Match, Operation, Parameter } from '../../core/keys/explain/contract.ts';
import { operations, work } from '../../operations/laboratory/index.ts';
import { textOf } from './lab-input.ts';
import { LabFault, type Language, labour, speaks } from './lab-language.ts';
import { accountOf, padded } from './lab-print.ts';

/** The list of operations, with what each takes. */
export function printOperations(language: Language, json: boolean): void {
  if (json) {
    const items = Object.entries(operations).map(([id, { name, parameters }]) => ({ id, name, parameters }));
    console.log(JSON.stringify(items, null, 2));
    return;
  }
  const width = Math.max(...Object.keys(operations).map((name) => name.length)) + 2;
  console.log(`${speaks[language].operations}\n`);
  for (const [id, { name, parameters }] of Object.entries(operations))
    console.log(`  ${padded(id, width)}${name[language]}\n  ${' '.repeat(width)}${parameters.map(usage).join(' ')}`);
  console.log(
    `\n  tessera lab decode apdu|answer|atr|tlv|iso8583 HEX\n  tessera lab run FILE.apdu\n  tessera lab replay LOG.json\n\n${speaks[language].note}`,
  );
}

/** An option's name: parameters are written with `_`, options with `-`. */
const optionOf = (key: string): string => key.replaceAll('_', '-');
const usage = ({ key, optional, default: preset }: Parameter): string =>
  optional || preset !== undefined ? `[--${optionOf(key)}]` : `--${optionOf(key)}`;

/** One command for each operation, its options from the table of parameters. */
export const operationCommands = (language: Language): readonly Command[] =>
  Object.entries(operations).map(([id, operation]) => operationCommand(id, operation, language));

type Given = Readonly<Record<string, string | boolean | undefined>> & {
  readonly expect?: string;
  readonly json?: boolean;
};

function operationCommand(id: string, operation: Operation, language: Language): Command {
  const command = new Command(id).description(operation.name[language]);
  for (const parameter of operation.parameters) {
    command.addOption(new Option(`--${optionOf(parameter.key)} <${parameter.kind}>`, described(parameter, language)));
    for (const name of namesOf(parameter).slice(1))
      command.addOption(new Option(`--${name} <${parameter.kind}>`).hideHelp());
  }
  return command
    .option(
      '--expect <hex>',
      language === 'zh' ? '期望的结果；不符时退出码为 1' : 'the result somebody else has; exit code 1 when it differs',
    )
    .option('--json', language === 'zh' ? '以 JSON 输出' : 'as JSON')
    .addHelpText('after', `\n${help[language]}\n${speaks[language].note}`)
    .action((_: Given, own: Command) => {
      const given: Given = own.optsWithGlobals();
      return labour(language, given.json ?? false, () => carryOut(id, operation, given, language));
    });
}

/** The option of a parameter, and the other names it is taken by. */
const namesOf = ({ key, also = [] }: Parameter): readonly string[] => [
  optionOf(key),
  ...(key.includes('_') ? [key] : []),
  ...also,
];

const help = {
  en: 'A value is hex with or without blanks or colons; - reads standard input, @file a file.',
  zh: '值为十六进制，可带空格或冒号；- 读标准输入，@文件 读文件。',
} as const;

/** What an option takes: label, lengths or choices, default. */
function described(
  { label, kind, lengths, choices, also, optional, default: preset }: Parameter,
  language: Language,
): string {
  const unit = {
    hex: { zh: '字节', en: 'bytes' },
    digits: { zh: '位', en: 'digits' },
    text: { zh: '字符', en: 'characters' },
    choice: { zh: '', en: '' },
  }[kind];
  const size = lengths ? `${lengths.join(' / ')} ${unit[language]}` : '';
  const among = choices?.map(({ value, label: of }) => `${value} (${of[language]})`).join(', ') ?? '';
  const rest =
    preset !== undefined
      ? `${language === 'zh' ? '默认' : 'default'} ${preset}`
      : optional
        ? language === 'zh'
          ? '可省略'
          : 'optional'
        : '';
  const others = also?.map((name) => `--${name}`).join(', ') ?? '';
  return [label[language], size, among, rest, others].filter(Boolean).join('; ');
}

async function carryOut(id: string, { name, parameters }: Operation, given: Given, language: Language): Promise<void> {
  const values: Record<string, string> = {};
  for (const parameter of parameters)
    for (const name of namesOf(parameter)) {
      const text = given[camel(name)];
      if (typeof text === 'string') values[parameter.key] = await textOf(`--${name}`, text);
    }
  const expected = given.expect === undefined ? undefined : await textOf('--expect', given.expect);
  const worked = work(id, values, expected);
  if (!worked.ok)
    throw new LabFault(
      worked.faults.map((fault) => ({ ...fault, parameter: fault.parameter && `--${optionOf(fault.parameter)}` })),
    );
  const { explained, comparison } = worked;
  if (comparison && !comparison.equal) process.exitCode = 1;
  if (given.json)
    return console.log(JSON.stringify({ operation: id, ...explained, ...(comparison ? { comparison } : {}) }, null, 2));
  const { result, matches, differs, expected: wanted, colon } = speaks[language];
  console.log(`${name[language]}\n\n${accountOf(explained.steps, language)}\n\n${result}${colon}${explained.result}`);
  if (!comparison) return;
  if (comparison.equal) return console.log(matches);
  console.log(`${wanted}${colon}${comparison.expected}\n${differs}\n\n${wouldMatch(comparison.matches, language)}`);
}

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function wouldMatch(matches: readonly Match[], language: Language): string {
  const { would, wouldNot } = speaks[language];
  if (matches.length === 0) return wouldNot;
  return [
    would,
    ...matches.map(({ variation, explained }) => `  · ${variation[language]}\n${accountOf(explained.steps, language)}`),
  ].join('\n');
}
