import { SearchOutlined } from '@ant-design/icons';
import { DeskShell } from '../../kit/shell/desk-shell.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { inspectorWords } from './inspector.words.ts';

export function Shell() {
  const t = useWords(inspectorWords);
  return (
    <DeskShell
      title={t('title')}
      places={[{ to: '/inspector/search', label: t('search'), icon: <SearchOutlined /> }]}
    />
  );
}
