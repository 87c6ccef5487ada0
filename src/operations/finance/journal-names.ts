type Words = { readonly zh: string; readonly en: string };

/** What a journal books, in words, by its kind. A kind of another context that is not listed shows as it is written. */
export const journalKinds: Readonly<Record<string, Words>> = {
  'ledger.opening': { zh: '期初余额', en: 'opening balance' },
  'payment.load': { zh: '圈存', en: 'load to the card' },
  'payment.load_reversed': { zh: '圈存冲正', en: 'load reversed' },
  'payment.purchase': { zh: '刷卡支付', en: 'card payment' },
  'payment.purchase_reversed': { zh: '刷卡支付冲正', en: 'card payment reversed' },
  'medical.visit_settled': { zh: '医疗费结算', en: 'medical settlement' },
  'medical.settlement_taken_back': { zh: '医疗费结算撤销', en: 'medical settlement taken back' },
  'medical.account_refunded': { zh: '个人账户退回', en: 'refund to the personal account' },
  'contributions.received': { zh: '社会保险费收入', en: 'premiums received' },
  'contributions.credited': { zh: '划入个人账户', en: 'credited to personal accounts' },
};

export const journalNames = (kind: string): Words => journalKinds[kind] ?? { zh: kind, en: kind };
