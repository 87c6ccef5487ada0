/** Hospitals: level | zh | en | district | designated from | through. */
export const hospitals = `
3|临澜市第一人民医院|Linlan First People's Hospital|990101|2005-01-01|
3|临澜大学附属医院|Linlan University Hospital|990103|2006-07-01|
2|南桥区人民医院|Nanqiao District Hospital|990102|2005-01-01|
2|鹭洲中医医院|Luzhou Traditional Medicine Hospital|990104|2008-03-01|
2|澄湾县人民医院|Chengwan County Hospital|990105|2005-01-01|
1|潮生社区卫生服务中心|Chaosheng Community Health Centre|990101|2010-01-01|
1|松风社区卫生服务中心|Songfeng Community Health Centre|990103|2011-05-01|
1|云泊镇卫生院|Yunbo Township Health Centre|990106|2009-01-01|`;

/** Departments by the code of 科别: code | zh | en | lowest hospital level that has it. */
export const departments = `
A02|全科医疗科|general practice|1
A03|内科|internal medicine|1
A03.04|心血管内科|cardiology|2
A03.05|血液内科|haematology|3
A03.06|肾病学专业|nephrology|2
A03.07|内分泌科|endocrinology|2
A04|外科|surgery|2
A04.03|骨科|orthopaedics|2
A05|妇产科|obstetrics and gynaecology|2
A07|儿科|paediatrics|1
A10|眼科|ophthalmology|2
A11|耳鼻咽喉科|otorhinolaryngology|2
A12|口腔科|dentistry|1
A13|皮肤科|dermatology|2
A15|精神科|psychiatry|3
A19|肿瘤科|oncology|3
A20|急诊医学科|emergency medicine|2
A21|康复医学科|rehabilitation|2
A50|中医科|traditional Chinese medicine|1`;

export const pharmacyNames =
  '百草Baicao 济和Jihe 康济Kangji 杏春Xingchun 益元Yiyuan 仁泽Renze 本草堂Bencaotang 安和Anhe 惠民Huimin 长乐Changle 甘泉Ganquan 青囊Qingnang 橘井Jujing 春晖Chunhui 云芝Yunzhi 瑞和Ruihe 延龄Yanling 怀仁Huairen 同济源Tongjiyuan 岐黄Qihuang';
