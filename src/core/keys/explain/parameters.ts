import type { Parameter, Words } from './contract.ts';

/** Parameters that several operations share. */

type Extra = Partial<Omit<Parameter, 'key' | 'label' | 'kind'>>;

export const hexOf = (key: string, zh: string, en: string, extra: Extra = {}): Parameter => ({
  key,
  label: { zh, en },
  kind: 'hex',
  ...extra,
});

export const keyOf = (key: string, zh: string, en: string, lengths: readonly number[], extra: Extra = {}): Parameter =>
  hexOf(key, zh, en, { lengths, secret: true, ...extra });

export const digitsOf = (key: string, zh: string, en: string, extra: Extra = {}): Parameter => ({
  key,
  label: { zh, en },
  kind: 'digits',
  ...extra,
});

/** A choice; the first entry is the default unless another is named. */
export const choiceOf = (
  key: string,
  zh: string,
  en: string,
  entries: Readonly<Record<string, Words>>,
  first: string = Object.keys(entries)[0] as string,
): Parameter => ({
  key,
  label: { zh, en },
  kind: 'choice',
  optional: true,
  choices: Object.entries(entries).map(([value, label]) => ({ value, label })),
  default: first,
});

export const family = choiceOf('family', '算法', 'cipher', {
  des: { zh: '3DES（第二代卡）', en: '3DES (second-generation cards)' },
  sm4: { zh: 'SM4（第三代卡）', en: 'SM4 (third-generation cards)' },
});

const paddingWords = {
  zeros: { zh: '补零（方法一）', en: 'zeros (method 1)' },
  '80': { zh: '补 80 00…（方法二）', en: '80 00… (method 2)' },
  length: { zh: '长度块与补零（方法三）', en: 'length block and zeros (method 3)' },
  '80-if-needed': { zh: '不足整分组才补 80', en: '80 only if not whole' },
  pkcs7: { zh: 'PKCS#7', en: 'PKCS#7' },
  none: { zh: '不填充', en: 'none' },
} as const satisfies Record<string, Words>;

export const padding = (first: keyof typeof paddingWords): Parameter =>
  choiceOf('padding', '填充', 'padding', paddingWords, first);

/** Longer messages than these are files. */
export const data = hexOf('data', '数据', 'data', { optional: true, most: 8192 });

export const iv = hexOf('iv', '初始向量', 'IV', { lengths: [8, 16], optional: true });

export const macLength = (all: number): Parameter =>
  digitsOf('length', '结果字节数', 'bytes of the result', { optional: true, default: String(all), least: 1, most: 2 });

/** Factors of 8 bytes from the top of the hierarchy down: province, city, card. */
export const factors = hexOf('factors', '分散因子（省、市、卡）', 'factors (province, city, card)', {
  lengths: [8],
  several: { least: 1, most: 3 },
  optional: true,
});

export const pan = digitsOf('pan', '账号', 'account number', { least: 8, most: 19 });
export const panCheck = choiceOf('pan_check', '账号校验', 'account check', {
  luhn: { zh: '核对校验位（Luhn）', en: 'check the last digit (Luhn)' },
  any: { zh: '不核对', en: 'do not check' },
});
export const panSequence = digitsOf('sequence', '账号序列号', 'account sequence number', {
  also: ['psn'],
  lengths: [2],
  optional: true,
  default: '00',
});

export const keyWords: Words = { zh: '密钥', en: 'the key' };
export const dataWords: Words = { zh: '数据', en: 'the data' };
export const ivWords: Words = { zh: '初始向量', en: 'the IV' };
