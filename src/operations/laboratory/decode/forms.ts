import type { Words } from '../../../core/keys/explain/contract.ts';
import { hex, readUint } from '../../../kernel/bytes.ts';
import { bitsOf } from './bits.ts';
import { both, type DecodedLine, line, say } from './line.ts';
import { rows } from './rows.ts';
import { type Tag, tagNamed } from './tags.ts';

/** What a value says beyond its bytes: a sentence, bits, and lines of its own below it. */
export type Reading = {
  readonly meaning: Words | null;
  readonly bits?: DecodedLine['bits'];
  readonly below?: readonly DecodedLine[];
};

const nothing: Reading = { meaning: null };
const plain = (text: string): Reading => ({ meaning: text === '' ? null : both(text) });
const says = (words: Words | undefined): Reading => ({ meaning: words ?? null });

/** ISO 4217 and ISO 3166 numeric codes that cards of the region carry. */
const named = (text: string): Readonly<Record<string, Words>> =>
  Object.fromEntries(rows(text).map(([code = '', zh = '', en = '']) => [code, { zh, en }]));

const currencies = named(`
  156 | 人民币 CNY | renminbi CNY
  344 | 港元 HKD | Hong Kong dollar HKD
  446 | 澳门元 MOP | Macao pataca MOP
  901 | 新台币 TWD | New Taiwan dollar TWD
  392 | 日元 JPY | yen JPY
  410 | 韩元 KRW | won KRW
  702 | 新加坡元 SGD | Singapore dollar SGD
  764 | 泰铢 THB | baht THB
  826 | 英镑 GBP | pound sterling GBP
  840 | 美元 USD | US dollar USD
  978 | 欧元 EUR | euro EUR`);
const countries = named(`
  156 | 中国 | China
  344 | 中国香港 | Hong Kong, China
  446 | 中国澳门 | Macao, China
  158 | 中国台湾 | Taiwan, China
  392 | 日本 | Japan
  410 | 韩国 | Korea
  702 | 新加坡 | Singapore
  764 | 泰国 | Thailand
  276 | 德国 | Germany
  250 | 法国 | France
  826 | 英国 | United Kingdom
  840 | 美国 | United States`);
const transactionTypes = named(`
  00 | 消费 | purchase
  01 | 取现 | cash
  09 | 返现消费 | purchase with cashback
  17 | 现金圈存 | cash load
  20 | 退货 | refund
  21 | 存款 | deposit
  31 | 余额查询 | balance inquiry
  40 | 转账 | transfer
  60 | 指定账户圈存 | load from the linked account
  62 | 非指定账户圈存 | load from another account
  63 | 现金充值 | cash top-up`);
const authorisations = named(`
  00 | 联机批准 | approved online
  01 | 请联系发卡行 | refer to issuer
  05 | 联机拒绝 | declined online
  Y1 | 脱机批准 | offline approved
  Z1 | 脱机拒绝 | offline declined
  Y2 | 批准（参考后） | approved after referral
  Z2 | 拒绝（参考后） | declined after referral
  Y3 | 无法联机，脱机批准 | unable to go online, offline approved
  Z3 | 无法联机，脱机拒绝 | unable to go online, offline declined`);
const attendances = [say('有人值守', 'attended'), say('无人值守', 'unattended')] as const;
const abilities = [
  say('仅联机', 'online only'),
  say('可脱机可联机', 'offline with online ability'),
  say('仅脱机', 'offline only'),
] as const;
const operators = [
  say('金融机构', 'financial institution'),
  say('商户', 'merchant'),
  say('持卡人', 'cardholder'),
] as const;

const cvmMethods = named(`
  00 | CVM处理失败 | fail CVM processing
  01 | 卡片执行明文PIN验证 | plaintext PIN verification by the ICC
  02 | 联机加密PIN验证 | enciphered PIN verified online
  03 | 卡片执行明文PIN验证＋签名 | plaintext PIN verification by the ICC and signature
  04 | 卡片执行密文PIN验证 | enciphered PIN verification by the ICC
  05 | 卡片执行密文PIN验证＋签名 | enciphered PIN verification by the ICC and signature
  1E | 签名 | signature
  1F | 无需CVM | no CVM required
  20 | 持卡人证件出示 | cardholder identity document shown
  3F | 未执行CVM | no CVM performed`);
