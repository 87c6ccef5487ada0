import type { Words } from '../../../core/keys/explain/contract.ts';

/** A word, a text in quotes, a variable, or a sign; `column` from 1. */
export type Token = {
  readonly kind: 'word' | 'text' | 'variable' | 'sign';
  readonly text: string;
  readonly column: number;
  readonly end: number;
};

/** Something that cannot be read; caught where the line is read and told with its place. */
export class Unreadable extends Error {
  override name = 'Unreadable';
  readonly column: number;
  readonly words: Words;

  constructor(column: number, zh: string, en: string) {
    super(en);
    this.column = column;
    this.words = { zh, en };
  }
}

const spaces = /[ \t\u3000]+/y;
/** Hex, names, and the names of files and sample cards. */
const word = /[\p{L}\p{N}._:/\\~-]+/uy;
const variable = /\$([A-Za-z_]\w*)(?:\[(\d{1,5}):(\d{1,5})?\])?/y;
const quoted = /"([^"]*)"/y;
const sign = /!=|[=(),[\]^]/y;

function taken(pattern: RegExp, line: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0] ?? null;
}

/** The tokens of a line from `from` on; what comes after `#` is a comment. */
export function tokensOf(line: string, from: number): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = from; at < line.length; ) {
    const blank = taken(spaces, line, at);
    if (blank) {
      at += blank.length;
      continue;
    }
    if (line.charAt(at) === '#') break;
    const [kind, text] = tokenAt(line, at);
    tokens.push({ kind, text, column: at + 1, end: at + text.length });
    at += text.length;
  }
  return tokens;
}

function tokenAt(line: string, at: number): [Token['kind'], string] {
  const kinds = [
    ['variable', variable],
    ['text', quoted],
    ['sign', sign],
    ['word', word],
  ] as const;
  for (const [kind, pattern] of kinds) {
    const text = taken(pattern, line, at);
    if (text) return [kind, text];
  }
  const character = line.charAt(at);
  if (character === '"') throw new Unreadable(at + 1, '引号没有结束；补上 "', 'the quotation does not end; add "');
  if (character === '$')
    throw new Unreadable(at + 1, '$ 后应为变量名，例如 $mac', '$ is followed by a name, such as $mac');
  throw new Unreadable(
    at + 1,
    `此处不能有“${character}”；注释以 # 开头`,
    `"${character}" has no place here; a comment begins with #`,
  );
}

/** Name and range of a variable token. */
export function variableOf({ text }: Pick<Token, 'text'>): { name: string; from: number; to: number | null } {
  variable.lastIndex = 0;
  const [, name = '', from = '0', to] = variable.exec(text) ?? [];
  return { name, from: Number(from), to: to === undefined ? null : Number(to) };
}
