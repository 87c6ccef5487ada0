import { catalogue } from '../../kit/words/catalogue.ts';

export const pharmacyWords = catalogue('pharmacy', {
  title: ['药店柜台', 'Pharmacy counter'],
  desk: ['购药', 'Counter'],
  'desk.note': ['刷卡、选药、结算、小票。', 'Card, drugs, settlement, receipt.'],
  sales: ['购药记录', 'Purchases'],
  'sales.note': ['未完成的购药在这里继续。', 'Unfinished purchases go on from here.'],
  department: ['柜台', 'Counter'],
  none: ['没有这样的购药记录', 'No such purchases'],
  'none.note': ['在“购药”页插卡，就会出现在这里。', 'Insert a card at the counter and the purchase appears here.'],
});
