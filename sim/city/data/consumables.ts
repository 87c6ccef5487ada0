/** Materials: zh | en | specification | unit | price in yuan | ceiling in yuan or - | class, first pay in percent. */
export const consumables = `
一次性注射器|disposable syringe|5ml|支 piece|0.60|0.60|甲
一次性输液器|disposable infusion set|0.6m|套 set|2.80|2.80|甲
静脉留置针|intravenous cannula|24G|支 piece|18.60|16.00|甲
一次性采血针|blood collection needle|0.7mm|支 piece|1.20|1.20|甲
真空采血管|vacuum blood tube|5ml|支 piece|1.60|1.60|甲
中心静脉导管|central venous catheter|7Fr|套 set|186.00|180.00|乙10
外周中心静脉导管|peripherally inserted central catheter|4Fr|套 set|1280.00|1200.00|乙20
导尿管|urinary catheter|16Fr|根 piece|16.80|16.80|甲
引流袋|drainage bag|1000ml|个 piece|4.60|4.60|甲
鼻胃管|nasogastric tube|14Fr|根 piece|12.80|12.80|甲
气管插管|endotracheal tube|7.5mm|根 piece|36.00|36.00|甲
气管切开套管|tracheostomy tube|8mm|套 set|148.00|148.00|乙10
一次性吸氧管|oxygen tube|2m|根 piece|5.80|5.80|甲
雾化面罩|nebuliser mask|成人 adult|个 piece|12.60|12.60|甲
一次性喉镜片|disposable laryngoscope blade|3号 no. 3|个 piece|28.00|28.00|甲
医用纱布|medical gauze|8×10cm|块 piece|0.90|0.90|甲
医用棉签|medical swab|20支 20|包 pack|1.50|1.50|甲
弹力绷带|elastic bandage|10cm×4.5m|卷 roll|14.60|14.60|甲
石膏绷带|plaster bandage|15cm×4.6m|卷 roll|16.20|16.20|甲
水胶体敷料|hydrocolloid dressing|10×10cm|片 piece|28.60|26.00|乙10
银离子敷料|silver dressing|10×10cm|片 piece|96.00|80.00|乙20
负压引流敷料|negative pressure dressing|中号 medium|套 set|1180.00|980.00|乙20
可吸收缝线|absorbable suture|3-0|根 piece|48.60|45.00|乙10
不可吸收缝线|non-absorbable suture|3-0|根 piece|16.80|16.80|甲
皮肤吻合器|skin stapler|35钉 35 pins|把 piece|168.00|150.00|乙20
切割吻合器|linear cutter stapler|60mm|把 piece|1860.00|1500.00|乙20
吻合器钉仓|stapler cartridge|60mm|个 piece|860.00|700.00|乙20
超声刀头|ultrasonic scalpel tip|36cm|把 piece|2680.00|2000.00|乙30
止血夹|haemostatic clip|可旋转 rotating|枚 piece|186.00|160.00|乙20
止血材料|haemostatic material|2×3cm|片 piece|128.00|100.00|乙20
疝补片|hernia mesh|平片 flat|片 piece|1280.00|1000.00|乙20
人工血管|vascular graft|6mm|根 piece|6800.00|6000.00|乙20
冠脉药物支架|drug-eluting coronary stent|3.0×18mm|枚 piece|798.00|798.00|乙10
冠脉球囊|coronary balloon|2.5×15mm|根 piece|328.00|328.00|乙10
药物涂层球囊|drug-coated balloon|2.5×20mm|根 piece|5980.00|5600.00|乙20
造影导管|angiographic catheter|5Fr|根 piece|186.00|180.00|乙10
导引导丝|guide wire|0.035in|根 piece|268.00|240.00|乙10
动脉鞘|arterial sheath|6Fr|套 set|198.00|180.00|乙10
单腔起搏器|single-chamber pacemaker|SSIR|台 piece|12800.00|12000.00|乙20
双腔起搏器|dual-chamber pacemaker|DDDR|台 piece|26800.00|24000.00|乙20
人工髋关节|hip prosthesis|陶瓷 ceramic|套 set|7180.00|7180.00|乙10
人工膝关节|knee prosthesis|固定平台 fixed bearing|套 set|5380.00|5380.00|乙10
接骨板|bone plate|锁定 locking|块 piece|980.00|900.00|乙10
接骨螺钉|bone screw|3.5mm|枚 piece|86.00|80.00|乙10
髓内钉|intramedullary nail|股骨 femoral|套 set|2860.00|2600.00|乙10
椎弓根螺钉|pedicle screw|6.0mm|枚 piece|620.00|560.00|乙10
椎间融合器|interbody fusion cage|腰椎 lumbar|枚 piece|1980.00|1800.00|乙10
骨水泥|bone cement|40g|包 pack|860.00|800.00|乙20
人工晶体|intraocular lens|折叠单焦 foldable monofocal|枚 piece|680.00|680.00|乙10
多焦点人工晶体|multifocal intraocular lens|三焦点 trifocal|枚 piece|9800.00|-|丙
透析器|dialyser|1.4m²|个 piece|96.00|90.00|甲
血液透析管路|dialysis blood line|成人 adult|套 set|48.00|45.00|甲
血液灌流器|haemoperfusion cartridge|HA130|个 piece|420.00|400.00|乙20
腹膜透析管|peritoneal dialysis catheter|直管 straight|根 piece|860.00|800.00|乙10
人工肾导管|dialysis catheter|双腔 double lumen|套 set|680.00|620.00|乙10
血糖试纸|glucose test strip|50片 50|盒 box|68.00|-|丙
胰岛素笔针头|insulin pen needle|4mm×7|盒 box|9.80|-|丙
造口袋|ostomy bag|一件式 one-piece|个 piece|28.60|26.00|乙20
助听器|hearing aid|耳背式 behind the ear|台 piece|4800.00|-|丙
牙科树脂|dental resin|A2|支 piece|128.00|100.00|乙20
烤瓷牙冠|porcelain crown|单颗 single|颗 piece|980.00|-|丙
活检钳|biopsy forceps|1.8mm|把 piece|86.00|80.00|乙10
圈套器|polypectomy snare|20mm|根 piece|168.00|150.00|乙10
输尿管支架|ureteral stent|6Fr|根 piece|328.00|300.00|乙10
泌尿取石网篮|stone retrieval basket|1.9Fr|个 piece|860.00|760.00|乙20
镇痛泵|analgesia pump|100ml|个 piece|186.00|150.00|乙20
加温输血器|warming transfusion set|成人 adult|套 set|56.00|50.00|乙10
一次性手术衣|disposable surgical gown|L|件 piece|28.00|-|丙
`;
