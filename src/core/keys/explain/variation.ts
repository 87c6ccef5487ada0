import { hex, parseHex } from '../../../kernel/bytes.ts';
import { luhnCheck } from '../../../kernel/identifiers.ts';
import { oddParity } from '../parity.ts';
import type { Parameter, Values, Words } from './contract.ts';

/** One neighbour of what was given. Of one axis only one variation is tried at a time. */
export type Variation = { readonly axis: string; readonly words: Words; readonly values: Values };
/** The neighbours of given values; a few are drawn from what was expected (upper case, no blanks). */
export type Vary = (values: Values, expected: string) => readonly Variation[];

const rewritten =
  (key: string, rewrite: (bytes: Uint8Array) => Uint8Array | null, words: Words): Vary =>
  (values) => {
    const bytes = parseHex(values[key] ?? '');
    if (!bytes || bytes.length === 0) return [];
    const changed = rewrite(bytes);
    const same = !changed || hex(changed) === hex(bytes);
    return same ? [] : [{ axis: key, words, values: { ...values, [key]: hex(changed) } }];
  };

const half = (bytes: Uint8Array) => bytes.length / 2;
const even = (bytes: Uint8Array) => bytes.length % 2 === 0;
const join = (a: Uint8Array, b: Uint8Array) => Uint8Array.of(...a, ...b);

/** Several ways to vary as one. */
export const all =
  (...varies: readonly Vary[]): Vary =>
  (values, expected) =>
    varies.flatMap((vary) => vary(values, expected));

/** Every other choice of a parameter. */
export const others =
  (parameter: Parameter): Vary =>
  (values) => {
    const choices = parameter.choices ?? [];
    const now = values[parameter.key] || parameter.default;
    return choices
      .filter(({ value }) => value !== now)
      .map(({ value, label }) => ({
        axis: parameter.key,
        words: { zh: `${parameter.label.zh}为“${label.zh}”`, en: `${parameter.label.en} "${label.en}"` },
        values: { ...values, [parameter.key]: value },
      }));
  };

/** A key as people mix it up: halves swapped, single for double length and back, parity, order of bytes. */
export const keyForms = (key: string, name: Words): Vary => {
  const of = (zh: string, en: string): Words => ({ zh: `${name.zh}${zh}`, en: `${name.en} ${en}` });
  const double = (bytes: Uint8Array) => bytes.length === 16;
  return all(
    rewritten(
      key,
      (k) => (even(k) ? join(k.slice(half(k)), k.slice(0, half(k))) : null),
      of('左右两半对调', 'with its halves swapped'),
    ),
    rewritten(key, (k) => (double(k) ? k.slice(0, 8) : null), of('只用左半（单倍长）', 'in single length (left half)')),
    rewritten(key, (k) => (double(k) ? k.slice(8) : null), of('只用右半（单倍长）', 'in single length (right half)')),
    rewritten(
      key,
      (k) => (double(k) ? join(k.slice(0, 8), k.slice(0, 8)) : null),
      of('右半换成左半', 'with the left half twice'),
    ),
    rewritten(key, (k) => (k.length === 8 ? join(k, k) : null), of('重复成双倍长', 'repeated to double length')),
    rewritten(key, (k) => oddParity(k), of('调整为奇校验', 'with odd parity')),
    rewritten(key, (k) => k.toReversed(), of('按字节倒序', 'with its bytes reversed')),
  );
};

/** Data as people mix it up: order of bytes, hex text taken for bytes and back, inverted. */
export const dataForms = (key: string, name: Words): Vary => {
  const of = (zh: string, en: string): Words => ({ zh: `${name.zh}${zh}`, en: `${name.en} ${en}` });
  return all(
    rewritten(key, (data) => data.toReversed(), of('按字节倒序', 'with its bytes reversed')),
    rewritten(
      key,
      (data) => Uint8Array.from(hex(data), (character) => character.charCodeAt(0)),
      of('当作十六进制字符的 ASCII', 'as the ASCII of its hex'),
    ),
    rewritten(
      key,
      (data) => parseHex(String.fromCharCode(...data)) ?? null,
      of('由 ASCII 字符还原成字节', 'read from ASCII back to bytes'),
    ),
    rewritten(key, (data) => data.map((byte) => ~byte), of('按位取反', 'inverted')),
    rewritten(
      key,
      (data) => (even(data) && data.length >= 8 ? join(data.slice(half(data)), data.slice(0, half(data))) : null),
      of('左右两半对调', 'with its halves swapped'),
    ),
  );
};

