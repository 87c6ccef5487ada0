import { type Coding, decodeElement } from './coding.ts';
import type { Words } from './contract.ts';
import { fullProfile } from './profiles/index.ts';
import { codingsOf } from './profiles/places.ts';

/** Names of the data elements of card files, by tag (V2.0 notice; card.md 3.5 gives names for these). */
const names: Readonly<Record<number, Words>> = {
  1: { zh: '卡的识别码', en: 'card id code' },
  2: { zh: '卡的类别', en: 'card class' },
  3: { zh: '规范版本', en: 'version' },
  4: { zh: '初始化机构编号', en: 'initialising organisation' },
  5: { zh: '发卡日期', en: 'issue date' },
  6: { zh: '卡有效期', en: 'expiry date' },
  7: { zh: '卡号', en: 'card number' },
  8: { zh: '社会保障号码', en: 'social security number' },
  9: { zh: '姓名', en: 'name' },
  10: { zh: '性别', en: 'sex' },
  11: { zh: '民族', en: 'nation' },
  12: { zh: '出生地', en: 'birthplace' },
  13: { zh: '出生日期', en: 'birth date' },
  14: { zh: '户籍地行政区划', en: 'region of the household' },
  32: { zh: '户口类别', en: 'household type' },
  33: { zh: '户籍地址', en: 'household address' },
  35: { zh: '常住地址', en: 'address' },
  36: { zh: '常住地行政区划', en: 'region of the address' },
  40: { zh: '联系电话', en: 'phone' },
  41: { zh: '就业状态', en: 'employment status' },
  43: { zh: '婚姻状况', en: 'marital status' },
  44: { zh: '联系人姓名', en: 'contact name' },
  45: { zh: '联系人电话', en: 'contact phone' },
  46: { zh: '单位名称', en: 'employer' },
  48: { zh: '组织机构代码', en: 'organisation code' },
  50: { zh: '人员类别', en: 'personnel class' },
  55: { zh: '国籍', en: 'nationality' },
  56: { zh: '政治面貌', en: 'political status' },
  57: { zh: '参加党派日期', en: 'party date' },
  42: { zh: '文化程度', en: 'education' },
  78: { zh: '姓名扩展', en: 'name extension' },
  87: { zh: '学位', en: 'degree' },
  88: { zh: '专业', en: 'major' },
  89: { zh: '毕业院校', en: 'school' },
  129: { zh: '险种类型', en: 'insurance types' },
  132: { zh: '参保地行政区划', en: 'insured region' },
  135: { zh: '健康档案编号', en: 'health record number' },
  140: { zh: '医疗人员类别', en: 'person class' },
  128: { zh: '个人账户开户日期', en: 'account opening date' },
  139: { zh: '个人账户账号', en: 'account number' },
  138: { zh: '医疗证号', en: 'medical certificate' },
  131: { zh: '定点医院一', en: 'hospital 1' },
  134: { zh: '定点医院二', en: 'hospital 2' },
  137: { zh: '定点医院三', en: 'hospital 3' },
  125: { zh: '工伤定点医院一', en: 'work-injury hospital 1' },
  126: { zh: '工伤定点医院二', en: 'work-injury hospital 2' },
  127: { zh: '工伤定点医院三', en: 'work-injury hospital 3' },
  141: { zh: '生育定点医院一', en: 'maternity hospital 1' },
  142: { zh: '生育定点医院二', en: 'maternity hospital 2' },
  143: { zh: '卡应用模式', en: 'card use mode' },
  144: { zh: '允许临时脱机结算', en: 'temporary offline settlement allowed' },
  146: { zh: '脱机结算累计金额', en: 'offline amount so far' },
  147: { zh: '脱机结算次数', en: 'offline count' },
};

/** BER-TLV tags of selection answers and of DIR (LD3, LD5). */
const selectionNames: Readonly<Record<number, Words>> = {
  111: { zh: '文件控制信息', en: 'file control information' },
  132: { zh: 'DF名称', en: 'directory name' },
  165: { zh: '专用数据', en: 'proprietary data' },
  136: { zh: '目录文件的短标识', en: 'short identifier of DIR' },
  40716: { zh: '发卡方数据', en: 'issuer data' },
  97: { zh: '目录项', en: 'directory entry' },
  79: { zh: '应用标识', en: 'application name' },
  80: { zh: '应用标签', en: 'application label' },
};

const unnamed = (tag: number): Words => {
  const code = tag.toString(16).toUpperCase().padStart(2, '0');
  return { zh: `数据元${code}`, en: `data element ${code}` };
};

const codings: ReadonlyMap<number, Coding> = codingsOf(fullProfile);

export const elementName = (tag: number): Words => names[tag] ?? unnamed(tag);
export const selectionName = (tag: number): Words => selectionNames[tag] ?? unnamed(tag);

/** A data element in words: text for an, digits for cn, hex where we do not know the tag. */
export const elementText = (tag: number, value: Uint8Array): string => decodeElement(codings.get(tag) ?? 'b', value);
