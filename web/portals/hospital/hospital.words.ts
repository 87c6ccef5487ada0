import { catalogue } from '../../kit/words/catalogue.ts';

export const hospitalWords = catalogue('hospital', {
  title: ['医院收费处', 'Hospital desk'],
  desk: ['收费', 'Charging desk'],
  'desk.note': ['从插卡到小票，都在这一页。', 'From card to receipt on this one page.'],
  visits: ['就诊', 'Visits'],
  'visits.note': ['放一边的就诊在这里继续。', 'Visits put aside go on from here.'],
  department: ['普通门诊', 'General outpatient'],
  none: ['没有这样的就诊', 'No such visits'],
  'none.note': [
    '在“收费”页插卡登记，就会出现在这里。',
    'Register a card at the charging desk and the visit appears here.',
  ],
});
