import { expressionOf, type PlaceOf, piecesOf, textOf } from './expressions.ts';
import type { Step } from './syntax.ts';
import { type Token, Unreadable } from './tokens.ts';

type Verb = (rest: readonly Token[], verb: Token, place: PlaceOf) => Step;

const slotAlone =
  (kind: 'remove' | 'reset'): Verb =>
  (rest, verb) => {
    ended(rest, 1, `${verb.text} user`);
    return { kind, slot: rest[0]?.text ?? 'user' };
  };

const verbs = {
  insert: (rest, verb) => {
    const source = rest.at(-1);
    if (!source || rest.length > 2)
      throw new Unreadable(verb.end + 1, '应写作 insert user sample:3', 'written insert user sample:3');
    return { kind: 'insert', slot: rest.length === 2 ? (rest[0]?.text ?? '') : 'user', source: textOf(source) };
  },
  remove: slotAlone('remove'),
  reset: slotAlone('reset'),
  tear: (rest, verb) => {
    const when = rest.at(-1);
    if (!when || rest.length > 2 || (when.text !== 'before' && when.text !== 'after'))
      throw new Unreadable(verb.end + 1, '应写作 tear user before 或 after', 'written tear user before, or after');
    return { kind: 'tear', slot: rest.length === 2 ? (rest[0]?.text ?? '') : 'user', when: when.text };
  },
  let: (rest, verb, place) => {
    const [name, equals, ...value] = rest;
    if (!name || !isName(name) || equals?.text !== '=' || value.length === 0)
      throw new Unreadable(
        (name ?? verb).column,
        '应写作 let 名称 = 值，例如 let mac = retail-mac(key=…, data=…)',
        'written let name = value, such as let mac = retail-mac(key=…, data=…)',
      );
    return { kind: 'let', name: name.text, value: expressionOf(value, place) };
  },
  input: (rest, verb, place) => {
    const [name, equals, ...value] = rest;
    if (!name || !isName(name) || (equals && (equals.text !== '=' || value.length === 0)))
      throw new Unreadable((name ?? verb).column, '应写作 input 名称 = 默认值', 'written input name = default');
    return { kind: 'input', name: name.text, fallback: equals ? piecesOf(value, place) : null };
  },
  expect: (rest, verb, place) => {
    const at = comparison(rest);
    if (at <= 0 || at === rest.length - 1)
      throw new Unreadable(verb.end + 1, '应写作 expect $a = $b', 'written expect $a = $b');
    return {
      kind: 'expect',
      left: expressionOf(rest.slice(0, at), place),
      right: expressionOf(rest.slice(at + 1), place),
      equal: rest[at]?.text === '=',
    };
  },
} satisfies Record<string, Verb>;

/** The words a statement may begin with. */
const known = { zh: `${Object.keys(verbs).join('、')}、include`, en: `${Object.keys(verbs).join(', ')}, include` };
const isName = ({ kind, text }: Token): boolean => kind === 'word' && /^[A-Za-z_]\w*$/.test(text);

/** The `=` or `!=` that stands outside brackets. */
function comparison(tokens: readonly Token[]): number {
  let depth = 0;
  return tokens.findIndex(({ kind, text }) => {
    if (kind === 'sign' && text === '(') depth++;
    if (kind === 'sign' && text === ')') depth--;
    return depth === 0 && kind === 'sign' && (text === '=' || text === '!=');
  });
}

function ended(rest: readonly Token[], most: number, example: string): void {
  const extra = rest[most];
  if (extra) throw new Unreadable(extra.column, `多余；应写作 ${example}`, `too much; written ${example}`);
}

/** A statement that begins with a word. */
export function statementOf(verb: Token, rest: readonly Token[], place: PlaceOf): Step {
  const read = Object.hasOwn(verbs, verb.text) ? verbs[verb.text as keyof typeof verbs] : null;
  if (read) return read(rest, verb, place);
  throw new Unreadable(
    verb.column,
    `没有语句“${verb.text}”；行首应为 >、<、# 或 ${known.zh}`,
    `no statement "${verb.text}"; a line begins with >, <, # or ${known.en}`,
  );
}
