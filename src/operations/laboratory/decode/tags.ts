import type { Words } from '../../../core/keys/explain/contract.ts';
import { rows } from './rows.ts';

/**
 * How the value of a tag is read. As in EMV Book 3: n digits, cn digits padded F, an, ans and a text, b bytes. Beyond
 * them: `amount` n 12 in the smallest unit, `date` yymmdd, `time` hhmmss, `int` a binary number, `template` objects inside,
 * `dol` tags with lengths, `tags` tags alone, `bits:x` a bit table, and forms of their own.
 */
export type TagForm =
  | 'n'
  | 'cn'
  | 'an'
  | 'ans'
  | 'a'
  | 'b'
  | 'amount'
  | 'date'
  | 'time'
  | 'int'
  | 'template'
  | 'dol'
  | 'tags'
  | 'currency'
  | 'country'
  | 'track2'
  | 'afl'
  | 'cvm-list'
  | 'cvm-results'
  | 'iad'
  | 'terminal-type'
  | 'transaction-type'
  | 'response-code'
  | 'log-entry'
  | 'number-table'
  | `bits:${string}`;

export type Tag = { readonly id: string; readonly form: TagForm; readonly name: Words };

/**
 * Tags of EMV (Book 1 annex B, Book 3 annex A, Contactless Books A and C), of PBOC 3.0 (JR/T 0025: debit and credit,
 * electronic cash, qPBOC) and of UnionPay's terminal parameters. Where EMV and PBOC use a tag differently, PBOC's meaning
 * stands, as the cards here are Chinese ones.
 */
