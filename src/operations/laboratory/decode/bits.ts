import type { Words } from '../../../core/keys/explain/contract.ts';
import { rows } from './rows.ts';

/** One bit of a value or a few that belong together: `byte` from 1, bits `from` 8 `through` 1 as EMV numbers them. */
type BitRule = {
  readonly byte: number;
  readonly from: number;
  readonly through: number;
  readonly name: Words;
  /** What each value of a field of several bits says, by its binary digits. */
  readonly values: Readonly<Record<string, Words>>;
};

/** A rule applied to a value: where, its binary digits, what they say. */
export type Bit = { readonly place: string; readonly value: string; readonly name: Words };

/** `byte.bit | 中文 | English | values`; values: `00 AAC, 01 未请求/not requested`. */
function bitRules(text: string): readonly BitRule[] {
  return rows(text).map(([place = '', zh = '', en = '', values = '']) => {
    const [byte = '', bits = ''] = place.split('.');
    const [from = '', through = from] = bits.split('-');
    const said = values.split(',').flatMap((value) => {
      const [digits = '', ...words] = value.trim().split(' ');
      const [first = '', second = first] = words.join(' ').split('/');
      return digits ? [[digits, { zh: first, en: second }] as const] : [];
    });
    return {
      byte: Number(byte),
      from: Number(from),
      through: Number(through),
      name: { zh, en },
      values: Object.fromEntries(said),
    };
  });
}

