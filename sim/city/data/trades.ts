/**
 * Trades of the city's employers: GB/T 4754 section and division | injury class | share of employers | pay, 100 = average
 * | words that end a name, zh and en.
 */
export const trades = `
A01|4|2|70|农业合作社|Farm Cooperative
B09|8|1|115|矿业有限公司|Mining Co. Ltd
C13|4|3|78|食品有限公司|Foods Co. Ltd
C17|3|3|80|纺织有限公司|Textiles Co. Ltd
C18|3|3|76|服饰有限公司|Garments Co. Ltd
C26|6|2|110|化工有限公司|Chemicals Co. Ltd
C27|4|2|120|制药有限公司|Pharmaceuticals Co. Ltd
C34|5|4|105|机械有限公司|Machinery Co. Ltd
C37|5|2|118|船舶有限公司|Shipbuilding Co. Ltd
C39|3|5|125|电子有限公司|Electronics Co. Ltd
D44|4|1|150|电力有限公司|Power Co. Ltd
E47|6|5|88|建筑有限公司|Construction Co. Ltd
E50|5|3|82|装饰工程有限公司|Interior Works Co. Ltd
F51|2|8|85|商贸有限公司|Trading Co. Ltd
F52|2|12|68|百货店|General Store
G54|5|5|92|运输有限公司|Transport Co. Ltd
G59|4|2|86|物流有限公司|Logistics Co. Ltd
H61|2|3|72|酒店有限公司|Hotel Co. Ltd
H62|2|12|64|餐饮店|Restaurant
I65|1|6|165|软件有限公司|Software Co. Ltd
J66|1|1|180|银行支行|Bank Branch
K70|3|4|84|物业有限公司|Property Services Co. Ltd
L72|1|4|98|咨询有限公司|Consulting Co. Ltd
M73|2|2|140|研究院|Research Institute
N78|3|2|70|环境服务有限公司|Environmental Services Co. Ltd
O80|2|6|62|家政服务部|Household Services
P83|1|4|112|学校|School
Q84|2|2|120|诊所|Clinic
R86|1|1|102|文化传媒有限公司|Media Co. Ltd
S91|1|2|118|服务中心|Public Service Centre`;

/** Words that begin a name. Two of them together make it unique. */
export const tradeNames =
  "海潮Haichao 云帆Yunfan 青禾Qinghe 星野Xingye 长澜Changlan 远汀Yuanting 松岳Songyue 明屿Mingyu 和光Heguang 同舟Tongzhou 朝晖Zhaohui 瑞穗Ruisui 银帆Yinfan 静川Jingchuan 晨露Chenlu 北辰Beichen 丰沃Fengwo 沐风Mufeng 嘉木Jiamu 天衡Tianheng 卓然Zhuoran 百川Baichuan 知行Zhixing 安澜Anlan 润泽Runze 鼎成Dingcheng 新禾Xinhe 恒岸Heng'an 拓海Tuohai 锦程Jincheng";
