/** Family names with their share in ten-thousandths of the city, most frequent first. */
export const surnames = `
王Wang700 李Li690 张Zhang640 刘Liu510 陈Chen430 杨Yang300 黄Huang220 赵Zhao200 吴Wu190 周Zhou185 徐Xu140 孙Sun135
马Ma120 朱Zhu115 胡Hu112 郭Guo110 何He105 林Lin103 高Gao100 罗Luo98 郑Zheng90 梁Liang82 谢Xie76 宋Song74 唐Tang70
许Xu68 韩Han66 冯Feng64 邓Deng62 曹Cao60 彭Peng58 曾Zeng56 肖Xiao55 田Tian52 董Dong50 潘Pan48 袁Yuan46 蔡Cai45
蒋Jiang44 余Yu43 于Yu42 杜Du41 叶Ye40 程Cheng39 魏Wei38 苏Su37 吕Lü36 丁Ding35 任Ren34 卢Lu33 姚Yao32 沈Shen31
钟Zhong30 姜Jiang29 崔Cui28 谭Tan27 陆Lu26 范Fan25 汪Wang24 廖Liao23 石Shi22 金Jin21 韦Wei20 贾Jia19 夏Xia18
付Fu17 方Fang16 邹Zou15 熊Xiong14 白Bai13 孟Meng12 秦Qin12 邱Qiu11 侯Hou11 江Jiang10 尹Yin10 薛Xue9 闫Yan9
段Duan8 雷Lei8 龙Long8 史Shi7 陶Tao7 贺He7 顾Gu6 毛Mao6 郝Hao6 龚Gong5 邵Shao5 安An5 欧阳Ouyang3 上官Shangguan2`;

/** First characters of given names by generation; the year is the last year of birth that uses them. */
export const firstCharacters = {
  male: [
    { through: 1964, characters: '建Jian国Guo德De永Yong志Zhi玉Yu光Guang福Fu长Chang文Wen世Shi正Zheng家Jia树Shu' },
    { through: 1984, characters: '建Jian志Zhi伟Wei文Wen晓Xiao海Hai立Li永Yong春Chun向Xiang少Shao国Guo明Ming学Xue' },
    { through: 2004, characters: '俊Jun志Zhi浩Hao子Zi嘉Jia宇Yu天Tian晓Xiao泽Ze家Jia文Wen思Si鹏Peng旭Xu' },
    { through: 2100, characters: '子Zi浩Hao宇Yu梓Zi俊Jun沐Mu奕Yi泽Ze承Cheng一Yi景Jing嘉Jia书Shu云Yun' },
  ],
  female: [
    { through: 1964, characters: '秀Xiu桂Gui玉Yu淑Shu凤Feng兰Lan素Su翠Cui月Yue春Chun惠Hui爱Ai美Mei金Jin' },
    { through: 1984, characters: '丽Li晓Xiao海Hai秀Xiu红Hong艳Yan春Chun文Wen玉Yu雪Xue慧Hui小Xiao冬Dong燕Yan' },
    { through: 2004, characters: '雨Yu思Si佳Jia梦Meng晓Xiao婷Ting雅Ya静Jing诗Shi欣Xin嘉Jia紫Zi心Xin若Ruo' },
    { through: 2100, characters: '梓Zi雨Yu欣Xin诗Shi一Yi沐Mu语Yu可Ke若Ruo书Shu安An思Si芷Zhi月Yue' },
  ],
} as const;

/** Last characters of given names by generation. */
export const lastCharacters = {
  male: [
    { through: 1964, characters: '国Guo华Hua生Sheng民Min明Ming林Lin山Shan荣Rong义Yi清Qing祥Xiang才Cai军Jun宝Bao' },
    { through: 1984, characters: '军Jun强Qiang勇Yong刚Gang平Ping辉Hui斌Bin峰Feng东Dong涛Tao波Bo杰Jie亮Liang华Hua' },
    { through: 2004, characters: '杰Jie鑫Xin豪Hao宇Yu轩Xuan鹏Peng博Bo浩Hao航Hang凯Kai哲Zhe阳Yang龙Long超Chao' },
    { through: 2100, characters: '轩Xuan宸Chen睿Rui辰Chen泽Ze航Hang然Ran霖Lin恒Heng安An远Yuan诚Cheng阳Yang川Chuan' },
  ],
  female: [
    { through: 1964, characters: '英Ying兰Lan珍Zhen芳Fang华Hua梅Mei琴Qin荣Rong香Xiang莲Lian云Yun娥E花Hua芝Zhi' },
    { through: 1984, characters: '丽Li芳Fang娟Juan敏Min霞Xia燕Yan红Hong梅Mei玲Ling萍Ping华Hua琴Qin艳Yan娜Na' },
    { through: 2004, characters: '婷Ting怡Yi雪Xue莹Ying琪Qi颖Ying倩Qian洁Jie瑶Yao彤Tong萱Xuan妍Yan蕾Lei月Yue' },
    { through: 2100, characters: '涵Han萱Xuan汐Xi诺Nuo桐Tong瑶Yao妍Yan宁Ning溪Xi悦Yue晴Qing彤Tong禾He乐Le' },
  ],
} as const;
