import type { Words } from '../contract.ts';
import { parseTlv, type Tlv } from '../tlv.ts';

/** Names of the data elements of a bank chip (EMV Book 3 annex A, JR/T 0025.5), by tag; the secret ones are masked in logs. */
const names: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  '4F': ['应用标识', 'application name'],
  '50': ['应用标签', 'application label'],
  '57': ['磁道2等效数据', 'track 2 equivalent data'],
  '5A': ['账号', 'account number'],
  '5F20': ['持卡人姓名', 'cardholder name'],
  '5F24': ['应用失效日期', 'expiry date'],
  '5F25': ['应用生效日期', 'effective date'],
  '5F28': ['发卡行国家代码', 'issuer country'],
  '5F2D': ['首选语言', 'languages'],
  '5F30': ['服务码', 'service code'],
  '5F34': ['账号序列号', 'account sequence number'],
  '61': ['应用模板', 'application template'],
  '6F': ['文件控制信息', 'file control information'],
  '70': ['记录模板', 'record template'],
  '77': ['响应报文模板', 'response template'],
  '82': ['应用交互特征', 'application interchange profile'],
  '83': ['命令模板', 'command template'],
  '84': ['DF名称', 'directory name'],
  '87': ['应用优先指示器', 'application priority'],
  '88': ['目录文件的短标识', 'short identifier of DIR'],
  '8C': ['卡片风险管理数据对象列表1', 'CDOL1'],
  '8D': ['卡片风险管理数据对象列表2', 'CDOL2'],
  '8E': ['持卡人验证方法列表', 'CVM list'],
  '94': ['应用文件定位器', 'application file locator'],
  A5: ['专用数据', 'proprietary data'],
  BF0C: ['发卡行自定义数据', 'issuer discretionary data'],
  '9F07': ['应用用途控制', 'application usage control'],
  '9F08': ['应用版本号', 'application version'],
  '9F0D': ['发卡行行为代码-缺省', 'issuer action code, default'],
  '9F0E': ['发卡行行为代码-拒绝', 'issuer action code, denial'],
  '9F0F': ['发卡行行为代码-联机', 'issuer action code, online'],
  '9F10': ['发卡行应用数据', 'issuer application data'],
  '9F11': ['发卡行代码表索引', 'issuer code table'],
  '9F12': ['应用首选名称', 'application preferred name'],
  '9F13': ['上次联机交易计数器', 'last online counter'],
  '9F17': ['PIN尝试计数器', 'PIN tries left'],
  '9F26': ['应用密文', 'application cryptogram'],
  '9F27': ['密文信息数据', 'cryptogram information'],
  '9F36': ['应用交易计数器', 'application transaction counter'],
  '9F38': ['处理选项数据对象列表', 'PDOL'],
  '9F42': ['应用货币代码', 'application currency'],
  '9F44': ['应用货币指数', 'application currency exponent'],
  '9F4D': ['日志入口', 'log entry'],
  '9F4F': ['日志格式', 'log format'],
};

export function debitElementName(tag: number): Words | null {
  const found = names[tag.toString(16).toUpperCase().padStart(2, '0')];
  return found ? { zh: found[0], en: found[1] } : null;
}

/** Account number, track, name: what says whose card it is. */
const secret = new Set([0x5a, 0x57, 0x5f20]);

/** The objects of a record of a bank chip (template 70); null when the bytes are no such record. */
export function debitRecord(bytes: Uint8Array): readonly Tlv[] | null {
  const parsed = bytes[0] === 0x70 ? parseTlv(bytes) : null;
  const [template, more] = parsed?.ok ? parsed.value : [];
  return template && !more && template.parts.length > 0 ? [template] : null;
}

/** Where in a record of a bank chip stands what a log must not show: pairs of first byte and first byte after. */
export function secretPlaces(record: Uint8Array): readonly (readonly [number, number])[] {
  const [template] = debitRecord(record) ?? [];
  if (!template) return [];
  const places: (readonly [number, number])[] = [];
  let at = record.length - template.value.length;
  for (const part of template.parts) {
    const head = (part.tag > 0xff ? 2 : 1) + (part.value.length > 0x7f ? 2 : 1);
    if (secret.has(part.tag)) places.push([at + head, at + head + part.value.length]);
    at += head + part.value.length;
  }
  return places;
}
