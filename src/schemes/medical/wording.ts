import type { Label } from '../../core/policy/contract.ts';

/**
 * The sentence of every step of a settlement, for the patient's statement. Braces hold the inputs and results of the
 * step; `{figure}` is the parameter's value. Amounts are in yuan.
 */
export const medicalWording: Readonly<Record<string, Label>> = {
  'eligibility.met': { zh: '{day} 参保有效，机构为定点机构。', en: 'Insured on {day}, at a designated institution.' },

  'line.class_a': {
    zh: '{item}：{price} × {quantity} = {total} 元，甲类，全部纳入支付范围。',
    en: '{item_en}: {price} × {quantity} = {total}; class A, wholly in scope.',
  },
  'line.class_b': {
    zh: '{item}：{price} × {quantity} = {total} 元，乙类，先行自付 {first_pay_share} 即 {first_pay} 元，纳入范围 {in_scope} 元。',
    en: '{item_en}: {price} × {quantity} = {total}; class B, {first_pay_share} paid first ({first_pay}), {in_scope} in scope.',
  },
  'line.above_ceiling': {
    zh: '{item}：{price} × {quantity} = {total} 元，限价 {ceiling} 元，超限价 {over_limit} 元自费，先行自付 {first_pay} 元，纳入范围 {in_scope} 元。',
    en: '{item_en}: {price} × {quantity} = {total}; above the ceiling of {ceiling}: {over_limit} is your own, {first_pay} paid first, {in_scope} in scope.',
  },
  'line.class_c': {
    zh: '{item}：{price} × {quantity} = {total} 元，丙类，{own} 元全部自费。',
    en: '{item_en}: {price} × {quantity} = {total}; class C, all {own} your own.',
  },
  'line.outside_restriction': {
    zh: '{item}：{price} × {quantity} = {total} 元，不符合限定支付范围，{own} 元全部自费。',
    en: '{item_en}: {price} × {quantity} = {total}; used outside its restriction, all {own} your own.',
  },

  'outpatient.deductible': {
    zh: '门诊年度起付标准 {figure} 元，本年度此前已付 {paid_before} 元；范围内 {in_scope} 元中，本次起付 {deductible} 元。',
    en: 'Annual deductible {figure}, of which {paid_before} was paid before; of {in_scope} in scope, {deductible} goes to the deductible.',
  },
  'outpatient.share': {
    zh: '起付线以上 {above} 元，统筹基金支付 {figure}，即 {pool} 元。',
    en: 'Of {above} above the deductible the pooled fund pays {figure}: {pool}.',
  },
  'outpatient.cap': {
    zh: '年度最高支付限额 {figure} 元，此前已支付 {paid_before} 元；应付 {uncapped} 元，实付 {paid} 元。',
    en: 'Annual cap {figure}, {paid_before} paid before: of {uncapped} the fund pays {paid}.',
  },

  'inpatient.deductible': {
    zh: '本年度第 {admission} 次住院，起付标准 {figure} 元；范围内 {in_scope} 元中，起付 {deductible} 元。',
    en: 'Stay {admission} of the year, deductible {figure}; of {in_scope} in scope, {deductible} goes to the deductible.',
  },
  'inpatient.visit_above_deductible': {
    zh: '分段自本次起付线以上计算：{after} 元至 {through} 元。',
    en: 'Segments are measured above the deductible of this stay: {after} to {through}.',
  },
  'inpatient.visit_in_scope': {
    zh: '分段按本次范围内费用计算（含起付线）：{after} 元至 {through} 元。',
    en: 'Segments are measured on the cost in scope of this stay, deductible included: {after} to {through}.',
  },
  'inpatient.year_in_scope': {
    zh: '分段按年度累计范围内费用计算（含起付线）：{after} 元至 {through} 元。',
    en: 'Segments are measured on the year’s cost in scope, deductible included: {after} to {through}.',
  },
  'inpatient.segment': {
    zh: '{above} 元以上至 {up_to} 元段内 {amount} 元，统筹基金支付 {share}，即 {pool} 元。',
    en: 'From {above} to {up_to}: of {amount} the pooled fund pays {share}: {pool}.',
  },
  'inpatient.last_segment': {
    zh: '{above} 元以上段内 {amount} 元，统筹基金支付 {share}，即 {pool} 元。',
    en: 'Above {above}: of {amount} the pooled fund pays {share}: {pool}.',
  },
  'inpatient.cap': {
    zh: '统筹基金年度限额 {figure} 元，此前已支付 {paid_before} 元；应付 {uncapped} 元，实付 {pool} 元，超限额费用 {above_cap} 元。',
    en: 'Annual cap of the pooled fund {figure}, {paid_before} paid before: of {uncapped} it pays {pool}; cost of {above_cap} lies above the cap.',
  },

  'serious.above_cap': {
    zh: '超统筹限额的范围内费用 {basis} 元进入大额补助，年度累计 {year} 元（此前 {before} 元）。',
    en: 'Cost in scope of {basis} above the cap goes to the large-amount layer; {year} in the year ({before} before).',
  },
  'serious.own_share': {
    zh: '起付线以上的个人负担 {basis} 元计入大病保险，年度累计 {year} 元（此前 {before} 元）。',
    en: 'Your shares above the deductible, {basis}, count for serious illness; {year} in the year ({before} before).',
  },
  'serious.own_share_and_deductible': {
    zh: '范围内个人负担（含起付线）{basis} 元计入大病保险，年度累计 {year} 元（此前 {before} 元）。',
    en: 'Your part in scope with the deductible, {basis}, counts for serious illness; {year} in the year ({before} before).',
  },
  'serious.own_share_deductible_and_first_pay': {
    zh: '范围内个人负担（含起付线、先行自付）{basis} 元计入大病保险，年度累计 {year} 元（此前 {before} 元）。',
    en: 'Your part in scope with deductible and first-pay, {basis}, counts for serious illness; {year} in the year ({before} before).',
  },
  'serious.not_reached': {
    zh: '年度累计 {year} 元，未达起付标准 {figure} 元。',
    en: '{year} in the year does not exceed the deductible of {figure}.',
  },
  'serious.deductible': {
    zh: '年度累计 {year} 元，超过起付标准 {figure} 元。',
    en: '{year} in the year exceeds the deductible of {figure}.',
  },
  'serious.segment': {
    zh: '其中 {amount} 元按 {share} 支付，即 {paid} 元。',
    en: 'Of this, {amount} is paid at {share}: {paid}.',
  },
  'serious.cap': {
    zh: '年度限额 {figure} 元，此前已支付 {paid_before} 元；应付 {uncapped} 元，实付 {paid} 元。',
    en: 'Annual cap {figure}, {paid_before} paid before: of {uncapped} it pays {paid}.',
  },

  'civil_servant.share': {
    zh: '范围内剩余个人负担 {remaining} 元，公务员医疗补助 {figure}，即 {paid} 元。',
    en: 'Of {remaining} in scope still yours, the civil-servant supplement pays {figure}: {paid}.',
  },
  'aid.share': {
    zh: '范围内剩余个人负担 {remaining} 元（年度此前 {before} 元，起付 {threshold} 元），可救助 {above} 元，按 {figure} 救助 {paid} 元。',
    en: 'In scope still yours: {remaining} ({before} before in the year, threshold {threshold}); of {above} medical aid pays {figure}: {paid}.',
  },
  'aid.cap': {
    zh: '医疗救助年度限额 {figure} 元，此前已救助 {paid_before} 元；应救助 {uncapped} 元，实救助 {paid} 元。',
    en: 'Annual cap of medical aid {figure}, {paid_before} paid before: of {uncapped} it pays {paid}.',
  },
  'tilt.share': {
    zh: '救助后仍负担 {remaining} 元（年度此前 {before} 元，起付 {threshold} 元），可倾斜救助 {above} 元，按 {figure} 救助 {paid} 元。',
    en: 'After aid still yours: {remaining} ({before} before in the year, threshold {threshold}); of {above} tilt aid pays {figure}: {paid}.',
  },
  'tilt.cap': {
    zh: '倾斜救助年度限额 {figure} 元，此前已救助 {paid_before} 元；应救助 {uncapped} 元，实救助 {paid} 元。',
    en: 'Annual cap of tilt aid {figure}, {paid_before} paid before: of {uncapped} it pays {paid}.',
  },

  'account.all': {
    zh: '个人账户可支付个人负担 {payable} 元，可用余额 {available} 元，支付 {account} 元。',
    en: 'The personal account may pay your part of {payable}; with {available} available it pays {account}.',
  },
  'account.in_scope': {
    zh: '个人账户可支付目录内个人负担 {payable} 元，可用余额 {available} 元，支付 {account} 元。',
    en: 'The personal account may pay your part within the catalogue, {payable}; with {available} available it pays {account}.',
  },
};