const table = `
06   | b                | 对象标识符                       | object identifier (OID)
41   | b                | 国家代码与国家数据               | country code and national data
42   | n                | 发卡行标识代码                   | issuer identification number (IIN)
43   | b                | 卡片服务数据                     | card service data
44   | b                | 初始访问数据                     | initial access data
45   | b                | 卡片发行者数据                   | card issuer's data
46   | b                | 预发行数据                       | pre-issuing data
47   | b                | 卡片能力                         | card capabilities
48   | b                | 状态信息                         | status information
4D   | tags             | 扩展首标列表                     | extended header list
4F   | b                | 应用标识符 AID                   | application identifier (AID) of the card
50   | ans              | 应用标签                         | application label
51   | b                | 路径                             | path
52   | b                | 待执行命令                       | command to perform
53   | b                | 自定义数据                       | discretionary data
56   | ans              | 磁道1数据                        | track 1 data
57   | track2           | 磁道2等效数据                    | track 2 equivalent data
58   | ans              | 磁道3等效数据                    | track 3 equivalent data
5A   | cn               | 应用主账号                       | application primary account number (PAN)
5B   | ans              | 姓名                             | name
5C   | tags             | 标签列表                         | tag list
5D   | tags             | 首标列表                         | header list
5E   | b                | 登录数据                         | login data
5F20 | ans              | 持卡人姓名                       | cardholder name
5F24 | date             | 应用失效日期                     | application expiration date
5F25 | date             | 应用生效日期                     | application effective date
5F28 | country          | 发卡行国家代码                   | issuer country code
5F2A | currency         | 交易货币代码                     | transaction currency code
5F2D | an               | 首选语言                         | language preference
5F30 | n                | 服务码                           | service code
5F34 | n                | 应用主账号序列号                 | PAN sequence number
5F36 | n                | 交易货币指数                     | transaction currency exponent
5F50 | ans              | 发卡行URL                        | issuer URL
5F53 | an               | 国际银行账号 IBAN                | international bank account number (IBAN)
5F54 | an               | 银行标识码 BIC                   | bank identifier code (BIC)
5F55 | a                | 发卡行国家代码（两字母）         | issuer country code (alpha 2)
5F56 | a                | 发卡行国家代码（三字母）         | issuer country code (alpha 3)
5F57 | n                | 账户类型                         | account type
60   | template         | 动态认证模板                     | dynamic authentication template
61   | template         | 应用模板                         | application template
62   | template         | 文件控制参数模板                 | file control parameters (FCP) template
64   | template         | 文件管理数据模板                 | file management data (FMD) template
65   | template         | 持卡人相关数据                   | cardholder related data
66   | template         | 卡片数据                         | card data
67   | template         | 鉴别数据                         | authentication data
6E   | template         | 应用相关数据                     | application related data
6F   | template         | 文件控制信息模板 FCI             | file control information (FCI) template
70   | template         | 记录模板                         | record template
71   | template         | 发卡行脚本模板1                  | issuer script template 1
72   | template         | 发卡行脚本模板2                  | issuer script template 2
73   | template         | 目录自定义模板                   | directory discretionary template
77   | template         | 响应报文模板格式2                | response message template format 2
7F21 | template         | 卡持有者证书                     | cardholder certificate
7F60 | template         | 生物信息模板                     | biometric information template
80   | b                | 响应报文模板格式1                | response message template format 1
81   | int              | 授权金额（二进制）               | amount, authorised (binary)
82   | bits:aip         | 应用交互特征 AIP                 | application interchange profile (AIP)
83   | b                | 命令模板                         | command template
84   | b                | 专用文件名称                     | dedicated file (DF) name
86   | b                | 发卡行脚本命令                   | issuer script command
87   | bits:priority    | 应用优先指示器                   | application priority indicator
88   | int              | 短文件标识符 SFI                 | short file identifier (SFI)
89   | an               | 授权码                           | authorisation code
8A   | response-code    | 授权响应码 ARC                   | authorisation response code (ARC)
8C   | dol              | 卡片风险管理数据对象列表1 CDOL1  | card risk management data object list 1 (CDOL1)
8D   | dol              | 卡片风险管理数据对象列表2 CDOL2  | card risk management data object list 2 (CDOL2)
8E   | cvm-list         | 持卡人验证方法列表               | cardholder verification method (CVM) list
8F   | int              | 认证中心公钥索引                 | certification authority public key index
90   | b                | 发卡行公钥证书                   | issuer public key certificate
91   | b                | 发卡行认证数据                   | issuer authentication data
92   | b                | 发卡行公钥余项                   | issuer public key remainder
93   | b                | 签名的静态应用数据               | signed static application data
94   | afl              | 应用文件定位器 AFL               | application file locator (AFL)
95   | bits:tvr         | 终端验证结果 TVR                 | terminal verification results (TVR)
97   | dol              | 交易证书数据对象列表 TDOL        | transaction certificate data object list (TDOL)
98   | b                | 交易证书哈希值                   | transaction certificate hash value
99   | b                | 交易PIN数据                      | transaction PIN data
9A   | date             | 交易日期                         | transaction date
9B   | bits:tsi         | 交易状态信息 TSI                 | transaction status information (TSI)
9C   | transaction-type | 交易类型                         | transaction type
9D   | b                | 目录定义文件名称                 | directory definition file (DDF) name
9F01 | n                | 收单行标识                       | acquirer identifier
9F02 | amount           | 授权金额                         | amount, authorised
9F03 | amount           | 其他金额                         | amount, other
9F04 | int              | 其他金额（二进制）               | amount, other (binary)
9F05 | b                | 应用自定义数据                   | application discretionary data
9F06 | b                | 终端应用标识符                   | application identifier (AID) of the terminal
9F07 | bits:auc         | 应用用途控制 AUC                 | application usage control (AUC)
9F08 | b                | 卡片应用版本号                   | application version number of the card
9F09 | b                | 终端应用版本号                   | application version number of the terminal
9F0B | ans              | 持卡人姓名扩展                   | cardholder name extended
9F0C | b                | 发卡方数据                       | issuer data of the selection answer
9F0D | bits:tvr         | 发卡行行为代码－缺省             | issuer action code, default
9F0E | bits:tvr         | 发卡行行为代码－拒绝             | issuer action code, denial
9F0F | bits:tvr         | 发卡行行为代码－联机             | issuer action code, online
9F10 | iad              | 发卡行应用数据                   | issuer application data (IAD)
9F11 | number-table     | 发卡行代码表索引                 | issuer code table index
9F12 | ans              | 应用首选名称                     | application preferred name
9F13 | int              | 上次联机应用交易计数器寄存器     | last online ATC register
9F14 | int              | 连续脱机交易下限                 | lower consecutive offline limit
9F15 | n                | 商户分类码                       | merchant category code
9F16 | ans              | 商户标识                         | merchant identifier
9F17 | int              | PIN尝试计数器                    | PIN try counter
9F18 | b                | 发卡行脚本标识符                 | issuer script identifier
9F19 | b                | 令牌请求方标识                   | token requestor id
9F1A | country          | 终端国家代码                     | terminal country code
9F1B | int              | 终端最低限额                     | terminal floor limit
9F1C | an               | 终端标识                         | terminal identification
9F1D | b                | 终端风险管理数据                 | terminal risk management data
9F1E | an               | 接口设备序列号                   | interface device (IFD) serial number
9F1F | ans              | 磁道1自定义数据                  | track 1 discretionary data
9F20 | cn               | 磁道2自定义数据                  | track 2 discretionary data
9F21 | time             | 交易时间                         | transaction time
9F22 | int              | 终端认证中心公钥索引             | certification authority public key index of the terminal
9F23 | int              | 连续脱机交易上限                 | upper consecutive offline limit
9F24 | an               | 支付账户参考 PAR                 | payment account reference (PAR)
9F26 | b                | 应用密文 AC                      | application cryptogram (AC)
9F27 | bits:cid         | 密文信息数据 CID                 | cryptogram information data (CID)
9F29 | b                | 扩展选择                         | extended selection
9F2A | b                | 内核标识                         | kernel identifier
9F2D | b                | IC卡PIN加密公钥证书              | ICC PIN encipherment public key certificate
9F2E | b                | IC卡PIN加密公钥指数              | ICC PIN encipherment public key exponent
9F2F | b                | IC卡PIN加密公钥余项              | ICC PIN encipherment public key remainder
9F32 | b                | 发卡行公钥指数                   | issuer public key exponent
9F33 | bits:terminal    | 终端性能                         | terminal capabilities
9F34 | cvm-results      | 持卡人验证方法结果               | cardholder verification method (CVM) results
9F35 | terminal-type    | 终端类型                         | terminal type
9F36 | int              | 应用交易计数器 ATC               | application transaction counter (ATC)
9F37 | b                | 不可预知数                       | unpredictable number
9F38 | dol              | 处理选项数据对象列表 PDOL        | processing options data object list (PDOL)
9F39 | n                | 服务点输入方式                   | point-of-service entry mode
9F3A | int              | 参考货币金额                     | amount, reference currency
9F3B | currency         | 应用参考货币                     | application reference currency
9F3C | currency         | 交易参考货币                     | transaction reference currency
9F3D | n                | 交易参考货币指数                 | transaction reference currency exponent
9F40 | bits:additional  | 附加终端性能                     | additional terminal capabilities
9F41 | n                | 交易序列计数器                   | transaction sequence counter
9F42 | currency         | 应用货币代码                     | application currency code
9F43 | n                | 应用参考货币指数                 | application reference currency exponent
9F44 | n                | 应用货币指数                     | application currency exponent
9F45 | b                | 数据认证码                       | data authentication code
9F46 | b                | IC卡公钥证书                     | ICC public key certificate
9F47 | b                | IC卡公钥指数                     | ICC public key exponent
9F48 | b                | IC卡公钥余项                     | ICC public key remainder
9F49 | dol              | 动态数据认证数据对象列表 DDOL    | dynamic data authentication data object list (DDOL)
9F4A | tags             | 静态数据认证标签列表             | static data authentication tag list
9F4B | b                | 签名的动态应用数据               | signed dynamic application data
9F4C | b                | IC卡动态数                       | ICC dynamic number
9F4D | log-entry        | 交易日志入口                     | log entry
9F4E | ans              | 商户名称                         | merchant name and location
9F4F | dol              | 交易日志格式                     | log format
9F51 | currency         | 应用货币代码（卡片风险管理）     | application currency code (card risk management)
9F52 | b                | 应用缺省行为 ADA                 | application default action (ADA)
9F53 | int              | 连续脱机交易限制数（国际－货币） | consecutive offline limit (international, currency)
9F54 | amount           | 累计脱机交易金额限制数           | cumulative offline amount limit
9F55 | b                | 地域指示器                       | geographic indicator
9F56 | b                | 发卡行认证指示位                 | issuer authentication indicator
9F57 | country          | 发卡行国家代码（卡片风险管理）   | issuer country code (card risk management)
9F58 | int              | 连续脱机交易下限（卡片）         | lower consecutive offline limit of the card
9F59 | int              | 连续脱机交易上限（卡片）         | upper consecutive offline limit of the card
9F5A | ans              | 发卡行URL2                       | issuer URL 2
9F5B | b                | 发卡行脚本结果                   | issuer script results
9F5C | amount           | 累计脱机交易金额上限             | upper cumulative offline amount limit
9F5D | amount           | 可用脱机消费金额                 | available offline spending amount
9F5E | b                | 数据存储标识                     | data storage identifier
9F61 | ans              | 持卡人证件号                     | cardholder identity number
9F62 | b                | 持卡人证件类型                   | cardholder identity type
9F63 | b                | 产品标识信息                     | product identification information
9F64 | b                | 磁道1 ATC位数                    | NATC (track 1)
9F65 | b                | 磁道2 CVC3位图                   | PCVC3 (track 2)
9F66 | bits:ttq         | 终端交易属性 TTQ                 | terminal transaction qualifiers (TTQ)
9F67 | b                | 磁道2 ATC位数                    | NATC (track 2)
9F68 | b                | 卡片附加处理                     | card additional processes
9F69 | b                | 卡片认证相关数据                 | card authentication related data
9F6A | int              | 不可预知数（数字）               | unpredictable number (numeric)
9F6B | amount           | 卡片CVM限额                      | card CVM limit
9F6C | bits:ctq         | 卡片交易属性 CTQ                 | card transaction qualifiers (CTQ)
9F6D | amount           | 电子现金重置阈值                 | electronic cash reset threshold
9F6E | b                | 设备形态指示                     | form factor indicator
9F70 | b                | 受保护数据信封1                  | protected data envelope 1
9F71 | b                | 受保护数据信封2                  | protected data envelope 2
9F72 | int              | 连续脱机交易限制数（国际－国家） | consecutive offline limit (international, country)
9F73 | b                | 货币转换因子                     | currency conversion factor
9F74 | an               | 电子现金发卡行授权码             | electronic cash issuer authorisation code
9F75 | amount           | 累计脱机交易金额限制数（双货币） | cumulative offline amount limit (dual currency)
9F76 | currency         | 第二应用货币代码                 | secondary application currency code
9F77 | amount           | 电子现金余额上限                 | electronic cash balance limit
9F78 | amount           | 电子现金单笔交易限额             | electronic cash single transaction limit
9F79 | amount           | 电子现金余额                     | electronic cash balance
9F7A | n                | 电子现金终端支持指示器           | electronic cash terminal support indicator
9F7B | amount           | 电子现金终端交易限额             | electronic cash terminal transaction limit
9F7C | b                | 客户专用数据                     | customer exclusive data
9F7F | b                | 卡片生产周期数据 CPLC            | card production life cycle data (CPLC)
A5   | template         | 文件控制信息专用模板             | FCI proprietary template
BF0C | template         | 发卡行自定义数据                 | FCI issuer discretionary data
C1   | b                | 专用数据 C1                      | proprietary data C1
C5   | b                | 累计交易总金额                   | cumulative total transaction amount
C6   | b                | 累计交易总金额限制               | cumulative total transaction amount limit
DF01 | b                | 应用选择指示符                   | application selection indicator
DF02 | b                | 认证中心公钥模                   | certification authority public key modulus
DF03 | b                | 认证中心公钥校验值               | certification authority public key check sum
DF04 | b                | 认证中心公钥指数                 | certification authority public key exponent
DF05 | n                | 认证中心公钥有效期               | certification authority public key expiry
DF06 | b                | 认证中心公钥哈希算法标识         | certification authority public key hash algorithm
DF07 | b                | 认证中心公钥算法标识             | certification authority public key algorithm
DF11 | bits:tvr         | 终端行为代码－缺省               | terminal action code, default
DF12 | bits:tvr         | 终端行为代码－联机               | terminal action code, online
DF13 | bits:tvr         | 终端行为代码－拒绝               | terminal action code, denial
DF14 | dol              | 缺省DDOL                         | default DDOL
DF15 | int              | 偏置随机选择的阈值               | threshold of biased random selection
DF16 | n                | 偏置随机选择的最大目标百分数     | maximum target percentage of biased random selection
DF17 | n                | 随机选择的目标百分数             | target percentage of random selection
DF18 | b                | 终端联机PIN支持能力              | online PIN ability of the terminal
DF19 | amount           | 非接触读写器脱机最低限额         | contactless offline floor limit
DF20 | amount           | 非接触读写器交易限额             | contactless transaction limit
DF21 | amount           | 非接触读写器CVM限额              | contactless CVM limit
DF31 | b                | 发卡行脚本执行结果               | issuer script results
DF32 | b                | 芯片序列号                       | chip serial number
DF33 | b                | 过程密钥数据                     | session key data
DF34 | b                | 终端读取时间                     | time of reading
DF4D | log-entry        | 圈存日志入口                     | load log entry
DF4F | dol              | 圈存日志格式                     | load log format
DF60 | b                | CAPP扩展应用交易指示位           | extended application (CAPP) transaction indicator
DF61 | b                | 分段扣费应用标识                 | segmented fare application flag
DF62 | amount           | 分段扣费抵扣限额                 | segmented fare deduction limit
DF63 | amount           | 分段扣费已抵扣金额               | segmented fare deducted amount
DF69 | b                | SM算法支持指示器                 | SM algorithm support indicator
DF71 | currency         | 第二币种电子现金应用货币代码     | second electronic cash currency code
DF72 | amount           | 第二币种卡片CVM限额              | card CVM limit of the second currency
DF76 | amount           | 第二币种电子现金重置阈值         | electronic cash reset threshold of the second currency
DF77 | amount           | 第二币种电子现金余额上限         | electronic cash balance limit of the second currency
DF78 | amount           | 第二币种电子现金单笔交易限额     | electronic cash single limit of the second currency
DF79 | amount           | 第二币种电子现金余额             | electronic cash balance of the second currency
`;

const byId = new Map(
  rows(table).map(([id = '', form = 'b', zh = '', en = '']): [string, Tag] => [
    id,
    { id, form: form as TagForm, name: { zh, en } },
  ]),
);

/** Every tag we know, in the order of the table. */
export const tags: readonly Tag[] = [...byId.values()];

/** The tag with these hex digits; null when nobody has told us of it. */
export const tagNamed = (id: string): Tag | null => byId.get(id) ?? null;
