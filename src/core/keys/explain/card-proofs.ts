import { hex, parseHex } from '../../../kernel/bytes.ts';
import { type CardMessage, cardMessages, cutMessage, messageLength } from '../card-messages.ts';
import { encrypt } from '../cipher.ts';
import * as rules from '../family.ts';
import type { Trace } from '../trace.ts';
import { cardKey, cipherOf, keyBelow, levels } from './card-keys.ts';
import { bytesOf, empty, refuseLength } from './checks.ts';
import type { Values, Words } from './contract.ts';
import type { Given } from './given.ts';
import { operation } from './operation.ts';
import { choiceOf, data, dataWords, factors, family, hexOf, keyOf } from './parameters.ts';
import { all, changed, dataForms, fieldOrder, others, type Variation, type Vary } from './variation.ts';

/** What cards and hosts prove themselves with: MACs, TACs, authentication data. */

const purse: Readonly<Record<string, Words>> = {
  load: { zh: '圈存', en: 'load' },
  purchase: { zh: '消费', en: 'purchase' },
  unload: { zh: '圈提', en: 'unload' },
  overdraft: { zh: '修改透支限额', en: 'overdraft limit' },
  'medical-load': { zh: '医疗账户圈存', en: 'medical load' },
  'medical-purchase': { zh: '医疗账户消费', en: 'medical purchase' },
};

const messageWords = (message: string): Words => {
  const cut = message.lastIndexOf('-');
  const { zh, en } = purse[message.slice(0, cut)] as Words;
  const what = message.slice(cut + 1).toUpperCase();
  return { zh: `${zh} ${what}`, en: `${en} ${what}` };
};

const message = choiceOf('message', '报文格式', 'message', {
  free: { zh: '自由（空格分字段）', en: 'free (blanks between fields)' },
  ...Object.fromEntries(Object.keys(cardMessages).map((name) => [name, messageWords(name)])),
});

/** The MAC input, cut into the fields of a known message where one is named. */
function messageOf(given: Given, trace?: Trace): Uint8Array {
  const input = given.bytesOr('data', empty);
  const name = given.text('message');
  if (name === 'free') return input;
  const length = messageLength(name as CardMessage);
  if (input.length !== length) refuseLength('data', [length], input.length);
  cutMessage(name as CardMessage, input, trace);
  return input;
}

/** Field orders of a message, whether its fields are known by name or by blanks. */
const messageOrder: Vary = (values, expected) => {
  const [name, input] = [values.message || 'free', parseHex(values.data ?? '')];
  if (name === 'free') return fieldOrder('data')(values, expected);
  if (!(name in cardMessages) || input?.length !== messageLength(name as CardMessage)) return [];
  const cut = cutMessage(name as CardMessage, input)
    .map(hex)
    .join(' ');
  return fieldOrder('data')({ ...values, message: 'free', data: cut }, expected);
};

const tacKeyRule = choiceOf('tac_key', 'TAC 密钥', 'TAC key', {
  folded: { zh: '左右两半异或（SM4 直接使用）', en: 'halves XORed (SM4: as it is)' },
  whole: { zh: '整个密钥（算法三）', en: 'the whole key (algorithm 3)' },
});

export const tac = operation({
  name: { zh: '交易验证码 TAC', en: 'transaction authentication code (TAC)' },
  parameters: [family, keyOf('key', 'TAC 密钥 DTK', 'TAC key (DTK)', [16]), factors, tacKeyRule, message, data],
  run(given, trace) {
    const [cipher, key] = [cipherOf(given), keyBelow(given, trace)];
    const input = messageOf(given, trace);
    return given.text('tac_key') === 'folded'
      ? rules.transactionCode(cipher, key, input, trace)
      : rules.lineMac(cipher, key, empty, input, trace);
  },
  neighbours: [others(family), levels, others(tacKeyRule), all(messageOrder, dataForms('data', dataWords))],
});

const macRule = choiceOf('rule', '规则', 'rule', {
  session: {
    zh: '过程密钥，初始向量为零（社保卡、交易 MAC）',
    en: 'session key, IV of zeros (social-security card, transaction MACs)',
  },
  line: { zh: '线路保护，初始向量为挑战数（PBOC、FMCOS）', en: 'line protection, IV the challenge (PBOC, FMCOS)' },
  direct: { zh: '所给密钥即过程密钥，初始向量为零', en: 'the key given is the session key, IV of zeros' },
});

