import { theme as antd, ConfigProvider, type ThemeConfig } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { createContext, type ReactNode, use, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { useLanguage } from '../words/language.ts';
import { customProperties, dark, light, type Palette } from './palette.ts';

export type Shade = 'light' | 'dark';

const remembered = 'tessera.shade';
const ShadeContext = createContext<{ shade: Shade; setShade: (shade: Shade) => void } | null>(null);

export const sans = "'Inter Variable', 'Noto Sans SC', system-ui, sans-serif";
export const mono = "'JetBrains Mono', ui-monospace, 'Noto Sans SC', monospace";

function tokens(shade: Shade, palette: Palette): ThemeConfig {
  return {
    algorithm: shade === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: palette.jade,
      colorSuccess: palette.jade,
      colorWarning: palette.ochre,
      colorError: palette.cinnabar,
      colorInfo: palette.quiet,
      colorLink: palette.jade,
      colorText: palette.ink,
      colorTextSecondary: palette.quiet,
      colorTextTertiary: palette.quiet,
      colorTextDescription: palette.quiet,
      colorTextPlaceholder: palette.quiet,
      colorTextLightSolid: palette['on-jade'],
      colorBgBase: palette.surface,
      colorBgLayout: palette.paper,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.surface,
      colorBgSpotlight: shade === 'dark' ? palette.ink : '#26343F',
      colorBorder: palette.edge,
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      borderRadius: 4,
      fontFamily: sans,
      fontFamilyCode: mono,
      fontSize: 14,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Table: {
        headerBg: palette.sunken,
        headerColor: palette.quiet,
        cellPaddingBlockSM: 6,
        rowHoverBg: palette.sunken,
      },
      Segmented: { trackBg: palette.sunken },
    },
  };
}

function firstShade(): Shade {
  const kept = localStorage.getItem(remembered);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

const paper = matchMedia('print');

function onPaper(listener: () => void): () => void {
  paper.addEventListener('change', listener);
  return () => paper.removeEventListener('change', listener);
}

/** True while the page is put on paper, which is light whatever the screen is. */
const usePrinting = (): boolean => useSyncExternalStore(onPaper, () => paper.matches);

/** Puts palette, type and Ant Design's language around the application. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [shade, keep] = useState<Shade>(firstShade);
  const [language] = useLanguage();
  const seen: Shade = usePrinting() ? 'light' : shade;
  const palette = seen === 'dark' ? dark : light;

  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset.shade = seen;
    root.style.colorScheme = seen;
    for (const [name, value] of Object.entries(customProperties(palette))) root.style.setProperty(name, value);
  }, [seen, palette]);

  const setShade = (next: Shade) => {
    localStorage.setItem(remembered, next);
    keep(next);
  };
  return (
    <ShadeContext value={{ shade, setShade }}>
      <ConfigProvider
        theme={tokens(seen, palette)}
        locale={language === 'zh' ? zh : en}
        button={{ autoInsertSpace: false }}
      >
        {children}
      </ConfigProvider>
    </ShadeContext>
  );
}

export function useShade() {
  const context = use(ShadeContext);
  if (!context) throw new Error('useShade outside ThemeProvider');
  return context;
}
