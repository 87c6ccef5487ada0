import { Link } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { type Card, type CardState, cardStates } from '../../../src/operations/issuance/contract.ts';
import { algorithmNames, useHolder } from '../../kit/card/holder.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { usePages } from '../../kit/lists/pages.ts';
import { useFilters } from '../../kit/lists/search.ts';
import { Page, Sheet, Stamp, type Tone } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { kitWords } from '../../kit/words/kit.words.ts';
import { agencyWords } from './agency.words.ts';

const tones: Readonly<Record<CardState, Tone>> = {
  ordered: 'waiting',
  issued: 'waiting',
  active: 'done',
  blocked: 'refused',
  suspended: 'refused',
  lost: 'refused',
  cancelled: 'plain',
};

export function CardStamp({ state }: { state: CardState }) {
  const t = useWords(kitWords);
  return <Stamp tone={tones[state]}>{t(`card.state.${state}`)}</Stamp>;
}

export function Cards() {
  const t = useWords(agencyWords);
  const kit = useWords(kitWords);
  const [{ query = '', state = '' }, setFilters] = useFilters<{ query: string; state: string }>();
  return (
    <Page title={t('cards')} note={t('cards.note')}>
      <search className="wrap-row">
        <Input.Search
          style={{ maxWidth: 380, flex: '1 1 220px' }}
          defaultValue={query}
          aria-label={t('find')}
          enterButton={t('find')}
          onSearch={(next) => setFilters({ query: next.trim() })}
          allowClear
        />
        <Select
          style={{ minWidth: 140 }}
          value={state}
          aria-label={t('card.state')}
          onChange={(next) => setFilters({ state: next })}
          options={[
            { value: '', label: t('card.any') },
            ...cardStates.map((value) => ({ value: value as string, label: kit(`card.state.${value}`) })),
          ]}
        />
      </search>
      <Sheet tight>
        <PageBoundary>
          <Found query={query} state={state} />
        </PageBoundary>
      </Sheet>
    </Page>
  );
}

function Found({ query, state }: { query: string; state: string }) {
  const t = useWords(agencyWords);
  const holder = useHolder();
  const { items, more, busy } = usePages<Card>(['cards'], '/api/cards', { query, state });
  return (
    <LedgerTable
      caption={t('cards')}
      rows={items}
      rowKey={(row) => row.card_id}
      more={more}
      busy={busy}
      empty={<Empty title={t('cards.none')}>{t('cards.none.note')}</Empty>}
      columns={[
        {
          key: 'number',
          short: true,
          head: t('card.number'),
          cell: (row) => (
            <Link to="/agency/cards/$id" params={{ id: row.card_id }} className="mono">
              {row.card_number}
            </Link>
          ),
        },
        { key: 'holder', head: t('card.holder'), cell: holder },
        { key: 'state', short: true, head: t('card.state'), cell: (row) => <CardStamp state={row.state} /> },
        {
          key: 'chip',
          head: t('card.chip'),
          wide: true,
          cell: ({ generation, algorithm }) =>
            t('card.generation', { generation, algorithm: algorithmNames[algorithm] }),
        },
        { key: 'issued', short: true, head: t('card.issued'), wide: true, cell: (row) => row.issued_on },
        { key: 'expires', short: true, head: t('card.expires'), wide: true, cell: (row) => row.expires_on },
      ]}
    />
  );
}
