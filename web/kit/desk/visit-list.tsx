import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { VisitState, VisitSummary } from '../../../src/schemes/medical/contract.ts';
import { LedgerTable } from '../lists/ledger-table.tsx';
import { usePages } from '../lists/pages.ts';
import { useFilters } from '../lists/search.ts';
import { Amount } from '../money/amount.tsx';
import { settlementWords } from '../settlement/settlement.words.ts';
import { StateStamp } from '../settlement/state.tsx';
import { Sheet } from '../shell/page.tsx';
import { PageBoundary } from '../states/boundary.tsx';
import { Empty } from '../states/empty.tsx';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { useMoments } from '../words/time.ts';

const states = ['open', 'awaiting_card', 'settled', 'cancelled'] as const;
type Props = { readonly desk: string; readonly empty: string; readonly emptyNote: string };

/** Visits of this desk by state; each leads back to the screen of its case. */
export function VisitList(props: Props) {
  const t = useWords(settlementWords);
  const [filters, setFilters] = useFilters<{ state: VisitState }>();
  const state = filters.state ?? 'open';
  return (
    <>
      <Segmented
        value={state}
        onChange={(next) => setFilters({ state: next })}
        options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
        aria-label={t('state')}
      />
      <Sheet tight>
        <PageBoundary>
          <Rows {...props} state={state} />
        </PageBoundary>
      </Sheet>
    </>
  );
}

function Rows({ desk, empty, emptyNote, state }: Props & { state: VisitState }) {
  const t = useWords(settlementWords);
  const name = useName();
  const moments = useMoments();
  const { items, more, busy } = usePages<VisitSummary>(['visits'], '/api/visits', { state }, 15_000);
  return (
    <LedgerTable
      caption={t(`state.${state}`)}
      rows={items}
      rowKey={(row) => row.visit_id}
      more={more}
      busy={busy}
      empty={<Empty title={empty}>{emptyNote}</Empty>}
      columns={[
        {
          key: 'number',
          head: t('visit-number'),
          cell: (row) => (
            <Link to={desk} search={{ visit: row.visit_id } as never} className="mono">
              {row.visit_no}
            </Link>
          ),
        },
        { key: 'patient', short: true, head: t('patient'), cell: (row) => name(row.patient.name) },
        { key: 'kind', head: t('kind'), wide: true, cell: (row) => t(`kind.${row.kind}`) },
        { key: 'department', head: t('department'), wide: true, cell: (row) => `${row.department} · ${row.doctor}` },
        { key: 'at', head: t('time'), wide: true, cell: (row) => moments.at(row.registered_at) },
        { key: 'state', short: true, head: t('state'), cell: (row) => <StateStamp state={row.state} /> },
        { key: 'total', head: t('total_fen'), figures: true, cell: (row) => <Amount fen={row.total_fen} /> },
      ]}
    />
  );
}
