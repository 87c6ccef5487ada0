import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { CardFault, cardOf, type Insertable } from '../../core/card/index.ts';
import { parseHex } from '../../kernel/bytes.ts';
import {
  type Bench,
  type CardSource,
  type Include,
  parseScript,
  type Replayed,
  type ReportLine,
  readLog,
  realBench,
  replay,
  runScript,
  sampleValues,
  simulatedBench,
} from '../../operations/laboratory/index.ts';
import { hexOf } from './lab-decode.ts';
import { fileBytes, fileText, pathOf, textOf } from './lab-input.ts';
import { LabFault, type Language, labour, speaks } from './lab-language.ts';
import { decodedText, padded } from './lab-print.ts';
import { openReader } from './lab-reader.ts';

type Options = {
  readonly reader?: string;
  readonly psamReader?: string;
  readonly card?: string;
  readonly psam?: string;
  readonly set: readonly string[];
  readonly keepGoing?: boolean;
  readonly quiet?: boolean;
  readonly pin?: string;
  readonly json?: boolean;
};

const onBench = (command: Command, language: Language): Command =>
  command
    .option(
      '--reader <name>',
      language === 'zh'
        ? '名称含此文字的 PC/SC 读卡器；默认为模拟卡'
        : 'the PC/SC reader with this in its name; simulated cards otherwise',
    )
    .option('--psam-reader <name>', language === 'zh' ? '插 PSAM 的读卡器' : 'the reader that holds the PSAM')
    .option(
      '--card <file>',
      language === 'zh'
        ? '用户卡的映像（十六进制、base64 或二进制）'
        : 'image of the user card (hex, base64 or binary)',
    )
    .option('--psam <file>', language === 'zh' ? 'PSAM 的映像' : 'image of the PSAM')
    .option('--json', language === 'zh' ? '以 JSON 输出' : 'as JSON')
    .addHelpText('after', `\n${speaks[language].note}`);

const collected = (given: string, before: readonly string[]): readonly string[] => [...before, given];

/** `tessera lab run script.apdu`: line by line against simulated cards or a reader. */
export const runCommand = (language: Language): Command =>
  onBench(new Command('run'), language)
    .description(
      language === 'zh'
        ? '运行 APDU 脚本，逐行报告；有不符时退出码为 1'
        : 'run an APDU script and report every line; exit code 1 when one is not as expected',
    )
    .argument('<file>', language === 'zh' ? '脚本文件；- 为标准输入' : 'the script; - for standard input')
    .option(
      '--set <name=hex>',
      language === 'zh' ? '给出脚本的变量，可重复' : 'a variable of the script; may be repeated',
      collected,
      [],
    )
    .option('--keep-going', language === 'zh' ? '失败后继续' : 'run on after a line that is not ok')
    .option('--quiet', language === 'zh' ? '不解释命令与应答' : 'leave out what commands and answers mean')
    .action((file: string, options: Options) =>
      labour(language, options.json ?? false, async () => {
        const text = file === '-' ? await textOf('-', '-') : fileText(file, file);
        const script = parseScript(text, file === '-' ? '-' : pathOf(file), includeFile);
        const values = { ...sampleValues(), ...(await valuesOf(options.set)) };
        const report = await onCards(options, (bench) =>
          runScript(script, { bench, values, keepGoing: options.keepGoing ?? false }),
        );
        process.exitCode = report.faults.length > 0 ? 2 : report.ok ? 0 : 1;
        if (options.json) return console.log(JSON.stringify(report, null, 2));
        for (const { place, words } of report.faults)
          console.error(`${place.file}:${place.line}:${place.column}: ${words[language]}`);
        if (report.faults.length > 0) return;
        for (const line of report.lines) printLine(line, language, options.quiet ?? false);
        const ok = report.lines.filter(({ state }) => state === 'ok').length;
        console.log(`\n${speaks[language].lines(ok, report.lines.length)}`);
      }),
    );

/** `tessera lab replay log.json`: the commands of a recorded log once more, and where the answers part. */
export const replayCommand = (language: Language): Command =>
  onBench(new Command('replay'), language)
    .description(
      language === 'zh'
        ? '重放平台的 APDU 记录，指出应答从何处不同'
        : 'send the commands of an APDU log again and say where the answers part',
    )
    .argument(
      '<file>',
      language === 'zh'
        ? 'APDU 记录或轨迹（JSON）；- 为标准输入'
        : 'an APDU log or a trace (JSON); - for standard input',
    )
    .option('--pin <digits>', language === 'zh' ? '记录中被遮盖的密码' : 'the PIN that the log masks')
    .action((file: string, options: Options) =>
      labour(language, options.json ?? false, async () => {
        const log = readLog(file === '-' ? await textOf('-', '-') : fileText(file, file));
        if (!log.ok) throw LabFault.of(file, 'not_a_log', log.words.zh, log.words.en);
        const report = await onCards(options, (bench) => replay(log.entries, bench, pinOf(options.pin)));
        process.exitCode = report.ok ? 0 : 1;
        if (options.json) return console.log(JSON.stringify(report, null, 2));
        for (const entry of report.entries) printReplayed(entry, language);
        console.log(`\n${speaks[language].replayed(report.entries.length, report.parted)}`);
      }),
    );

