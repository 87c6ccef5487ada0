import type { KeyBlockHeader } from '../tr31-header.ts';
import type { Trace } from '../trace.ts';
import type { Words } from './contract.ts';

/** What the characters of a key block's header stand for (TR-31, ANSI X9.143 tables 2 to 5). */

const versions: Readonly<Record<string, Words>> = {
  A: { zh: '变体法（旧）', en: 'by variants (deprecated)' },
  B: { zh: '3DES 派生法', en: '3DES by derivation' },
  C: { zh: '变体法', en: 'by variants' },
  D: { zh: 'AES 派生法', en: 'AES by derivation' },
};

const usages: Readonly<Record<string, Words>> = {
  B0: { zh: '基础派生密钥 BDK', en: 'base derivation key' },
  B1: { zh: 'DUKPT 初始密钥', en: 'initial DUKPT key' },
  B2: { zh: '变体基础密钥', en: 'base key variant' },
  C0: { zh: '卡片验证密钥', en: 'card verification key' },
  D0: { zh: '数据加密', en: 'data encryption' },
  D1: { zh: '非对称数据加密', en: 'asymmetric data encryption' },
  D2: { zh: '十进制表加密', en: 'decimalisation table' },
  E0: { zh: 'EMV 应用密文主密钥', en: 'EMV master key of cryptograms' },
  E1: { zh: 'EMV 报文保密主密钥', en: 'EMV master key of message secrecy' },
  E2: { zh: 'EMV 报文完整性主密钥', en: 'EMV master key of message integrity' },
  E3: { zh: 'EMV 数据鉴别码主密钥', en: 'EMV master key of data authentication codes' },
  E4: { zh: 'EMV 动态数主密钥', en: 'EMV master key of dynamic numbers' },
  E5: { zh: 'EMV 个人化主密钥', en: 'EMV master key of personalisation' },
  E6: { zh: 'EMV 其他主密钥', en: 'EMV master key, other' },
  I0: { zh: '初始向量', en: 'IV' },
  K0: { zh: '密钥加密', en: 'key encryption' },
  K1: { zh: '密钥块保护密钥', en: 'key block protection key' },
  M0: { zh: 'ISO 16609 MAC 算法一', en: 'ISO 16609 MAC algorithm 1' },
  M1: { zh: 'ISO 9797-1 MAC 算法一', en: 'ISO 9797-1 MAC algorithm 1' },
  M3: { zh: 'ISO 9797-1 MAC 算法三', en: 'ISO 9797-1 MAC algorithm 3' },
  M5: { zh: 'ISO 9797-1 MAC 算法五', en: 'ISO 9797-1 MAC algorithm 5' },
  M6: { zh: 'CMAC', en: 'CMAC' },
  M7: { zh: 'HMAC', en: 'HMAC' },
  P0: { zh: 'PIN 加密', en: 'PIN encryption' },
  S0: { zh: '数字签名密钥对', en: 'key pair for signatures' },
  V0: { zh: 'PIN 验证（其他）', en: 'PIN verification, other' },
  V1: { zh: 'PIN 验证（IBM 3624）', en: 'PIN verification, IBM 3624' },
  V2: { zh: 'PIN 验证（PVV）', en: 'PIN verification, PVV' },
};

const algorithms: Readonly<Record<string, Words>> = {
  A: { zh: 'AES', en: 'AES' },
  D: { zh: 'DES', en: 'DES' },
  T: { zh: '3DES', en: '3DES' },
  E: { zh: '椭圆曲线', en: 'elliptic curve' },
  H: { zh: 'HMAC', en: 'HMAC' },
  R: { zh: 'RSA', en: 'RSA' },
  S: { zh: 'DSA', en: 'DSA' },
};

const modes: Readonly<Record<string, Words>> = {
  B: { zh: '加密与解密', en: 'encrypt and decrypt' },
  C: { zh: '生成与验证', en: 'generate and verify' },
  D: { zh: '仅解密', en: 'decrypt only' },
  E: { zh: '仅加密', en: 'encrypt only' },
  G: { zh: '仅生成', en: 'generate only' },
  N: { zh: '不限', en: 'no restriction' },
  S: { zh: '签名', en: 'sign' },
  T: { zh: '签名与解密', en: 'sign and decrypt' },
  V: { zh: '仅验证', en: 'verify only' },
  X: { zh: '派生密钥', en: 'derive keys' },
  Y: { zh: '生成变体', en: 'make variants' },
};

const exports: Readonly<Record<string, Words>> = {
  E: { zh: '可在受信任密钥下导出', en: 'may be exported under a trusted key' },
  N: { zh: '不可导出', en: 'may not be exported' },
  S: { zh: '敏感，可在不受信任密钥下导出', en: 'sensitive: may be exported under an untrusted key' },
};

const unknown: Words = { zh: '未登记', en: 'not registered' };
const read = (table: Readonly<Record<string, Words>>, value: string): string => {
  const { zh, en } = table[value] ?? unknown;
  return `${value} ${zh} / ${en}`;
};

/** Tells of the header once more, each field with its meaning. */
export function headerSteps(header: KeyBlockHeader, trace?: Trace): void {
  trace?.(
    'tr31.meaning',
    {
      version: read(versions, header.version),
      usage: read(usages, header.usage),
      algorithm: read(algorithms, header.algorithm),
      mode: read(modes, header.mode),
      key_version: header.key_version,
      exportability: read(exports, header.exportability),
      optional_blocks: header.blocks.map(({ id }) => id).join(' ') || '0',
    },
    header.version + header.usage + header.algorithm + header.mode + header.key_version + header.exportability,
  );
}
