import type { Label } from '../../core/policy/contract.ts';

/** The sentence of every step of a monthly contribution; braces hold its inputs and results, amounts in yuan. */
export const contributionWording: Readonly<Record<string, Label>> = {
  'base.is_wage': {
    zh: '月工资 {wage} 元在下限 {floor} 元与上限 {ceiling} 元之间，缴费基数 {base} 元。',
    en: 'The wage of {wage} lies between floor {floor} and ceiling {ceiling}: base {base}.',
  },
  'base.raised_to_floor': {
    zh: '月工资 {wage} 元低于下限 {floor} 元（平均工资 {reference_wage} 元的 {figure}），缴费基数 {base} 元。',
    en: 'The wage of {wage} is below the floor ({figure} of {reference_wage}): base {base}.',
  },
  'base.cut_to_ceiling': {
    zh: '月工资 {wage} 元高于上限 {ceiling} 元（平均工资 {reference_wage} 元的 {figure}），缴费基数 {base} 元。',
    en: 'The wage of {wage} is above the ceiling ({figure} of {reference_wage}): base {base}.',
  },
  'pension.employer': {
    zh: '养老保险单位部分：{base} × {figure} = {amount} 元。',
    en: 'Pension, employer: {base} × {figure} = {amount}.',
  },
  'pension.person': {
    zh: '养老保险个人部分：{base} × {figure} = {amount} 元。',
    en: 'Pension, person: {base} × {figure} = {amount}.',
  },
  'pension.account': {
    zh: '记入养老保险个人账户：{base} × {figure} = {amount} 元。',
    en: 'Credited to the pension account: {base} × {figure} = {amount}.',
  },
  'medical.employer': {
    zh: '医疗保险单位部分：{base} × {figure} = {amount} 元。',
    en: 'Medical, employer: {base} × {figure} = {amount}.',
  },
  'medical.person': {
    zh: '医疗保险个人部分：{base} × {figure} = {amount} 元。',
    en: 'Medical, person: {base} × {figure} = {amount}.',
  },
  'medical.account': {
    zh: '计入医保个人账户：{base} × {figure} = {amount} 元。',
    en: 'Credited to the medical account: {base} × {figure} = {amount}.',
  },
  'unemployment.employer': {
    zh: '失业保险单位部分：{base} × {figure} = {amount} 元。',
    en: 'Unemployment, employer: {base} × {figure} = {amount}.',
  },
  'unemployment.person': {
    zh: '失业保险个人部分：{base} × {figure} = {amount} 元。',
    en: 'Unemployment, person: {base} × {figure} = {amount}.',
  },
  'injury.employer': {
    zh: '工伤保险单位部分：{base} × 基准费率 {figure} × 浮动 {factor} ×（1 − 降费 {reduction}）= {amount} 元。',
    en: 'Work injury, employer: {base} × base rate {figure} × factor {factor} × (1 − reduction {reduction}) = {amount}.',
  },
  'maternity.employer': {
    zh: '生育保险单位部分：{base} × {figure} = {amount} 元。',
    en: 'Maternity, employer: {base} × {figure} = {amount}.',
  },
  'resident.personal': { zh: '居民医保个人缴费 {amount} 元。', en: 'Resident’s own premium: {amount}.' },
  'resident.subsidy': { zh: '居民医保财政补助 {amount} 元。', en: 'Premium paid by government: {amount}.' },
};
