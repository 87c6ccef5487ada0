import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useShade } from '../theme/theme.tsx';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import { useLanguage } from '../words/language.ts';

/** Says the other language in that language, so that whoever needs it can read it. */
export function LanguageSwitch() {
  const t = useWords(kitWords);
  const [language, setLanguage] = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      type="text"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => setLanguage(other)}
      aria-label={t('language')}
    >
      {other === 'zh' ? '中文' : 'EN'}
    </Button>
  );
}

export function ShadeSwitch() {
  const t = useWords(kitWords);
  const { shade, setShade } = useShade();
  const next = shade === 'dark' ? 'light' : 'dark';
  return (
    <Button
      type="text"
      icon={next === 'dark' ? <MoonOutlined /> : <SunOutlined />}
      onClick={() => setShade(next)}
      aria-label={t(`shade.${next}`)}
      title={t(`shade.${next}`)}
    />
  );
}
