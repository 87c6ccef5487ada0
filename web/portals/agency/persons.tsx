import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import type { PersonPageJson } from '../../../src/core/registry/contract.ts';
import { get } from '../../kit/api/client.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { useFilters } from '../../kit/lists/search.ts';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useLanguage } from '../../kit/words/language.ts';
import { agencyWords } from './agency.words.ts';

export function Persons() {
  const t = useWords(agencyWords);
  const [{ query = '' }, setFilters] = useFilters<{ query: string }>();
  return (
    <Page title={t('persons')} note={t('persons.note')}>
      <Input.Search
        style={{ maxWidth: 420 }}
        defaultValue={query}
        aria-label={t('find')}
        enterButton={t('find')}
        onSearch={(next) => setFilters({ query: next.trim() })}
        allowClear
      />
      <Sheet tight>
        <PageBoundary>
          <Found query={query} />
        </PageBoundary>
      </Sheet>
    </Page>
  );
}

function Found({ query }: { query: string }) {
  const t = useWords(agencyWords);
  const [language] = useLanguage();
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery({
    queryKey: ['persons', query],
    queryFn: ({ pageParam }) => get<PersonPageJson>('/api/persons', { query, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  return (
    <LedgerTable
      caption={t('persons')}
      rows={data.pages.flatMap(({ persons }) => persons)}
      rowKey={(row) => row.person_id}
      more={hasNextPage ? () => void fetchNextPage() : null}
      busy={isFetchingNextPage}
      empty={<Empty title={t('persons.none')}>{t('persons.none.note')}</Empty>}
      columns={[
        {
          key: 'name',
          short: true,
          head: t('name'),
          cell: (row) => (
            <Link to="/agency/persons/$id" params={{ id: row.person_id }}>
              {language === 'zh' ? row.name : row.name_latin}
            </Link>
          ),
        },
        { key: 'number', head: t('citizen-number'), cell: (row) => <span className="mono">{row.citizen_number}</span> },
        { key: 'birth', short: true, head: t('birth'), cell: (row) => row.birth },
        { key: 'sex', head: t('sex'), wide: true, cell: (row) => t(`sex.${row.sex}`) },
        {
          key: 'address',
          head: t('address'),
          wide: true,
          cell: (row) => (language === 'zh' ? row.address_zh : row.address_en),
        },
      ]}
    />
  );
}
