import { parseHex } from '../../../kernel/bytes.ts';
import { operationNamed, unknownOperation } from '../values.ts';
import type { Argument, Expression, Piece, Place } from './syntax.ts';
import { type Token, Unreadable, variableOf } from './tokens.ts';

/** Where a column of the line being read stands in its file. */
export type PlaceOf = (column: number) => Place;

export const textOf = ({ kind, text }: Token): string => (kind === 'text' ? text.slice(1, -1) : text);

/** A value: bytes put together, values XORed, or what an operation computes. */
export function expressionOf(tokens: readonly Token[], place: PlaceOf): Expression {
  const [name, open, ...rest] = tokens;
  if (name?.kind !== 'word' || open?.text !== '(') {
    const [first = [], ...others] = split(tokens, '^');
    if (!name || others.length === 0) return { kind: 'pieces', pieces: piecesOf(first, place) };
    return { kind: 'xor', of: [first, ...others].map((part) => piecesOf(part, place)), place: place(name.column) };
  }
  const close = rest.at(-1);
  if (close?.text !== ')') throw new Unreadable((close ?? open).end + 1, '缺少 )', ') is missing');
  const operation = operationNamed(name.text);
  if (!operation) {
    const { zh = '', en = '' } = unknownOperation(name.text).faults[0]?.words ?? {};
    throw new Unreadable(name.column, zh, en);
  }
  const given = argumentsOf(rest.slice(0, -1), open, place);
  for (const { name: parameter, place: at } of given)
    if (!operation.parameters.some(({ key }) => key === parameter)) {
      const takes = operation.parameters.map(({ key }) => key).join(', ');
      throw new Unreadable(
        at.column,
        `${name.text} 没有参数“${parameter}”；可用：${takes}`,
        `${name.text} has no parameter "${parameter}"; it takes: ${takes}`,
      );
    }
  return { kind: 'call', operation: name.text, arguments: given, place: place(name.column) };
}

function argumentsOf(tokens: readonly Token[], open: Token, place: PlaceOf): readonly Argument[] {
  const given: Argument[] = [];
  for (const part of split(tokens, ',')) {
    const [name, equals, ...value] = part;
    if (name?.kind !== 'word' || equals?.text !== '=')
      throw new Unreadable((name ?? open).column, '参数应写作 名称=值', 'a parameter is written name=value');
    const word = value.length === 1 && value[0] && value[0].kind !== 'variable' ? textOf(value[0]) : '';
    given.push({ name: name.text, word, pieces: bytesOrNull(value, place, word !== ''), place: place(name.column) });
  }
  return given;
}

/** A single word may be a choice or digits: it need not be bytes. */
function bytesOrNull(tokens: readonly Token[], place: PlaceOf, mayBeWord: boolean): readonly Piece[] | null {
  try {
    return piecesOf(tokens, place);
  } catch (fault) {
    if (mayBeWord && fault instanceof Unreadable) return null;
    throw fault;
  }
}

/** The parts between signs. */
function split(tokens: readonly Token[], between: ',' | '^'): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'sign' && token.text === between) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return tokens.length === 0 ? [] : parts;
}

/** Bytes put together from hex, texts in quotes, variables and `[ … ]`. */
export function piecesOf(tokens: readonly Token[], place: PlaceOf): readonly Piece[] {
  const levels: { pieces: Piece[]; open: Token | null }[] = [{ pieces: [], open: null }];
  for (const token of tokens) {
    const top = levels.at(-1) as (typeof levels)[number];
    if (token.kind === 'sign' && token.text === '[') levels.push({ pieces: [], open: token });
    else if (token.kind === 'sign' && token.text === ']') {
      if (!top.open) throw new Unreadable(token.column, '多余的 ]', '] without [');
      levels.pop();
      levels.at(-1)?.pieces.push({ kind: 'counted', pieces: top.pieces, place: place(top.open.column) });
    } else top.pieces.push(pieceOf(token, place));
  }
  const last = levels.at(-1);
  if (last?.open) throw new Unreadable(last.open.column, '[ 没有结束；补上 ]', '[ does not end; add ]');
  return levels[0]?.pieces ?? [];
}

function pieceOf(token: Token, place: PlaceOf): Piece {
  if (token.kind === 'variable') return { kind: 'variable', ...variableOf(token), place: place(token.column) };
  if (token.kind === 'text') {
    const text = textOf(token);
    if (!/^[\x20-\x7e]*$/.test(text))
      throw new Unreadable(
        token.column,
        '引号中只能是 ASCII 字符；汉字请写其 GBK 十六进制',
        'only ASCII in quotes; write Chinese as hex of its GBK bytes',
      );
    return { kind: 'bytes', value: new TextEncoder().encode(text) };
  }
  const value = token.kind === 'word' ? parseHex(token.text.replaceAll(':', '')) : null;
  if (value) return { kind: 'bytes', value };
  if (/^[0-9A-Fa-f]+$/.test(token.text))
    throw new Unreadable(token.column, '缺半个字节；每字节写两位', 'half a byte; write two digits for each');
  throw new Unreadable(
    token.column,
    `“${token.text}”不是十六进制；变量写作 $名称`,
    `"${token.text}" is not hex; a variable is written $name`,
  );
}
