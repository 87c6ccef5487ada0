import * as emv from '../emv.ts';
import { retailMac } from '../mac.ts';
import type { Trace } from '../trace.ts';
import { bytesOf, empty, lengthOf, paddingFor } from './checks.ts';
import type { Parameter, Words } from './contract.ts';
import { checkLuhn, type Given } from './given.ts';
import { operation } from './operation.ts';
import {
  choiceOf,
  data,
  dataWords,
  hexOf,
  keyOf,
  keyWords,
  macLength,
  padding,
  pan,
  panCheck,
  panSequence,
} from './parameters.ts';
import { LaboratoryRefusal } from './refusal.ts';
import { all, changed, dataForms, fieldOrder, instead, keyForms, others, rightCheckDigit } from './variation.ts';

/** EMV and PBOC debit and credit: card keys, session keys, cryptograms, script MACs. */

const key = keyOf('key', '密钥', 'key', [16]);
/** Where the issuer's key is asked for unless a level is named. */
const issuerKey: Parameter = { ...key, also: ['imk'] };
const option = choiceOf('option', '主密钥方法', 'master key option', {
  A: { zh: '方法 A', en: 'option A' },
  B: { zh: '方法 B', en: 'option B' },
});
const schemeWords = {
  common: { zh: 'EMV 通用', en: 'EMV common' },
  none: { zh: '不派生（Visa）', en: 'none (Visa)' },
  mchip: { zh: 'M/Chip', en: 'M/Chip' },
  pboc: { zh: 'PBOC 借贷记', en: 'PBOC debit and credit' },
} as const satisfies Record<string, Words>;
const scheme = choiceOf('scheme', '过程密钥方法', 'session key rule', schemeWords);
const scriptScheme = choiceOf('scheme', '过程密钥方法', 'session key rule', {
  ...schemeWords,
  visa: { zh: 'Visa 安全报文（异或）', en: 'Visa secure messaging (XOR)' },
});
const level = choiceOf('level', '所给密钥的级别', 'level of the key given', {
  issuer: { zh: '发卡行主密钥', en: 'issuer master key' },
  card: { zh: '卡片密钥', en: 'card key' },
  session: { zh: '过程密钥', en: 'session key' },
});
const atc = hexOf('atc', '应用交易计数器（或 8 字节密文）', 'transaction counter (or 8 bytes of cryptogram)', {
  lengths: [2, 8],
  optional: true,
});
const unpredictable = hexOf('unpredictable', '不可预知数', 'unpredictable number', {
  also: ['un'],
  lengths: [4],
  optional: true,
});
const holder = [{ ...pan, optional: true }, panCheck, panSequence, option];
const cryptogramPadding = {
  ...padding('80'),
  choices: (padding('80').choices ?? []).filter(({ value }) => value === '80' || value === 'zeros'),
};

function masterKey(given: Given, trace?: Trace): Uint8Array {
  const sequence = given.text('sequence');
  return emv.emvMasterKey(
    { key: given.bytes('key'), pan: checkLuhn(given), sequence, option: given.text('option') as 'A' | 'B' },
    trace,
  );
}

/** The key a cryptogram is made with, from whichever level was given. */
function keyAtWork(given: Given, trace?: Trace): Uint8Array {
  const from = given.text('level');
  if (from === 'session') return given.bytes('key');
  const card = from === 'issuer' ? masterKey(given, trace) : given.bytes('key');
  const rule = given.text('scheme');
  if (rule === 'none') return emv.emvSessionKey({ scheme: 'none', key: card, atc: empty }, trace);
  const counter = bytesOf(given, 'atc', rule === 'pboc' || rule === 'visa' ? [2] : [2, 8]);
  if (rule === 'visa') return emv.visaMessagingKey({ key: card, atc: counter }, trace);
  const made = { scheme: rule as emv.EmvScheme, key: card, atc: counter };
  if (rule !== 'mchip' || counter.length === 8) return emv.emvSessionKey(made, trace);
  return emv.emvSessionKey({ ...made, unpredictable: given.bytes('unpredictable') }, trace);
}

const holderForms = [
  others(option),
  all(
    instead('sequence', '00', { zh: '序列号为 00', en: 'with sequence 00' }),
    instead('sequence', '01', { zh: '序列号为 01', en: 'with sequence 01' }),
  ),
  rightCheckDigit,
];
const counterForms = dataForms('atc', { zh: '计数器', en: 'the counter' });

export const masterKeyOperation = operation({
  name: { zh: 'EMV 卡片主密钥', en: 'EMV master key of a card' },
  parameters: [issuerKey, pan, panCheck, panSequence, option],
  run: masterKey,
  neighbours: [keyForms('key', keyWords), ...holderForms],
});

const cardLevel = {
  ...level,
  choices: (level.choices ?? []).filter(({ value }) => value !== 'session'),
  default: 'card',
};