const cvmConditions = named(`
  00 | 总是 | always
  01 | ATM现金交易 | if unattended cash
  02 | 非现金且非返现 | if not cash and not cashback
  03 | 终端支持此CVM | if the terminal supports the CVM
  04 | 人工值守现金交易 | if manual cash
  05 | 返现交易 | if purchase with cashback
  06 | 应用货币，低于X | if in the application currency and under X
  07 | 应用货币，高于X | if in the application currency and over X
  08 | 应用货币，低于Y | if in the application currency and under Y
  09 | 应用货币，高于Y | if in the application currency and over Y`);

/** Reads a value in the form its tag has. Whatever does not fit the form is left as bytes. */
export function read(tag: Tag, value: Uint8Array): Reading {
  const { form } = tag;
  const digits = hex(value);
  if (form.startsWith('bits:')) return { meaning: null, bits: bitsOf(form.slice(5), value) };
  switch (form) {
    case 'n':
      return /^\d+$/.test(digits) ? plain(digits) : nothing;
    case 'cn':
      return plain(digits.replace(/F+$/, ''));
    case 'a':
    case 'an':
    case 'ans':
      return plain(new TextDecoder('gbk').decode(value).replace(/[\0 ]+$/, ''));
    case 'amount':
      return /^\d{12}$/.test(digits) ? plain(`${Number(digits.slice(0, -2))}.${digits.slice(-2)}`) : nothing;
    case 'date':
      return /^\d{6}$/.test(digits) ? plain(`20${digits.replace(/^(..)(..)(..)$/, '$1-$2-$3')}`) : nothing;
    case 'time':
      return /^\d{6}$/.test(digits) ? plain(digits.replace(/^(..)(..)(..)$/, '$1:$2:$3')) : nothing;
    case 'int':
      return value.length > 0 && value.length <= 6 ? plain(String(readUint(value))) : nothing;
    case 'number-table':
      return value.length === 1 ? plain(`ISO/IEC 8859-${value[0]}`) : nothing;
    case 'currency':
      return says(currencies[digits.slice(-3)]);
    case 'country':
      return says(countries[digits.slice(-3)]);
    case 'transaction-type':
      return says(transactionTypes[digits]);
    case 'response-code':
      return says(authorisations[new TextDecoder('ascii').decode(value)]);
    case 'track2':
      return track2(digits);
    case 'terminal-type':
      return terminalType(value);
    case 'log-entry':
      return value.length === 2
        ? says(say(`SFI ${value[0]}，${value[1]} 条记录`, `SFI ${value[0]}, ${value[1]} records`))
        : nothing;
    case 'dol':
      return { meaning: null, below: tagList(value, true) };
    case 'tags':
      return { meaning: null, below: tagList(value, false) };
    case 'afl':
      return { meaning: null, below: fileLocator(value) };
    case 'cvm-list':
      return { meaning: null, below: cvmList(value) };
    case 'cvm-results':
      return cvmResults(value);
    case 'iad':
      return issuerData(value);
    default:
      return nothing;
  }
}

function track2(digits: string): Reading {
  const [, account, expiry, service] = /^(\d+)D(\d{4})(\d{3})/.exec(digits) ?? [];
  if (!account || !expiry) return nothing;
  const month = `20${expiry.slice(0, 2)}-${expiry.slice(2)}`;
  return says(
    say(
      `账号 ${account}，有效期 ${month}，服务码 ${service}`,
      `PAN ${account}, expiry ${month}, service code ${service}`,
    ),
  );
}

function terminalType(value: Uint8Array): Reading {
  const code = value[0] ?? 0;
  const [who, how] = [code >> 4, (code & 15) - 1];
  const operator = operators[who - 1];
  const ability = abilities[how % 3];
  const attendance = attendances[Math.floor(how / 3)];
  if (!operator || !ability || !attendance || how < 0) return nothing;
  return says(
    say(`${operator.zh}，${attendance.zh}，${ability.zh}`, `${operator.en}, ${attendance.en}, ${ability.en}`),
  );
}

/** A list of tags, with a length behind each in a data object list. A list that ends early says so. */
function tagList(value: Uint8Array, lengths: boolean): DecodedLine[] {
  const lines: DecodedLine[] = [];
  let total = 0;
  for (let at = 0; at < value.length; ) {
    const from = at;
    at += 1;
    if (((value[from] as number) & 0x1f) === 0x1f) while (at < value.length && (value[at++] as number) & 0x80);
    const id = hex(value.subarray(from, at));
    const length = lengths ? value[at++] : undefined;
    if (lengths && length === undefined) return [...lines, line(0, say('不完整', 'cut short'), id)];
    total += length ?? 0;
    const name = tagNamed(id)?.name ?? say('未知标签', 'unknown tag');
    lines.push(line(0, name, '', { id, meaning: length === undefined ? null : byteCount(length) }));
  }
  return lengths ? [...lines, line(0, say('合计', 'total'), '', { meaning: byteCount(total) })] : lines;
}

