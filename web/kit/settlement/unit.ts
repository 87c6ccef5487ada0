import { useWords } from '../words/catalogue.ts';
import { unitWords } from './units.words.ts';

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
