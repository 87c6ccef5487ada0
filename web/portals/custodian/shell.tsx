import { ContainerOutlined, KeyOutlined, SwapOutlined } from '@ant-design/icons';
import { DeskShell } from '../../kit/shell/desk-shell.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { custodianWords } from './custodian.words.ts';

export function Shell() {
  const t = useWords(custodianWords);
  return (
    <DeskShell
      title={t('title')}
      places={[
        { to: '/custodian/ceremonies', label: t('ceremonies'), icon: <KeyOutlined /> },
        { to: '/custodian/inventory', label: t('inventory'), icon: <ContainerOutlined /> },
        { to: '/custodian/orders', label: t('orders'), icon: <SwapOutlined /> },
      ]}
    />
  );
}
