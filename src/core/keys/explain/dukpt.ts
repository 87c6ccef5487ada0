import { concat } from '../../../kernel/bytes.ts';
import { encrypt, encryptCbc, padWithZeros } from '../cipher.ts';
import * as des from '../dukpt.ts';
import * as aes from '../dukpt-aes.ts';
import { retailMac } from '../mac.ts';
import { bytesOf, empty } from './checks.ts';
import { operation } from './operation.ts';
import { choiceOf, dataWords, hexOf, keyOf, keyWords } from './parameters.ts';
import { all, counterOff, dataForms, keyForms, others } from './variation.ts';

/** Keys of DUKPT terminals: ANSI X9.24-1 (3DES) and X9.24-3 (AES). */

const from = choiceOf('from', '所给密钥', 'the key given', {
  base: { zh: '基础派生密钥 BDK', en: 'base derivation key' },
  initial: { zh: '初始密钥 IK', en: 'initial key' },
});

const use = choiceOf('use', '用途', 'use', {
  future: { zh: '此交易的密钥', en: 'key of the transaction' },
  initial: { zh: '初始密钥', en: 'initial key' },
  pin: { zh: 'PIN 加密', en: 'PIN encryption' },
  'mac-request': { zh: '请求 MAC', en: 'MAC of requests' },
  'mac-response': { zh: '应答 MAC', en: 'MAC of responses' },
  'data-request': { zh: '请求数据加密', en: 'data of requests' },
  'data-response': { zh: '应答数据加密', en: 'data of responses' },
});

const serial = (...lengths: readonly number[]) =>
  hexOf('serial', '密钥序列号 KSN', 'key serial number (KSN)', { also: ['ksn'], lengths });

/** A serial number of 8 bytes is one of 10 that begins with FFFF. */
const whole = (number: Uint8Array) => (number.length === 10 ? number : concat(Uint8Array.of(0xff, 0xff), number));
const common = [keyForms('key', keyWords), counterOff('serial'), others(from)];

export const dukpt = operation({
  name: { zh: 'DUKPT 密钥（3DES）', en: 'DUKPT keys (3DES)' },
  parameters: [
    keyOf('key', '密钥', 'key', [16], { also: ['bdk'] }),
    from,
    serial(10, 8),
    use,
    hexOf('data', '待处理数据（可空）', 'data to process (may be left out)', { optional: true }),
  ],
  run(given, trace) {
    const [key, number, how] = [given.bytes('key'), whole(given.bytes('serial')), given.text('use')];
    const initial = given.text('from') === 'base' ? des.dukptInitialKey(key, number, trace) : key;
    if (how === 'initial') return initial;
    const future = des.dukptKey(initial, number, trace);
    if (how === 'future') return future;
    const made = des.dukptUseKey(future, how as des.DukptUse, trace);
    if (!given.has('data')) return made;
    const input = given.bytesOr('data', empty);
    if (how === 'pin') {
      const block = bytesOf(given, 'data', [8]);
      const enciphered = encrypt('des', made, block);
      trace?.('pin.encipher', { key: made, block }, enciphered);
      return enciphered;
    }
    return how.startsWith('mac')
      ? retailMac(made, input, 'zeros', trace)
      : encryptCbc('des', made, padWithZeros(input, 8), undefined, trace);
  },
  neighbours: [...common, others(use), dataForms('data', dataWords)],
});

const aesUse = choiceOf('use', '用途', 'use', {
  derivation: { zh: '派生密钥', en: 'derivation key' },
  initial: { zh: '初始密钥', en: 'initial key' },
  pin: { zh: 'PIN 加密', en: 'PIN encryption' },
  'mac-generation': { zh: 'MAC 生成', en: 'MAC generation' },
  'mac-verification': { zh: 'MAC 验证', en: 'MAC verification' },
  'mac-both': { zh: 'MAC 双向', en: 'MAC both ways' },
  'data-encrypt': { zh: '数据加密', en: 'data encryption' },
  'data-decrypt': { zh: '数据解密', en: 'data decryption' },
  'data-both': { zh: '数据双向', en: 'data both ways' },
  'key-encryption': { zh: '密钥加密', en: 'key encryption' },
  'key-derivation': { zh: '密钥派生', en: 'key derivation' },
});
const kind = choiceOf('kind', '工作密钥类型', 'kind of working key', {
  aes128: { zh: 'AES-128', en: 'AES-128' },
  aes192: { zh: 'AES-192', en: 'AES-192' },
  aes256: { zh: 'AES-256', en: 'AES-256' },
  '2tdea': { zh: '双倍长 3DES', en: 'double-length 3DES' },
  '3tdea': { zh: '三倍长 3DES', en: 'triple-length 3DES' },
});

export const dukptAes = operation({
  name: { zh: 'DUKPT 密钥（AES，X9.24-3）', en: 'DUKPT keys (AES, X9.24-3)' },
  parameters: [keyOf('key', '密钥', 'key', [16, 24, 32], { also: ['bdk'] }), from, serial(12), aesUse, kind],
  run(given, trace) {
    const [key, number, how] = [given.bytes('key'), given.bytes('serial'), given.text('use')];
    const initial = given.text('from') === 'base' ? aes.aesDukptInitialKey(key, number.slice(0, 8), trace) : key;
    if (how === 'initial') return initial;
    const derivation = aes.aesDukptDerivationKey(initial, number, trace);
    if (how === 'derivation') return derivation;
    return aes.aesDukptWorkingKey(
      derivation,
      number,
      how as aes.AesDukptUse,
      given.text('kind') as aes.AesDukptKey,
      trace,
    );
  },
  neighbours: [all(...common), others(aesUse), others(kind)],
});
