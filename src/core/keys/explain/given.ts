import { assert, defined } from '../../../kernel/assert.ts';
import { luhnCheck } from '../../../kernel/identifiers.ts';
import type { Parameter, Values } from './contract.ts';
import { LaboratoryRefusal } from './refusal.ts';

/** Values read and checked against the parameters of an operation. Asking for one that was not declared is a bug. */
export type Given = {
  has(key: string): boolean;
  /** The bytes of a hex parameter; blanks do not count. */
  bytes(key: string): Uint8Array;
  bytesOr(key: string, otherwise: Uint8Array): Uint8Array;
  /** Each of several values, or the parts of one that was written with blanks. */
  parts(key: string): readonly Uint8Array[];
  /** Digits, choice or text as given. */
  text(key: string): string;
  textOr(key: string, otherwise: string): string;
  number(key: string): number;
};

const refuse = (
  parameter: Parameter,
  code: ConstructorParameters<typeof LaboratoryRefusal>[1],
  zh: string,
  en: string,
) =>
  new LaboratoryRefusal(parameter.key, code, {
    zh: `${parameter.label.zh}：${zh}`,
    en: `${parameter.label.en}: ${en}`,
  });

export function readValues(parameters: readonly Parameter[], values: Values): Given {
  const known = new Map(parameters.map((parameter) => [parameter.key, parameter]));
  for (const key of Object.keys(values))
    if (!known.has(key))
      throw new LaboratoryRefusal(key, 'unknown_parameter', {
        zh: `没有名为“${key}”的参数`,
        en: `there is no parameter called "${key}"`,
      });
  const read = new Map<string, string>();
  for (const parameter of parameters) {
    const text = values[parameter.key]?.trim() || parameter.default;
    if (text) read.set(parameter.key, check(parameter, text));
    else if (!parameter.optional) throw refuse(parameter, 'missing', '必须填写', 'must be given');
  }
  return accessor(known, read);
}

function accessor(known: ReadonlyMap<string, Parameter>, read: ReadonlyMap<string, string>): Given {
  const declared = (key: string) => defined(known.get(key), `parameter ${key}`);
  const text = (key: string): string => {
    const value = read.get(key);
    if (value !== undefined) return value;
    const chosen = [...known.values()].filter(({ kind }) => kind === 'choice');
    const choices = chosen.map((parameter) => `${parameter.key}=${read.get(parameter.key)}`).join(', ');
    const [zh, en] = choices === '' ? ['', ''] : [`（${choices}）`, ` (${choices})`];
    throw refuse(declared(key), 'missing', `这种情况下必须填写${zh}`, `must be given in this case${en}`);
  };
  const bytes = (key: string) => Uint8Array.fromHex(text(key).replace(/\s+/g, ''));
  return {
    has: (key) => read.has(declared(key).key),
    bytes,
    bytesOr: (key, otherwise) => (read.has(key) ? bytes(key) : otherwise),
    parts: (key) => (read.has(key) ? partsOf(declared(key), text(key)).map((part) => Uint8Array.fromHex(part)) : []),
    text,
    textOr: (key, otherwise) => read.get(declared(key).key) ?? otherwise,
    number: (key) => Number(text(key)),
  };
}

/** Groups as written; several values of one length may also stand without blanks. */
function groups(parameter: Parameter, text: string): readonly string[] {
  const parts = text.split(/\s+/);
  const unit = parameter.several && parameter.lengths?.length === 1 ? (parameter.lengths[0] as number) * 2 : 0;
  const only = parts[0] as string;
  if (parts.length > 1 || unit === 0 || only.length <= unit || only.length % unit !== 0) return parts;
  return Array.from({ length: only.length / unit }, (_, i) => only.slice(i * unit, (i + 1) * unit));
}

/** Blanks that do not stand between whole bytes are no borders. */
function partsOf(parameter: Parameter, text: string): readonly string[] {
  const parts = groups(parameter, text);
  return parts.some((part) => part.length % 2 === 1) ? [parts.join('')] : parts;
}