/** EMV Book 3 annex C; 9F10 and the contactless qualifiers as JR/T 0025 has them. */
const tables: Readonly<Record<string, readonly BitRule[]>> = {
  tvr: bitRules(`
    1.8 | 未进行脱机数据认证 | offline data authentication was not performed
    1.7 | 脱机静态数据认证失败 | static data authentication failed
    1.6 | IC卡数据缺失 | ICC data missing
    1.5 | 卡片出现在终端异常文件中 | card appears on the terminal exception file
    1.4 | 脱机动态数据认证失败 | dynamic data authentication failed
    1.3 | 复合动态数据认证失败 | combined DDA/AC generation failed
    1.2 | 选择了静态数据认证 | static data authentication selected
    2.8 | IC卡与终端应用版本不一致 | ICC and terminal have different application versions
    2.7 | 应用已过期 | expired application
    2.6 | 应用尚未生效 | application not yet effective
    2.5 | 卡片不允许所请求的服务 | requested service not allowed for the card product
    2.4 | 新卡 | new card
    3.8 | 持卡人验证未成功 | cardholder verification was not successful
    3.7 | 未知的持卡人验证方法 | unrecognised CVM
    3.6 | PIN尝试次数超限 | PIN try limit exceeded
    3.5 | 要求输入PIN，但密码键盘不存在或故障 | PIN entry required, PIN pad not present or not working
    3.4 | 要求输入PIN，密码键盘存在，但未输入 | PIN entry required, PIN pad present, PIN was not entered
    3.3 | 已输入联机PIN | online PIN entered
    4.8 | 交易超过最低限额 | transaction exceeds the floor limit
    4.7 | 超过连续脱机交易下限 | lower consecutive offline limit exceeded
    4.6 | 超过连续脱机交易上限 | upper consecutive offline limit exceeded
    4.5 | 交易被随机选择联机处理 | transaction selected at random for online processing
    4.4 | 商户要求联机 | merchant forced the transaction online
    5.8 | 使用了缺省TDOL | default TDOL used
    5.7 | 发卡行认证失败 | issuer authentication failed
    5.6 | 最后一次GENERATE AC前脚本处理失败 | script processing failed before the final GENERATE AC
    5.5 | 最后一次GENERATE AC后脚本处理失败 | script processing failed after the final GENERATE AC`),
  tsi: bitRules(`
    1.8 | 进行了脱机数据认证 | offline data authentication was performed
    1.7 | 进行了持卡人验证 | cardholder verification was performed
    1.6 | 进行了卡片风险管理 | card risk management was performed
    1.5 | 进行了发卡行认证 | issuer authentication was performed
    1.4 | 进行了终端风险管理 | terminal risk management was performed
    1.3 | 进行了脚本处理 | script processing was performed`),
  aip: bitRules(`
    1.7 | 支持静态数据认证 SDA | SDA supported
    1.6 | 支持动态数据认证 DDA | DDA supported
    1.5 | 支持持卡人验证 | cardholder verification supported
    1.4 | 执行终端风险管理 | terminal risk management is to be performed
    1.3 | 支持发卡行认证 | issuer authentication supported
    1.2 | 支持设备持卡人验证 | on-device cardholder verification supported
    1.1 | 支持复合动态数据认证 CDA | CDA supported
    2.8 | 支持EMV模式（非接触） | EMV mode supported (contactless)`),
  auc: bitRules(`
    1.8 | 国内现金交易有效 | valid for domestic cash transactions
    1.7 | 国际现金交易有效 | valid for international cash transactions
    1.6 | 国内商品有效 | valid for domestic goods
    1.5 | 国际商品有效 | valid for international goods
    1.4 | 国内服务有效 | valid for domestic services
    1.3 | 国际服务有效 | valid for international services
    1.2 | ATM有效 | valid at ATMs
    1.1 | ATM以外的终端有效 | valid at terminals other than ATMs
    2.8 | 允许国内返现 | domestic cashback allowed
    2.7 | 允许国际返现 | international cashback allowed`),
  cid: bitRules(`
    1.8-7 | 密文类型 | cryptogram | 00 AAC（拒绝）/AAC (declined), 01 TC（批准）/TC (approved), 10 ARQC（请求联机）/ARQC (online requested), 11 AAR
    1.6-5 | 支付系统专用密文 | payment system-specific cryptogram
    1.4 | 需要通知 | advice required
    1.3-1 | 原因或通知码 | reason/advice code | 000 无信息/no information, 001 不允许的服务/service not allowed, 010 PIN尝试次数超限/PIN try limit exceeded, 011 发卡行认证失败/issuer authentication failed`),
  terminal: bitRules(`
    1.8 | 手工键盘输入 | manual key entry
    1.7 | 磁条 | magnetic stripe
    1.6 | 接触式IC卡 | IC with contacts
    2.8 | IC卡明文PIN验证 | plaintext PIN for ICC verification
    2.7 | 加密PIN联机验证 | enciphered PIN for online verification
    2.6 | 签名（纸） | signature (paper)
    2.5 | IC卡加密PIN脱机验证 | enciphered PIN for offline verification
    2.4 | 无需持卡人验证 | no CVM required
    2.1 | 持卡人证件验证 | cardholder identity document
    3.8 | 静态数据认证 SDA | SDA
    3.7 | 动态数据认证 DDA | DDA
    3.6 | 吞卡 | card capture
    3.4 | 复合动态数据认证 CDA | CDA`),
  additional: bitRules(`
    1.8 | 现金 | cash
    1.7 | 商品 | goods
    1.6 | 服务 | services
    1.5 | 返现 | cashback
    1.4 | 查询 | inquiry
    1.3 | 转账 | transfer
    1.2 | 付款 | payment
    1.1 | 管理 | administrative
    2.8 | 存款 | cash deposit
    3.8 | 数字键 | numeric keys
    3.7 | 字母和特殊字符键 | alphabetic and special character keys
    3.6 | 命令键 | command keys
    3.5 | 功能键 | function keys
    4.8 | 打印，服务员 | print, attendant
    4.7 | 打印，持卡人 | print, cardholder
    4.6 | 显示，服务员 | display, attendant
    4.5 | 显示，持卡人 | display, cardholder
    4.2 | 代码表10 | code table 10
    4.1 | 代码表9 | code table 9
    5.8 | 代码表8 | code table 8
    5.7 | 代码表7 | code table 7
    5.6 | 代码表6 | code table 6
    5.5 | 代码表5 | code table 5
    5.4 | 代码表4 | code table 4
    5.3 | 代码表3 | code table 3
    5.2 | 代码表2 | code table 2
    5.1 | 代码表1 | code table 1`),
  priority: bitRules(`
    1.8 | 需要持卡人确认 | cardholder confirmation needed
    1.4-1 | 优先级（1最高） | priority (1 is the highest)`),
  ttq: bitRules(`
    1.8 | 支持非接触磁条 | magnetic-stripe mode supported
    1.7 | 支持非接触借贷记（PBOC） | full debit/credit over the contactless interface supported
    1.6 | 支持qPBOC | EMV mode (qPBOC) supported
    1.5 | 支持接触式借贷记 | EMV contact chip supported
    1.4 | 仅支持脱机 | offline-only reader
    1.3 | 支持联机PIN | online PIN supported
    1.2 | 支持签名 | signature supported
    1.1 | 联机支持脱机数据认证 | offline data authentication for online authorisations supported
    2.8 | 需要联机密文 | online cryptogram required
    2.7 | 需要持卡人验证 | CVM required
    2.6 | 支持脱机PIN | offline PIN supported
    3.8 | 支持发卡行更新 | issuer update processing supported
    3.7 | 支持设备持卡人验证 | consumer device CVM supported`),
  ctq: bitRules(`
    1.8 | 需要联机PIN | online PIN required
    1.7 | 需要签名 | signature required
    1.6 | 脱机数据认证失败且可联机时，联机 | go online if offline data authentication fails and the reader is online capable
    1.5 | 脱机数据认证失败时，终止 | switch interface if offline data authentication fails
    1.4 | 应用过期时，联机 | go online if the application has expired
    1.3 | 现金交易时转换界面 | switch interface for cash transactions
    1.2 | 返现交易时转换界面 | switch interface for cashback transactions
    2.8 | 已完成设备持卡人验证 | consumer device CVM performed
    2.7 | 支持发卡行更新 | issuer update processing supported`),
  cvr: bitRules(`
    2.8-7 | 第二次GENERATE AC返回 | second GENERATE AC returned | 00 AAC, 01 TC, 10 未请求/not requested, 11 RFU
    2.6-5 | 第一次GENERATE AC返回 | first GENERATE AC returned | 00 AAC, 01 TC, 10 ARQC, 11 RFU
    2.4 | 执行了发卡行认证但失败 | issuer authentication performed and failed
    2.3 | 执行了脱机PIN验证 | offline PIN verification performed
    2.2 | 脱机PIN验证失败 | offline PIN verification failed
    2.1 | 无法联机 | unable to go online
    3.8 | 上次联机交易未完成 | last online transaction not completed
    3.7 | PIN尝试次数超限 | PIN try limit exceeded
    3.6 | 超过频度检查计数 | velocity checking counters exceeded
    3.5 | 新卡 | new card
    3.4 | 上次联机交易发卡行认证失败 | issuer authentication failed on the last online transaction
    3.3 | 联机授权后未执行发卡行认证 | issuer authentication not performed after online authorisation
    3.2 | 因PIN尝试次数超限应用被锁定 | application blocked because the PIN try limit was exceeded
    3.1 | 上次交易脱机静态数据认证失败 | static data authentication failed on the last transaction
    4.8-5 | 收到的带安全报文的脚本命令数 | issuer script commands with secure messaging
    4.4 | 脚本命令处理失败 | issuer script processing failed
    4.3 | 上次交易脱机动态数据认证失败 | dynamic data authentication failed on the last transaction
    4.2 | 执行了脱机动态数据认证 | dynamic data authentication performed`),
};

