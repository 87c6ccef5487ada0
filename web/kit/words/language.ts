import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

export type Language = 'zh' | 'en';
const remembered = 'tessera.language';

function firstLanguage(): Language {
  const kept = localStorage.getItem(remembered);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.startsWith('en') ? 'en' : 'zh';
}

/** One instance for the page; each portal adds its own catalogue when its code arrives. */
export const i18n = i18next.createInstance();

void i18n.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: false,
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  returnNull: false,
  initAsync: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
});

const htmlLanguage = { zh: 'zh-CN', en: 'en' } as const;
document.documentElement.lang = htmlLanguage[i18n.language as Language];

export const currentLanguage = (): Language => i18n.language as Language;

export function useLanguage(): [Language, (language: Language) => void] {
  const { i18n: bound } = useTranslation(undefined, { i18n });
  return [
    bound.language as Language,
    (language) => {
      localStorage.setItem(remembered, language);
      document.documentElement.lang = htmlLanguage[language];
      void bound.changeLanguage(language);
    },
  ];
}

/** The half of a name that fits the language of the page. */
export function useName(): (names: { readonly zh: string; readonly en: string }) => string {
  const [language] = useLanguage();
  return (names) => names[language];
}
