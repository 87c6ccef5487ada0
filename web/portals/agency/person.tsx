import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Tabs } from 'antd';
import type { PersonJson } from '../../../src/core/registry/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useFilters } from '../../kit/lists/search.ts';
import { Facts, Page, Sheet } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useLanguage } from '../../kit/words/language.ts';
import { agencyWords } from './agency.words.ts';
import { Contributions } from './contributions.tsx';
import { Enrolments, Lifeline } from './enrolments.tsx';
import { PersonAccountPart, PersonCards } from './person-money.tsx';
import { SettlementRows } from './settlements.tsx';

const tabs = ['insurance', 'contributions', 'cards', 'account', 'settlements'] as const;

export function Person() {
  const t = useWords(agencyWords);
  const [language] = useLanguage();
  const { id } = useParams({ strict: false }) as { id: string };
  const [{ tab = 'insurance' }, setFilters] = useFilters<{ tab: string; month: string }>();
  const { data: person } = useSuspenseQuery({
    queryKey: ['person', id],
    queryFn: () => get<PersonJson>(`/api/persons/${id}`),
  });
  const parts: Record<(typeof tabs)[number], React.ReactNode> = {
    insurance: <Enrolments person_id={id} />,
    contributions: <Contributions person_id={id} />,
    cards: <PersonCards person_id={id} />,
    account: <PersonAccountPart person_id={id} />,
    settlements: <SettlementRows query={{ person: id }} />,
  };
  return (
    <Page
      title={language === 'zh' ? person.name : person.name_latin}
      note={<span className="mono">{person.citizen_number}</span>}
    >
      <Sheet>
        <Facts
          columns={3}
          items={[
            { label: t('birth'), value: person.birth },
            { label: t('sex'), value: t(`sex.${person.sex}`) },
            { label: t('phone'), value: person.phone ?? '—' },
            { label: t('address'), value: language === 'zh' ? person.address_zh : person.address_en },
            ...(person.aid_class ? [{ label: t('aid'), value: t(`aid.${person.aid_class}`) }] : []),
            ...(person.died_on ? [{ label: t('died'), value: person.died_on }] : []),
          ]}
        />
      </Sheet>
      <Sheet title={t('lifeline')}>
        <PageBoundary>
          <Lifeline person_id={id} />
        </PageBoundary>
      </Sheet>
      <Tabs
        activeKey={tab}
        onChange={(next) => setFilters({ tab: next })}
        destroyOnHidden
        items={tabs.map((key) => ({
          key,
          label: t(`tab.${key}`),
          children: <PageBoundary>{parts[key]}</PageBoundary>,
        }))}
      />
    </Page>
  );
}
