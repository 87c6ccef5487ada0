import { Link } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import {
  type SettlementState,
  type SettlementSummary,
  settlementStates,
} from '../../../src/schemes/medical/contract.ts';
import type { Query } from '../../kit/api/client.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { usePages } from '../../kit/lists/pages.ts';
import { useFilters } from '../../kit/lists/search.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { settlementWords } from '../../kit/settlement/settlement.words.ts';
import { StateStamp } from '../../kit/settlement/state.tsx';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { agencyWords } from './agency.words.ts';

export function Settlements() {
  const t = useWords(agencyWords);
  const words = useWords(settlementWords);
  const [filters, setFilters] = useFilters<{ state: string; from: string; through: string }>();
  return (
    <Page title={t('settlements')} note={t('settlements.note')}>
      <search className="wrap-row">
        <Select
          style={{ minWidth: 150 }}
          value={filters.state ?? ''}
          aria-label={words('state')}
          onChange={(state) => setFilters({ state })}
          options={[
            { value: '', label: t('state.any') },
            ...settlementStates.map((value: SettlementState) => ({ value, label: words(`state.${value}`) })),
          ]}
        />
        <Input
          style={{ width: 210 }}
          type="date"
          aria-label={t('from')}
          prefix={t('from')}
          value={filters.from ?? ''}
          onChange={(event) => setFilters({ from: event.target.value })}
        />
        <Input
          style={{ width: 210 }}
          type="date"
          aria-label={t('through')}
          prefix={t('through')}
          value={filters.through ?? ''}
          onChange={(event) => setFilters({ through: event.target.value })}
        />
      </search>
      <PageBoundary>
        <SettlementRows query={{ state: filters.state, from: filters.from, through: filters.through }} />
      </PageBoundary>
    </Page>
  );
}

export function SettlementRows({ query }: { query: Query }) {
  const t = useWords(agencyWords);
  const words = useWords(settlementWords);
  const name = useName();
  const { items, more, busy } = usePages<SettlementSummary>(['settlements'], '/api/settlements', query);
  return (
    <Sheet tight>
      <LedgerTable
        caption={t('settlements')}
        rows={items}
        rowKey={(row) => row.settlement_id}
        more={more}
        busy={busy}
        empty={<Empty title={t('settlements.none')}>{t('settlements.none.note')}</Empty>}
        columns={[
          {
            key: 'number',
            head: words('number'),
            cell: (row) => (
              <Link to="/agency/settlements/$id" params={{ id: row.settlement_id }} className="mono">
                {row.settlement_no}
              </Link>
            ),
          },
          { key: 'day', short: true, head: words('day'), wide: true, cell: (row) => row.business_date },
          { key: 'patient', short: true, head: words('patient'), cell: (row) => name(row.patient.name) },
          { key: 'institution', head: words('institution'), wide: true, cell: (row) => name(row.institution.name) },
          { key: 'kind', head: words('kind'), wide: true, cell: (row) => words(`kind.${row.kind}`) },
          { key: 'state', head: words('state'), wide: true, cell: (row) => <StateStamp state={row.state} /> },
          {
            key: 'funds',
            head: words('fund_fen'),
            figures: true,
            wide: true,
            cell: (row) => <Amount fen={row.amounts.fund_fen} />,
          },
          {
            key: 'total',
            head: words('total_fen'),
            figures: true,
            cell: (row) => <Amount fen={row.amounts.total_fen} />,
          },
        ]}
      />
    </Sheet>
  );
}
