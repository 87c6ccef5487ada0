import { catalogue } from '../../kit/words/catalogue.ts';

export const inspectorWords = catalogue('inspector', {
  title: ['监督', 'Inspector'],
  search: ['查一笔支付', 'Find a payment'],
  'search.note': [
    '输入结算单号、交易号或凭证分录号；不填则列出最近的支付。',
    'Enter the number of a settlement, payment or voucher line; left empty, the newest are listed.',
  ],
  by: ['按', 'By'],
  'by.settlement': ['结算单', 'Settlement'],
  'by.payment': ['交易', 'Payment'],
  'by.voucher_line': ['凭证分录', 'Voucher line'],
  'by.journal': ['分录', 'Journal'],
  number: ['号码', 'Number'],
  find: ['查找', 'Find'],
  newest: ['最近的支付', 'Newest payments'],
  found: ['查到的支付', 'Payments found'],
  at: ['时间', 'Time'],
  what: ['业务', 'What'],
  amount: ['金额（元）', 'Amount (yuan)'],
  settlement: ['结算单号', 'Settlement no.'],
  state: ['状态', 'State'],
  empty: ['没有查到支付', 'No payment found'],
  'empty.note': ['核对号码，或清空后看最近的支付。', 'Check the number, or clear it to see the newest payments.'],
});
