import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import type { Voucher } from '../../../src/operations/finance/contract.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { usePages } from '../../kit/lists/pages.ts';
import { useFilters } from '../../kit/lists/search.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { booksQuery } from './books.ts';
import { financeWords } from './finance.words.ts';
import { FundTag } from './fund-tag.tsx';

export function Vouchers() {
  const t = useWords(financeWords);
  const name = useName();
  const { data: books } = useSuspenseQuery(booksQuery);
  const [{ book = '', date = '' }, setFilters] = useFilters<{ book: string; date: string }>();
  return (
    <Page title={t('vouchers')} note={t('vouchers.note')}>
      <search className="wrap-row">
        <Select
          style={{ minWidth: 240 }}
          value={book}
          aria-label={t('book')}
          onChange={(next) => setFilters({ book: next })}
          options={[
            { value: '', label: t('book.all') },
            ...books.items.map((item) => ({ value: item.book, label: name(item.name) })),
          ]}
        />
        <Input
          style={{ width: 240 }}
          type="date"
          value={date}
          aria-label={t('day')}
          prefix={t('day')}
          onChange={(event) => setFilters({ date: event.target.value })}
        />
      </search>
      <Sheet tight>
        <PageBoundary>
          <Rows book={book} date={date} />
        </PageBoundary>
      </Sheet>
    </Page>
  );
}

function Rows({ book, date }: { book: string; date: string }) {
  const t = useWords(financeWords);
  const name = useName();
  const { items, more, busy } = usePages<Voucher>(['vouchers'], '/api/finance/vouchers', { book, date });
  return (
    <LedgerTable
      caption={t('vouchers')}
      rows={items}
      rowKey={(row) => row.voucher_id}
      more={more}
      busy={busy}
      empty={<Empty title={t('vouchers.none')}>{t('vouchers.none.note')}</Empty>}
      columns={[
        {
          key: 'number',
          short: true,
          head: t('number'),
          cell: (row) => (
            <Link to="/finance/vouchers/$id" params={{ id: row.voucher_id }}>
              {row.year}-{row.number}
            </Link>
          ),
        },
        { key: 'book', head: t('book'), cell: (row) => <FundTag book={row.book} /> },
        { key: 'day', short: true, head: t('day'), wide: true, cell: (row) => row.business_date },
        { key: 'kind', head: t('kind'), cell: (row) => name(row.name) },
        { key: 'journals', head: t('journals'), figures: true, wide: true, cell: (row) => row.journals },
        { key: 'amount', head: t('amount'), figures: true, cell: (row) => <Amount fen={row.amount_fen} /> },
      ]}
    />
  );
}
