import { AuditOutlined, CalendarOutlined, FileDoneOutlined } from '@ant-design/icons';
import { DeskShell } from '../../kit/shell/desk-shell.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { financeWords } from './finance.words.ts';

export function Shell() {
  const t = useWords(financeWords);
  return (
    <DeskShell
      title={t('title')}
      places={[
        { to: '/finance/days', label: t('days'), icon: <CalendarOutlined /> },
        { to: '/finance/vouchers', label: t('vouchers'), icon: <FileDoneOutlined /> },
        { to: '/finance/statements', label: t('statements'), icon: <AuditOutlined /> },
      ]}
    />
  );
}
