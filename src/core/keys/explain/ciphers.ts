import { blockLength, type Cipher, decrypt, decryptCbc, encrypt, encryptCbc } from '../cipher.ts';
import { cmac } from '../cmac.ts';
import { combineComponents } from '../components.ts';
import { zeroBlock } from '../mac.ts';
import { pad } from '../padding.ts';
import { sm3 } from '../pki-pin.ts';
import type { Trace } from '../trace.ts';
import { cipherKey, empty, ivFor, lengthOf, paddingFor, refuseLength, wholeBlocks } from './checks.ts';
import type { Operation, Values, Words } from './contract.ts';
import type { Given } from './given.ts';
import { operation } from './operation.ts';
import { choiceOf, data, dataWords, digitsOf, hexOf, iv, ivWords, keyOf, keyWords, padding } from './parameters.ts';
import { all, changed, dataForms, instead, keyForms, others, type Variation } from './variation.ts';

/** Raw ciphers, digests, check values and key components. */

export const cipherChoice = choiceOf('cipher', '算法', 'cipher', {
  des: { zh: 'DES/3DES（按密钥长度）', en: 'DES or 3DES, by the length of the key' },
  aes: { zh: 'AES', en: 'AES' },
  sm4: { zh: 'SM4', en: 'SM4' },
});

const mode = choiceOf('mode', '工作模式', 'mode', { ecb: { zh: 'ECB', en: 'ECB' }, cbc: { zh: 'CBC', en: 'CBC' } });
const direction = choiceOf('direction', '方向', 'direction', {
  encrypt: { zh: '加密', en: 'encrypt' },
  decrypt: { zh: '解密', en: 'decrypt' },
});
const plainPadding = padding('none');

function runCipher(cipher: Cipher, given: Given, trace?: Trace): Uint8Array {
  const [key, block] = [cipherKey(given, cipher), blockLength(cipher)];
  const chained = given.text('mode') === 'cbc';
  const input = given.bytesOr('data', empty);
  if (given.text('direction') === 'encrypt') {
    const padded = pad(input, block, paddingFor(given, input, block), trace);
    if (chained) return encryptCbc(cipher, key, padded, ivFor(given, cipher), trace);
    const output = encrypt(cipher, key, padded);
    eachBlock(padded, output, block, (from, to) => trace?.('ecb.block', { key, block: from }, to));
    return output;
  }
  wholeBlocks('data', input, block);
  const start = ivFor(given, cipher) ?? new Uint8Array(block);
  const output = chained ? decryptCbc(cipher, key, input, start) : decrypt(cipher, key, input);
  eachBlock(input, output, block, (from, to, at) =>
    chained
      ? trace?.('cbc.open', { key, block: from, chain: at === 0 ? start : input.slice(at - block, at) }, to)
      : trace?.('ecb.open', { key, block: from }, to),
  );
  return output;
}

function eachBlock(
  from: Uint8Array,
  to: Uint8Array,
  block: number,
  tell: (from: Uint8Array, to: Uint8Array, at: number) => void,
): void {
  for (let at = 0; at < from.length; at += block) tell(from.slice(at, at + block), to.slice(at, at + block), at);
}

const raw = (cipher: Cipher, name: Words, lengths: readonly number[]): Operation =>
  operation({
    name,
    parameters: [keyOf('key', '密钥', 'key', lengths), data, mode, direction, plainPadding, iv],
    run: (given, trace) => runCipher(cipher, given, trace),
    neighbours: [
      all(keyForms('key', keyWords), dataForms('data', dataWords)),
      others(mode),
      others(direction),
      others(plainPadding),
      instead('iv', '', { zh: '初始向量为零', en: 'with an IV of zeros' }),
      dataForms('iv', ivWords),
    ],
  });

export const des = raw('des', { zh: 'DES 与 3DES', en: 'DES and 3DES' }, [8, 16, 24]);
export const aes = raw('aes', { zh: 'AES', en: 'AES' }, [16, 24, 32]);
export const sm4 = raw('sm4', { zh: 'SM4', en: 'SM4' }, [16]);

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

