import type { Decision, Refusal } from '../../kernel/decision.ts';
import { refuse } from '../../kernel/decision.ts';
import type { RefusalTable } from '../../platform/http/contract.ts';

/** Every "no" of medical settlement, in words. Codes are never renamed; a test finds each of them raised. */
export const medicalRefusals = {
  'medical.person_unknown': {
    status: 404,
    zh: '找不到该参保人，请核对证件或卡号后重试。',
    en: 'No such person is registered. Check the number and try again.',
  },
  'medical.citizen_number_invalid': {
    status: 422,
    zh: '公民身份号码有误（{fault}），请核对。',
    en: 'The citizen number is not valid ({fault}). Check it and try again.',
  },
  'medical.card_unknown': {
    status: 404,
    zh: '找不到该社会保障卡，请核对卡号。',
    en: 'No such card was issued. Check the card number.',
  },
  'medical.institution_unknown': {
    status: 404,
    zh: '医药机构编码 {code} 不存在。',
    en: 'There is no institution with code {code}.',
  },
  'medical.kind_not_of_institution': {
    status: 422,
    zh: '本机构不能登记此类就诊（{kind}）。',
    en: 'This institution cannot register a visit of this kind ({kind}).',
  },
  'medical.day_in_future': {
    status: 422,
    zh: '日期 {day} 在今天之后，不能登记。',
    en: '{day} lies in the future.',
  },
  'medical.diagnosis_unknown': {
    status: 422,
    zh: '诊断编码 {code} 不在目录中。',
    en: 'There is no diagnosis with code {code}.',
  },
  'medical.key_reused': {
    status: 409,
    zh: '同一请求号已用于另一笔内容不同的登记。',
    en: 'The same idempotency key was used for another registration.',
  },
  'medical.visit_unknown': { status: 404, zh: '找不到该就诊。', en: 'There is no such visit.' },
  'medical.visit_waits_for_card': {
    status: 409,
    zh: '该就诊已有结算 {settlement_no} 等待刷卡，请先完成或撤销该结算。',
    en: 'Settlement {settlement_no} of this visit waits for the card. Complete it or cancel it first.',
  },
  'medical.visit_settled': {
    status: 409,
    zh: '该就诊已结算。如需更改，请先撤销结算。',
    en: 'This visit is settled. Cancel the settlement to change it.',
  },
  'medical.person_deceased': {
    status: 422,
    zh: '该参保人已于 {deceased_on} 死亡，不能登记此后的就诊。',
    en: 'The person died on {deceased_on}; a visit after that day cannot be registered.',
  },
  'medical.not_insured_on_day': {
    status: 422,
    zh: '该参保人在 {day} 没有医疗保险，费用须由本人支付。请向参保单位或经办机构查询。',
    en: 'The person has no medical insurance on {day}, so no fund pays. Ask the employer or the agency.',
  },
  'medical.institution_not_designated': {
    status: 422,
    zh: '本机构在 {day} 不是定点机构，不能结算。',
    en: 'On {day} this institution is not designated, so it cannot settle.',
  },
  'medical.department_unknown': {
    status: 422,
    zh: '本机构没有科室 {department}。',
    en: 'This institution has no department {department}.',
  },
  'medical.card_not_usable': {
    status: 422,
    zh: '该卡不能使用（{card}）。请持有效证件登记，或联系发卡机构。',
    en: 'The card cannot be used ({card}). Register with another proof, or ask the issuing agency.',
  },
  'medical.visit_after_death': {
    status: 422,
    zh: '就诊截止日 {ended_on} 晚于死亡日期 {deceased_on}。',
    en: 'The visit ends on {ended_on}, after the person died on {deceased_on}.',
  },
  'medical.unknown_item': {
    status: 422,
    zh: '目录中没有编码 {item_code}（或当日无效）。请更正费用明细。',
    en: 'Code {item_code} is not in the catalogue on that day. Correct the bill.',
  },
  'medical.negative_quantity': {
    status: 422,
    zh: '{item_code} 的数量 {quantity} 必须大于零。',
    en: 'The quantity of {item_code} must be above zero (it is {quantity}).',
  },
  'medical.amount_zero': {
    status: 422,
    zh: '费用合计为零，不能结算。',
    en: 'The bill comes to zero, so there is nothing to settle.',
  },
  'medical.no_law_for_day': {
    status: 422,
    zh: '{day} 的医保政策未录入，不能在本系统结算。请到经办机构办理手工报销。',
    en: 'The rules of {day} are not on file, so it cannot be settled here. Claim it at the agency by hand.',
  },
  'medical.visit_cancelled': { status: 409, zh: '该就诊已取消。', en: 'This visit was cancelled.' },
  'medical.bill_empty': {
    status: 422,
    zh: '该就诊还没有费用明细，不能结算。',
    en: 'The bill has no lines yet, so there is nothing to settle.',
  },
  'medical.not_discharged': {
    status: 422,
    zh: '住院尚未登记出院日期，不能结算。',
    en: 'The stay has no day of discharge yet, so it cannot be settled.',
  },
  'medical.end_not_of_kind': {
    status: 422,
    zh: '只有住院才有出院日期。',
    en: 'Only an inpatient stay has a day of discharge.',
  },
  'medical.end_before_begin': {
    status: 422,
    zh: '出院日期 {ended_on} 早于入院日期 {begun_on}。',
    en: 'The day of discharge {ended_on} is before the day of admission {begun_on}.',
  },
  'medical.line_code_unknown': {
    status: 422,
    zh: '第 {line} 行：目录中没有编码 {code}（或当日无效）。',
    en: 'Line {line}: code {code} is not in the catalogue on that day.',
  },
  'medical.line_not_for_pharmacy': {
    status: 422,
    zh: '第 {line} 行：药店不能收取诊疗项目（{code}）。',
    en: 'Line {line}: a pharmacy cannot charge a service ({code}).',
  },
  'medical.line_quantity_not_positive': {
    status: 422,
    zh: '第 {line} 行：数量必须大于零（收到 {quantity}）。',
    en: 'Line {line}: the quantity must be above zero (got {quantity}).',
  },
  'medical.line_price_not_positive': {
    status: 422,
    zh: '第 {line} 行：单价必须大于零（收到 {price}）。',
    en: 'Line {line}: the price must be above zero (got {price}).',
  },
  'medical.line_too_large': {
    status: 422,
    zh: '第 {line} 行：金额过大（{quantity} × {price}），请核对。',
    en: 'Line {line}: {quantity} × {price} is too much for one line. Check it.',
  },
  'medical.line_has_no_restriction': {
    status: 422,
    zh: '第 {line} 行：{code} 没有限定支付范围。',
    en: 'Line {line}: {code} has no restriction to be outside of.',
  },
  'medical.settlement_unknown': {
    status: 404,
    zh: '找不到该结算。',
    en: 'There is no such settlement.',
  },
  'medical.settlement_not_waiting': {
    status: 409,
    zh: '结算 {settlement_no} 不在等待刷卡状态（{state}）。',
    en: 'Settlement {settlement_no} does not wait for a card ({state}).',
  },
  'medical.settlement_not_settled': {
    status: 409,
    zh: '结算 {settlement_no} 尚未完成（{state}）。',
    en: 'Settlement {settlement_no} is not settled ({state}).',
  },
  'medical.settlement_ended': {
    status: 409,
    zh: '结算 {settlement_no} 已撤销或已被取代（{state}）。',
    en: 'Settlement {settlement_no} has already ended ({state}).',
  },
  'medical.settlement_not_of_institution': {
    status: 403,
    zh: '结算 {settlement_no} 属于另一家机构。',
    en: 'Settlement {settlement_no} belongs to another institution.',
  },
  'medical.settlement_not_of_person': {
    status: 403,
    zh: '结算 {settlement_no} 属于另一位参保人，请使用本人的卡。',
    en: 'Settlement {settlement_no} belongs to another person. Use that person’s card.',
  },
  'medical.amount_differs': {
    status: 409,
    zh: '刷卡金额 {paid} 与结算应付的账户金额 {due} 不符。',
    en: 'The card paid {paid}, but the settlement asks {due} of the account.',
  },
} as const satisfies RefusalTable;

export type MedicalRefusal = keyof typeof medicalRefusals;

/** A refusal of this context. */
export const no = (code: MedicalRefusal, detail: Refusal['detail'] = {}): Decision<never> => refuse(code, detail);
