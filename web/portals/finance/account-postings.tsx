import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { LedgerAccountStatement } from '../../../src/operations/finance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Amount } from '../../kit/money/amount.tsx';
import { yuanText } from '../../kit/money/format.ts';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { booksQuery } from './books.ts';
import { financeWords } from './finance.words.ts';

type Posting = LedgerAccountStatement['lines']['items'][number];

/** What a line of a statement is made of, newest first; each posting leads to its journal and its trace. */
export function AccountPostings() {
  const t = useWords(financeWords);
  const name = useName();
  const { code } = useParams({ strict: false }) as { code: string };
  const { data: books } = useSuspenseQuery(booksQuery);
  const pages = useSuspenseInfiniteQuery({
    queryKey: ['account', code],
    queryFn: ({ pageParam: after }) =>
      get<LedgerAccountStatement>(`/api/finance/accounts/${encodeURIComponent(code)}/statement`, { after }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ lines }) => lines.next,
  });
  const account = pages.data.pages[0]!;
  const book = books.items.find((item) => item.book === account.book);
  return (
    <Page
      title={`${account.gl_account} ${name(account.name)}`}
      note={t('account.note', {
        book: book ? name(book.name) : account.book,
        balance: yuanText(account.balance_fen),
      })}
    >
      <Sheet tight>
        <Postings
          rows={pages.data.pages.flatMap(({ lines }) => lines.items)}
          more={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
          busy={pages.isFetchingNextPage}
        />
      </Sheet>
    </Page>
  );
}

function Postings({ rows, more, busy }: { rows: readonly Posting[]; more: (() => void) | null; busy: boolean }) {
  const t = useWords(financeWords);
  const name = useName();
  const moments = useMoments();
  const on = (side: Posting['side']) => (row: Posting) => row.side === side && <Amount fen={row.amount_fen} />;
  return (
    <LedgerTable
      caption={t('journals')}
      rows={rows}
      rowKey={(row) => row.line_id}
      more={more}
      busy={busy}
      empty={<Empty title={t('account.none')} />}
      columns={[
        { key: 'day', short: true, head: t('day'), wide: true, cell: (row) => row.business_date },
        {
          key: 'time',
          head: t('time'),
          cell: (row) => (
            <Link to="/finance/journals/$id" params={{ id: row.journal_id }}>
              {moments.at(row.at)}
            </Link>
          ),
        },
        { key: 'kind', head: t('kind'), wide: true, cell: (row) => name(row.name) },
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
        { key: 'debit', head: t('debit'), figures: true, cell: on('debit') },
        { key: 'credit', head: t('credit'), figures: true, cell: on('credit') },
      ]}
    />
  );
}
