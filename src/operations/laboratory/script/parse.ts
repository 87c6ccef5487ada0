import { type PlaceOf, piecesOf, textOf } from './expressions.ts';
import { readPattern } from './pattern.ts';
import { limits, type Script, type ScriptFault, type Statement, type Step } from './syntax.ts';
import { type Token, tokensOf, Unreadable } from './tokens.ts';
import { statementOf } from './verbs.ts';

/** Gives the text of an included script; null when there is none of that name. `from` is the file that asks. */
export type Include = (name: string, from: string) => { readonly file: string; readonly text: string } | null;

/**
 * Reads a script with everything it includes. Never throws: what cannot be read is a fault with line, column and what to
 * do, and reading goes on with the next line, so that all faults are told at once.
 */
export function parseScript(text: string, file: string, include: Include): Script {
  const reading: Reading = { statements: [], faults: [], include, lines: 0, bytes: 0 };
  readFile(reading, text, [file]);
  if (reading.faults.length === 0 && reading.statements.length === 0)
    reading.faults.push({
      place: { file, line: 1, column: 1 },
      words: words('脚本是空的；写一行，例如 > 00840000 08', 'the script is empty; write a line such as > 00840000 08'),
    });
  return { statements: reading.statements, faults: reading.faults.slice(0, limits.faults) };
}

type Reading = {
  readonly statements: Statement[];
  readonly faults: ScriptFault[];
  readonly include: Include;
  lines: number;
  bytes: number;
};

const words = (zh: string, en: string) => ({ zh, en });

/** `files`: this file last, before it those that include it. */
function readFile(reading: Reading, text: string, files: readonly string[]): void {
  const file = files.at(-1) as string;
  reading.bytes += text.length;
  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    const place: PlaceOf = (column) => ({ file, line: index + 1, column });
    if (++reading.lines > limits.lines || reading.bytes > limits.bytes) {
      const zh = `脚本过长；连同包含的文件最多 ${limits.lines} 行、${limits.bytes} 个字符`;
      const en = `the script is too long; with what it includes at most ${limits.lines} lines and ${limits.bytes} characters`;
      reading.faults.push({ place: place(1), words: { zh, en } });
      return;
    }
    try {
      readLine(reading, line, files, place);
    } catch (fault) {
      if (!(fault instanceof Unreadable)) throw fault;
      reading.faults.push({ place: place(fault.column), words: fault.words });
      // Stands for the line that could not be read, so that an answer below it is not a fault as well; nothing is run.
      reading.statements.push({ step: unreadable, place: place(1), text: '' });
    }
    if (reading.faults.length >= limits.faults) return;
  }
}

const unreadable: Step = { kind: 'send', slot: 'user', exact: true, pieces: [] };

function readLine(reading: Reading, line: string, files: readonly string[], place: PlaceOf): void {
  if (line.length > limits.columns)
    throw new Unreadable(
      limits.columns,
      `一行最多 ${limits.columns} 个字符`,
      `a line has at most ${limits.columns} characters`,
    );
  const start = line.search(/\S/);
  if (start < 0 || line.charAt(start) === '#') return;
  const step = exchangeOf(line, reading.statements, place) ?? wordOf(reading, line, files, place);
  if (step) reading.statements.push({ step, place: place(start + 1), text: line.trim() });
}

/** A line with `>`, `>>` or `<`, the slot before it; null when it has none. */
function exchangeOf(line: string, before: readonly Statement[], place: PlaceOf): Step | null {
  const head = /^\s*(?<slot>[A-Za-z]\w*)?(?<mark>>>|>|<)/.exec(line);
  if (!head?.groups) return null;
  const { slot = 'user', mark } = head.groups;
  const from = head[0].length;
  if (mark === '<') return readAnswer(line, from, before, place);
  const pieces = piecesOf(tokensOf(line, from), place);
  if (pieces.length > 0) return { kind: 'send', slot, exact: mark === '>>', pieces };
  throw new Unreadable(from + 1, '> 后应为命令，例如 00840000 08', '> is followed by a command, such as 00840000 08');
}

/** A line that begins with a word; null when it was an `include` and has been read. */
function wordOf(reading: Reading, line: string, files: readonly string[], place: PlaceOf): Step | null {
  const [verb, ...rest] = tokensOf(line, 0);
  if (!verb) return null;
  if (verb.text !== 'include') return statementOf(verb, rest, place);
  readInclude(reading, rest, verb, files);
  return null;
}

/** An answer stands below the command or reset it belongs to, with nothing but other answers between. */
function readAnswer(line: string, from: number, before: readonly Statement[], place: PlaceOf): Step {
  const asked = before.findLast(({ step }) => step.kind !== 'answer')?.step.kind;
  if (asked !== 'send' && asked !== 'reset')
    throw new Unreadable(from, '< 应写在 > 或 reset 之后', '< stands below a > or a reset');
  if (/^\s*-\s*(#|$)/.test(line.slice(from))) return { kind: 'answer', pattern: null };
  const pattern = readPattern(line, from, place);
  if (pattern.parts.length === 0)
    throw new Unreadable(from + 1, '< 后应为应答模式，例如 * 9000', '< is followed by a pattern, such as * 9000');
  return { kind: 'answer', pattern };
}

function readInclude(reading: Reading, rest: readonly Token[], verb: Token, files: readonly string[]): void {
  const [name] = rest;
  if (!name || rest.length > 1) throw new Unreadable(verb.end + 1, '应写作 include "文件名"', 'written include "file"');
  const found = reading.include(textOf(name), files.at(-1) as string);
  if (!found) throw new Unreadable(name.column, `找不到脚本“${textOf(name)}”`, `there is no script "${textOf(name)}"`);
  if (files.includes(found.file) || files.length > limits.includes)
    throw new Unreadable(
      name.column,
      `包含成环或超过 ${limits.includes} 层`,
      `includes run in a circle, or deeper than ${limits.includes}`,
    );
  readFile(reading, found.text, [...files, found.file]);
}