const byteCount = (count: number): Words => say(`${count} 字节`, count === 1 ? '1 byte' : `${count} bytes`);

function fileLocator(value: Uint8Array): DecodedLine[] {
  const lines: DecodedLine[] = [];
  for (let at = 0; at + 4 <= value.length; at += 4) {
    const [sfi = 0, first = 0, last = 0, signed = 0] = value.subarray(at, at + 4);
    const zh = `记录 ${first} 至 ${last}，前 ${signed} 条参与脱机数据认证`;
    const en = `records ${first} to ${last}, the first ${signed} signed for offline data authentication`;
    lines.push(line(0, both(`SFI ${sfi >> 3}`), hex(value.subarray(at, at + 4)), { meaning: say(zh, en) }));
  }
  return lines;
}

function cvmList(value: Uint8Array): DecodedLine[] {
  if (value.length < 8) return [];
  const amount = (name: string, at: number) =>
    line(0, both(name), hex(value.subarray(at, at + 4)), { meaning: both(String(readUint(value, at, 4))) });
  const lines = [amount('X', 0), amount('Y', 4)];
  for (let at = 8; at + 2 <= value.length; at += 2) {
    const name = say(`规则 ${(at - 6) / 2}`, `rule ${(at - 6) / 2}`);
    lines.push(
      line(0, name, hex(value.subarray(at, at + 2)), {
        meaning: cvmRule(value[at] as number, value[at + 1] as number),
      }),
    );
  }
  return lines;
}

const twoDigits = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

function cvmRule(code: number, condition: number): Words {
  const method = cvmMethods[twoDigits(code & 0x3f)] ?? say('未知方法', 'unknown method');
  const when = cvmConditions[twoDigits(condition)] ?? say('未知条件', 'unknown condition');
  const next = code & 0x40 ? say('失败则用下一条', 'if it fails, the next') : say('失败则结束', 'if it fails, the end');
  return say(`${method.zh}；${when.zh}；${next.zh}`, `${method.en}; ${when.en}; ${next.en}`);
}

function cvmResults(value: Uint8Array): Reading {
  const [code, condition, result] = value;
  if (code === undefined || condition === undefined || result === undefined) return nothing;
  const method = cvmMethods[twoDigits(code & 0x3f)] ?? say('未知方法', 'unknown method');
  const when = cvmConditions[twoDigits(condition)] ?? say('未知条件', 'unknown condition');
  const outcome =
    [say('结果未知', 'outcome unknown'), say('失败', 'failed'), say('成功', 'successful')][result] ??
    say('保留', 'reserved');
  return says(say(`${method.zh}；${when.zh}；${outcome.zh}`, `${method.en}; ${when.en}; ${outcome.en}`));
}

const algorithms = named(`
  01 | 3DES | 3DES
  04 | SM4 | SM4`);

/** 9F10 of PBOC (JR/T 0025.5): length 07, derivation key index, cryptogram version, CVR 4, algorithm; issuer's own data. */
function issuerData(value: Uint8Array): Reading {
  if (value[0] !== 0x07 || value.length < 8 || value[3] !== 0x03)
    return says(say('不是 PBOC 格式', 'not in the format of PBOC'));
  const part = (zh: string, en: string, from: number, to: number, rest: Parameters<typeof line>[3] = {}) =>
    line(0, say(zh, en), hex(value.subarray(from, to)), rest);
  const below = [
    part('分散密钥索引', 'derivation key index', 1, 2),
    part('密文版本号', 'cryptogram version number', 2, 3),
    part('卡片验证结果 CVR', 'card verification results (CVR)', 3, 7, { bits: bitsOf('cvr', value.subarray(3, 7)) }),
    part('算法标识', 'algorithm', 7, 8, { meaning: algorithms[twoDigits(value[7] as number)] ?? null }),
  ];
  if (value.length > 8) below.push(part('发卡行自定义数据', 'issuer discretionary data', 8, value.length));
  return { meaning: null, below };
}