function pinOf(digits: string | undefined): Uint8Array | null {
  if (digits === undefined) return null;
  if (!/^\d{4,12}$/.test(digits))
    throw LabFault.of('--pin', 'not_digits', '密码为 4 至 12 位数字', 'a PIN has 4 to 12 digits');
  return parseHex(digits.length % 2 === 0 ? digits : `${digits}F`);
}

/** An included file lies beside the one that includes it. */
const includeFile: Include = (name, from) => {
  const path = pathOf(name, dirname(from));
  return existsSync(path) ? { file: path, text: fileText('include', path) } : null;
};

async function valuesOf(set: readonly string[]): Promise<Record<string, Uint8Array>> {
  const values: Record<string, Uint8Array> = {};
  for (const given of set) {
    const [, name = '', text = ''] = /^(\w+)=([\s\S]*)$/.exec(given) ?? [];
    if (name === '') throw LabFault.of('--set', 'not_a_setting', '应写作 名称=十六进制', 'written name=hex');
    values[name] = hexOf(`--set ${name}`, await textOf(`--set ${name}`, text));
  }
  return values;
}

/** Simulated cards, or those in the readers that were named, which are let go when the work is done. */
async function onCards<T>({ reader, psamReader, card, psam }: Options, work: (bench: Bench) => Promise<T>): Promise<T> {
  if (reader !== undefined) {
    const real = await openReader(reader, psamReader ?? null);
    return work(realBench(real)).finally(() => real.close());
  }
  const first = {
    ...(card ? { user: cardFile('--card', card) } : {}),
    ...(psam ? { sam: cardFile('--psam', psam) } : {}),
  };
  return work(simulatedBench(insertedFile, first));
}

/** The card in a file that a script puts in; null where there is no such file, words where it holds no card. */
const insertedFile: CardSource = (name) => {
  if (!existsSync(pathOf(name))) return null;
  try {
    return cardFile('insert', name);
  } catch (fault) {
    if (!(fault instanceof LabFault)) throw fault;
    return fault.faults[0]?.words ?? null;
  }
};

/** A card from a file with its image: binary as it is, or hex or base64 as text. */
function cardFile(option: string, name: string): Insertable {
  const bytes = fileBytes(option, name);
  const text = bytes.toString('latin1').trim();
  const hex = parseHex(text);
  const image =
    hex ?? (/^[A-Za-z0-9+/\s]+=*$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : new Uint8Array(bytes));
  try {
    return cardOf(image);
  } catch (fault) {
    if (!(fault instanceof CardFault)) throw fault;
    throw LabFault.of(option, fault.code, `${name} 不是完好的卡片映像`, `${name} is no whole image of a card`);
  }
}

const marks: Readonly<Record<ReportLine['state'], string>> = {
  ok: '✓',
  failed: '✗',
  refused: '!',
  passed: '·',
  not_run: ' ',
};

function printLine(
  { line, text, state, words, command, answer, difference, kept }: ReportLine,
  language: Language,
  quiet: boolean,
): void {
  const { colon, came, expected, byte } = speaks[language];
  console.log(
    `${marks[state]} ${String(line).padStart(3)}  ${padded(text, 48)}${state === 'ok' ? '' : ` ${speaks[language][state]}`}`,
  );
  const say = (what: string) => console.log(`       ${what}`);
  if (words) say(words[language]);
  if (command && !quiet) console.log(decodedText(command.lines, language, 7));
  if (answer && !quiet) console.log(decodedText(answer.lines, language, 7));
  if (difference) {
    say(`${expected}${colon}${difference.expected}`);
    say(`${came}${colon}${difference.came}   (${byte} ${difference.at})`);
  }
  for (const { name, value } of kept) say(`$${name} = ${value}`);
}

const replayMarks = { same: '✓', fresh: '~', parted: '✗', passed: '·' } as const;

function printReplayed(
  { number, slot, state, command, recorded, came, difference }: Replayed,
  language: Language,
): void {
  const words = speaks[language];
  console.log(
    `${replayMarks[state]} ${String(number).padStart(3)}  ${padded(slot, 5)}${padded(command.name[language], 28)}${words[state]}`,
  );
  if (state !== 'parted') return;
  console.log(
    `       ${command.hex}\n       ${words.expected}${words.colon}${recorded ?? '-'}\n       ${words.came}${words.colon}${came ?? '-'}`,
  );
  if (difference)
    console.log(`       ${words.byte} ${difference.at}${difference.field ? `, ${difference.field[language]}` : ''}`);
}
