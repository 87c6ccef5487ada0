/**
 * Medical services: item of the price norm (9 digits, made up within its chapter) | zh | en | unit | price in yuan |
 * ceiling in yuan or - | charge type (med_chrgitm_type) | class, first pay in percent | restriction.
 */
export const services = `
110100001|挂号费|registration|次 visit|1.00|1.00|13|甲
110200001|普通门诊诊查费|ordinary consultation|次 visit|8.00|8.00|02|甲
110200002|副主任医师诊查费|associate chief physician consultation|次 visit|20.00|12.00|02|甲
110200003|主任医师诊查费|chief physician consultation|次 visit|30.00|16.00|02|甲
110200004|急诊诊查费|emergency consultation|次 visit|12.00|12.00|02|甲
110200005|住院诊查费|inpatient consultation|日 day|10.00|10.00|02|甲|inpatient
110200006|一般诊疗费|general diagnosis fee|次 visit|10.00|10.00|12|甲
110200007|中医辨证论治|traditional Chinese syndrome differentiation|次 visit|15.00|15.00|02|甲
110300001|急诊监护费|emergency monitoring|日 day|80.00|80.00|05|甲
110500001|体检费|health check|次 visit|120.00|-|14|丙
110900001|普通床位费|ordinary bed|日 day|40.00|40.00|01|甲|inpatient
110900002|双人间床位费|double-room bed|日 day|80.00|40.00|01|甲|inpatient
110900003|单人间床位费|single-room bed|日 day|220.00|40.00|01|甲|inpatient
110900004|监护病房床位费|intensive care bed|日 day|120.00|120.00|01|甲|inpatient
110900005|特需床位费|premium bed|日 day|600.00|-|01|丙|inpatient
111000001|院外会诊|outside consultation|次 visit|200.00|-|02|丙
120100001|重症监护|intensive care|小时 hour|9.00|9.00|07|甲|inpatient
120100002|特级护理|special nursing|小时 hour|6.00|6.00|07|甲|inpatient
120100003|一级护理|nursing grade I|日 day|28.00|28.00|07|甲|inpatient
120100004|二级护理|nursing grade II|日 day|18.00|18.00|07|甲|inpatient
120100005|三级护理|nursing grade III|日 day|10.00|10.00|07|甲|inpatient
120300001|氧气吸入|oxygen inhalation|小时 hour|3.50|3.50|05|甲
120400001|肌肉注射|intramuscular injection|次 time|2.00|2.00|05|甲
120400002|静脉注射|intravenous injection|次 time|4.00|4.00|05|甲
120400003|静脉输液|intravenous infusion|组 set|9.00|9.00|05|甲
120400004|小儿头皮静脉输液|scalp vein infusion of a child|组 set|13.00|13.00|05|甲|child
120400005|静脉置管护理|venous catheter care|次 time|12.00|12.00|07|甲
120500001|大清创缝合|large wound closure|次 time|160.00|160.00|05|甲
120500002|小清创缝合|small wound closure|次 time|60.00|60.00|05|甲
120600001|大换药|large dressing|次 time|30.00|30.00|05|甲
120600002|小换药|small dressing|次 time|12.00|12.00|05|甲
120700001|雾化吸入|nebulised inhalation|次 time|8.00|8.00|05|甲
120800001|鼻饲管置管|nasogastric tube placement|次 time|22.00|22.00|05|甲
121000001|洗胃|gastric lavage|次 time|80.00|80.00|05|甲
121400001|灌肠|enema|次 time|18.00|18.00|05|甲
121600001|导尿|catheterisation|次 time|16.00|16.00|05|甲
210102001|数字化摄影|digital radiography|曝光 exposure|50.00|50.00|03|甲
210102002|钼靶摄影|mammography|单侧 side|80.00|80.00|03|乙5
210103001|胃肠造影|gastrointestinal contrast study|次 time|120.00|120.00|03|甲
210200001|磁共振平扫|MRI plain scan|部位 region|420.00|380.00|03|乙10
210200002|磁共振增强|MRI with contrast|部位 region|560.00|520.00|03|乙10
210300001|CT平扫|CT plain scan|部位 region|180.00|180.00|03|乙5
210300002|CT增强|CT with contrast|部位 region|260.00|260.00|03|乙5
210300003|冠状动脉CT成像|coronary CT angiography|次 time|680.00|620.00|03|乙10|level2
210500001|PET-CT|PET-CT|次 time|6800.00|-|03|丙|level3
220201001|B超常规检查|B-mode ultrasound|部位 region|40.00|40.00|03|甲
220301001|彩色多普勒超声|colour Doppler ultrasound|部位 region|90.00|90.00|03|甲
220302001|颈部血管彩超|carotid colour Doppler|次 time|110.00|110.00|03|甲
220600001|超声心动图|echocardiography|次 time|130.00|130.00|03|甲
220400001|产前四维超声|four-dimensional antenatal ultrasound|次 time|320.00|-|03|丙|women
230200001|甲状腺静态显像|static thyroid imaging|次 time|160.00|160.00|03|乙5|level2
240300001|放射治疗|radiotherapy|照射野 field|180.00|180.00|05|乙5|level3
250101001|血常规|complete blood count|次 time|18.00|18.00|04|甲
250101002|血型鉴定|blood grouping|次 time|15.00|15.00|04|甲
250102001|尿常规|urinalysis|次 time|8.00|8.00|04|甲
250103001|粪便常规|stool examination|次 time|6.00|6.00|04|甲
250203001|凝血四项|coagulation panel|次 time|48.00|48.00|04|甲
250203002|D-二聚体|D-dimer|项 item|45.00|45.00|04|甲
250301001|总蛋白测定|total protein|项 item|4.00|4.00|04|甲
250302001|葡萄糖测定|glucose|项 item|4.00|4.00|04|甲
250302002|糖化血红蛋白|glycated haemoglobin|项 item|42.00|42.00|04|甲
250303001|血脂四项|lipid panel|次 time|24.00|24.00|04|甲
250304001|电解质六项|electrolyte panel|次 time|27.00|27.00|04|甲
250305001|肝功能全套|liver function panel|次 time|46.00|46.00|04|甲
250306001|心肌酶谱|cardiac enzymes|次 time|48.00|48.00|04|甲
250306002|肌钙蛋白|troponin|项 item|78.00|78.00|04|甲
250307001|肾功能三项|kidney function panel|次 time|18.00|18.00|04|甲
250307002|尿微量白蛋白|urinary microalbumin|项 item|22.00|22.00|04|甲
250310001|甲状腺功能五项|thyroid function panel|次 time|125.00|125.00|04|甲
250310002|促甲状腺激素|thyroid-stimulating hormone|项 item|28.00|28.00|04|甲
250401001|C反应蛋白|C-reactive protein|项 item|18.00|18.00|04|甲
250402001|类风湿因子|rheumatoid factor|项 item|15.00|15.00|04|甲
250403001|乙肝五项|hepatitis B panel|次 time|45.00|45.00|04|甲
250403002|丙型肝炎抗体|hepatitis C antibody|项 item|25.00|25.00|04|甲
250404001|癌胚抗原|carcinoembryonic antigen|项 item|32.00|32.00|04|甲
250404002|甲胎蛋白|alpha-fetoprotein|项 item|32.00|32.00|04|甲
250404003|前列腺特异抗原|prostate-specific antigen|项 item|48.00|48.00|04|甲|men
250501001|细菌培养及鉴定|bacterial culture and identification|次 time|58.00|58.00|04|甲
250501002|药敏试验|susceptibility test|次 time|36.00|36.00|04|甲
250700001|基因检测套餐|gene test panel|次 time|2400.00|-|04|丙
260000001|交叉配血|cross-matching|次 time|32.00|32.00|04|甲
270300001|病理活检|biopsy pathology|例 case|110.00|110.00|04|甲
270500001|免疫组化|immunohistochemistry|项 item|120.00|120.00|04|乙5
310100001|脑电图|electroencephalogram|次 time|60.00|60.00|03|甲
310300001|眼底检查|fundus examination|单侧 side|10.00|10.00|03|甲
310300002|验光|refraction|次 time|18.00|-|03|丙
310400001|纯音测听|pure-tone audiometry|次 time|28.00|28.00|03|甲
310500001|洁牙|dental scaling|次 time|180.00|-|05|丙
310500002|牙拔除术|tooth extraction|颗 tooth|48.00|48.00|06|甲
310500003|根管治疗|root canal treatment|根 canal|90.00|90.00|05|甲
310600001|肺功能检查|pulmonary function test|次 time|120.00|120.00|03|甲
310700001|十二导联心电图|twelve-lead electrocardiogram|次 time|22.00|22.00|03|甲
310700002|动态心电图|ambulatory electrocardiogram|次 time|160.00|160.00|03|甲
310700003|动态血压监测|ambulatory blood pressure monitoring|次 time|90.00|90.00|03|甲
310800001|血液透析|haemodialysis|次 time|400.00|400.00|05|甲|level2
310800002|血液滤过|haemofiltration|次 time|620.00|620.00|05|乙5|level2
310900001|胃镜检查|gastroscopy|次 time|150.00|150.00|03|甲
310900002|无痛胃镜|sedated gastroscopy|次 time|420.00|300.00|03|乙10
310900003|结肠镜检查|colonoscopy|次 time|220.00|220.00|03|甲
311000001|体外碎石|extracorporeal lithotripsy|次 time|780.00|780.00|05|乙10|level2
311300001|产前检查|antenatal examination|次 time|30.00|30.00|03|甲|women
320500001|冠状动脉造影|coronary angiography|次 time|2400.00|2400.00|06|甲|level3
320500002|冠状动脉支架置入|coronary stent placement|次 time|3900.00|3900.00|06|甲|level3
330100001|全身麻醉|general anaesthesia|2小时 2 hours|800.00|800.00|06|甲|inpatient
330100002|椎管内麻醉|neuraxial anaesthesia|2小时 2 hours|360.00|360.00|06|甲|inpatient
330100003|局部麻醉|local anaesthesia|次 time|30.00|30.00|06|甲
330300001|甲状腺部分切除|partial thyroidectomy|单侧 side|1450.00|1450.00|06|甲|level2
330400001|白内障超声乳化|phacoemulsification|单眼 eye|1680.00|1680.00|06|甲|level2
331000001|阑尾切除|appendectomy|次 time|980.00|980.00|06|甲|level2
331000002|腹腔镜胆囊切除|laparoscopic cholecystectomy|次 time|1850.00|1850.00|06|甲|level2
331000003|疝修补|hernia repair|单侧 side|920.00|920.00|06|甲|level2
331300001|剖宫产|caesarean section|次 time|1560.00|1560.00|06|甲|women
331300002|正常分娩|normal delivery|次 time|980.00|980.00|06|甲|women
331500001|人工全髋关节置换|total hip replacement|次 time|3200.00|3200.00|06|甲|level3
331500002|骨折切开复位内固定|open reduction and internal fixation|次 time|1980.00|1980.00|06|甲|level2
331600001|重睑成形|double eyelid plasty|次 time|2800.00|-|06|丙
340100001|运动疗法|kinesiotherapy|45分钟 45 minutes|46.00|46.00|05|甲
340200001|红外线治疗|infrared therapy|区 area|16.00|16.00|05|甲
410000001|中药熏洗|herbal fumigation|次 time|32.00|32.00|05|甲
420000001|骨折手法复位|manual fracture reduction|次 time|160.00|160.00|05|甲
430000001|普通针刺|acupuncture|次 time|22.00|22.00|05|甲
430000002|电针|electroacupuncture|次 time|28.00|28.00|05|甲
440000001|艾灸|moxibustion|次 time|24.00|24.00|05|甲
450000001|推拿治疗|tuina therapy|次 time|48.00|42.00|05|甲
450000002|小儿捏脊|paediatric spine pinching|次 time|30.00|30.00|05|甲|child
`;
