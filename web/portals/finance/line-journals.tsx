import { Link, useParams } from '@tanstack/react-router';
import type Type from 'typebox';
import type { JournalSummary } from '../../../src/operations/finance/contract.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { usePages } from '../../kit/lists/pages.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { financeWords } from './finance.words.ts';

export function LineJournals() {
  const t = useWords(financeWords);
  const name = useName();
  const moments = useMoments();
  const { id } = useParams({ strict: false }) as { id: string };
  const { items, more, busy } = usePages<Type.Static<typeof JournalSummary>>(
    ['line', id],
    `/api/finance/voucher-lines/${id}/journals`,
  );
  return (
    <Page title={t('line.journals')} note={t('line.note')}>
      <Sheet tight>
        <LedgerTable
          caption={t('line.journals')}
          rows={items}
          rowKey={(row) => row.journal_id}
          more={more}
          busy={busy}
          empty={null}
          columns={[
            {
              key: 'time',
              head: t('time'),
              cell: (row) => (
                <Link to="/finance/journals/$id" params={{ id: row.journal_id }}>
                  {moments.at(row.at)}
                </Link>
              ),
            },
            { key: 'kind', head: t('kind'), cell: (row) => name(row.name) },
            {
              key: 'settlement',
              head: t('settlement'),
              wide: true,
              cell: (row) => <span className="mono">{row.settlement_no}</span>,
            },
            {
              key: 'trace',
              head: '',
              cell: (row) =>
                row.trace_id && (
                  <Link to="/finance/trace/$id" params={{ id: row.trace_id }}>
                    {t('trace')}
                  </Link>
                ),
            },
            { key: 'amount', head: t('amount'), figures: true, cell: (row) => <Amount fen={row.amount_fen} /> },
          ]}
        />
      </Sheet>
    </Page>
  );
}
