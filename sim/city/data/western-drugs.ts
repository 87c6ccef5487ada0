/**
 * Western drugs under their generic names: ATC class | zh | en | form | strength | price in yuan | class, first pay in
 * percent | restriction. Names and ATC classes are those of pharmacology; strengths, prices and shares are made up.
 */
export const westernDrugs = `
A02BA|法莫替丁|famotidine|T|20mg×24|6.80|甲
A02BA|雷尼替丁|ranitidine|C|0.15g×30|5.40|甲
A02BC|奥美拉唑|omeprazole|E|20mg×14|12.60|甲
A02BC|泮托拉唑|pantoprazole|E|40mg×7|18.90|乙5
A02BC|兰索拉唑|lansoprazole|E|30mg×14|24.30|乙5
A02BC|艾司奥美拉唑|esomeprazole|I|40mg|32.50|乙20|inpatient
A02BX|铝碳酸镁|hydrotalcite|H|0.5g×20|15.20|乙10
A02BX|枸橼酸铋钾|bismuth potassium citrate|C|0.3g×40|13.70|甲
A02BX|硫糖铝|sucralfate|S|10ml×12|21.00|乙5
A03AX|匹维溴铵|pinaverium bromide|T|50mg×15|28.60|乙10
A03BA|阿托品|atropine|I|0.5mg|2.10|甲
A03BB|山莨菪碱|anisodamine|I|10mg|1.60|甲
A03FA|多潘立酮|domperidone|T|10mg×30|9.80|甲
A03FA|莫沙必利|mosapride|T|5mg×24|16.40|乙10
A03FA|甲氧氯普胺|metoclopramide|I|10mg|1.20|甲
A04AA|昂丹司琼|ondansetron|I|4mg|14.80|甲
A05AA|熊去氧胆酸|ursodeoxycholic acid|C|0.25g×25|86.00|甲
A05BA|多烯磷脂酰胆碱|polyene phosphatidylcholine|C|228mg×24|42.00|乙10
A05BA|联苯双酯|bifendate|T|25mg×100|23.50|甲
A06AD|乳果糖|lactulose|S|15ml×6|19.60|乙5
A06AD|聚乙二醇4000|macrogol 4000|G|10g×10|27.40|乙10
A07BC|蒙脱石|smectite|G|3g×10|11.30|甲
A07DA|洛哌丁胺|loperamide|C|2mg×6|8.90|甲
A07EC|美沙拉秦|mesalazine|E|0.25g×40|68.00|乙10
A07FA|双歧杆菌三联活菌|triple live bifidobacteria|C|0.21g×24|25.50|乙5
A09AA|复方消化酶|compound digestive enzymes|C|×20|31.00|丙
A10AB|门冬胰岛素|insulin aspart|I|3ml:300u|41.90|乙10
A10AB|人胰岛素|insulin human|I|10ml:400u|31.20|甲
A10AC|精蛋白人胰岛素|isophane insulin human|I|3ml:300u|27.60|甲
A10AE|甘精胰岛素|insulin glargine|I|3ml:300u|69.90|乙10
A10BA|二甲双胍|metformin|T|0.5g×30|4.20|甲
A10BB|格列美脲|glimepiride|T|2mg×30|9.60|甲
A10BB|格列齐特|gliclazide|T|80mg×60|11.80|甲
A10BB|格列吡嗪|glipizide|T|5mg×30|4.50|甲
A10BF|阿卡波糖|acarbose|T|50mg×30|5.42|甲
A10BG|吡格列酮|pioglitazone|T|15mg×28|13.20|乙5
A10BH|西格列汀|sitagliptin|T|100mg×7|25.80|乙10
A10BJ|利拉鲁肽|liraglutide|I|3ml:18mg|285.00|乙30|level2
A10BK|达格列净|dapagliflozin|T|10mg×14|30.20|乙10
A11CC|骨化三醇|calcitriol|C|0.25μg×10|27.50|乙5
A11DA|维生素B1|thiamine|T|10mg×100|3.90|甲
A11GA|维生素C|ascorbic acid|T|0.1g×100|3.20|甲
A11HA|维生素B6|pyridoxine|T|10mg×100|3.60|甲
A11JC|复方多维元素|multivitamins with minerals|T|×30|58.00|丙
A12AA|碳酸钙D3|calcium carbonate with D3|T|600mg×30|34.50|乙10
A12BA|氯化钾|potassium chloride|R|0.5g×24|7.90|甲
B01AA|华法林|warfarin|T|2.5mg×60|17.30|甲
B01AB|低分子肝素钙|nadroparin calcium|I|0.4ml|22.80|甲|inpatient
B01AB|肝素钠|heparin sodium|I|12500u|9.80|甲
B01AC|阿司匹林|aspirin|E|100mg×30|11.60|甲
B01AC|氯吡格雷|clopidogrel|T|75mg×7|18.20|甲
B01AC|替格瑞洛|ticagrelor|T|90mg×14|34.70|乙10
B01AD|阿替普酶|alteplase|I|50mg|2180.00|乙20|stroke
B01AF|利伐沙班|rivaroxaban|T|10mg×5|26.40|乙10
B02AA|氨甲环酸|tranexamic acid|I|0.5g|7.40|甲
B02BA|维生素K1|phytomenadione|I|10mg|2.30|甲
B03AA|琥珀酸亚铁|ferrous succinate|T|0.1g×20|16.90|甲
B03BB|叶酸|folic acid|T|5mg×100|6.20|甲
B03XA|重组人促红素|epoetin|I|3000u|28.90|乙10|dialysis
B05AA|人血白蛋白|human albumin|I|10g|380.00|乙20|inpatient
B05BA|脂肪乳|fat emulsion|I|250ml|46.00|乙10|inpatient
B05BA|复方氨基酸|compound amino acids|I|250ml|38.00|乙10|inpatient
B05BB|氯化钠注射液|sodium chloride|I|250ml|3.60|甲
B05BB|葡萄糖注射液|glucose|I|250ml|3.80|甲
B05BB|乳酸钠林格|sodium lactate Ringer's|I|500ml|5.20|甲
B05XA|碳酸氢钠|sodium bicarbonate|I|250ml|9.30|甲
C01AA|地高辛|digoxin|T|0.25mg×30|17.80|甲
C01BD|胺碘酮|amiodarone|T|0.2g×10|14.70|甲
C01CA|多巴胺|dopamine|I|20mg|3.10|甲
C01CA|去甲肾上腺素|norepinephrine|I|2mg|14.60|甲
C01CA|肾上腺素|epinephrine|I|1mg|4.40|甲
C01DA|单硝酸异山梨酯|isosorbide mononitrate|R|40mg×24|23.60|甲
C01DA|硝酸甘油|nitroglycerin|T|0.5mg×100|32.00|甲
C01EB|曲美他嗪|trimetazidine|R|35mg×30|27.10|乙5
C02CA|特拉唑嗪|terazosin|T|2mg×28|12.80|甲
C03AA|氢氯噻嗪|hydrochlorothiazide|T|25mg×100|5.30|甲
C03BA|吲达帕胺|indapamide|R|1.5mg×30|19.80|甲
C03CA|呋塞米|furosemide|T|20mg×100|9.70|甲
C03DA|螺内酯|spironolactone|T|20mg×100|21.40|甲
C07AB|比索洛尔|bisoprolol|T|5mg×10|7.30|甲
C07AB|美托洛尔|metoprolol|R|47.5mg×28|22.60|甲
C07AA|普萘洛尔|propranolol|T|10mg×100|12.20|甲
C08CA|氨氯地平|amlodipine|T|5mg×28|4.90|甲
C08CA|硝苯地平|nifedipine|R|30mg×7|13.50|甲
C08CA|非洛地平|felodipine|R|5mg×10|15.80|甲
C08DA|维拉帕米|verapamil|T|40mg×30|8.60|甲
C08DB|地尔硫䓬|diltiazem|T|30mg×50|14.90|甲
C09AA|卡托普利|captopril|T|25mg×100|6.40|甲
C09AA|依那普利|enalapril|T|10mg×16|8.70|甲
C09AA|培哚普利|perindopril|T|4mg×30|39.60|乙5
C09CA|厄贝沙坦|irbesartan|T|0.15g×14|7.90|甲
C09CA|缬沙坦|valsartan|C|80mg×28|11.40|甲
C09CA|氯沙坦|losartan|T|50mg×14|14.60|乙5
C09CA|替米沙坦|telmisartan|T|40mg×28|17.20|乙5
C09DX|沙库巴曲缬沙坦|sacubitril valsartan|T|100mg×14|36.80|乙20
C10AA|阿托伐他汀|atorvastatin|T|20mg×28|8.30|甲
C10AA|瑞舒伐他汀|rosuvastatin|T|10mg×28|9.90|甲
C10AA|辛伐他汀|simvastatin|T|20mg×28|6.70|甲
C10AB|非诺贝特|fenofibrate|C|0.2g×10|18.70|乙5
C10AX|依折麦布|ezetimibe|T|10mg×10|24.60|乙10
D01AC|克霉唑|clotrimazole|O|10g|4.60|甲
D01AE|特比萘芬|terbinafine|O|10g|9.20|乙10
D06AX|莫匹罗星|mupirocin|O|5g|16.80|乙5
D07AC|糠酸莫米松|mometasone furoate|O|10g|13.90|乙5
D07AB|丁酸氢化可的松|hydrocortisone butyrate|O|10g|11.20|甲
D08AG|聚维酮碘|povidone iodine|L|100ml|7.80|甲
D10AX|壬二酸|azelaic acid|O|30g|68.00|丙
D11AX|米诺地尔|minoxidil|L|60ml|128.00|丙
G01AF|甲硝唑阴道|metronidazole vaginal|P|0.5g×14|12.60|甲|women
G02AB|缩宫素|oxytocin|I|10u|4.20|甲|women
G02CB|溴隐亭|bromocriptine|T|2.5mg×30|62.00|乙5
G03DA|黄体酮|progesterone|C|50mg×20|29.80|甲|women
G03CA|戊酸雌二醇|estradiol valerate|T|1mg×21|31.40|乙10|women
G04BD|托特罗定|tolterodine|T|2mg×14|26.70|乙10
G04CA|坦索罗辛|tamsulosin|R|0.2mg×10|17.60|甲|men
G04CB|非那雄胺|finasteride|T|5mg×10|14.80|甲|men
H02AB|地塞米松|dexamethasone|I|5mg|1.80|甲
H02AB|泼尼松|prednisone|T|5mg×100|12.50|甲
H02AB|甲泼尼龙|methylprednisolone|I|40mg|23.90|甲
H03AA|左甲状腺素|levothyroxine|T|50μg×100|26.50|甲
H03BB|甲巯咪唑|thiamazole|T|10mg×50|27.60|甲
H03BA|丙硫氧嘧啶|propylthiouracil|T|50mg×100|34.80|甲
J01AA|多西环素|doxycycline|T|0.1g×20|14.50|甲
J01CA|阿莫西林|amoxicillin|C|0.25g×24|6.90|甲
J01CA|哌拉西林他唑巴坦|piperacillin tazobactam|I|4.5g|32.70|乙10|inpatient
J01CE|青霉素|benzylpenicillin|I|80万u|1.10|甲
J01CR|阿莫西林克拉维酸钾|amoxicillin clavulanate|T|457mg×12|19.80|甲
J01DB|头孢氨苄|cefalexin|C|0.25g×24|9.40|甲
J01DB|头孢唑林|cefazolin|I|0.5g|3.70|甲
J01DC|头孢呋辛|cefuroxime|T|0.25g×12|13.10|甲
J01DC|头孢克洛|cefaclor|C|0.25g×12|16.90|乙5
J01DD|头孢曲松|ceftriaxone|I|1g|4.60|甲
J01DD|头孢克肟|cefixime|C|0.1g×12|18.30|乙5
J01DD|头孢他啶|ceftazidime|I|1g|9.80|甲
J01DH|美罗培南|meropenem|I|0.5g|48.60|乙20|inpatient
J01EE|复方磺胺甲噁唑|sulfamethoxazole trimethoprim|T|×100|8.80|甲
J01FA|阿奇霉素|azithromycin|T|0.25g×6|9.90|甲
J01FA|克拉霉素|clarithromycin|T|0.25g×12|15.40|乙5
J01FF|克林霉素|clindamycin|C|0.15g×20|12.70|甲
J01GB|庆大霉素|gentamicin|I|8万u|1.40|甲
J01MA|左氧氟沙星|levofloxacin|T|0.5g×7|11.60|甲
J01MA|莫西沙星|moxifloxacin|T|0.4g×3|28.70|乙10
J01XA|万古霉素|vancomycin|I|0.5g|79.00|乙10|inpatient
J01XD|甲硝唑|metronidazole|T|0.2g×100|7.60|甲
J02AC|氟康唑|fluconazole|C|0.15g×3|8.20|甲
J02AC|伏立康唑|voriconazole|T|50mg×10|186.00|乙20|level2
J04AC|异烟肼|isoniazid|T|0.1g×100|9.10|甲
J04AB|利福平|rifampicin|C|0.15g×100|28.40|甲
J04AK|吡嗪酰胺|pyrazinamide|T|0.25g×100|21.60|甲
J04AK|乙胺丁醇|ethambutol|T|0.25g×100|23.80|甲
J05AB|阿昔洛韦|aciclovir|T|0.2g×30|11.90|甲
J05AF|恩替卡韦|entecavir|T|0.5mg×28|14.60|甲
J05AF|替诺福韦|tenofovir|T|300mg×30|17.80|甲
J05AH|奥司他韦|oseltamivir|C|75mg×10|56.00|乙5
L01AA|环磷酰胺|cyclophosphamide|I|0.2g|24.60|甲|level2
L01BA|甲氨蝶呤|methotrexate|T|2.5mg×16|19.80|甲
L01BC|卡培他滨|capecitabine|T|0.5g×12|88.00|乙10|level2
L01BC|吉西他滨|gemcitabine|I|1g|196.00|乙10|level2
L01CD|紫杉醇|paclitaxel|I|30mg|64.00|甲|level2
L01CD|多西他赛|docetaxel|I|20mg|72.00|乙10|level2
L01EA|伊马替尼|imatinib|T|0.1g×60|586.00|乙20|level2
L01EB|吉非替尼|gefitinib|T|0.25g×10|257.00|乙20|level2
L01FD|曲妥珠单抗|trastuzumab|I|440mg|5500.00|乙30|level3
L01FG|贝伐珠单抗|bevacizumab|I|100mg|1180.00|乙30|level3
L01XA|顺铂|cisplatin|I|10mg|8.70|甲|level2
L01XA|奥沙利铂|oxaliplatin|I|50mg|98.00|乙10|level2
L02BA|他莫昔芬|tamoxifen|T|10mg×60|34.00|甲
L02BG|来曲唑|letrozole|T|2.5mg×10|66.00|乙10|women
L03AA|重组人粒细胞刺激因子|filgrastim|I|150μg|42.00|乙10|level2
L04AA|吗替麦考酚酯|mycophenolate mofetil|C|0.25g×40|124.00|乙10|transplant
L04AB|阿达木单抗|adalimumab|I|40mg|1080.00|乙30|level3
L04AD|他克莫司|tacrolimus|C|1mg×50|612.00|乙10|transplant
L04AX|来氟米特|leflunomide|T|10mg×16|37.00|乙5
M01AB|双氯芬酸钠|diclofenac sodium|R|75mg×10|9.70|甲
M01AE|布洛芬|ibuprofen|R|0.3g×20|10.60|甲
M01AH|塞来昔布|celecoxib|C|0.2g×6|17.40|乙10
M01AX|氨基葡萄糖|glucosamine|C|0.25g×60|52.00|丙
M03BX|乙哌立松|eperisone|T|50mg×20|22.80|乙10
M04AA|别嘌醇|allopurinol|T|0.1g×100|15.60|甲
M04AA|非布司他|febuxostat|T|40mg×14|16.80|乙10
M04AB|苯溴马隆|benzbromarone|T|50mg×10|14.20|乙5
M04AC|秋水仙碱|colchicine|T|0.5mg×20|18.60|甲
M05BA|阿仑膦酸钠|alendronate sodium|T|70mg×4|46.00|乙10
N01AB|七氟烷|sevoflurane|L|120ml|520.00|乙10|inpatient
N01AH|瑞芬太尼|remifentanil|I|1mg|48.00|乙5|inpatient
N01AX|丙泊酚|propofol|I|0.2g|24.60|甲|inpatient
N01BB|利多卡因|lidocaine|I|0.1g|1.30|甲
N02AA|吗啡|morphine|R|30mg×10|68.00|甲
N02AX|曲马多|tramadol|R|0.1g×10|16.70|乙5
N02BE|对乙酰氨基酚|paracetamol|T|0.5g×12|3.90|甲
N03AF|卡马西平|carbamazepine|T|0.1g×100|17.80|甲
N03AF|奥卡西平|oxcarbazepine|T|0.3g×50|96.00|乙5
N03AG|丙戊酸钠|sodium valproate|R|0.5g×30|41.20|甲
N03AX|左乙拉西坦|levetiracetam|T|0.25g×30|32.60|乙10
N03AX|加巴喷丁|gabapentin|C|0.1g×50|27.50|乙5
N04BA|多巴丝肼|levodopa benserazide|T|0.25g×40|68.40|甲
N04BC|普拉克索|pramipexole|T|0.25mg×30|56.70|乙10
N05AH|奥氮平|olanzapine|T|5mg×14|18.60|甲
N05AH|喹硫平|quetiapine|T|0.1g×30|42.70|甲
N05AX|利培酮|risperidone|T|1mg×20|13.50|甲
N05BA|阿普唑仑|alprazolam|T|0.4mg×20|5.70|甲
N05CD|艾司唑仑|estazolam|T|1mg×20|4.80|甲
N05CF|佐匹克隆|zopiclone|T|7.5mg×12|16.90|甲
N06AB|氟西汀|fluoxetine|C|20mg×28|47.80|甲
N06AB|舍曲林|sertraline|T|50mg×14|11.50|甲
N06AB|艾司西酞普兰|escitalopram|T|10mg×7|18.40|甲
N06AX|文拉法辛|venlafaxine|R|75mg×14|32.60|乙5
N06DA|多奈哌齐|donepezil|T|5mg×14|38.70|乙10
N06DX|美金刚|memantine|T|10mg×14|52.40|乙10
N07CA|倍他司汀|betahistine|T|6mg×30|14.80|甲
N06BX|胞磷胆碱钠|citicoline sodium|C|0.1g×24|28.90|乙10
P01BA|羟氯喹|hydroxychloroquine|T|0.1g×14|24.70|乙5
P02CA|阿苯达唑|albendazole|T|0.2g×10|7.40|甲
R01AD|布地奈德鼻用|budesonide nasal|A|64μg×120|46.80|乙10
R03AC|沙丁胺醇|salbutamol|A|100μg×200|19.60|甲
R03AK|布地奈德福莫特罗|budesonide formoterol|A|160μg×60|148.00|乙10
R03AK|沙美特罗替卡松|salmeterol fluticasone|A|250μg×60|136.00|乙10
R03BA|布地奈德混悬|budesonide suspension|A|1mg×5|42.50|乙5
R03BB|噻托溴铵|tiotropium bromide|A|18μg×10|62.80|乙10
R03DA|茶碱|theophylline|R|0.1g×24|12.60|甲
R03DC|孟鲁司特|montelukast|T|10mg×5|14.70|甲
R03DC|孟鲁司特儿童|montelukast paediatric|H|4mg×5|12.40|甲|child
R05CB|氨溴索|ambroxol|T|30mg×20|7.60|甲
R05CB|乙酰半胱氨酸|acetylcysteine|G|0.2g×10|18.60|甲
R05DA|复方甘草|compound liquorice|T|×100|12.80|甲
R06AE|西替利嗪|cetirizine|T|10mg×12|8.70|甲
R06AX|氯雷他定|loratadine|T|10mg×6|7.90|甲
R06AB|氯苯那敏|chlorphenamine|T|4mg×100|5.40|甲
S01AA|氯霉素滴眼|chloramphenicol eye|D|8ml|2.60|甲
S01AE|左氧氟沙星滴眼|levofloxacin eye|D|5ml|13.80|甲
S01ED|噻吗洛尔滴眼|timolol eye|D|5ml|9.60|甲
S01EE|拉坦前列素滴眼|latanoprost eye|D|2.5ml|96.00|乙10
S01XA|玻璃酸钠滴眼|sodium hyaluronate eye|D|5ml|26.80|乙10
S01LA|康柏西普|conbercept|I|10mg/ml|3452.00|乙30|level3
S02AA|氧氟沙星滴耳|ofloxacin ear|D|5ml|8.40|甲
V08AB|碘海醇|iohexol|I|100ml|118.00|乙10
V08CA|钆喷酸葡胺|gadopentetic acid|I|15ml|86.00|乙10
`;
