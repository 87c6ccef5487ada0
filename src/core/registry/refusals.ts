import type { RefusalTable } from '../../platform/http/contract.ts';

/** Every "no" of this context, in order of precedence. */
export const registryRefusals = {
  'registry.citizen_number_invalid': {
    status: 422,
    zh: '社会保障号码不正确（{fault}），请核对后重新输入。',
    en: 'The citizen number is not right ({fault}). Check it and enter it again.',
  },
  'registry.credit_code_invalid': {
    status: 422,
    zh: '统一社会信用代码不正确（{fault}）。',
    en: 'The unified social credit code is not right ({fault}).',
  },
  'registry.institution_code_invalid': {
    status: 422,
    zh: '定点医药机构编码 {code} 不正确，或与机构级别不符。',
    en: 'Institution code {code} is not right, or does not fit the level.',
  },
  'registry.cursor_invalid': {
    status: 400,
    zh: '翻页位置无效，请从第一页重新查询。',
    en: 'There is no such page. Begin again at the first.',
  },
  'registry.person_unknown': { status: 404, zh: '没有这个人。', en: 'There is no such person.' },
  'registry.employer_unknown': { status: 404, zh: '没有这个参保单位。', en: 'There is no such employer.' },
  'registry.enrolment_unknown': { status: 404, zh: '没有这条参保关系。', en: 'There is no such enrolment.' },
  'registry.duplicate_citizen_number': {
    status: 409,
    zh: '该社会保障号码已登记在 {who} 名下。',
    en: 'This citizen number is held by {who} already.',
  },
  'registry.duplicate_credit_code': {
    status: 409,
    zh: '该统一社会信用代码已登记在 {who} 名下。',
    en: 'This credit code is held by {who} already.',
  },
  'registry.duplicate_institution_code': {
    status: 409,
    zh: '机构编码 {code} 已登记。',
    en: 'Institution code {code} is registered already.',
  },
  'registry.person_deceased': {
    status: 422,
    zh: '此人已于 {died_on} 去世。',
    en: 'This person died on {died_on}.',
  },
  'registry.day_in_future': { status: 422, zh: '日期 {day} 在今天之后。', en: '{day} lies in the future.' },
  'registry.day_before_birth': {
    status: 422,
    zh: '日期早于出生日期 {birth}。',
    en: 'The day is before the day of birth, {birth}.',
  },
  'registry.range_backwards': {
    status: 422,
    zh: '起止日期颠倒。',
    en: 'The last day is before the first.',
  },
  'registry.status_not_of_insurance': {
    status: 422,
    zh: '该险种没有这种参保身份。',
    en: 'This insurance has no such status.',
  },
  'registry.wage_not_of_status': {
    status: 422,
    zh: '只有在职人员有参保单位和缴费工资。',
    en: 'Only persons in service have an employer and a wage.',
  },
  'registry.enrolment_ended': {
    status: 409,
    zh: '该参保关系已于 {through} 终止；如有错误请更正。',
    en: 'This enrolment has ended on {through} already; correct it if that is wrong.',
  },
  'registry.enrolment_overlaps': {
    status: 409,
    zh: '所选期间内此人已参加同一风险的保险。',
    en: 'The person is insured for this risk already in these days.',
  },
} as const satisfies RefusalTable;

export type RegistryRefusal = keyof typeof registryRefusals;
