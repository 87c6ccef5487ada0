import { laboratory, type Operation, type Parameter, type Words } from '../../core/keys/explain/index.ts';

export type Values = Readonly<Record<string, string>>;

/** What is wrong with one value: where (`at` counts characters from 1), what, and what to do. Never repeats a secret. */
export type ValueFault = {
  readonly parameter: string;
  readonly code: string;
  readonly words: Words;
  readonly at?: number;
};

export type Faulty = { readonly ok: false; readonly faults: readonly ValueFault[] };
export type Read = { readonly ok: true; readonly values: Values } | Faulty;

/** Characters of one value, blanks included: two thousand bytes of hex and room to lay them out. */
export const longestValue = 8_192;

/** Every computation by its name, whatever the table's own type of names. */
export const operations: Readonly<Record<string, Operation>> = laboratory;

export const operationNamed = (name: string): Operation | null =>
  Object.hasOwn(operations, name) ? (operations[name] ?? null) : null;

export function unknownOperation(name: string): Faulty {
  const all = Object.keys(operations);
  const near = all.filter((known) => known.includes(name) || known.slice(0, 3) === name.slice(0, 3));
  const offer = (near.length > 0 && name !== '' ? near : all).join(', ');
  const words = { zh: `没有运算“${name}”；可用：${offer}`, en: `there is no operation "${name}"; try: ${offer}` };
  return { ok: false, faults: [{ parameter: '', code: 'unknown_operation', words }] };
}

/**
 * The values an operation works with, from what people type: hex in any case with blanks, colons or hyphens, choices by
 * name. Every fault is named, not only the first; what belongs together is for the operation to judge.
 */
export function readValues({ parameters }: Operation, given: Values): Read {
  const faults: ValueFault[] = [];
  const values: Record<string, string> = {};
  const known = parameters.map(({ key }) => key);
  for (const key of Object.keys(given)) if (!known.includes(key)) faults.push(unknownParameter(key, known));
  for (const parameter of parameters) {
    const text = given[parameter.key] ?? '';
    if (text.trim() === '') {
      if (!parameter.optional && parameter.default === undefined) faults.push(missing(parameter));
      continue;
    }
    const read = readValue(parameter, text);
    if (typeof read === 'string') values[parameter.key] = read;
    else faults.push({ parameter: parameter.key, ...read });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, values };
}

type Wrong = Omit<ValueFault, 'parameter'>;

/** One value as operations take it, or what is wrong with it. */
export function readValue(parameter: Parameter, text: string): string | Wrong {
  if (text.length > longestValue)
    return wrong('too_long', `最多 ${longestValue} 个字符`, `at most ${longestValue} characters`);
  switch (parameter.kind) {
    case 'hex':
      return readHex(parameter, text);
    case 'digits':
      return readDigits(parameter, text);
    case 'choice':
      return readChoice(parameter, text.trim());
    case 'text':
      return wrongSize(parameter, text.length, '个字符', 'characters') ?? text;
  }
}

const wrong = (code: string, zh: string, en: string, at?: number): Wrong => ({
  code,
  words: { zh, en },
  ...(at === undefined ? {} : { at }),
});

/** Bytes in capitals. Blanks stay, one at a time: they may part the fields of a message, or several values. */
function readHex(parameter: Parameter, text: string): string | Wrong {
  const start = /^\s*0x/i.exec(text)?.[0].length ?? 0;
  const stranger = text.slice(start).search(/[^0-9A-Fa-f\s:-]/);
  if (stranger >= 0) {
    const at = start + stranger + 1;
    const shown = parameter.secret ? '' : ` “${text.charAt(at - 1)}”`;
    const zh = `第 ${at} 个字符${shown}不是十六进制；只用 0-9、A-F，可带空格或冒号`;
    return wrong('not_hex', zh, `character ${at}${shown} is not hex; use 0-9 and A-F, blanks or colons allowed`, at);
  }
  const parts = text.slice(start).replace(/[:-]/g, '').trim().toUpperCase().split(/\s+/);
  const { several } = parameter;
  const no = several ? wrongCount(several, parts.length, parameter) : wrongBytes(parameter, parts.join(''));
  return no ?? parts.join(' ');
}

function wrongBytes(parameter: Parameter, digits: string): Wrong | null {
  const { length } = digits;
  if (length % 2 === 0) return wrongSize(parameter, length / 2, '字节', 'bytes');
  return wrong(
    'half_byte',
    `有 ${length} 个数字，缺半个字节；每字节写两位`,
    `${length} digits leave half a byte; write two for each byte`,
  );
}

/** Several values may also be written without blanks: then only the operation can tell them apart. */
function wrongCount(
  { least, most }: { least: number; most: number },
  count: number,
  { lengths }: Parameter,
): Wrong | null {
  if ((count === 1 && lengths) || (count >= least && count <= most)) return null;
  return wrong(
    'count',
    `需要 ${least} 至 ${most} 个值，用空格分开`,
    `it takes ${least} to ${most} values, with blanks between`,
  );
}

function readDigits(parameter: Parameter, text: string): string | Wrong {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d*$/.test(digits)) return wrong('not_digits', '只能是数字 0-9', 'digits 0-9 only');
  return wrongSize(parameter, digits.length, '位', 'digits') ?? digits;
}

function wrongSize(parameter: Parameter, size: number, zh: string, en: string): Wrong | null {
  const { lengths, least = 0, most = Number.POSITIVE_INFINITY } = parameter;
  if (lengths ? lengths.includes(size) : size >= least && size <= most) return null;
  const allowed = lengths?.join(', ') ?? (most === Number.POSITIVE_INFINITY ? `${least}…` : `${least}…${most}`);
  return wrong('length', `有 ${size} ${zh}，应为 ${allowed} ${zh}`, `has ${size} ${en}; it takes ${allowed} ${en}`);
}

function readChoice({ choices = [] }: Parameter, text: string): string | Wrong {
  const found = choices.find(({ value }) => value.toLowerCase() === text.toLowerCase());
  if (found) return found.value;
  const known = choices.map(({ value }) => value).join(', ');
  return wrong('choice', `没有此选项；可用：${known}`, `no such choice; one of: ${known}`);
}

const missing = ({ key, label }: Parameter): ValueFault => ({
  parameter: key,
  code: 'missing',
  words: { zh: `缺少${label.zh}`, en: `${label.en} is missing` },
});

const unknownParameter = (parameter: string, known: readonly string[]): ValueFault => ({
  parameter,
  code: 'unknown_parameter',
  words: { zh: `没有此参数；可用：${known.join(', ')}`, en: `no such parameter; it takes: ${known.join(', ')}` },
});
