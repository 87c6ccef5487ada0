import { type Decision, type Refusal, refuse } from '../../kernel/decision.ts';
import type { RefusalTable } from '../../platform/http/contract.ts';

/** Every "no" of contributions, in words. Codes are never renamed; a test finds each of them raised. */
export const contributionRefusals = {
  'contributions.wage_negative': {
    status: 422,
    zh: '申报工资 {wage} 元不能为负数，请用人单位更正申报。',
    en: 'The declared wage {wage} is below zero. The employer must correct the declaration.',
  },
  'contributions.not_employed': {
    status: 404,
    zh: '该人员在 {month} 首日没有由单位参保，没有单位缴费。',
    en: 'On the first day of {month} no employer insures this person, so nothing is owed.',
  },
  'contributions.no_law_for_month': {
    status: 422,
    zh: '{month} 的缴费政策未录入，不能核定。',
    en: 'The rules of {month} are not on file, so nothing can be assessed.',
  },
  'contributions.not_billed': {
    status: 404,
    zh: '该单位 {month} 尚未核定应缴费额，请先核定。',
    en: 'This employer has not been billed for {month}. Assess the month first.',
  },
  'contributions.amount_differs': {
    status: 409,
    zh: '到账 {received} 元与应缴 {due} 元不符，未入账。请核对后处理。',
    en: 'The money received, {received}, is not the amount due, {due}. Nothing was booked; find the difference first.',
  },
} as const satisfies RefusalTable;

export type ContributionRefusal = keyof typeof contributionRefusals;

/** A refusal of this context. */
export const no = (code: ContributionRefusal, detail: Refusal['detail'] = {}): Decision<never> => refuse(code, detail);
