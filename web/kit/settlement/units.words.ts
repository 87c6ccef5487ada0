import { catalogue, useWords } from '../words/catalogue.ts';

/** Units in which the catalogue counts; it names them in Chinese only. */
export const unitWords = catalogue('units', {
  'unit.次': ['次', 'time'],
  'unit.日': ['日', 'day'],
  'unit.小时': ['小时', 'hour'],
  'unit.2小时': ['2小时', '2 h'],
  'unit.45分钟': ['45分钟', '45 min'],
  'unit.组': ['组', 'group'],
  'unit.曝光': ['曝光', 'exposure'],
  'unit.单侧': ['单侧', 'side'],
  'unit.部位': ['部位', 'site'],
  'unit.照射野': ['照射野', 'field'],
  'unit.项': ['项', 'item'],
  'unit.例': ['例', 'case'],
  'unit.颗': ['颗', 'tooth'],
  'unit.根': ['根', 'piece'],
  'unit.单眼': ['单眼', 'eye'],
  'unit.区': ['区', 'area'],
  'unit.支': ['支', 'vial'],
  'unit.套': ['套', 'set'],
  'unit.个': ['个', 'piece'],
  'unit.块': ['块', 'piece'],
  'unit.包': ['包', 'pack'],
  'unit.卷': ['卷', 'roll'],
  'unit.片': ['片', 'sheet'],
  'unit.把': ['把', 'piece'],
  'unit.枚': ['枚', 'piece'],
  'unit.台': ['台', 'unit'],
  'unit.盒': ['盒', 'box'],
  'unit.件': ['件', 'piece'],
  'unit.瓶': ['瓶', 'bottle'],
});

type Key = keyof typeof unitWords.pairs;
const isKey = (key: string): key is Key => Object.hasOwn(unitWords.pairs, key);

/** A unit in the language of the page; one that is not known, as the catalogue writes it. */
export function useUnit(): (unit: string) => string {
  const t = useWords(unitWords);
  return (unit) => {
    const key = `unit.${unit}`;
    return isKey(key) ? t(key) : unit;
  };
}
