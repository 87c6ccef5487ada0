/** The five elements of 社会保险基金会计制度 (财会〔2017〕28号). */
export type Element = 'asset' | 'liability' | 'net-assets' | 'income' | 'expense';
export type Side = 'debit' | 'credit';

export type GeneralLedgerAccount = {
  readonly zh: string;
  readonly en: string;
  readonly element: Element;
  /** Whose accounts lie under this code; null when the fund has one. */
  readonly owner: 'person' | 'card' | 'institution' | null;
  /** Whether the code was seen in an official text; the others wait for the annex of 财会〔2017〕28号. */
  readonly confirmed: boolean;
};

const row = (
  element: Element,
  zh: string,
  en: string,
  more: Partial<Pick<GeneralLedgerAccount, 'owner' | 'confirmed'>> = {},
): GeneralLedgerAccount => ({ zh, en, element, owner: null, confirmed: false, ...more });

/**
 * The chart of accounts of every fund (会计科目), by code. Two digits after a point are our own detail under a code of the
 * law. Money of the personal account that was put on the chip is still the person's: 3001.03 is part of 个人账户.
 */
export const chart = {
  '1001': row('asset', '库存现金', 'cash on hand'),
  '1002': row('asset', '收入户存款', 'income account'),
  '1003': row('asset', '财政专户存款', 'fiscal special account'),
  '1004': row('asset', '支出户存款', 'payout account'),
  '1005': row('asset', '国库存款', 'treasury account'),
  '1101': row('asset', '暂付款', 'advances'),
  '1201': row('asset', '债券投资', 'bonds'),
  '1301': row('asset', '委托投资', 'entrusted investment'),
  '2001': row('liability', '暂收款', 'amounts held'),
  '2001.01': row('liability', '暂收款—应付定点机构', 'payable to designated institutions', { owner: 'institution' }),
  '2001.02': row('liability', '暂收款—退汇', 'payments returned by the bank'),
  '2001.03': row('liability', '暂收款—待认领', 'unidentified receipts'),
  '2101': row('liability', '借入款项', 'borrowings'),
  '3001.01': row('net-assets', '一般基金结余—统筹', 'pool surplus'),
  '3001.02': row('net-assets', '一般基金结余—个人账户', 'personal accounts', { owner: 'person' }),
  '3001.03': row('net-assets', '一般基金结余—个人账户（卡内）', 'personal accounts, on the card', { owner: 'card' }),
  '3001.99': row('net-assets', '一般基金结余—个人账户待结转', 'personal accounts, pending closing'),
  '3101': row('net-assets', '风险基金结余', 'risk reserve'),
  '3201': row('net-assets', '储备金结余', 'injury reserve'),
  '4001.01': row('income', '社会保险费收入—单位缴费', 'premiums of employers'),
  '4001.02': row('income', '社会保险费收入—个人缴费', 'premiums of employees'),
  '4001.03': row('income', '社会保险费收入—居民缴费', 'premiums of residents'),
  '4101': row('income', '财政补贴收入', 'fiscal subsidy'),
  '4102': row('income', '集体补助收入', 'collective subsidy'),
  '4201': row('income', '利息收入', 'interest'),
  '4202': row('income', '委托投资收益', 'investment result'),
  '4301': row('income', '转移收入', 'transfers in'),
  '4401': row('income', '上级补助收入', 'subsidy from the upper level'),
  '4402': row('income', '下级上解收入', 'remittance from the lower level'),
  '4501': row('income', '其他收入', 'other income'),
  '5001': row('expense', '社会保险待遇支出', 'benefits', { confirmed: true }),
  '5001.01': row('expense', '社会保险待遇支出—住院', 'benefits, inpatient'),
  '5001.02': row('expense', '社会保险待遇支出—门诊', 'benefits, outpatient'),
  '5001.03': row('expense', '社会保险待遇支出—个人账户', 'benefits, personal account'),
  '5001.04': row('expense', '社会保险待遇支出—大额医疗', 'benefits, large amounts'),
  '5001.05': row('expense', '社会保险待遇支出—生育医疗', 'benefits, maternity care'),
  '5001.06': row('expense', '社会保险待遇支出—生育津贴', 'benefits, maternity allowance'),
  '5101': row('expense', '大病保险支出', 'residents’ serious-illness insurance', { confirmed: true }),
  '5201': row('expense', '转移支出', 'transfers out'),
  '5301': row('expense', '上解上级支出', 'remittance to the upper level'),
  '5302': row('expense', '补助下级支出', 'subsidy to the lower level'),
  '5401': row('expense', '其他支出', 'other expense'),
} as const satisfies Record<string, GeneralLedgerAccount>;

export type GlCode = keyof typeof chart;
export const isGlCode = (text: string): text is GlCode => Object.hasOwn(chart, text);

/** The side on which an account grows. */
export const normalSide = (gl: GlCode): Side =>
  chart[gl].element === 'asset' || chart[gl].element === 'expense' ? 'debit' : 'credit';

/** What belongs to a person may not run below zero; a fund's own accounts may (its surplus is watched elsewhere). */
export const mayOverdraw = (gl: GlCode): boolean => chart[gl].owner !== 'person' && chart[gl].owner !== 'card';