/** Fields written with blanks between them: two exchanged, one left out, one with its bytes reversed. */
export const fieldOrder =
  (key: string): Vary =>
  (values) => {
    const fields = (values[key] ?? '').trim().split(/\s+/);
    if (fields.length < 2 || fields.length > 24 || fields.some((field) => field.length % 2 === 1)) return [];
    const made = (zh: string, en: string, parts: readonly string[]): Variation => ({
      axis: key,
      words: { zh, en },
      values: { ...values, [key]: parts.join(' ') },
    });
    const variations: Variation[] = [];
    for (let i = 1; i < fields.length - 1; i++)
      variations.push(
        made(`只有前 ${i} 个字段`, `only the first ${i === 1 ? 'field' : `${i} fields`}`, fields.slice(0, i)),
      );
    for (let i = 0; i < fields.length; i++) {
      for (let j = i + 1; j < fields.length; j++)
        variations.push(
          made(
            `第 ${i + 1} 与第 ${j + 1} 字段对调`,
            `fields ${i + 1} and ${j + 1} exchanged`,
            fields.with(i, fields[j] as string).with(j, fields[i] as string),
          ),
        );
      variations.push(made(`去掉第 ${i + 1} 字段`, `without field ${i + 1}`, fields.toSpliced(i, 1)));
      const reversed = parseHex(fields[i] as string)?.toReversed();
      if (reversed && reversed.length > 1)
        variations.push(
          made(`第 ${i + 1} 字段低字节在前`, `field ${i + 1} low byte first`, fields.with(i, hex(reversed))),
        );
    }
    return variations;
  };

/** Levels of diversification: fewer, in another order, inverted factors. */
export const factorOrders =
  (key = 'factors'): Vary =>
  (values) => {
    const factors = (values[key] ?? '').trim().split(/\s+/).filter(Boolean);
    const made = (zh: string, en: string, list: readonly string[]): Variation => ({
      axis: key,
      words: { zh, en },
      values: { ...values, [key]: list.join(' ') },
    });
    const fewer = factors.map((_, i) =>
      made(`只分散 ${i} 级`, `diversified ${i} ${i === 1 ? 'level' : 'levels'} only`, factors.slice(0, i)),
    );
    const skipped = factors.map((_, i) =>
      made(`跳过第 ${i + 1} 级分散`, `without level ${i + 1}`, factors.toSpliced(i, 1)),
    );
    const orders = permutations(factors)
      .slice(1)
      .map((order) =>
        made(
          `分散次序为 ${order.map((factor) => factors.indexOf(factor) + 1).join('、')}`,
          `levels in the order ${order.map((factor) => factors.indexOf(factor) + 1).join(', ')}`,
          order,
        ),
      );
    const reversed = factors.map((factor, i) =>
      made(
        `第 ${i + 1} 级因子按字节倒序`,
        `factor ${i + 1} with its bytes reversed`,
        factors.with(i, hex((parseHex(factor) ?? new Uint8Array()).toReversed())),
      ),
    );
    return [...fewer, ...skipped, ...orders, ...reversed];
  };

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

/** Another value for a parameter. */
export const instead =
  (key: string, value: string, words: Words): Vary =>
  (values) =>
    (values[key] ?? '') === value ? [] : [{ axis: key, words, values: { ...values, [key]: value } }];

/** Values changed by a rule of one's own; null where it does not apply. */
export const changed =
  (axis: string, words: Words, change: (values: Values) => Values | null): Vary =>
  (values) => {
    const other = change(values);
    return other ? [{ axis, words, values: other }] : [];
  };

/** The account number with the check digit it should have. */
export const rightCheckDigit: Vary = (values) => {
  const pan = (values.pan ?? '').replace(/\s+/g, '');
  if (!/^\d+$/.test(pan)) return [];
  const right = pan.slice(0, -1) + luhnCheck(pan.slice(0, -1));
  if (right === pan) return [];
  return [
    {
      axis: 'pan',
      words: { zh: '账号的校验位改正', en: 'the check digit of the account corrected' },
      values: { ...values, pan: right },
    },
  ];
};

/** The counter of a key serial number one transaction off. */
export const counterOff = (key: string): Vary =>
  all(
    ...[-2n, -1n, 1n, 2n].map((by) =>
      rewritten(
        key,
        (serial) => {
          const value = BigInt(`0x${hex(serial)}`) + by;
          const text = value < 0n ? '' : value.toString(16).padStart(serial.length * 2, '0');
          return text.length === serial.length * 2 ? parseHex(text) : null;
        },
        {
          zh: `计数器${by > 0n ? '加' : '减'} ${by > 0n ? by : -by}`,
          en: `counter ${by > 0n ? '+' : '−'}${by > 0n ? by : -by}`,
        },
      ),
    ),
  );
