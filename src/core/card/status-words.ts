import type { Words } from './contract.ts';

/** The status words we give, by what they say (card.md 1.5). */
export const sw = {
  ok: 0x9000,
  selectedInvalid: 0x6283,
  authenticationFailed: 0x6300,
  memory: 0x6581,
  wrongLength: 0x6700,
  invalidState: 0x6901,
  notForFile: 0x6981,
  security: 0x6982,
  blocked: 0x6983,
  noChallenge: 0x6984,
  conditions: 0x6985,
  noFileSelected: 0x6986,
  macMissing: 0x6987,
  macWrong: 0x6988,
  wrongData: 0x6a80,
  notSupported: 0x6a81,
  fileNotFound: 0x6a82,
  recordNotFound: 0x6a83,
  noSpace: 0x6a84,
  wrongParameters: 0x6a86,
  keyNotFound: 0x6a88,
  wrongOffset: 0x6b00,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
  transactionMacWrong: 0x9302,
  lockedForEver: 0x9303,
  insufficient: 0x9401,
  counterAtEnd: 0x9402,
  keyIndexUnknown: 0x9403,
  noProof: 0x9406,
} as const;

/** 63Cx: authentication failed, x tries left. */
export const triesLeft = (left: number): number => 0x63c0 | Math.min(left, 15);
/** 61xx: x bytes wait for GET RESPONSE. */
export const moreData = (length: number): number => 0x6100 | (length & 0xff);
/** 6Cxx: send again with this length. */
export const exactLength = (length: number): number => 0x6c00 | (length & 0xff);

const table: Readonly<Record<string, Words>> = {
  '9000': { zh: '正常', en: 'done' },
  '6281': { zh: '返回的数据可能有误', en: 'returned data may be wrong' },
  '6283': { zh: '选择的文件无效', en: 'selected file is invalid' },
  '6300': { zh: '认证失败', en: 'authentication failed' },
  '6400': { zh: '状态未改变', en: 'nothing was changed' },
  '6581': { zh: '存储器故障', en: 'memory failure' },
  '6700': { zh: '长度错误', en: 'wrong length' },
  '6900': { zh: '不能处理', en: 'cannot be processed' },
  '6901': { zh: '命令不接受（状态无效）', en: 'not in this state' },
  '6981': { zh: '命令与文件结构不相容', en: 'command does not fit the file' },
  '6982': { zh: '不满足安全状态', en: 'security status not satisfied' },
  '6983': { zh: '认证方法锁定', en: 'authentication method blocked' },
  '6984': { zh: '随机数无效', en: 'no valid challenge' },
  '6985': { zh: '使用条件不满足', en: 'conditions of use not satisfied' },
  '6986': { zh: '没有选择当前文件', en: 'no file is selected' },
  '6987': { zh: '安全报文数据项丢失', en: 'MAC missing' },
  '6988': { zh: '安全报文数据项不正确', en: 'MAC wrong' },
  '6A80': { zh: '数据域参数错误', en: 'wrong data' },
  '6A81': { zh: '功能不支持或卡已锁定', en: 'not supported, or card locked' },
  '6A82': { zh: '文件未找到', en: 'file not found' },
  '6A83': { zh: '记录未找到', en: 'record not found' },
  '6A84': { zh: '空间不足', en: 'not enough space' },
  '6A85': { zh: '长度与TLV结构不符', en: 'length does not fit the TLV' },
  '6A86': { zh: 'P1、P2参数错误', en: 'wrong P1 or P2' },
  '6A88': { zh: '密钥未找到', en: 'key not found' },
  '6B00': { zh: '偏移错误', en: 'wrong offset' },
  '6D00': { zh: 'INS不支持', en: 'unknown instruction' },
  '6E00': { zh: 'CLA不支持', en: 'unknown class' },
  '6F00': { zh: '数据无效', en: 'no precise diagnosis' },
  '9302': { zh: 'MAC无效', en: 'transaction MAC wrong' },
  '9303': { zh: '应用已永久锁定', en: 'application locked for ever' },
  '9401': { zh: '金额不足', en: 'insufficient money' },
  '9402': { zh: '交易计数器达到最大值', en: 'counter at its end' },
  '9403': { zh: '密钥索引不支持', en: 'key index not supported' },
  '9406': { zh: '所需MAC不可用', en: 'no such proof' },
};

/** The words for a status word; every status word has some. */
export function statusWords(status: number): Words {
  const code = status.toString(16).toUpperCase().padStart(4, '0');
  const known = table[code];
  if (known) return known;
  const low = status & 0xff;
  if (status >> 8 === 0x61) return { zh: `还有${low || 256}字节`, en: `${low || 256} bytes more` };
  if (status >> 8 === 0x6c) return { zh: `Le应为${low || 256}`, en: `Le must be ${low || 256}` };
  if (status >> 4 === 0x63c) return { zh: `认证失败，还可试${status & 15}次`, en: `failed, ${status & 15} tries left` };
  return { zh: '未知状态', en: 'unknown status' };
}

/** True for the status words of our table and the three families with a count. */
export const isKnownStatus = (status: number): boolean => statusWords(status).en !== 'unknown status';
