import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import type Type from 'typebox';
import type { CloseResult, FinanceDay, FinanceDays } from '../../../src/operations/finance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useCommand } from '../../kit/api/command.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Amount } from '../../kit/money/amount.tsx';
import { Page, Sheet, Stamp } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { fundColour } from '../../kit/theme/palette.ts';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { booksQuery } from './books.ts';
import { financeWords } from './finance.words.ts';
import './finance.css';

type Day = Type.Static<typeof FinanceDay>;

export function Days() {
  const t = useWords(financeWords);
  const moments = useMoments();
  const { data } = useSuspenseQuery({
    queryKey: ['finance-days'],
    queryFn: () => get<Type.Static<typeof FinanceDays>>('/api/finance/days'),
    refetchInterval: 10_000,
  });
  const close = useCommand<CloseResult>([['finance-days'], ['books'], ['vouchers']]);
  const oldestOpen = data.items.findLast(({ state }) => state === 'open')?.business_date;

  return (
    <Page title={t('days')} note={t('days.note')}>
      <Books />
      {close.error && <ProblemNote problem={close.error} />}
      {close.data && <Closed result={close.data} />}
      <Sheet tight>
        <LedgerTable<Day>
          caption={t('days')}
          rows={data.items}
          rowKey={(row) => row.business_date}
          empty={<Empty title={t('days.none')}>{t('days.none.note')}</Empty>}
          columns={[
            { key: 'day', short: true, head: t('day'), cell: (row) => row.business_date },
            {
              key: 'state',
              head: t('state'),
              cell: (row) => (
                <Stamp tone={row.state === 'closed' ? 'done' : 'waiting'}>{t(`state.${row.state}`)}</Stamp>
              ),
            },
            {
              key: 'closed',
              head: t('closed'),
              wide: true,
              cell: (row) => row.closed_at && moments.at(row.closed_at),
            },
            {
              key: 'journals',
              wide: true,
              head: t('journals'),
              figures: true,
              cell: (row) => row.journals.toLocaleString('en'),
            },
            {
              key: 'vouchers',
              head: t('vouchers'),
              figures: true,
              cell: (row) =>
                row.vouchers > 0 ? (
                  <Link to="/finance/vouchers" search={{ date: row.business_date } as never}>
                    {row.vouchers}
                  </Link>
                ) : (
                  0
                ),
            },
            { key: 'turnover', head: t('turnover'), figures: true, cell: (row) => <Amount fen={row.turnover_fen} /> },
            {
              key: 'close',
              head: '',
              cell: (row) =>
                row.business_date === oldestOpen && (
                  <Popconfirm
                    title={t('close.sure', { day: row.business_date })}
                    description={t('close.sure.note', { count: row.journals })}
                    okText={t('close.yes')}
                    cancelText={t('close.no')}
                    onConfirm={() => close.mutate({ path: `/api/finance/days/${row.business_date}/close` })}
                  >
                    <Button size="small" type="primary" loading={close.isPending}>
                      {t('close')}
                    </Button>
                  </Popconfirm>
                ),
            },
          ]}
        />
      </Sheet>
    </Page>
  );
}

function Closed({ result }: { result: CloseResult }) {
  const t = useWords(financeWords);
  const { business_date: day, outcome, vouchers, journals } = result;
  const words = outcome === 'closed' ? t('closed.result', { day, vouchers, journals }) : t('closed.nothing', { day });
  return (
    <p className="notice" role="status">
      <Stamp tone="done">{words}</Stamp>
    </p>
  );
}

function Books() {
  const t = useWords(financeWords);
  const name = useName();
  const { data } = useSuspenseQuery(booksQuery);
  return (
    <ul className="books" aria-label={t('books')}>
      {data.items.map((book) => (
        <li key={book.book} style={{ ['--fund' as string]: fundColour(book.book) }}>
          <Link to="/finance/statements" search={{ book: book.book } as never}>
            {name(book.name)}
          </Link>
          <span className="quiet">
            {book.closed_through ? t('book.through', { day: book.closed_through }) : t('book.never')}
          </span>
        </li>
      ))}
    </ul>
  );
}
