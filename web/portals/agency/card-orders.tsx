import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, InputNumber, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import type { Application, Order } from '../../../src/operations/issuance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useCommand } from '../../kit/api/command.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { usePages } from '../../kit/lists/pages.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { Page, Sheet } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { agencyWords } from './agency.words.ts';
import { cardWords } from './cards.words.ts';
import './agency.css';

export function CardOrders() {
  const c = useWords(cardWords);
  return (
    <Page title={c('orders')} note={c('orders.note')}>
      <Sheet tight title={c('waiting')}>
        <PageBoundary>
          <Waiting />
        </PageBoundary>
      </Sheet>
      <MakeOrder />
      <Sheet tight title={c('order.list')}>
        <PageBoundary>
          <OrderRows />
        </PageBoundary>
      </Sheet>
    </Page>
  );
}

function Waiting() {
  const t = useWords(agencyWords);
  const c = useWords(cardWords);
  const name = useName();
  const { items, more, busy } = usePages<Application>(
    ['applications'],
    '/api/card-applications',
    { state: 'submitted' },
    10_000,
  );
  const [words, setWords] = useState('');
  const decide = useCommand([['applications']]);
  const send = (ids: readonly string[], approve: boolean) =>
    decide.mutate({ path: '/api/card-applications/decide', body: { ids, approve, ...(approve ? {} : { words }) } });
  const mine = items.filter((row) => row.may_decide).map((row) => row.application_id);
  return (
    <>
      {decide.error && <ProblemNote problem={decide.error} />}
      <LedgerTable
        caption={c('waiting')}
        rows={items}
        rowKey={(row) => row.application_id}
        more={more}
        busy={busy}
        empty={<Empty title={c('waiting.none')}>{c('waiting.none.note')}</Empty>}
        columns={[
          {
            key: 'photo',
            head: c('apply.photo'),
            short: true,
            cell: (row) => <img className="photo-small" src={`data:image/jpeg;base64,${row.photo}`} alt="" />,
          },
          {
            key: 'who',
            head: c('who'),
            cell: (row) => (
              <Link to="/agency/persons/$id" params={{ id: row.person_id }}>
                {name({ zh: row.name, en: row.name_latin })}
              </Link>
            ),
          },
          { key: 'kind', head: c('kind'), short: true, cell: (row) => c(`apply.${row.reason}`) },
          { key: 'fee', head: c('fee'), figures: true, wide: true, cell: (row) => <Amount fen={row.fee_fen} /> },
          {
            key: 'decide',
            head: '',
            cell: (row) =>
              row.may_decide ? (
                <span className="wrap-row">
                  <Button size="small" type="primary" onClick={() => send([row.application_id], true)}>
                    {c('approve')}
                  </Button>
                  <Popconfirm
                    title={c('reject')}
                    description={
                      <Input
                        aria-label={c('reject.why')}
                        placeholder={c('reject.why')}
                        value={words}
                        onChange={(event) => setWords(event.target.value)}
                      />
                    }
                    okText={t('yes')}
                    cancelText={t('no')}
                    onConfirm={() => send([row.application_id], false)}
                  >
                    <Button size="small" danger>
                      {c('reject')}
                    </Button>
                  </Popconfirm>
                </span>
              ) : (
                <span className="quiet">{c('own.note')}</span>
              ),
          },
        ]}
      />
      {mine.length > 1 && (
        <p>
          <Button onClick={() => send(mine, true)} loading={decide.isPending}>
            {c('approve')} ({mine.length})
          </Button>
        </p>
      )}
    </>
  );
}

function MakeOrder() {
  const c = useWords(cardWords);
  const [place, setPlace] = useState<'station' | 'bureau'>('station');
  const [most, setMost] = useState(200);
  const make = useCommand<Order>([['orders'], ['applications']]);
  return (
    <Sheet>
      {make.error && <ProblemNote problem={make.error} />}
      <div className="wrap-row">
        <Select
          style={{ minWidth: 150 }}
          aria-label={c('order.place')}
          value={place}
          onChange={setPlace}
          options={(['station', 'bureau'] as const).map((value) => ({ value, label: c(`place.${value}`) }))}
        />
        <span className="quiet">{c('order.most')}</span>
        <InputNumber
          aria-label={c('order.most')}
          min={1}
          max={100_000}
          value={most}
          onChange={(value) => setMost(value ?? 1)}
        />
        <Button
          type="primary"
          loading={make.isPending}
          onClick={() => make.mutate({ path: '/api/card-orders', body: { place, most } })}
        >
          {c('order.make')}
        </Button>
      </div>
    </Sheet>
  );
}

function OrderRows() {
  const c = useWords(cardWords);
  const moments = useMoments();
  const { data } = useSuspenseQuery({
    queryKey: ['orders'],
    queryFn: () => get<{ items: Order[] }>('/api/card-orders'),
    refetchInterval: 5_000,
  });
  return (
    <LedgerTable<Order>
      caption={c('order.list')}
      rows={data.items}
      rowKey={(row) => row.order_id}
      empty={<Empty title={c('order.none')}>{c('order.none.note')}</Empty>}
      columns={[
        {
          key: 'number',
          short: true,
          head: c('order.list'),
          cell: (row) => (
            <Link to="/agency/orders/$id" params={{ id: row.order_id }}>
              {c('order', { number: row.number })}
            </Link>
          ),
        },
        { key: 'place', head: c('order.place'), cell: (row) => c(`place.${row.place}`) },
        { key: 'at', head: c('listed.since'), wide: true, cell: (row) => moments.at(row.at) },
        {
          key: 'done',
          head: c('order.done'),
          figures: true,
          cell: ({ counts, cards }) => `${counts.checked + counts.delivered + counts.received} / ${cards}`,
        },
        { key: 'wrong', head: c('order.wrong'), figures: true, cell: (row) => row.failed },
      ]}
    />
  );
}
