import {
  CreditCardOutlined,
  FileDoneOutlined,
  IdcardOutlined,
  LineChartOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { DeskShell } from '../../kit/shell/desk-shell.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { agencyWords } from './agency.words.ts';

export function Shell() {
  const t = useWords(agencyWords);
  return (
    <DeskShell
      title={t('title')}
      places={[
        { to: '/agency/today', label: t('today'), icon: <LineChartOutlined /> },
        { to: '/agency/persons', label: t('persons'), icon: <TeamOutlined /> },
        { to: '/agency/cards', label: t('cards'), icon: <CreditCardOutlined /> },
        { to: '/agency/reader', label: t('reader'), icon: <IdcardOutlined /> },
        { to: '/agency/settlements', label: t('settlements'), icon: <FileDoneOutlined /> },
      ]}
    />
  );
}
