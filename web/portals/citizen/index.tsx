import { IdcardOutlined, MedicineBoxOutlined, WalletOutlined } from '@ant-design/icons';
import { PhoneShell } from '../../kit/shell/phone-shell.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { citizenWords } from './citizen.words.ts';

export { MyAccount } from './my-account.tsx';
export { MyCard } from './my-card.tsx';
export { MyVisit } from './my-visit.tsx';
export { MyVisits } from './my-visits.tsx';

export function Shell() {
  const t = useWords(citizenWords);
  return (
    <PhoneShell
      places={[
        { to: '/citizen/card', label: t('card'), icon: <IdcardOutlined /> },
        { to: '/citizen/account', label: t('account'), icon: <WalletOutlined /> },
        { to: '/citizen/visits', label: t('visits'), icon: <MedicineBoxOutlined /> },
      ]}
    />
  );
}
