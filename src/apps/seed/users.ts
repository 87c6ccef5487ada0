import type { NewUser } from '../../platform/auth/index.ts';
import type { Role } from '../../platform/http/contract.ts';

/** A user of the demonstration, with a word on whose day's work this is. All have the same password. */
export type DemoUser = {
  readonly username: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly role: Role;
  readonly note: { readonly zh: string; readonly en: string };
  /** Which of the city's institutions or people the user belongs to; filled in when the city is known. */
  readonly at?: 'hospital' | 'pharmacy' | 'employed' | 'retired';
};

export const demoPassword = 'tessera';
/** Every card of the demonstration. */
export const demoPin = '123456';

export const demoUsers: readonly DemoUser[] = [
  {
    username: 'agency',
    name: { zh: '沈知行', en: 'Shen Zhixing' },
    role: 'agency',
    note: { zh: '经办机构:参保、卡、结算、今日动态', en: 'the agency: persons, cards, settlements, the day live' },
  },
  {
    username: 'approver',
    name: { zh: '程审', en: 'Cheng Shen' },
    role: 'agency',
    note: { zh: '经办机构：审批别人提交的卡申领', en: 'the agency: decides the card applications of others' },
  },
  {
    username: 'hospital',
    name: { zh: '顾明澜', en: 'Gu Minglan' },
    role: 'hospital',
    note: { zh: '医院收费处:从插卡到小票', en: 'a hospital cashier: a visit from card to receipt' },
    at: 'hospital',
  },
  {
    username: 'pharmacy',
    name: { zh: '叶青禾', en: 'Ye Qinghe' },
    role: 'pharmacy',
    note: { zh: '药店柜台:刷卡购药', en: 'a pharmacist: a purchase at the counter' },
    at: 'pharmacy',
  },
  {
    username: 'finance',
    name: { zh: '陆慎之', en: 'Lu Shenzhi' },
    role: 'finance',
    note: { zh: '基金财务:日终、凭证、报表', en: 'fund finance: day-end, vouchers, statements' },
  },
  {
    username: 'inspector',
    name: { zh: '方衡', en: 'Fang Heng' },
    role: 'inspector',
    note: { zh: '监督:一笔支付的全程', en: 'an inspector: one payment from tap to voucher' },
  },
  ...(
    [
      ['custodian', '严守一', 'Yan Shouyi', 'the first'],
      ['custodian2', '钟秉正', 'Zhong Bingzheng', 'the second'],
      ['custodian3', '薛静之', 'Xue Jingzhi', 'the third'],
    ] as const
  ).map(([username, zh, en, which], i) => ({
    username,
    name: { zh, en },
    role: 'custodian' as const,
    note: {
      zh: `密钥保管员之${'一二三'[i]}:密钥仪式、清单`,
      en: `${which} of three key custodians: ceremony, inventory`,
    },
  })),
  {
    username: 'lab',
    name: { zh: '段思敏', en: 'Duan Simin' },
    role: 'integrator',
    note: {
      zh: '对接卡片的工程师:运算、解码、脚本',
      en: 'an engineer who integrates cards: computing, decoding, scripts',
    },
  },
  {
    username: 'citizen',
    name: { zh: '参保职工', en: 'An insured employee' },
    role: 'citizen',
    note: { zh: '本人:我的卡、我的账户、为什么是这个数', en: 'a citizen: my card, my account, why this amount' },
    at: 'employed',
  },
  {
    username: 'retiree',
    name: { zh: '退休人员', en: 'A retiree' },
    role: 'citizen',
    note: { zh: '退休人员本人', en: 'a retired citizen' },
    at: 'retired',
  },
];

/** The user as the sign-in keeps it, once it is known to whom or where it belongs. */
export const asNewUser = (
  user: DemoUser,
  belongs: Pick<NewUser, 'institution_code' | 'person_id'>,
  name: { zh: string; en: string } = user.name,
): NewUser => ({
  username: user.username,
  password: demoPassword,
  name: name.zh,
  name_en: name.en,
  role: user.role,
  ...belongs,
});
