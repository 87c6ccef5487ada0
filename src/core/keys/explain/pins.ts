import { randomBytes } from 'node:crypto';
import { equal, hex, parseHex } from '../../../kernel/bytes.ts';
import * as pins from '../pin-blocks.ts';
import { pkiPin as computePkiPin, type DigestPart } from '../pki-pin.ts';
import type { Trace } from '../trace.ts';
import { bytesOf } from './checks.ts';
import type { Words } from './contract.ts';
import { checkLuhn, type Given } from './given.ts';
import { operation } from './operation.ts';
import { choiceOf, digitsOf, hexOf, keyOf, keyWords, pan, panCheck } from './parameters.ts';
import { LaboratoryRefusal } from './refusal.ts';
import { changed, dataForms, keyForms, others } from './variation.ts';

/** PIN blocks of ISO 9564-1 and the PIN of the third-generation PKI application. */

const action = choiceOf('action', '操作', 'action', {
  build: { zh: '生成', en: 'build' },
  read: { zh: '读取', en: 'read' },
});
const format = choiceOf('format', '格式', 'format', {
  '0': { zh: '格式 0（账号）', en: 'format 0 (account)' },
  '1': { zh: '格式 1（随机，无账号）', en: 'format 1 (random, no account)' },
  '2': { zh: '格式 2（卡片）', en: 'format 2 (card)' },
  '3': { zh: '格式 3（账号，随机）', en: 'format 3 (account, random)' },
  '4': { zh: '格式 4（AES）', en: 'format 4 (AES)' },
});
const account = choiceOf('account', '账号取位', 'account digits', {
  standard: { zh: '校验位前 12 位', en: '12 digits before the check digit' },
  'with-check': { zh: '末 12 位（含校验位）', en: 'last 12 digits with the check digit' },
  first: { zh: '前 12 位', en: 'first 12 digits' },
  zeros: { zh: '全零（无账号）', en: 'zeros (no account)' },
});

type Format = pins.PinFormat;
const formatOf = (given: Given) => Number(given.text('format')) as Format;
const needsAccount = (kind: Format) => kind === 0 || kind === 3 || kind === 4;

function accountOf(given: Given): string {
  const rule = given.text('account');
  if (rule === 'zeros') return '0'.repeat(12);
  const number = checkLuhn(given);
  if (rule === 'with-check') return number.slice(-12).padStart(12, '0');
  return rule === 'first' ? number.slice(0, 12).padStart(12, '0') : pins.accountDigits(number);
}

/** What fills a block behind its PIN: as given, or random of the right kind. */
function fillOf(given: Given, kind: Format): string {
  if (kind === 0 || kind === 2) return '';
  const pin = given.text('pin');
  const digits = kind === 4 ? 16 : 14 - pin.length;
  const fill = given.textOr('fill', randomFill(kind, digits)).replace(/\s+/g, '').toUpperCase();
  const good = kind === 3 ? /^[A-F]+$/ : /^[0-9A-F]+$/;
  if (fill.length >= digits && good.test(fill)) return fill.slice(0, digits);
  throw new LaboratoryRefusal('fill', 'wrong_length', {
    zh: `填充应为 ${digits} 位${kind === 3 ? ' A 至 F' : '十六进制'}字符`,
    en: `the fill takes ${digits} ${kind === 3 ? 'characters A to F' : 'hex digits'}`,
  });
}

const randomFill = (kind: Format, digits: number): string =>
  kind === 3
    ? Array.from(randomBytes(digits), (byte) => 'ABCDEF'.charAt(byte % 6)).join('')
    : randomBytes(8).toString('hex').slice(0, digits);

const pinKey = (given: Given, kind: Format) => bytesOf(given, 'key', kind === 4 ? [16, 24, 32] : [8, 16, 24]);

function build(given: Given, trace?: Trace): Uint8Array {
  const [kind, pin] = [formatOf(given), given.text('pin')];
  const fill = fillOf(given, kind);
  if (kind === 4) {
    if (given.has('key')) return pins.encryptPinBlock4(pinKey(given, 4), pin, checkLuhn(given), fill, trace);
    const field = pins.pinField(4, pin, fill);
    trace?.('pin.field', { pin, fill }, field);
    return field;
  }
  const block = pins.clearPinBlock(kind, pin, needsAccount(kind) ? accountOf(given) : '0', fill, trace);
  return given.has('key') ? pins.encipherPinBlock(pinKey(given, kind), block, trace) : block;
}

function open(given: Given, block: Uint8Array, trace?: Trace): pins.PinRead {
  const kind = formatOf(given);
  if (kind === 4) return pins.decryptPinBlock4(pinKey(given, 4), block, checkLuhn(given), trace);
  if (block.length !== 8) return { ok: false, fault: 'length' };
  const clear = given.has('key') ? pins.decipherPinBlock(pinKey(given, kind), block, trace) : block;
  return pins.readPinBlock(kind, clear, needsAccount(kind) ? accountOf(given) : '0', trace);
}

