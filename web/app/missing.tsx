import { Empty } from '../kit/states/empty.tsx';
import { useWords } from '../kit/words/catalogue.ts';
import { kitWords } from '../kit/words/kit.words.ts';

export function Missing() {
  const t = useWords(kitWords);
  return (
    <Empty title={t('missing.title')}>
      <p>{t('missing.detail')}</p>
      <a href="/">{t('home')}</a>
    </Empty>
  );
}
