import { useSuspenseQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import type { Statements as StatementsOf } from '../../../src/operations/finance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useFilters } from '../../kit/lists/search.ts';
import { Page, Stamp } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { kitWords } from '../../kit/words/kit.words.ts';
import { useName } from '../../kit/words/language.ts';
import { booksQuery } from './books.ts';
import { financeWords } from './finance.words.ts';
import { BalanceSheet, Chain, IncomeStatement, TrialBalance } from './statement-tables.tsx';

export function Statements() {
  const t = useWords(financeWords);
  const kit = useWords(kitWords);
  const name = useName();
  const { data: books } = useSuspenseQuery(booksQuery);
  const [filters, setFilters] = useFilters<{ book: string; through: string }>();
  const book = filters.book ?? books.items[0]?.book ?? '';
  return (
    <Page
      title={t('statements')}
      actions={
        <>
          <Select
            style={{ minWidth: 240 }}
            value={book}
            aria-label={t('book')}
            onChange={(next) => setFilters({ book: next })}
            options={books.items.map((item) => ({ value: item.book, label: name(item.name) }))}
          />
          <Input
            style={{ width: 220 }}
            type="date"
            aria-label={t('through')}
            prefix={t('through')}
            value={filters.through ?? ''}
            onChange={(event) => setFilters({ through: event.target.value })}
          />
          <Button onClick={() => window.print()}>{kit('print')}</Button>
        </>
      }
    >
      <PageBoundary>{book && <Three book={book} through={filters.through ?? ''} />}</PageBoundary>
    </Page>
  );
}

function Three({ book, through }: { book: string; through: string }) {
  const t = useWords(financeWords);
  const name = useName();
  const { data } = useSuspenseQuery({
    queryKey: ['statements', book, through],
    queryFn: () => get<StatementsOf>(`/api/finance/statements/${book}`, { through }),
  });
  return (
    <div className="stack">
      <div className="wrap-row">
        <h2>{name(data.name)}</h2>
        <span className="quiet">{t('statements.note', { from: data.from, through: data.through })}</span>
        {!data.all_days_closed && <Stamp tone="waiting">{t('not-closed')}</Stamp>}
      </div>
      <Chain chain={data.chain} />
      <TrialBalance book={book} trial={data.trial_balance} />
      <div className="columns">
        <BalanceSheet book={book} sheet={data.balance_sheet} />
        <IncomeStatement book={book} result={data.income_statement} />
      </div>
    </div>
  );
}
