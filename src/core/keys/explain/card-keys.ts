import { hex, parseHex } from '../../../kernel/bytes.ts';
import type { CipherFamily } from '../contract.ts';
import * as rules from '../family.ts';
import { cardFactors, cityFactors } from '../hierarchy.ts';
import type { Trace } from '../trace.ts';
import { bytesOf, cipherKey } from './checks.ts';
import type { Values } from './contract.ts';
import type { Given } from './given.ts';
import { operation } from './operation.ts';
import { choiceOf, digitsOf, factors, family, hexOf, keyOf, keyWords } from './parameters.ts';
import { all, changed, dataForms, factorOrders, keyForms, others, type Variation, type Vary } from './variation.ts';

/** Keys and session keys of social-security cards and of the PBOC purse. */

export const cipherOf = (given: Given) => given.text('family') as CipherFamily;
export const cardKey = keyOf('key', '密钥', 'key', [8, 16]);
export const levels = all(keyForms('key', keyWords), factorOrders());

/** The key as given, taken down as many levels as there are factors. */
export function keyBelow(given: Given, trace?: Trace): Uint8Array {
  const cipher = cipherOf(given);
  return given
    .parts('factors')
    .reduce((key, factor) => rules.diversify(cipher, key, factor, trace), cipherKey(given, cipher));
}

const cityCode = digitsOf('city_code', '城市代码（代替分散因子）', 'city code (instead of factors)', {
  lengths: [6],
  optional: true,
});
const history = hexOf('history', 'ATR 历史字节', 'historical bytes of the ATR', { lengths: [13], optional: true });

function factorsOf(given: Given, trace?: Trace): readonly Uint8Array[] {
  if (given.has('factors')) return given.parts('factors');
  const city = given.text('city_code');
  const made = given.has('history') ? cardFactors(city, given.bytes('history')) : cityFactors(city);
  trace?.('factor.province', { city_code: city }, made.province);
  trace?.('factor.city', { city_code: city }, made.city);
  if (!('card' in made)) return [made.province, made.city];
  trace?.('factor.card', { history: given.bytes('history') }, made.card as Uint8Array);
  return [made.province, made.city, made.card as Uint8Array];
}

/** Factors written out, so that their order can be varied. */
const writtenFactors: Vary = (values, expected) => {
  const city = (values.city_code ?? '').trim();
  if (values.factors || !/^\d{6}$/.test(city)) return factorOrders()(values, expected);
  const past = parseHex(values.history ?? '');
  const made = past?.length === 13 ? cardFactors(city, past) : cityFactors(city);
  const list = [made.province, made.city, ...('card' in made ? [made.card as Uint8Array] : [])];
  return factorOrders()({ ...values, city_code: '', history: '', factors: list.map(hex).join(' ') }, expected);
};

export const diversify = operation({
  name: { zh: '逐级密钥分散', en: 'diversification by level' },
  parameters: [family, cardKey, factors, cityCode, history],
  run(given, trace) {
    const cipher = cipherOf(given);
    return factorsOf(given, trace).reduce(
      (key, factor) => rules.diversify(cipher, key, factor, trace),
      cipherKey(given, cipher),
    );
  },
  neighbours: [others(family), keyForms('key', keyWords), writtenFactors],
});

const sessionRule = choiceOf('rule', '交易', 'transaction', {
  load: { zh: '圈存（随机数、联机序号、8000）', en: 'load (random, online sequence, 8000)' },
  purchase: {
    zh: '消费（随机数、脱机序号、终端序号末两字节）',
    en: 'purchase (random, offline sequence, last 2 of terminal sequence)',
  },
  unload: { zh: '圈提（同圈存）', en: 'unload (as load)' },
  overdraft: { zh: '修改透支限额（同圈存）', en: 'overdraft limit (as load)' },
  challenge: { zh: '安全报文与认证（仅随机数）', en: 'secure messaging and authentication (random only)' },
});

export const sessionKey = operation({
  name: { zh: '过程密钥', en: 'session key' },
  parameters: [
    family,
    cardKey,
    factors,
    sessionRule,
    hexOf('random', '随机数', 'random', { lengths: [4, 8, 16] }),
    hexOf('sequence', '交易序号', 'transaction sequence', { lengths: [2], optional: true }),
    hexOf('terminal_sequence', '终端交易序号', 'terminal sequence', { lengths: [4], optional: true }),
  ],
  run(given, trace) {
    const cipher = cipherOf(given);
    const key = keyBelow(given, trace);
    return rules.sessionKey(cipher, key, sessionInput(given, trace), trace);
  },
  neighbours: [
    others(family),
    levels,
    others(sessionRule),
    dataForms('random', { zh: '随机数', en: 'the random' }),
    dataForms('sequence', { zh: '交易序号', en: 'the sequence' }),
    all(
      dataForms('terminal_sequence', { zh: '终端序号', en: 'the terminal sequence' }),
      changed(
        'terminal_sequence',
        { zh: '终端序号取前两字节', en: 'the first 2 bytes of the terminal sequence' },
        (values) => {
          const text = (values.terminal_sequence ?? '').replace(/\s+/g, '');
          return text.length === 8 ? { ...values, terminal_sequence: text.slice(4) + text.slice(0, 4) } : null;
        },
      ),
    ),
    sequenceOff,
  ],
});

function sessionInput(given: Given, trace?: Trace): Uint8Array {
  const rule = given.text('rule');
  if (rule === 'challenge') {
    const random = bytesOf(given, 'random', cipherOf(given) === 'des' ? [4, 8] : [4, 8, 16]);
    trace?.('session.input', { random }, random);
    return random;
  }
  const [random, sequence] = [bytesOf(given, 'random', [4]), given.bytes('sequence')];
  const tail = rule === 'purchase' ? given.bytes('terminal_sequence').slice(2) : Uint8Array.of(0x80, 0);
  const input = Uint8Array.of(...random, ...sequence, ...tail);
  trace?.('session.input', { random, sequence, tail }, input);
  return input;
}

/** The sequence before or after the card counted. */
function sequenceOff(values: Values): readonly Variation[] {
  const now = Number.parseInt((values.sequence ?? '').replace(/\s+/g, ''), 16);
  return [-1, 1]
    .filter((by) => now + by >= 0 && now + by <= 0xffff)
    .map((by) => ({
      axis: 'sequence',
      words: { zh: `交易序号${by > 0 ? '加' : '减'} 1`, en: `the sequence ${by > 0 ? '+' : '−'}1` },
      values: { ...values, sequence: (now + by).toString(16).toUpperCase().padStart(4, '0') },
    }));
}
