import type { ResponseCode } from '../../core/switch/contract.ts';

type Row = { readonly response: ResponseCode; readonly zh: string; readonly en: string };
const row = (response: ResponseCode, zh: string, en: string): Row => ({ response, zh, en });

/**
 * Every "no" of the online path, in order of precedence: the first that applies is the answer. The terminal gets the
 * response code; people get the words.
 */
export const declines = {
  'payment.content_differs': row(
    '94',
    '流水号重复且内容不同',
    'the same transaction number was used for other content',
  ),
  'payment.reversed_before': row('21', '该交易已先行冲正', 'this transaction was reversed before it arrived'),
  'payment.amount_invalid': row('13', '金额无效', 'the amount is not above zero'),
  'payment.card_unknown': row('14', '无此卡', 'there is no such card'),
  'payment.card_not_activated': row('62', '卡未启用', 'the card has not been activated'),
  'payment.card_blocked': row('62', '卡已停用', 'the card is blocked'),
  'payment.card_cancelled': row('62', '卡已注销', 'the card was cancelled'),
  'payment.card_lost': row('41', '卡已挂失', 'the card was reported lost'),
  'payment.card_stolen': row('43', '被盗卡', 'the card was reported stolen'),
  'payment.card_cloned': row('34', '疑似复制卡', 'the card is suspected to be a clone'),
  'payment.card_misused': row('59', '涉嫌违规使用', 'misuse of the card is suspected'),
  'payment.card_expired': row('54', '卡已过期', 'the card has expired'),
  'payment.holder_died': row('57', '持卡人已死亡', 'the holder has died'),
  'payment.not_designated': row('58', '非定点医药机构', 'the institution is not designated'),
  'payment.data_missing': row('30', '缺少芯片数据', 'chip data are missing'),
  'payment.other_chip': row('34', '芯片与登记信息不符', 'the chip is not the one that was registered'),
  'payment.cryptogram_wrong': row('A7', '卡认证失败', 'the card did not prove itself'),
  'payment.cryptogram_replayed': row(
    '59',
    '卡认证数据被重复使用',
    'this proof of the chip was used for another payment',
  ),
  'payment.counter_went_back': row('59', '卡交易序号回退', 'the counter of the chip went back'),
  'payment.load_mac_wrong': row('A7', '圈存 MAC 错', 'the MAC of the load is wrong'),
  'payment.no_account': row('A3', '没有可用的账户', 'there is no such account'),
  'payment.insufficient_funds': row('51', '余额不足', 'not enough money in the account'),
  'payment.settlement_unknown': row('25', '没有该结算单', 'there is no such settlement'),
  'payment.settlement_not_waiting': row('12', '结算单不在待支付状态', 'the settlement is not waiting for a card'),
  'payment.settlement_differs': row('64', '与结算单不符', 'amount, person or institution differ from the settlement'),
  'payment.settlement_ended': row(
    '21',
    '结算已撤销，不能冲正',
    'the settlement was ended otherwise; nothing to reverse',
  ),
  'payment.original_unknown': row('25', '未找到原交易', 'the original transaction was not found'),
  'payment.original_differs': row('64', '与原交易不符', 'amount or card differ from the original'),
  'payment.chip_confirmed': row('21', '芯片已确认，不能冲正', 'the chip has confirmed it; it cannot be reversed'),
  'payment.tac_wrong': row('A7', '交易验证码错', 'the transaction authentication code is wrong'),
  'payment.tac_reused': row('A7', '交易验证码已用于其他交易', 'the code has confirmed another payment'),
  'payment.tac_after_reversal': row('21', '该交易已冲正', 'the transaction was reversed before'),
} as const satisfies Record<string, Row>;

export type DeclineCode = keyof typeof declines;
export const responseOf = (code: DeclineCode): ResponseCode => declines[code].response;
