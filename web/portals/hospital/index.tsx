import { CreditCardOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { VisitDesk } from '../../kit/desk/visit-desk.tsx';
import { VisitList } from '../../kit/desk/visit-list.tsx';
import { DeskShell } from '../../kit/shell/desk-shell.tsx';
import { Page } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { hospitalWords } from './hospital.words.ts';

export function Shell() {
  const t = useWords(hospitalWords);
  return (
    <DeskShell
      title={t('title')}
      places={[
        { to: '/hospital/desk', label: t('desk'), icon: <CreditCardOutlined /> },
        { to: '/hospital/visits', label: t('visits'), icon: <UnorderedListOutlined /> },
      ]}
    />
  );
}

export function Desk() {
  const t = useWords(hospitalWords);
  return (
    <Page title={t('desk')} note={t('desk.note')}>
      <VisitDesk
        kinds={['outpatient', 'inpatient']}
        department={t('department')}
        doctorLabel="doctor"
        cancelLabel="cancel"
      />
    </Page>
  );
}

export function Visits() {
  const t = useWords(hospitalWords);
  return (
    <Page title={t('visits')} note={t('visits.note')}>
      <VisitList desk="/hospital/desk" empty={t('none')} emptyNote={t('none.note')} />
    </Page>
  );
}