const faults: Readonly<Record<pins.PinBlockFault, Words>> = {
  length: { zh: 'PIN 块长度与格式不符', en: 'the block has another length than its format' },
  format: {
    zh: '控制字段不是所选格式（密钥、格式或账号不对）',
    en: 'the control field is of another format (wrong key, format or account)',
  },
  pin_length: { zh: '密码长度不在 4 至 12 之间', en: 'the PIN length is not 4 to 12' },
  digits: {
    zh: '密码含有非数字（密钥或账号不对）',
    en: 'the PIN has characters that are no digits (wrong key or account)',
  },
  fill: { zh: '填充位不符合格式', en: 'the fill is not that of the format' },
};

export const pinBlock = operation({
  name: { zh: 'PIN 块（ISO 9564 格式 0 至 4）', en: 'PIN block (ISO 9564 formats 0 to 4)' },
  parameters: [
    action,
    format,
    digitsOf('pin', '密码', 'PIN', { least: 4, most: 12, optional: true, secret: true }),
    { ...pan, optional: true },
    panCheck,
    account,
    { key: 'fill', label: { zh: '随机填充', en: 'random fill' }, kind: 'text', optional: true, most: 16 },
    keyOf('key', 'PIN 密钥（加密时）', 'PIN key (when enciphered)', [8, 16, 24, 32], { optional: true }),
    hexOf('block', 'PIN 块（读取时）', 'PIN block (to read)', { lengths: [8, 16], optional: true, secret: true }),
  ],
  run(given, trace) {
    if (given.text('action') === 'build') return build(given, trace);
    const read = open(given, given.bytes('block'), trace);
    if (read.ok) return read.pin;
    throw new LaboratoryRefusal('block', 'pin_block_unreadable', faults[read.fault]);
  },
  completed(given, values, expected) {
    const [kind, block] = [formatOf(given), parseHex(expected)];
    const random = kind !== 0 && kind !== 2 && !given.has('fill') && given.text('action') === 'build';
    if (!random || !block) return null;
    const pin = given.text('pin');
    if (kind === 4 && !given.has('key')) {
      const fill = hex(block.slice(8));
      return fill.length === 16 && equal(pins.pinField(4, pin, fill), block) ? { ...values, fill } : null;
    }
    const read = open(given, block);
    return read.ok && read.pin === pin ? { ...values, fill: read.fill } : null;
  },
  neighbours: [
    others(format),
    others(account),
    keyForms('key', keyWords),
    changed('key', { zh: '未加密', en: 'not enciphered' }, (values) => (values.key ? { ...values, key: '' } : null)),
    changed('pin', { zh: '密码倒序', en: 'the PIN backwards' }, (values) =>
      values.pin ? { ...values, pin: [...values.pin].reverse().join('') } : null,
    ),
    dataForms('block', { zh: 'PIN 块', en: 'the block' }),
  ],
});

const coding = choiceOf('coding', '密码编码', 'coding of the PIN', {
  packed: { zh: '压缩 BCD', en: 'packed digits' },
  ascii: { zh: 'ASCII', en: 'ASCII' },
});
const part = choiceOf('part', '杂凑值取位', 'part of the digest', {
  first: { zh: '前 16 字节', en: 'first 16 bytes' },
  last: { zh: '后 16 字节', en: 'last 16 bytes' },
  xor: { zh: '两半异或', en: 'both halves XORed' },
});

export const pkiPin = operation({
  name: { zh: '第三代卡 PKI 应用密码', en: 'PIN of the third-generation PKI application' },
  parameters: [
    digitsOf('pin', '密码', 'PIN', { least: 4, most: 16, secret: true }),
    hexOf('challenge', '挑战数', 'challenge', { lengths: [16] }),
    coding,
    part,
  ],
  run(given, trace) {
    const pin = given.text('pin');
    if (given.text('coding') === 'packed' && pin.length % 2 === 1)
      throw new LaboratoryRefusal('pin', 'wrong_length', {
        zh: '压缩 BCD 需要偶数位密码',
        en: 'packed digits take a PIN of even length',
      });
    const bytes =
      given.text('coding') === 'ascii' ? Uint8Array.from(pin, (digit) => digit.charCodeAt(0)) : Uint8Array.fromHex(pin);
    return computePkiPin(bytes, given.bytes('challenge'), given.text('part') as DigestPart, trace);
  },
  neighbours: [
    others(coding),
    others(part),
    dataForms('challenge', { zh: '挑战数', en: 'the challenge' }),
    changed('pin', { zh: '密码后补零到 16 位', en: 'the PIN filled with zeros to 16 digits' }, (values) =>
      values.pin && values.pin.length < 16 ? { ...values, pin: values.pin.padEnd(16, '0') } : null,
    ),
  ],
});
