import { blockLength, type Cipher } from '../cipher.ts';
import { cmac as computeCmac } from '../cmac.ts';
import type { CipherFamily } from '../contract.ts';
import { cbcMac as computeCbcMac, retailMac as computeRetailMac, unionpayMac as computeUnionpayMac } from '../mac.ts';
import type { Trace } from '../trace.ts';
import { bytesOf, cipherKey, empty, ivFor, lengthOf, paddingFor } from './checks.ts';
import { cipherChoice } from './ciphers.ts';
import type { Values } from './contract.ts';
import type { Given } from './given.ts';
import { operation } from './operation.ts';
import {
  choiceOf,
  data,
  dataWords,
  digitsOf,
  family,
  iv,
  ivWords,
  keyOf,
  keyWords,
  macLength,
  padding,
} from './parameters.ts';
import { all, dataForms, fieldOrder, instead, keyForms, others, type Variation } from './variation.ts';

/** MACs of messages: ISO 9797-1, CMAC and the field 64 of UnionPay terminals. */

const zeroPadding = padding('zeros');
const inputForms = all(keyForms('key', keyWords), dataForms('data', dataWords), fieldOrder('data'));
const otherIv = all(instead('iv', '', { zh: '初始向量为零', en: 'with an IV of zeros' }), dataForms('iv', ivWords));

function shortened(given: Given, block: Uint8Array, trace?: Trace): Uint8Array {
  const length = lengthOf(given, block.length);
  if (length < block.length) trace?.('mac.left', { block, length }, block.slice(0, length));
  return block.slice(0, length);
}

const algorithm = choiceOf('algorithm', '算法', 'algorithm', {
  retail: { zh: '算法三（X9.19）', en: 'algorithm 3 (X9.19)' },
  cbc: { zh: '算法一（3DES CBC）', en: 'algorithm 1 (3DES CBC)' },
});

export const retailMac = operation({
  name: { zh: '零售 MAC（X9.19，ISO 9797-1 算法三）', en: 'retail MAC (X9.19, ISO 9797-1 algorithm 3)' },
  parameters: [keyOf('key', '密钥', 'key', [16]), data, zeroPadding, algorithm, iv, macLength(8)],
  run(given, trace) {
    const [key, input, start] = [given.bytes('key'), given.bytesOr('data', empty), ivFor(given, 'des')];
    const fill = paddingFor(given, input, 8);
    const mac =
      given.text('algorithm') === 'retail'
        ? computeRetailMac(key, input, fill, trace, start)
        : computeCbcMac('des', key, input, fill, trace, start);
    return shortened(given, mac, trace);
  },
  neighbours: [others(zeroPadding), others(algorithm), inputForms, otherIv],
});

const wholeLength = digitsOf(
  'length',
  '结果字节数（不填为整分组）',
  'bytes of the result (a whole block when left out)',
  {
    optional: true,
    most: 2,
  },
);

export const cbcMac = operation({
  name: { zh: 'CBC MAC（X9.9，ISO 9797-1 算法一）', en: 'CBC MAC (X9.9, ISO 9797-1 algorithm 1)' },
  parameters: [cipherChoice, keyOf('key', '密钥', 'key', [8, 16, 24, 32]), data, zeroPadding, iv, wholeLength],
  run(given, trace) {
    const cipher = given.text('cipher') as Cipher;
    const input = given.bytesOr('data', empty);
    const fill = paddingFor(given, input, blockLength(cipher));
    return shortened(
      given,
      computeCbcMac(cipher, cipherKey(given, cipher), input, fill, trace, ivFor(given, cipher)),
      trace,
    );
  },
  neighbours: [others(cipherChoice), others(zeroPadding), inputForms, otherIv],
});

const cmacCipher = choiceOf('cipher', '算法', 'cipher', {
  aes: { zh: 'AES', en: 'AES' },
  des: { zh: '3DES', en: '3DES' },
  sm4: { zh: 'SM4', en: 'SM4' },
});

export const cmac = operation({
  name: { zh: 'CMAC(SP 800-38B)', en: 'CMAC (SP 800-38B)' },
  parameters: [cmacCipher, keyOf('key', '密钥', 'key', [8, 16, 24, 32]), data, wholeLength],
  run(given, trace) {
    const cipher = given.text('cipher') as Cipher;
    return shortened(given, computeCmac(cipher, cipherKey(given, cipher), given.bytesOr('data', empty), trace), trace);
  },
  neighbours: [others(cmacCipher), inputForms],
});

const rule = choiceOf('rule', '计算方法', 'rule', {
  ecb: { zh: '银联 ECB（异或）', en: 'UnionPay ECB (XOR)' },
  'x9.19': { zh: 'X9.19', en: 'X9.19' },
  'x9.9': { zh: 'X9.9', en: 'X9.9' },
});

/** A message with other borders: with or without the length, TPDU and header before it, or field 64 behind it. */
const borders = (values: Values): readonly Variation[] => {
  const text = (values.data ?? '').replace(/\s+/g, '');
  const cut = (from: number, to: number, zh: string, en: string): readonly Variation[] =>
    text.length / 2 > from + to
      ? [
          {
            axis: 'borders',
            words: { zh, en },
            values: { ...values, data: text.slice(2 * from, to === 0 ? undefined : -2 * to) },
          },
        ]
      : [];
  return [
    ...cut(2, 0, '去掉前 2 字节（长度）', 'without the first 2 bytes (length)'),
    ...cut(11, 0, '去掉前 11 字节（TPDU 与报文头）', 'without the first 11 bytes (TPDU and header)'),
    ...cut(13, 0, '去掉前 13 字节（长度、TPDU、报文头）', 'without the first 13 bytes (length, TPDU, header)'),
    ...cut(0, 8, '去掉末 8 字节（64 域）', 'without the last 8 bytes (field 64)'),
    ...cut(11, 8, '去掉 TPDU、报文头和 64 域', 'without TPDU, header and field 64'),
    ...cut(13, 8, '去掉长度、TPDU、报文头和 64 域', 'without length, TPDU, header and field 64'),
  ];
};

export const unionpayMac = operation({
  name: { zh: '银联终端 MAC（64 域）', en: 'UnionPay terminal MAC (field 64)' },
  parameters: [family, keyOf('key', 'MAC 工作密钥', 'MAC working key', [8, 16]), data, rule],
  run(given, trace) {
    const cipher = given.text('family') as CipherFamily;
    const input = given.bytesOr('data', empty);
    const key = cipherKey(given, cipher);
    switch (given.text('rule')) {
      case 'x9.19':
        return cipher === 'des' && key.length === 16
          ? computeRetailMac(key, input, 'zeros', trace)
          : computeCbcMac(cipher, bytesOf(given, 'key', [16]), input, 'zeros', trace);
      case 'x9.9':
        return computeCbcMac(cipher, key, input, 'zeros', trace);
      default:
        return computeUnionpayMac(key, input, cipher, trace);
    }
  },
  neighbours: [others(family), others(rule), borders, inputForms],
});
