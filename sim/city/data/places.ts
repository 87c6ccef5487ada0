/** The invented city: area 990100 is assigned to no place. */
export const area = { code: '990100', zh: '临澜市', en: 'Linlan' } as const;

export const districts = [
  { code: '990101', zh: '望潮区', en: 'Wangchao District', share: 26 },
  { code: '990102', zh: '南桥区', en: 'Nanqiao District', share: 23 },
  { code: '990103', zh: '青屿区', en: 'Qingyu District', share: 18 },
  { code: '990104', zh: '鹭洲区', en: 'Luzhou District', share: 14 },
  { code: '990105', zh: '澄湾县', en: 'Chengwan County', share: 11 },
  { code: '990106', zh: '云泊县', en: 'Yunbo County', share: 8 },
] as const;

/** Streets; each district has every street of its own row. */
export const streets = [
  '潮生Chaosheng 灯塔Dengta 听涛Tingtao 海晏Haiyan 锚地Maodi 北埠Beibu 观澜Guanlan 渔歌Yuge',
  '南桥Nanqiao 石埠Shibu 桂香Guixiang 织造Zhizao 学宫Xuegong 柳浪Liulang 春申里Chunshenli 长虹Changhong',
  '青屿Qingyu 松风Songfeng 榕荫Rongyin 望海Wanghai 银杏Yinxing 星河Xinghe 木棉Mumian 创智Chuangzhi',
  '鹭洲Luzhou 白鹭Bailu 芦花Luhua 滨河Binhe 新港Xingang 帆影Fanying 朝霞Zhaoxia 金沙Jinsha',
  '澄湾Chengwan 稻香Daoxiang 清溪Qingxi 莲塘Liantang 槐树Huaishu 东圩Dongxu 水车Shuiche 集贤Jixian',
  '云泊Yunbo 山茶Shancha 竹海Zhuhai 石泉Shiquan 梯田Titian 古渡Gudu 杏林Xinglin 溪口Xikou',
] as const;

export const banks = [
  { bank_id: '990100000001', prefix: '990101', zh: '临澜商业银行', en: 'Linlan Commercial Bank' },
  { bank_id: '990100000002', prefix: '990102', zh: '海晏农村合作银行', en: 'Haiyan Rural Cooperative Bank' },
] as const;
