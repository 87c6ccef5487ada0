import {
  AppstoreAddOutlined,
  CreditCardOutlined,
  FileDoneOutlined,
  IdcardOutlined,
  InboxOutlined,
  LineChartOutlined,
  ScanOutlined,
  StopOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { DeskShell } from '../../kit/shell/desk-shell.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { agencyWords } from './agency.words.ts';
import { cardWords } from './cards.words.ts';

export function Shell() {
  const t = useWords(agencyWords);
  const c = useWords(cardWords);
  return (
    <DeskShell
      title={t('title')}
      places={[
        { to: '/agency/today', label: t('today'), icon: <LineChartOutlined /> },
        { to: '/agency/persons', label: t('persons'), icon: <TeamOutlined /> },
        { to: '/agency/cards', label: t('cards'), icon: <CreditCardOutlined /> },
        { to: '/agency/counter', label: c('counter'), icon: <IdcardOutlined /> },
        { to: '/agency/reader', label: t('reader'), icon: <ScanOutlined /> },
        { to: '/agency/orders', label: c('orders'), icon: <AppstoreAddOutlined /> },
        { to: '/agency/stock', label: c('stock'), icon: <InboxOutlined /> },
        { to: '/agency/black-list', label: c('listed'), icon: <StopOutlined /> },
        { to: '/agency/settlements', label: t('settlements'), icon: <FileDoneOutlined /> },
      ]}
    />
  );
}
