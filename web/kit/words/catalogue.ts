import { useTranslation } from 'react-i18next';
import { i18n } from './language.ts';

/** Chinese, then English. A sentence is written in both languages at once, so neither can be forgotten. */
export type Pair = readonly [zh: string, en: string];
export type Catalogue<Key extends string> = { readonly name: string; readonly pairs: Readonly<Record<Key, Pair>> };

/** Gives a catalogue to i18next under its own namespace. `{name}` in a sentence stands for a value. */
export function catalogue<const Key extends string>(name: string, pairs: Record<Key, Pair>): Catalogue<Key> {
  const side = (at: 0 | 1) => Object.fromEntries(Object.entries<Pair>(pairs).map(([key, pair]) => [key, pair[at]]));
  i18n.addResourceBundle('zh', name, side(0), false, true);
  i18n.addResourceBundle('en', name, side(1), false, true);
  return { name, pairs };
}

export type Say<Key extends string> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** The sentences of a catalogue in the language of the page; a key that is not in it does not compile. */
export function useWords<Key extends string>({ name }: Catalogue<Key>): Say<Key> {
  const { t } = useTranslation(name, { i18n });
  // i18next derives the values from the text of each key; here the catalogue's own type has done that work already.
  const say = t as unknown as (key: string, values?: Readonly<Record<string, string | number>>) => string;
  return (key, values) => say(key, values);
}
