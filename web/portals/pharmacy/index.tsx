import { MedicineBoxOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { VisitDesk } from '../../kit/desk/visit-desk.tsx';
import { VisitList } from '../../kit/desk/visit-list.tsx';
import { DeskShell } from '../../kit/shell/desk-shell.tsx';
import { Page } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { pharmacyWords } from './pharmacy.words.ts';

export function Shell() {
  const t = useWords(pharmacyWords);
  return (
    <DeskShell
      title={t('title')}
      places={[
        { to: '/pharmacy/desk', label: t('desk'), icon: <MedicineBoxOutlined /> },
        { to: '/pharmacy/sales', label: t('sales'), icon: <UnorderedListOutlined /> },
      ]}
    />
  );
}

export function Desk() {
  const t = useWords(pharmacyWords);
  return (
    <Page title={t('desk')} note={t('desk.note')}>
      <VisitDesk
        kinds={['pharmacy']}
        department={t('department')}
        doctorLabel="pharmacist"
        itemKind="drug"
        cancelLabel="cancel.sale"
      />
    </Page>
  );
}

export function Sales() {
  const t = useWords(pharmacyWords);
  return (
    <Page title={t('sales')} note={t('sales.note')}>
      <VisitList desk="/pharmacy/desk" empty={t('none')} emptyNote={t('none.note')} />
    </Page>
  );
}
