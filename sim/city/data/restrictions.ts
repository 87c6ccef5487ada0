/** Conditions of payment (限制支付) that catalogue items name. */
export const restrictions = {
  child: { zh: '限儿童', en: 'children only', kind: 'max_age', value: '14' },
  women: { zh: '限女性', en: 'women only', kind: 'sex', value: '2' },
  men: { zh: '限男性', en: 'men only', kind: 'sex', value: '1' },
  inpatient: { zh: '限住院使用', en: 'in hospital only', kind: 'setting', value: 'inpatient' },
  level2: { zh: '限二级及以上医疗机构', en: 'hospitals of level 2 and above only', kind: 'min_level', value: '2' },
  level3: { zh: '限三级医疗机构', en: 'hospitals of level 3 only', kind: 'min_level', value: '3' },
  stroke: { zh: '限急性脑梗死', en: 'acute cerebral infarction only', kind: 'diagnosis', value: 'I63' },
  dialysis: { zh: '限慢性肾衰竭', en: 'chronic kidney failure only', kind: 'diagnosis', value: 'N18' },
  transplant: { zh: '限器官移植后', en: 'after organ transplantation only', kind: 'diagnosis', value: 'Z94' },
} as const;
