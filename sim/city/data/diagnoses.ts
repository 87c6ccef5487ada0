/** Diagnoses in the shape of the medical-insurance edition of ICD-10: code | zh | en | sex, where only one can have it. */
export const diagnoses = `
A01.000|伤寒|typhoid fever
A04.900|细菌性肠道感染|bacterial intestinal infection
A05.900|细菌性食物中毒|bacterial food poisoning
A08.000|轮状病毒肠炎|rotaviral enteritis
A09.000|感染性腹泻|infectious diarrhoea
A15.000|肺结核|pulmonary tuberculosis
A16.500|结核性胸膜炎|tuberculous pleurisy
A18.000|骨结核|tuberculosis of bone
A38.x00|猩红热|scarlet fever
A41.900|脓毒症|sepsis
A46.x00|丹毒|erysipelas
A49.900|细菌感染|bacterial infection
A63.000|尖锐湿疣|anogenital warts
B00.900|单纯疱疹|herpes simplex
B01.900|水痘|varicella
B02.900|带状疱疹|herpes zoster
B05.900|麻疹|measles
B07.x00|病毒疣|viral warts
B08.400|手足口病|hand, foot and mouth disease
B15.900|甲型病毒性肝炎|hepatitis A
B18.100|慢性乙型病毒性肝炎|chronic hepatitis B
B18.200|慢性丙型病毒性肝炎|chronic hepatitis C
B26.900|流行性腮腺炎|mumps
B34.900|病毒感染|viral infection
B35.300|足癣|tinea pedis
B37.300|念珠菌性阴道炎|vaginal candidiasis|F
B86.x00|疥疮|scabies
C15.900|食管恶性肿瘤|malignant neoplasm of oesophagus
C16.900|胃恶性肿瘤|malignant neoplasm of stomach
C18.900|结肠恶性肿瘤|malignant neoplasm of colon
C20.x00|直肠恶性肿瘤|malignant neoplasm of rectum
C22.000|肝细胞癌|hepatocellular carcinoma
C25.900|胰腺恶性肿瘤|malignant neoplasm of pancreas
C32.900|喉恶性肿瘤|malignant neoplasm of larynx
C34.900|肺恶性肿瘤|malignant neoplasm of lung
C43.900|恶性黑色素瘤|malignant melanoma
C50.900|乳房恶性肿瘤|malignant neoplasm of breast|F
C53.900|子宫颈恶性肿瘤|malignant neoplasm of cervix uteri|F
C54.100|子宫内膜恶性肿瘤|malignant neoplasm of endometrium|F
C56.x00|卵巢恶性肿瘤|malignant neoplasm of ovary|F
C61.x00|前列腺恶性肿瘤|malignant neoplasm of prostate|M
C64.x00|肾恶性肿瘤|malignant neoplasm of kidney
C67.900|膀胱恶性肿瘤|malignant neoplasm of bladder
C71.900|脑恶性肿瘤|malignant neoplasm of brain
C73.x00|甲状腺恶性肿瘤|malignant neoplasm of thyroid
C85.900|非霍奇金淋巴瘤|non-Hodgkin lymphoma
C90.000|多发性骨髓瘤|multiple myeloma
C91.000|急性淋巴细胞白血病|acute lymphoblastic leukaemia
C92.000|急性髓系白血病|acute myeloid leukaemia
C92.100|慢性髓系白血病|chronic myeloid leukaemia
D12.600|结肠息肉|colonic polyp
D17.900|脂肪瘤|lipoma
D18.000|血管瘤|haemangioma
D24.x00|乳房良性肿瘤|benign neoplasm of breast
D25.900|子宫平滑肌瘤|leiomyoma of uterus|F
D34.x00|甲状腺良性肿瘤|benign neoplasm of thyroid
D50.900|缺铁性贫血|iron deficiency anaemia
D56.900|地中海贫血|thalassaemia
D61.900|再生障碍性贫血|aplastic anaemia
D64.900|贫血|anaemia
D66.x00|血友病A|haemophilia A|M
D69.300|特发性血小板减少性紫癜|idiopathic thrombocytopenic purpura
E03.900|甲状腺功能减退|hypothyroidism
E04.100|甲状腺结节|thyroid nodule
E05.900|甲状腺功能亢进|hyperthyroidism
E06.300|桥本甲状腺炎|Hashimoto thyroiditis
E10.900|1型糖尿病|type 1 diabetes mellitus
E11.200|2型糖尿病伴肾并发症|type 2 diabetes with renal complications
E11.300|2型糖尿病伴眼并发症|type 2 diabetes with ophthalmic complications
E11.400|2型糖尿病伴神经并发症|type 2 diabetes with neurological complications
E11.900|2型糖尿病|type 2 diabetes mellitus
E16.200|低血糖|hypoglycaemia
E28.200|多囊卵巢综合征|polycystic ovarian syndrome|F
E46.x00|营养不良|malnutrition
E55.900|维生素D缺乏|vitamin D deficiency
E66.900|肥胖症|obesity
E78.000|高胆固醇血症|hypercholesterolaemia
E78.500|高脂血症|hyperlipidaemia
E79.000|高尿酸血症|hyperuricaemia
E86.x00|脱水|volume depletion
E87.600|低钾血症|hypokalaemia
F00.900|阿尔茨海默病性痴呆|dementia in Alzheimer disease
F10.200|酒精依赖|alcohol dependence
F20.900|精神分裂症|schizophrenia
F31.900|双相情感障碍|bipolar affective disorder
F32.900|抑郁发作|depressive episode
F41.100|广泛性焦虑障碍|generalised anxiety disorder
F41.200|混合性焦虑抑郁障碍|mixed anxiety and depressive disorder
F43.200|适应障碍|adjustment disorder
F51.000|非器质性失眠|nonorganic insomnia
F84.000|儿童孤独症|childhood autism
F90.000|注意缺陷多动障碍|attention deficit hyperactivity disorder
G03.900|脑膜炎|meningitis
G20.x00|帕金森病|Parkinson disease
G30.900|阿尔茨海默病|Alzheimer disease
G35.x00|多发性硬化|multiple sclerosis
G40.900|癫痫|epilepsy
G43.900|偏头痛|migraine
G44.200|紧张型头痛|tension-type headache
G45.900|短暂性脑缺血发作|transient ischaemic attack
G47.300|睡眠呼吸暂停|sleep apnoea
G50.000|三叉神经痛|trigeminal neuralgia
G51.000|面神经麻痹|Bell palsy
G56.000|腕管综合征|carpal tunnel syndrome
G62.900|多发性神经病|polyneuropathy
G80.900|脑性瘫痪|cerebral palsy
H00.000|睑腺炎|hordeolum
H01.000|睑缘炎|blepharitis
H04.100|干眼症|dry eye syndrome
H10.900|结膜炎|conjunctivitis
H11.000|翼状胬肉|pterygium
H16.900|角膜炎|keratitis
H25.900|老年性白内障|age-related cataract
H33.000|视网膜脱离|retinal detachment
H35.300|黄斑变性|macular degeneration
H40.900|青光眼|glaucoma
H50.900|斜视|strabismus
H52.100|近视|myopia
H60.900|外耳道炎|otitis externa
H65.900|分泌性中耳炎|otitis media with effusion
H66.900|化脓性中耳炎|suppurative otitis media
H81.100|良性阵发性眩晕|benign paroxysmal vertigo
H81.000|梅尼埃病|Meniere disease
H91.200|突发性聋|sudden hearing loss
H93.100|耳鸣|tinnitus
I05.900|风湿性二尖瓣疾病|rheumatic mitral valve disease
I10.x00|特发性高血压|essential hypertension
I11.900|高血压心脏病|hypertensive heart disease
I12.900|高血压肾病|hypertensive renal disease
I20.000|不稳定性心绞痛|unstable angina
I20.900|心绞痛|angina pectoris
I21.000|急性前壁心肌梗死|acute anterior myocardial infarction
I21.900|急性心肌梗死|acute myocardial infarction
I25.103|冠状动脉粥样硬化性心脏病|coronary atherosclerotic heart disease
I26.900|肺栓塞|pulmonary embolism
I27.900|肺源性心脏病|pulmonary heart disease
I34.000|二尖瓣关闭不全|mitral insufficiency
I40.900|心肌炎|myocarditis
I42.000|扩张型心肌病|dilated cardiomyopathy
I44.200|完全性房室传导阻滞|complete atrioventricular block
I47.100|室上性心动过速|supraventricular tachycardia
I48.x00|心房颤动|atrial fibrillation
I49.900|心律失常|cardiac arrhythmia
I50.900|心力衰竭|heart failure
I60.900|蛛网膜下腔出血|subarachnoid haemorrhage
I61.900|脑出血|intracerebral haemorrhage
I63.900|脑梗死|cerebral infarction
I65.200|颈动脉狭窄|carotid artery stenosis
I67.200|脑动脉粥样硬化|cerebral atherosclerosis
I69.300|脑梗死后遗症|sequelae of cerebral infarction
I70.200|下肢动脉硬化|atherosclerosis of lower limb arteries
I71.400|腹主动脉瘤|abdominal aortic aneurysm
I80.200|下肢深静脉血栓|deep vein thrombosis of lower limb
I83.900|下肢静脉曲张|varicose veins of lower limb
I84.900|痔|haemorrhoids
I95.900|低血压|hypotension
J00.x00|急性鼻咽炎|acute nasopharyngitis
J01.900|急性鼻窦炎|acute sinusitis
J02.900|急性咽炎|acute pharyngitis
J03.900|急性扁桃体炎|acute tonsillitis
J04.000|急性喉炎|acute laryngitis
J06.900|急性上呼吸道感染|acute upper respiratory infection
J11.100|流行性感冒|influenza
J12.900|病毒性肺炎|viral pneumonia
J15.700|支原体肺炎|mycoplasma pneumonia
J15.900|细菌性肺炎|bacterial pneumonia
J18.000|支气管肺炎|bronchopneumonia
J18.900|肺炎|pneumonia
J20.900|急性支气管炎|acute bronchitis
J30.400|变应性鼻炎|allergic rhinitis
J32.900|慢性鼻窦炎|chronic sinusitis
J33.900|鼻息肉|nasal polyp
J35.000|慢性扁桃体炎|chronic tonsillitis
J35.200|腺样体肥大|hypertrophy of adenoids
J42.x00|慢性支气管炎|chronic bronchitis
J43.900|肺气肿|emphysema
J44.100|慢性阻塞性肺病急性加重|acute exacerbation of chronic obstructive pulmonary disease
J44.900|慢性阻塞性肺病|chronic obstructive pulmonary disease
J45.900|支气管哮喘|bronchial asthma
J47.x00|支气管扩张|bronchiectasis
J60.x00|煤工尘肺|coal worker pneumoconiosis
J62.800|矽肺|silicosis
J84.100|肺间质纤维化|pulmonary fibrosis
J90.x00|胸腔积液|pleural effusion
J93.900|气胸|pneumothorax
J96.900|呼吸衰竭|respiratory failure
K02.900|龋病|dental caries
K04.000|牙髓炎|pulpitis
K05.300|慢性牙周炎|chronic periodontitis
K08.100|牙缺失|loss of teeth
K11.200|腮腺炎|sialoadenitis
K12.000|复发性口腔溃疡|recurrent oral aphthae
K21.000|反流性食管炎|reflux oesophagitis
K25.900|胃溃疡|gastric ulcer
K26.900|十二指肠溃疡|duodenal ulcer
K29.500|慢性胃炎|chronic gastritis
K30.x00|消化不良|dyspepsia
K35.900|急性阑尾炎|acute appendicitis
K40.900|腹股沟疝|inguinal hernia
K50.900|克罗恩病|Crohn disease
K51.900|溃疡性结肠炎|ulcerative colitis
K52.900|非感染性胃肠炎|noninfective gastroenteritis
K56.700|肠梗阻|ileus
K57.900|肠憩室|diverticular disease of intestine
K58.900|肠易激综合征|irritable bowel syndrome
K59.000|便秘|constipation
K60.300|肛瘘|anal fistula
K64.900|混合痔|mixed haemorrhoids
K70.300|酒精性肝硬化|alcoholic cirrhosis of liver
K74.600|肝硬化|cirrhosis of liver
K76.000|脂肪肝|fatty liver
K80.200|胆囊结石|gallstones
K81.000|急性胆囊炎|acute cholecystitis
K83.000|胆管炎|cholangitis
K85.900|急性胰腺炎|acute pancreatitis
K92.200|消化道出血|gastrointestinal haemorrhage
L02.900|皮肤脓肿|cutaneous abscess
L03.900|蜂窝织炎|cellulitis
L20.900|特应性皮炎|atopic dermatitis
L23.900|过敏性接触性皮炎|allergic contact dermatitis
L30.900|湿疹|eczema
L40.000|寻常型银屑病|psoriasis vulgaris
L50.900|荨麻疹|urticaria
L63.900|斑秃|alopecia areata
L70.000|寻常痤疮|acne vulgaris
L80.x00|白癜风|vitiligo
L89.900|压疮|pressure ulcer
M05.900|类风湿性关节炎|rheumatoid arthritis
M10.900|痛风|gout
M13.900|关节炎|arthritis
M17.900|膝骨关节病|gonarthrosis
M16.900|髋骨关节病|coxarthrosis
M20.100|踇外翻|hallux valgus
M32.900|系统性红斑狼疮|systemic lupus erythematosus
M35.000|干燥综合征|Sjogren syndrome
M41.900|脊柱侧弯|scoliosis
M45.x00|强直性脊柱炎|ankylosing spondylitis
M47.200|颈椎病|cervical spondylosis
M48.000|椎管狭窄|spinal stenosis
M50.200|颈椎间盘突出|cervical disc displacement
M51.200|腰椎间盘突出|lumbar disc displacement
M54.500|腰痛|low back pain
M65.900|腱鞘炎|tenosynovitis
M75.000|肩周炎|adhesive capsulitis of shoulder
M77.100|网球肘|lateral epicondylitis
M80.900|骨质疏松伴病理性骨折|osteoporosis with pathological fracture
M81.900|骨质疏松|osteoporosis
M86.900|骨髓炎|osteomyelitis
M87.900|股骨头坏死|osteonecrosis of femoral head
N03.900|慢性肾炎综合征|chronic nephritic syndrome
N04.900|肾病综合征|nephrotic syndrome
N10.x00|急性肾盂肾炎|acute pyelonephritis
N17.900|急性肾衰竭|acute kidney failure
N18.001|慢性肾衰竭尿毒症期|end-stage renal disease
N18.900|慢性肾病|chronic kidney disease
N20.000|肾结石|kidney stone
N20.100|输尿管结石|ureteral stone
N30.900|膀胱炎|cystitis
N39.000|泌尿道感染|urinary tract infection
N40.x00|前列腺增生|prostatic hyperplasia|M
N41.100|慢性前列腺炎|chronic prostatitis|M
N43.300|鞘膜积液|hydrocele|M
N47.x00|包茎|phimosis|M
N60.100|乳腺增生|mammary dysplasia|F
N70.900|输卵管炎|salpingitis|F
N72.x00|宫颈炎|cervicitis|F
N73.900|盆腔炎|pelvic inflammatory disease|F
N76.000|阴道炎|vaginitis|F
N80.000|子宫腺肌病|adenomyosis|F
N83.200|卵巢囊肿|ovarian cyst|F
N92.000|月经过多|excessive menstruation|F
N94.600|痛经|dysmenorrhoea|F
N95.100|更年期综合征|menopausal syndrome|F
N97.900|女性不孕症|female infertility|F
O00.100|输卵管妊娠|tubal pregnancy|F
O03.900|自然流产|spontaneous abortion|F
O13.x00|妊娠期高血压|gestational hypertension|F
O20.000|先兆流产|threatened abortion|F
O24.400|妊娠期糖尿病|gestational diabetes|F
O47.000|先兆早产|false labour|F
O80.000|自然分娩|spontaneous vertex delivery|F
O82.000|剖宫产分娩|delivery by caesarean section|F
P07.300|早产儿|preterm infant
P22.000|新生儿呼吸窘迫综合征|respiratory distress syndrome of newborn
P59.900|新生儿黄疸|neonatal jaundice
Q21.000|室间隔缺损|ventricular septal defect
Q35.900|腭裂|cleft palate
R04.000|鼻出血|epistaxis
R05.x00|咳嗽|cough
R07.400|胸痛|chest pain
R10.400|腹痛|abdominal pain
R31.x00|血尿|haematuria
R42.x00|眩晕|dizziness
R50.900|发热|fever
R51.x00|头痛|headache
R55.x00|晕厥|syncope
S00.000|头皮浅表损伤|superficial injury of scalp
S06.000|脑震荡|concussion
S22.300|肋骨骨折|fracture of rib
S32.000|腰椎骨折|fracture of lumbar vertebra
S42.000|锁骨骨折|fracture of clavicle
S52.500|桡骨远端骨折|fracture of lower end of radius
S61.900|手部开放性损伤|open wound of hand
S72.000|股骨颈骨折|fracture of neck of femur
S82.600|外踝骨折|fracture of lateral malleolus
S83.500|膝交叉韧带损伤|cruciate ligament injury of knee
S93.400|踝扭伤|sprain of ankle
T14.100|开放性损伤|open wound
T30.000|烧伤|burn
T78.400|过敏反应|allergic reaction
Z23.800|预防接种|vaccination
Z34.900|正常妊娠监督|supervision of normal pregnancy|F
Z49.100|体外透析|extracorporeal dialysis
Z51.100|肿瘤化疗疗程|chemotherapy session for neoplasm
Z51.000|放射治疗疗程|radiotherapy session
Z94.000|肾移植状态|kidney transplant status
`;
