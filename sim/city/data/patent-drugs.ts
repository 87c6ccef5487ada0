/**
 * Chinese patent medicines under their generic names: group | zh | en | form | strength | price in yuan | class, first
 * pay in percent | restriction. The group is that of the national list (A internal, B surgery, C gynaecology …).
 */
export const patentDrugs = `
A01AA|感冒清热|Ganmao Qingre|G|6g×10|13.60|甲
A01AA|荆防败毒|Jingfang Baidu|G|15g×10|18.20|乙5
A01AB|银翘解毒|Yinqiao Jiedu|T|×18|6.80|甲
A01AB|双黄连|Shuanghuanglian|S|10ml×10|16.90|甲
A01AB|连花清瘟|Lianhua Qingwen|C|0.35g×24|14.80|甲
A01AC|藿香正气|Huoxiang Zhengqi|S|10ml×10|13.20|甲
A01AC|保济|Baoji|W|3.7g×10|9.80|甲
A02AA|防风通圣|Fangfeng Tongsheng|W|6g×10|11.60|甲
A03BA|牛黄解毒|Niuhuang Jiedu|T|×24|4.20|甲
A03BA|黄连上清|Huanglian Shangqing|T|×48|7.60|甲
A03BA|板蓝根|Banlangen|G|10g×20|12.80|甲
A03BA|清热解毒|Qingre Jiedu|S|10ml×10|15.40|甲
A03BH|护肝|Hugan|T|0.35g×100|21.60|乙5
A03BH|茵栀黄|Yinzhihuang|S|10ml×10|26.80|乙5
A03BI|香连|Xianglian|W|6g×10|10.40|甲
A04AA|附子理中|Fuzi Lizhong|W|×200|13.70|甲
A04BA|参附|Shenfu|I|10ml|24.90|甲|inpatient
A05BA|蛇胆川贝|Shedan Chuanbei|S|10ml×10|18.60|乙5
A05BC|急支|Jizhi|S|200ml|19.40|甲
A05BD|养阴清肺|Yangyin Qingfei|M|150g|17.80|甲
A05BE|小儿肺热咳喘|Xiao'er Feire Kechuan|S|10ml×10|29.60|甲|child
A05BC|橘红痰咳|Juhong Tanke|S|10ml×6|16.20|乙5
A06AA|清开灵|Qingkailing|I|10ml|14.60|甲|inpatient
A06AB|安宫牛黄|Angong Niuhuang|W|3g|198.00|乙20|inpatient
A06BA|苏合香|Suhexiang|W|3g×10|48.00|甲
A07AA|柏子养心|Baizi Yangxin|W|60g|14.30|乙5
A07AB|天王补心|Tianwang Buxin|W|×200|15.70|甲
A07AB|乌灵|Wuling|C|0.33g×27|44.60|乙10
A08AB|缩泉|Suoquan|W|60g|16.80|甲
A09AA|补中益气|Buzhong Yiqi|W|×200|14.60|甲
A09AA|参苓白术|Shenling Baizhu|G|6g×10|19.80|甲
A09AB|健脾|Jianpi|W|×200|12.90|乙5
A09BA|归脾|Guipi|W|×200|13.80|甲
A09CA|六味地黄|Liuwei Dihuang|W|×200|15.20|甲
A09CA|杞菊地黄|Qiju Dihuang|W|×200|16.40|甲
A09DA|金匮肾气|Jingui Shenqi|W|×360|24.80|甲
A09DB|百令|Bailing|C|0.5g×42|58.60|乙10
A09FA|生脉|Shengmai|S|10ml×10|22.50|甲
A09FA|参松养心|Shensong Yangxin|C|0.4g×36|28.90|甲
A10AA|血府逐瘀|Xuefu Zhuyu|C|0.4g×36|26.70|甲
A10AB|丹参|Danshen|T|0.25g×60|9.60|甲
A10AB|复方丹参滴丸|Compound Danshen|W|27mg×180|27.80|甲
A10AC|银杏叶|Ginkgo Leaf|T|19.2mg×24|18.40|甲
A10AC|血塞通|Xuesaitong|C|50mg×24|21.60|甲
A10AD|通心络|Tongxinluo|C|0.26g×30|23.90|甲
A10AD|麝香保心|Shexiang Baoxin|W|22.5mg×42|29.80|甲
A10AD|速效救心|Suxiao Jiuxin|W|40mg×150|36.70|甲
A10BA|脑心通|Naoxintong|C|0.4g×36|25.40|甲
A11AA|元胡止痛|Yuanhu Zhitong|T|×48|7.80|甲
A11AB|气滞胃痛|Qizhi Weitong|G|5g×9|22.60|甲
A11AB|逍遥|Xiaoyao|W|×200|13.40|甲
A11AB|柴胡舒肝|Chaihu Shugan|W|×10|18.60|甲
A12BA|天麻钩藤|Tianma Gouteng|G|10g×10|24.80|甲
A12BA|养血清脑|Yangxue Qingnao|G|4g×15|31.60|甲
A12CA|人参再造|Renshen Zaizao|W|80g|32.40|甲
A13AB|五苓散|Wulingsan|G|6g×10|27.60|乙5
A13BA|癃清|Longqing|T|0.6g×48|36.80|甲
A13BB|消炎利胆|Xiaoyan Lidan|T|×100|11.70|甲
A15AA|保和|Baohe|W|×200|9.90|甲
A15AA|健胃消食|Jianwei Xiaoshi|T|0.8g×32|12.60|乙10
B01AA|九华痔疮|Jiuhua Zhichuang|O|10g|14.90|丙
B02AA|麝香痔疮|Shexiang Zhichuang|O|10g|15.60|乙5
B03AA|湿润烧伤|Shirun Shaoshang|O|30g|23.80|甲
C01AA|益母草|Yimucao|G|15g×10|12.90|甲|women
C01AB|乌鸡白凤|Wuji Baifeng|W|9g×10|26.80|甲|women
C02AA|妇科千金|Fuke Qianjin|T|×108|24.60|甲|women
C03AA|桂枝茯苓|Guizhi Fuling|C|0.31g×60|32.70|甲|women
D01AA|明目地黄|Mingmu Dihuang|W|×200|15.80|甲
D02AA|鼻渊舒|Biyuanshu|T|0.37g×72|19.60|乙5
D03AA|清音|Qingyin|W|×36|16.80|乙5
E01AA|三七止血|Sanqi Zhixue|C|0.25g×32|29.80|甲
E02AA|壮骨关节|Zhuanggu Guanjie|W|60g|19.80|乙10
E02AA|仙灵骨葆|Xianling Gubao|C|0.5g×40|38.60|甲
E03AA|颈复康|Jingfukang|G|5g×12|31.40|甲
F01AA|复方阿胶|Compound Ejiao|S|20ml×12|89.00|丙
F01AA|人参养荣|Renshen Yangrong|W|9g×10|36.00|丙
`;
