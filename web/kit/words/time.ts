import { useLanguage } from './language.ts';

const locales = { zh: 'zh-CN', en: 'en-GB' } as const;

/** The city's own clock, wherever the browser stands. */
const zone = 'Asia/Shanghai';

export type Moments = {
  /** 2026-03-02 09:41:07 */
  readonly at: (instant: string) => string;
  /** 09:41:07.123 */
  readonly clock: (instant: string) => string;
};

const part = (instant: string, options: Intl.DateTimeFormatOptions, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options }).format(new Date(instant));

/** Days are shown as they are written in the law and in the books: 2026-03-02, in both languages. */
export function useMoments(): Moments {
  const [language] = useLanguage();
  const locale = locales[language];
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  return {
    at: (instant) =>
      `${part(instant, { year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv-SE')} ${part(instant, clock, locale)}`,
    clock: (instant) => part(instant, { ...clock, fractionalSecondDigits: 3 }, locale),
  };
}

/** Time between two instants: 12 ms, 3.4 s, 2 min, 5 h. */
export const span = (from: string, to: string): string => lasting(Date.parse(to) - Date.parse(from));

/** A time that lasted so many milliseconds, in the unit one would say it in. */
export function lasting(ms: number): string {
  const size = Math.abs(ms);
  if (size > 0 && size < 1) return '< 1 ms';
  if (size < 1000) return `${Math.round(ms)} ms`;
  if (size < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  if (size < 5_400_000) return `${Math.round(ms / 60_000)} min`;
  return `${(ms / 3_600_000).toFixed(1)} h`;
}