/** Names of the bit tables, for tests. */
export const bitTables = Object.keys(tables);

/**
 * What the bits of a value say: of single bits those that are set, of fields always, with the meaning of their digits.
 * Bits that no table names come as they are, so that nothing set is passed over.
 */
export function bitsOf(table: string, value: Uint8Array): readonly Bit[] {
  const rules = tables[table] ?? [];
  const known = rules.flatMap((rule): Bit[] => {
    const byte = value[rule.byte - 1];
    if (byte === undefined) return [];
    const width = rule.from - rule.through + 1;
    const digits = ((byte >> (rule.through - 1)) & ((1 << width) - 1)).toString(2).padStart(width, '0');
    if (width === 1 && digits === '0') return [];
    const place = `${rule.byte}.${width === 1 ? rule.from : `${rule.from}-${rule.through}`}`;
    return [{ place, value: digits, name: withMeaning(rule, digits, width) }];
  });
  return [...known, ...unnamed(rules, value)].toSorted(byPlace);
}

function withMeaning({ name, values }: BitRule, digits: string, width: number): Words {
  if (width === 1) return name;
  const said = values[digits] ?? { zh: String(Number.parseInt(digits, 2)), en: String(Number.parseInt(digits, 2)) };
  return { zh: `${name.zh}：${said.zh}`, en: `${name.en}: ${said.en}` };
}

function unnamed(rules: readonly BitRule[], value: Uint8Array): Bit[] {
  const first = rules.length > 0 ? Math.min(...rules.map(({ byte }) => byte)) : 1;
  const found: Bit[] = [];
  for (let byte = first; byte <= value.length; byte++)
    for (let bit = 8; bit >= 1; bit--) {
      const set = ((value[byte - 1] as number) >> (bit - 1)) & 1;
      const named = rules.some((rule) => rule.byte === byte && bit <= rule.from && bit >= rule.through);
      if (set && !named) found.push({ place: `${byte}.${bit}`, value: '1', name: { zh: '保留', en: 'reserved' } });
    }
  return found;
}

const order = ({ place }: Bit): number => {
  const [byte = '', bit = ''] = place.split(/[.-]/);
  return Number(byte) * 10 - Number(bit);
};
const byPlace = (a: Bit, b: Bit): number => order(a) - order(b);
