import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { JournalDetail } from '../../../src/operations/finance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Amount } from '../../kit/money/amount.tsx';
import { addFen } from '../../kit/money/format.ts';
import { type Fact, Facts, Page, Sheet } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { financeWords } from './finance.words.ts';
import { FundTag } from './fund-tag.tsx';

export function Journal() {
  const t = useWords(financeWords);
  const name = useName();
  const moments = useMoments();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: journal } = useSuspenseQuery({
    queryKey: ['journal', id],
    queryFn: () => get<JournalDetail>(`/api/finance/journals/${id}`),
  });
  const other = (journal_id: string) => (
    <Link to="/finance/journals/$id" params={{ id: journal_id }} className="mono">
      {journal_id}
    </Link>
  );
  const voucher = journal.voucher_lines[0];
  const facts: Fact[] = [
    { label: t('time'), value: moments.at(journal.at) },
    { label: t('day'), value: journal.business_date },
    { label: t('settlement'), value: journal.settlement_no ?? '—', mono: true },
    {
      label: t('in-voucher'),
      value: voucher ? (
        <Link to="/finance/vouchers/$id" params={{ id: voucher.voucher_id }}>
          {t('voucher', { year: voucher.year, number: voucher.number })}
        </Link>
      ) : (
        t('day-open')
      ),
    },
    ...(journal.reverses ? [{ label: t('reverses'), value: other(journal.reverses) }] : []),
    ...(journal.reversed_by ? [{ label: t('reversed-by'), value: other(journal.reversed_by) }] : []),
  ];
  const sum = (side: 'debit' | 'credit') => (
    <Amount
      fen={addFen('0', ...journal.postings.filter((line) => line.side === side).map((line) => line.amount_fen))}
    />
  );
  return (
    <Page
      title={name(journal.name)}
      note={<span className="mono">{journal.journal_id}</span>}
      actions={
        journal.trace_id && (
          <Link to="/finance/trace/$id" params={{ id: journal.trace_id }}>
            {t('trace')}
          </Link>
        )
      }
    >
      <Sheet>
        <Facts columns={3} items={facts} />
      </Sheet>
      <Sheet tight>
        <LedgerTable
          caption={t('journal')}
          rows={journal.postings}
          rowKey={(line) => `${line.book}${line.account}${line.side}${line.amount_fen}`}
          empty={null}
          columns={[
            {
              key: 'account',
              head: t('account'),
              cell: (line) => (
                <>
                  {line.gl_account} {name(line.name)} <span className="mono quiet">{line.account}</span>
                </>
              ),
            },
            { key: 'book', head: t('book'), wide: true, cell: (line) => <FundTag book={line.book} /> },
            {
              key: 'debit',
              head: t('debit'),
              figures: true,
              cell: (line) => line.side === 'debit' && <Amount fen={line.amount_fen} />,
            },
            {
              key: 'credit',
              head: t('credit'),
              figures: true,
              cell: (line) => line.side === 'credit' && <Amount fen={line.amount_fen} />,
            },
          ]}
          totals={{ debit: sum('debit'), credit: sum('credit') }}
        />
      </Sheet>
    </Page>
  );
}