export const sm3Digest = operation({
  name: { zh: 'SM3 杂凑', en: 'SM3 digest' },
  parameters: [data, { key: 'text', label: { zh: '或文本', en: 'or text' }, kind: 'text', optional: true }],
  run: (given, trace) => sm3(given.has('text') ? ascii(given.text('text')) : given.bytesOr('data', empty), trace),
  neighbours: [
    dataForms('data', dataWords),
    ...(['toUpperCase', 'toLowerCase'] as const).map((how) =>
      changed('text', { zh: '文本换大小写', en: 'the text in the other case' }, (values: Values) =>
        values.text ? { ...values, text: values.text[how]() } : null,
      ),
    ),
    changed('text', { zh: '文本当作十六进制', en: 'the text read as hex' }, (values) =>
      values.text && /^([0-9A-Fa-f]{2})+$/.test(values.text) ? { ...values, text: '', data: values.text } : null,
    ),
    changed('text', { zh: '文本后有换行', en: 'with a line feed behind the text' }, (values) =>
      values.text ? { ...values, text: '', data: `${Buffer.from(values.text).toString('hex')}0A` } : null,
    ),
  ],
});

const method = choiceOf('method', '方法', 'method', {
  zeros: { zh: '加密全零分组', en: 'encrypt a block of zeros' },
  cmac: { zh: '全零分组的 CMAC', en: 'CMAC of a block of zeros' },
  'cmac-empty': { zh: '空数据的 CMAC', en: 'CMAC of nothing' },
});
const checkLength = digitsOf('length', '校验值字节数', 'bytes of the check value', {
  optional: true,
  default: '3',
  most: 2,
});

export const kcv = operation({
  name: { zh: '密钥校验值', en: 'key check value' },
  parameters: [cipherChoice, keyOf('key', '密钥', 'key', [8, 16, 24, 32]), method, checkLength],
  run(given, trace) {
    const cipher = given.text('cipher') as Cipher;
    const key = cipherKey(given, cipher);
    const how = given.text('method');
    const input = how === 'cmac' ? new Uint8Array(blockLength(cipher)) : empty;
    const block = how === 'zeros' ? zeroBlock(cipher, key, trace) : cmac(cipher, key, input, trace);
    const length = lengthOf(given, block.length);
    trace?.('check.left', { block, length }, block.slice(0, length));
    return block.slice(0, length);
  },
  neighbours: [others(cipherChoice), others(method), keyForms('key', keyWords)],
});

const componentForms = (values: Values): readonly Variation[] => {
  const parts = (values.components ?? '').trim().split(/\s+/);
  const made = (zh: string, en: string, list: readonly string[]): Variation => ({
    axis: 'components',
    words: { zh, en },
    values: { ...values, components: list.join(' ') },
  });
  return parts.flatMap((part, i) => {
    const [left, right] = [part.slice(0, part.length / 2), part.slice(part.length / 2)];
    return [
      made(`不含第 ${i + 1} 个分量`, `without component ${i + 1}`, parts.toSpliced(i, 1)),
      made(`第 ${i + 1} 个分量左右对调`, `component ${i + 1} with its halves swapped`, parts.with(i, right + left)),
      made(
        `第 ${i + 1} 个分量按字节倒序`,
        `component ${i + 1} with its bytes reversed`,
        parts.with(i, (part.match(/../g) ?? []).toReversed().join('')),
      ),
      made(`第 ${i + 1} 个分量用了两次`, `component ${i + 1} used twice`, [...parts, part]),
    ];
  });
};

export const components = operation({
  name: { zh: '密钥分量合成', en: 'key from components' },
  parameters: [
    cipherChoice,
    hexOf('components', '密钥分量', 'components', {
      lengths: [8, 16, 24, 32],
      several: { least: 2, most: 9 },
      secret: true,
    }),
  ],
  run(given, trace) {
    const cipher = given.text('cipher') as Cipher;
    const parts = given.parts('components');
    const length = (parts[0] as Uint8Array).length;
    for (const part of parts) if (part.length !== length) refuseLength('components', [length], part.length);
    if (cipher === 'des' ? length > 24 : cipher === 'sm4' ? length !== 16 : length < 16)
      refuseLength('components', cipher === 'des' ? [8, 16, 24] : cipher === 'sm4' ? [16] : [16, 24, 32], length);
    return combineComponents(cipher, parts, trace);
  },
  neighbours: [componentForms],
});