function check(parameter: Parameter, text: string): string {
  switch (parameter.kind) {
    case 'choice':
      return checkChoice(parameter, text);
    case 'digits':
      return checkDigits(parameter, text.replace(/\s+/g, ''));
    case 'text':
      if (!/^[\x20-\x7e]*$/.test(text))
        throw refuse(parameter, 'not_text', '只能使用可打印的 ASCII 字符', 'only printable ASCII characters');
      checkLength(parameter, text.length, '个字符', 'characters');
      return text;
    case 'hex':
      return checkHex(parameter, text.replace(/\s+/g, ' ').toUpperCase());
  }
}

function checkChoice(parameter: Parameter, text: string): string {
  assert(parameter.choices, 'a choice has choices');
  if (parameter.choices.some(({ value }) => value === text)) return text;
  const all = parameter.choices.map(({ value }) => value).join(', ');
  throw refuse(parameter, 'not_a_choice', `只能是 ${all} 之一`, `must be one of ${all}`);
}

function checkDigits(parameter: Parameter, digits: string): string {
  if (!/^\d+$/.test(digits)) throw refuse(parameter, 'not_digits', '只能是数字', 'must be digits only');
  checkLength(parameter, digits.length, '位', 'digits');
  return digits;
}

function checkHex(parameter: Parameter, text: string): string {
  const parts = groups(parameter, text);
  if (!/^[0-9A-F ]*$/.test(text))
    throw refuse(parameter, 'not_hex', '含有非十六进制字符', 'has characters that are not hex');
  const { several } = parameter;
  if (several && (parts.length < several.least || parts.length > several.most))
    throw refuse(
      parameter,
      'wrong_count',
      `需要 ${several.least} 至 ${several.most} 个值，用空格分开；现有 ${parts.length} 个`,
      `takes ${several.least} to ${several.most} values separated by blanks, not ${parts.length}`,
    );
  // Where one value is written in parts, only the whole must be even, unless its parts are fields.
  for (const part of several ? parts : [text.replaceAll(' ', '')]) {
    if (part.length % 2 === 1)
      throw refuse(
        parameter,
        'odd_hex',
        `十六进制位数为奇数（${part.length} 位）`,
        `has an odd number of hex digits (${part.length})`,
      );
    checkLength(parameter, part.length / 2, '字节', 'bytes');
  }
  return text;
}

function checkLength(parameter: Parameter, length: number, zh: string, en: string): void {
  const { lengths, least = 0, most = Number.POSITIVE_INFINITY } = parameter;
  if (lengths && !lengths.includes(length))
    throw refuse(
      parameter,
      'wrong_length',
      `应为 ${lengths.join(' 或 ')} ${zh}，现为 ${length} ${zh}`,
      `takes ${lengths.join(' or ')} ${en}, not ${length}`,
    );
  if (length < least || length > most) {
    const [upTo, until] = most === Number.POSITIVE_INFINITY ? ['以上', 'or more'] : [`至 ${most}`, `to ${most}`];
    throw refuse(
      parameter,
      'wrong_length',
      `应为 ${least} ${upTo} ${zh}，现为 ${length} ${zh}`,
      `takes ${least} ${until} ${en}, not ${length}`,
    );
  }
}

/** Refuses an account number whose last digit is not its Luhn digit, unless the caller said that it need not be. */
export function checkLuhn(given: Given, key = 'pan'): string {
  const pan = given.text(key);
  const right = luhnCheck(pan.slice(0, -1));
  if (given.text('pan_check') === 'luhn' && !pan.endsWith(right))
    throw new LaboratoryRefusal(key, 'not_luhn', {
      zh: `账号的校验位应为 ${right}（Luhn）。若这是没有校验位的测试账号，请把“账号校验”改为“不核对”（any）。`,
      en: `the check digit of this account number should be ${right} (Luhn). For a test number without one choose “do not check” (any) as account check.`,
    });
  return pan;
}