export const sessionKeyOperation = operation({
  name: { zh: 'EMV 过程密钥', en: 'EMV session key' },
  parameters: [cardLevel, key, ...holder, scriptScheme, atc, unpredictable],
  run: keyAtWork,
  neighbours: [
    keyForms('key', keyWords),
    others(cardLevel),
    others(scriptScheme),
    counterForms,
    ...holderForms,
    dataForms('unpredictable', { zh: '不可预知数', en: 'the unpredictable number' }),
  ],
});

const chain = [level, issuerKey, ...holder, scheme, atc, unpredictable];
const chainForms = [keyForms('key', keyWords), others(level), ...holderForms, counterForms];

export const arqc = operation({
  name: { zh: '应用密文 ARQC', en: 'application cryptogram (ARQC)' },
  parameters: [...chain, data, cryptogramPadding],
  run(given, trace) {
    const input = given.bytesOr('data', empty);
    const fill = paddingFor(given, input, 8) as 'zeros' | '80';
    return emv.emvCryptogram(keyAtWork(given, trace), input, fill, trace);
  },
  neighbours: [
    ...chainForms,
    others(scheme),
    others(cryptogramPadding),
    all(fieldOrder('data'), dataForms('data', dataWords)),
  ],
});

const method = choiceOf('method', '方法', 'method', {
  '1': { zh: '方法 1（应答码）', en: 'method 1 (response code)' },
  '2': { zh: '方法 2（卡片状态更新）', en: 'method 2 (card status update)' },
});

export const arpc = operation({
  name: { zh: '应答密文 ARPC', en: 'response cryptogram (ARPC)' },
  parameters: [
    ...chain,
    method,
    hexOf('arqc', '请求密文', 'request cryptogram', { lengths: [8] }),
    hexOf('code', '应答码（2 字节）或卡片状态更新（4 字节）', 'response code (2 bytes) or status update (4)', {
      also: ['arc', 'csu'],
      lengths: [2, 4],
    }),
    hexOf('proprietary', '自定义认证数据', 'proprietary data', { most: 8, optional: true }),
  ],
  run(given, trace) {
    const how = given.text('method') === '1' ? 1 : 2;
    const code = bytesOf(given, 'code', [how === 1 ? 2 : 4]);
    const work = keyAtWork(given, trace);
    const proprietary = given.bytesOr('proprietary', empty);
    return emv.emvResponseCryptogram({ method: how, key: work, arqc: given.bytes('arqc'), code, proprietary }, trace);
  },
  neighbours: [
    ...chainForms,
    others(scheme),
    changed('method', { zh: '按方法 2，应答码后补零', en: 'by method 2, the code filled with zeros' }, (values) =>
      values.method !== '2' ? { ...values, method: '2', code: `${values.code ?? ''}0000` } : null,
    ),
    changed('method', { zh: '按方法 1，取前两字节', en: 'by method 1, with the first 2 bytes' }, (values) =>
      values.method === '2'
        ? { ...values, method: '1', code: (values.code ?? '').replace(/\s+/g, '').slice(0, 4) }
        : null,
    ),
    changed('code', { zh: '应答码按 ASCII', en: 'the code as ASCII' }, asciiCode),
    changed('code', { zh: '应答码为 3030', en: 'with code 3030' }, (values) =>
      values.method !== '2' ? { ...values, code: '3030' } : null,
    ),
    dataForms('arqc', { zh: '请求密文', en: 'the cryptogram' }),
  ],
});

/** "0012" meant as 00 12 or as the characters "12". */
function asciiCode<V extends Readonly<Record<string, string | undefined>>>(values: V): V | null {
  const code = (values.code ?? '').replace(/\s+/g, '');
  return /^00\d\d$/.test(code) ? { ...values, code: `3${code.charAt(2)}3${code.charAt(3)}` } : null;
}

export const scriptMac = operation({
  name: { zh: '发卡行脚本 MAC', en: 'MAC of issuer scripts' },
  parameters: [
    level,
    issuerKey,
    ...holder,
    scriptScheme,
    atc,
    unpredictable,
    hexOf(
      'data',
      '命令头、计数器、密文、命令数据（空格分开）',
      'command header, counter, cryptogram, data (blanks between)',
    ),
    cryptogramPadding,
    macLength(8),
  ],
  run(given, trace) {
    const input = given.bytes('data');
    if (input.length < 5)
      throw new LaboratoryRefusal('data', 'wrong_length', {
        zh: '至少需要 5 字节命令头',
        en: 'at least the 5 bytes of a command header',
      });
    const mac = retailMac(keyAtWork(given, trace), input, paddingFor(given, input, 8), trace);
    const length = lengthOf(given, 8);
    if (length < 8) trace?.('mac.left', { block: mac, length }, mac.slice(0, length));
    return mac.slice(0, length);
  },
  neighbours: [...chainForms, others(scriptScheme), others(cryptogramPadding), fieldOrder('data')],
});
