import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { Order } from '../../../src/operations/custody/contract.ts';
import { useCommand } from '../../kit/api/command.ts';
import { useMe } from '../../kit/api/session.tsx';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Page, Sheet, Stamp } from '../../kit/shell/page.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useMoments } from '../../kit/words/time.ts';
import { custodianWords } from './custodian.words.ts';
import { OrderForm } from './order-form.tsx';
import { ordersQuery } from './queries.ts';
import './custodian.css';

export function OrdersPage() {
  const t = useWords(custodianWords);
  const me = useMe();
  const moments = useMoments();
  const { data } = useSuspenseQuery(ordersQuery);
  const approve = useCommand([['custody']]);
  return (
    <Page title={t('orders')} note={t('orders.note')}>
      <OrderForm />
      {approve.error && <ProblemNote problem={approve.error} />}
      <Sheet tight>
        <LedgerTable<Order>
          caption={t('orders')}
          rows={data.items}
          rowKey={(row) => row.order_id}
          empty={<Empty title={t('orders.none')} />}
          columns={[
            {
              key: 'what',
              head: t('what'),
              cell: ({ order_id, order }) => (
                <Link to="/custodian/history" search={{ subject: order_id, label: subjectOf(order) } as never}>
                  {t(`order.${order.kind}`)} {subjectOf(order)}
                </Link>
              ),
            },
            { key: 'who', head: t('who'), wide: true, cell: (row) => row.asked_by.name },
            { key: 'when', head: t('when'), wide: true, cell: (row) => moments.at(row.asked_at) },
            {
              key: 'state',
              head: t('state'),
              cell: (row) => {
                if (row.done_by) return <span>{t('done.by', { name: row.done_by.name })}</span>;
                if (row.asked_by.user_id === me.user_id) return <Stamp tone="waiting">{t('waiting.other')}</Stamp>;
                return (
                  <Button
                    size="small"
                    type="primary"
                    loading={approve.isPending}
                    onClick={() => approve.mutate({ path: `/api/custody/orders/${row.order_id}/approve` })}
                  >
                    {t('approve')}
                  </Button>
                );
              },
            },
            { key: 'result', head: t('detail'), wide: true, cell: (row) => <Result result={row.result} /> },
          ]}
        />
      </Sheet>
    </Page>
  );
}

const subjectOf = (order: Order['order']): string =>
  order.kind === 'distribute' ? order.label : `${order.family}/${order.name}/${order.version}`;

type Block = { readonly name: string; readonly check_value: string; readonly text: string };

/** What was sent out, each key under its transport key; or whom a drill named. */
function Result({ result }: { result: Order['result'] }) {
  if (!result) return null;
  const blocks = (result.blocks ?? []) as readonly Block[];
  const affected = (result.affected ?? []) as readonly string[];
  return (
    <ul className="custody-notes">
      {blocks.map(({ name, check_value, text }) => (
        <li key={name} className="mono custody-detail">
          {name} {check_value} {text}
        </li>
      ))}
      {affected.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}
