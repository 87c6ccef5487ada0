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
 * Commands beside those of the social-security card (`core/card`): EMV Book 3, the PBOC deposit and purse, FMCOS, ISO/IEC
 * 7816-4 (card.md 1.2, 1.6). CLA INS P1 (`..` any) | 中文 | English | sends | answers. A part is `bytes zh/en`, `*` the
 * rest; `=9F36` says in the form of which tag,
 * `=FEN` an amount in fen, `=TLV` objects, `=GPO` and `=AC` either format of those answers.
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
00 E2 .. | 追加记录 | APPEND RECORD | * 记录/record |
04 E2 .. | 追加记录（安全报文） | APPEND RECORD with secure messaging | * 记录与MAC/record and MAC |
80 50 00 | 圈存初始化 | INITIALIZE FOR LOAD (PBOC) | 1 密钥索引/key index; 4 交易金额/amount =FEN; 6 终端机编号/terminal number | 4 余额/balance =FEN; 2 联机交易序号/online sequence =9F36; 1 密钥版本/key version; 1 算法标识/algorithm; 4 伪随机数/random; 4 MAC1/MAC1
80 50 01 | 消费初始化 | INITIALIZE FOR PURCHASE (PBOC) | 1 密钥索引/key index; 4 交易金额/amount =FEN; 6 终端机编号/terminal number | 4 余额/balance =FEN; 2 脱机交易序号/offline sequence =9F36; 3 透支限额/overdraft limit =FEN; 1 密钥版本/key version; 1 算法标识/algorithm; 4 伪随机数/random
80 50 02 | 取现初始化 | INITIALIZE FOR CASH WITHDRAW (PBOC) | 1 密钥索引/key index; 4 交易金额/amount =FEN; 6 终端机编号/terminal number | 4 余额/balance =FEN; 2 脱机交易序号/offline sequence =9F36; 3 透支限额/overdraft limit =FEN; 1 密钥版本/key version; 1 算法标识/algorithm; 4 伪随机数/random
80 50 03 | 复合应用消费初始化 | INITIALIZE FOR CAPP PURCHASE (PBOC) | 1 密钥索引/key index; 4 交易金额/amount =FEN; 6 终端机编号/terminal number | 4 余额/balance =FEN; 2 脱机交易序号/offline sequence =9F36; 3 透支限额/overdraft limit =FEN; 1 密钥版本/key version; 1 算法标识/algorithm; 4 伪随机数/random
80 50 04 | 修改透支限额初始化 | INITIALIZE FOR UPDATE (PBOC) | 1 密钥索引/key index; 6 终端机编号/terminal number | 4 余额/balance =FEN; 2 联机交易序号/online sequence =9F36; 3 旧透支限额/old overdraft limit =FEN; 1 密钥版本/key version; 1 算法标识/algorithm; 4 伪随机数/random; 4 MAC1/MAC1
80 50 05 | 圈提初始化 | INITIALIZE FOR UNLOAD (PBOC) | 1 密钥索引/key index; 4 交易金额/amount =FEN; 6 终端机编号/terminal number | 4 余额/balance =FEN; 2 联机交易序号/online sequence =9F36; 1 密钥版本/key version; 1 算法标识/algorithm; 4 伪随机数/random; 4 MAC1/MAC1
80 52 .. | 圈存 | CREDIT FOR LOAD (PBOC) | 4 交易日期/date; 3 交易时间/time =9F21; 4 MAC2/MAC2 | 4 TAC/TAC
80 54 01 | 消费 | DEBIT FOR PURCHASE (PBOC) | 4 终端交易序号/terminal sequence =9F36; 4 交易日期/date; 3 交易时间/time =9F21; 4 MAC1/MAC1 | 4 TAC/TAC; 4 MAC2/MAC2
80 54 03 | 圈提 | DEBIT FOR UNLOAD (PBOC) | 4 交易日期/date; 3 交易时间/time =9F21; 4 MAC2/MAC2 | 4 MAC3/MAC3
80 58 .. | 修改透支限额 | UPDATE OVERDRAFT LIMIT (PBOC) | 3 新透支限额/new overdraft limit =FEN; 4 交易日期/date; 3 交易时间/time =9F21; 4 MAC2/MAC2 | 4 TAC/TAC
80 5A .. | 取交易认证 | GET TRANSACTION PROOF (PBOC) | 2 交易序号/sequence =9F36 | 4 MAC/MAC; 4 TAC/TAC
80 5C .. | 读余额 | GET BALANCE (PBOC) | | 4 余额/balance =FEN
80 5E 00 | 重装PIN | RELOAD PIN (PBOC) | * 新PIN与MAC/new PIN and MAC |
80 2C .. | PIN解锁 | PIN UNBLOCK (FMCOS) | * 加密的PIN与MAC/enciphered PIN and MAC |
80 DC .. | 更新复合应用数据 | UPDATE CAPP DATA CACHE (PBOC) | * 记录/record |
80 E0 .. | 建立文件 | CREATE FILE (FMCOS) | * 文件控制信息/file control data |
80 D4 .. | 写密钥 | WRITE KEY (FMCOS) | * 密钥记录/key record |
84 D4 .. | 写密钥（安全报文） | WRITE KEY with secure messaging | * 密文与MAC/cipher text and MAC |
80 0E .. | 擦除目录 | ERASE DF (FMCOS) | |
80 1A .. | 密钥分散与解密初始化 | DELIVERY KEY (PSAM) | * 分散因子/diversification factors |
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

export const otherCommand = (apdu: Uint8Array): OtherCommand | null =>
  commands.find(({ cla, ins, p1 }) => cla === apdu[0] && ins === apdu[1] && (p1 === null || p1 === apdu[2])) ?? null;
