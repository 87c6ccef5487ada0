type Words = { readonly zh: string; readonly en: string };

/** What a journal books, in words, by its kind: every kind that some context drafts (a test looks for them). */
export const journalKinds: Readonly<Record<string, Words>> = {
  'ledger.opening': { zh: '期初余额', en: 'opening balance' },
  'payment.load': { zh: '圈存', en: 'load to the card' },
  'payment.load_reversed': { zh: '圈存冲正', en: 'load reversed' },
  'payment.purchase': { zh: '刷卡支付', en: 'card payment' },
  'payment.purchase_reversed': { zh: '刷卡支付冲正', en: 'card payment reversed' },
  'medical.visit_settled': { zh: '医疗费结算', en: 'medical settlement' },
  'medical.settlement_taken_back': { zh: '医疗费结算撤销', en: 'medical settlement taken back' },
  'medical.account_refunded': { zh: '个人账户退回', en: 'refund to the personal account' },
  'issuance.balance_carried': { zh: '余额转入新卡', en: 'balance moved to the new card' },
  'issuance.balance_returned': { zh: '余额退回个人账户', en: 'balance back to the personal account' },
  'issuance.fee_charged': { zh: '制卡工本费', en: 'fee for a card' },
  'issuance.late_tap_booked': { zh: '停用卡脱机交易入账', en: 'offline payment of a stopped card' },
  'contributions.bill_received': { zh: '社会保险费收入', en: 'premiums received' },
};

/** `core/ledger` calls the mirror of a journal by the kind of the journal it takes back. */
const mirrored = '.reversed';

/** A kind that is not listed shows as it is written. */
export function journalNames(kind: string): Words {
  const words = journalKinds[kind];
  if (words) return words;
  const original = kind.endsWith(mirrored) ? journalKinds[kind.slice(0, -mirrored.length)] : undefined;
  return original ? { zh: `${original.zh}冲正`, en: `${original.en}, reversed` } : { zh: kind, en: kind };
}
