import type { Words } from '../../../core/keys/explain/contract.ts';
import { rows } from './rows.ts';

/** A part of what a command sends or its answer brings: bytes (`null`: the rest), name, and the tag in whose form it is. */
export type Part = { readonly bytes: number | null; readonly name: Words; readonly tag: string };

export type OtherCommand = {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number | null;
  readonly name: Words;
  readonly sends: readonly Part[];
  readonly answers: readonly Part[];
};

/**
 * Commands beside those our own cards answer (`core/card`): ISO/IEC 7816-4, GlobalPlatform, PKI; and those of EMV Book 3
 * whose answers are taken apart further here. CLA INS P1 (`..` any) | 中文 | English | sends | answers. A part is
 * `bytes zh/en`, `*` the rest; `=9F36` says in the form of which tag, `=TLV` objects, `=GPO` and `=AC` either format of
 * those answers.
 */
const table = `
80 A8 .. | 取处理选项 | GET PROCESSING OPTIONS | * 数据对象/data objects =TLV | * 应答/answer =GPO
80 AE .. | 生成应用密文 | GENERATE AC | * 卡片风险管理数据/card risk management data | * 应答/answer =AC
80 CA .. | 取数据 | GET DATA | | * 数据/data =TLV
00 CA .. | 取数据 | GET DATA | | * 数据/data =TLV
00 DA .. | 存数据 | PUT DATA | * 数据/data |
04 DA .. | 存数据（安全报文） | PUT DATA with secure messaging | * 数据与MAC/data and MAC |
00 B2 .. | 读记录 | READ RECORD | | * 记录/record =TLV
00 A4 .. | 选择文件 | SELECT | * 文件标识或名称/file identifier or name | * 文件控制信息/file control information =TLV
80 D2 .. | 写记录（预留） | UPDATE RECORD (CAPP) | * 记录/record |
80 C4 .. | SM3 杂凑 | SM3 HASH (PKI) | * 数据/data | * 杂凑值/hash
00 44 .. | 激活文件 | ACTIVATE FILE | * 文件标识/file identifier |
00 04 .. | 停用文件 | DEACTIVATE FILE | * 文件标识/file identifier |
00 D0 .. | 写二进制文件 | WRITE BINARY | * 数据/data |
00 22 .. | 管理安全环境 | MANAGE SECURITY ENVIRONMENT | * 参数/parameters =TLV |
00 2A .. | 执行安全操作 | PERFORM SECURITY OPERATION | * 数据/data | * 结果/result
00 47 .. | 生成密钥对 | GENERATE ASYMMETRIC KEY PAIR | * 参数/parameters | * 公钥/public key =TLV
00 70 .. | 管理逻辑通道 | MANAGE CHANNEL | | * 通道/channel
80 F2 .. | 取状态 | GET STATUS (GlobalPlatform) | * 条件/criteria =TLV | * 状态/status =TLV
80 E2 .. | 存数据 | STORE DATA (GlobalPlatform) | * 数据/data =TLV |
80 E4 .. | 删除 | DELETE (GlobalPlatform) | * 对象/object =TLV |
80 E6 .. | 安装 | INSTALL (GlobalPlatform) | * 参数/parameters |
80 E8 .. | 装载 | LOAD (GlobalPlatform) | * 数据块/block |
80 D8 .. | 写密钥 | PUT KEY (GlobalPlatform) | * 密钥数据/key data | * 校验值/check values
84 82 .. | 外部认证（安全通道） | EXTERNAL AUTHENTICATE (GlobalPlatform) | 8 主机密文/host cryptogram; * MAC/MAC |
`;

const parts = (text: string): readonly Part[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, bytes = '*', names = '', tag = ''] = /^(\d+|\*) (.*?)(?: =(\w+))?$/.exec(part) ?? [];
      const [zh = '', en = ''] = names.split('/');
      return { bytes: bytes === '*' ? null : Number(bytes), name: { zh, en }, tag };
    });

const commands: readonly OtherCommand[] = rows(table).map(
  ([header = '', zh = '', en = '', sends = '', answers = '']) => {
    const [cla = '', ins = '', p1 = ''] = header.split(' ');
    return {
      cla: Number.parseInt(cla, 16),
      ins: Number.parseInt(ins, 16),
      p1: p1 === '..' ? null : Number.parseInt(p1, 16),
      name: { zh, en },
      sends: parts(sends),
      answers: parts(answers),
    };
  },
);

/** EMV commands whose answers this room takes apart to the bit. */
const furtherHere = new Set([0xa8, 0xae, 0xca]);
export const knownFurther = (apdu: Uint8Array): boolean => apdu[0] === 0x80 && furtherHere.has(apdu[1] ?? 0);

export const otherCommand = (apdu: Uint8Array): OtherCommand | null =>
  commands.find(({ cla, ins, p1 }) => cla === apdu[0] && ins === apdu[1] && (p1 === null || p1 === apdu[2])) ?? null;