export const cardMac = operation({
  name: { zh: '卡片安全报文 MAC', en: 'MAC of card messages' },
  parameters: [
    family,
    cardKey,
    factors,
    macRule,
    hexOf('challenge', '随机数或过程密钥输入', 'challenge or session input', { lengths: [4, 8, 16], optional: true }),
    message,
    data,
  ],
  run(given, trace) {
    const [cipher, key] = [cipherOf(given), keyBelow(given, trace)];
    const input = messageOf(given, trace);
    if (given.text('rule') === 'direct') return rules.cardMac(cipher, key, input, trace);
    const challenge = bytesOf(given, 'challenge', cipher === 'des' ? [4, 8] : [4, 8, 16]);
    return given.text('rule') === 'line'
      ? rules.lineMac(cipher, key, challenge, input, trace)
      : rules.cardMac(cipher, rules.sessionKey(cipher, key, challenge, trace), input, trace);
  },
  neighbours: [
    others(family),
    levels,
    others(macRule),
    all(
      dataForms('challenge', { zh: '随机数', en: 'the challenge' }),
      changed('challenge', { zh: '随机数只取前 4 字节', en: 'the first 4 bytes of the challenge' }, (values) => {
        const text = (values.challenge ?? '').replace(/\s+/g, '');
        return text.length > 8 ? { ...values, challenge: text.slice(0, 8) } : null;
      }),
    ),
    changed('challenge', { zh: '线路保护但初始向量为零', en: 'line protection with an IV of zeros' }, (values) => ({
      ...values,
      rule: 'line',
      challenge: '00000000',
    })),
    all(messageOrder, dataForms('data', dataWords), shorterLc),
  ],
});

/** The command with its Lc counting the MAC or not. */
function shorterLc(values: Values): readonly Variation[] {
  const input = parseHex(values.data ?? '');
  if (!input || input.length < 5) return [];
  const lc = input[4] as number;
  return [lc - 4, lc + 4]
    .filter((other) => other >= 0 && other <= 0xff)
    .map((other) => ({
      axis: 'data',
      words: {
        zh: `Lc 为 ${other}（${other < lc ? '不含' : '含'} MAC）`,
        en: `Lc ${other} (${other < lc ? 'without' : 'with'} the MAC)`,
      },
      values: { ...values, message: 'free', data: hex(input.with(4, other)) },
    }));
}

const authenticationRule = choiceOf('rule', '规则', 'rule', {
  session: { zh: '先派生过程密钥（社保卡）', en: 'by a session key (social-security card)' },
  direct: { zh: '直接加密随机数（FMCOS）', en: 'encrypt the challenge itself (FMCOS)' },
});

export const authenticate = operation({
  name: { zh: '内部与外部认证数据', en: 'authentication data' },
  parameters: [
    family,
    cardKey,
    factors,
    authenticationRule,
    hexOf('factor', '过程密钥因子', 'session factor', { lengths: [4, 8, 16], optional: true }),
    hexOf('original', '认证原始信息或随机数', 'original or challenge', { lengths: [4, 8] }),
  ],
  run(given, trace) {
    const [cipher, key] = [cipherOf(given), keyBelow(given, trace)];
    const original = given.bytes('original');
    if (given.text('rule') === 'session')
      return rules.authenticationData(
        cipher,
        key,
        bytesOf(given, 'factor', cipher === 'des' ? [4, 8] : [4, 8, 16]),
        bytesOf(given, 'original', [8]),
        trace,
      );
    const block = new Uint8Array(cipher === 'des' ? 8 : 16);
    block.set(original);
    const answer = encrypt(cipher, key, block);
    trace?.('authentication', { key, block }, answer);
    return answer;
  },
  neighbours: [
    others(family),
    levels,
    others(authenticationRule),
    changed('factor', { zh: '因子与原始信息对调', en: 'factor and original exchanged' }, (values) =>
      values.factor ? { ...values, factor: values.original, original: values.factor } : null,
    ),
    dataForms('factor', { zh: '因子', en: 'the factor' }),
    dataForms('original', { zh: '原始信息', en: 'the original' }),
  ],
});
