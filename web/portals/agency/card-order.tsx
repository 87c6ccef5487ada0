import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Popconfirm, Progress, Select } from 'antd';
import { useState } from 'react';
import {
  type FacePreview,
  type Order,
  type Work,
  type WorkState,
  workStates,
} from '../../../src/operations/issuance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useCommand } from '../../kit/api/command.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { usePages } from '../../kit/lists/pages.ts';
import { useFilters } from '../../kit/lists/search.ts';
import { Paper, usePrint } from '../../kit/print/paper.tsx';
import { Facts, Page, Sheet, Stamp, type Tone } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { agencyWords } from './agency.words.ts';
import { cardWords } from './cards.words.ts';
import './agency.css';

/** The station of one order: what is being made, what went wrong, and the way out of the house. */
export function CardOrder() {
  const c = useWords(cardWords);
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: order } = useSuspenseQuery({
    queryKey: ['order', id],
    queryFn: () => get<Order>(`/api/card-orders/${id}`),
    refetchInterval: 1_500,
  });
  const command = useCommand([['order', id], ['orders'], ['work', id]]);
  const { counts, cards } = order;
  const made = counts.checked + counts.delivered + counts.received;
  const send = (what: string) => command.mutate({ path: `/api/card-orders/${id}/${what}` });
  return (
    <Page title={c('order', { number: order.number })} note={c(`place.${order.place}`)}>
      {command.error && <ProblemNote problem={command.error} />}
      <Sheet
        title={c(
          order.running ? 'station.running' : counts.prepared + counts.begun > 0 ? 'station.idle' : 'station.done',
        )}
      >
        <Progress
          percent={Math.floor((100 * (made + counts.spoiled)) / cards)}
          aria-label={c('station.progress', { done: made, all: cards })}
          format={() => c('station.progress', { done: made, all: cards })}
        />
        <Facts columns={3} items={workStates.map((state) => ({ label: c(`work.${state}`), value: counts[state] }))} />
        <div className="wrap-row">
          {order.place === 'station' && !order.running && counts.prepared + counts.begun > 0 && (
            <Button type="primary" loading={command.isPending} onClick={() => send('run')}>
              {c('station.run')}
            </Button>
          )}
          {order.running && <Button onClick={() => send('stop')}>{c('station.stop')}</Button>}
          {counts.checked > 0 && (
            <Button type="primary" loading={command.isPending} onClick={() => send('deliver')}>
              {c('deliver')} ({counts.checked})
            </Button>
          )}
          {counts.delivered + counts.received > 0 && (
            <PageBoundary>
              <DeliveryList order={order} />
            </PageBoundary>
          )}
        </div>
      </Sheet>
      <PageBoundary>
        <Rows id={id} />
      </PageBoundary>
    </Page>
  );
}

const tones: Readonly<Record<WorkState, Tone>> = {
  prepared: 'waiting',
  begun: 'waiting',
  checked: 'done',
  spoiled: 'refused',
  delivered: 'done',
  received: 'done',
};

function Rows({ id }: { id: string }) {
  const t = useWords(agencyWords);
  const c = useWords(cardWords);
  const name = useName();
  const [{ state = '' }, setFilters] = useFilters<{ state: string }>();
  const { items, more, busy } = usePages<Work>(['work', id], `/api/card-orders/${id}/work`, { state }, 3_000);
  const act = useCommand([
    ['order', id],
    ['work', id],
  ]);
  const [face, setFace] = useState<string | null>(null);
  return (
    <>
      {act.error && <ProblemNote problem={act.error} />}
      {face && (
        <PageBoundary>
          <Face card_id={face} />
        </PageBoundary>
      )}
      <Sheet
        tight
        extra={
          <Select
            style={{ minWidth: 130 }}
            value={state}
            aria-label={c('state')}
            onChange={(next) => setFilters({ state: next })}
            options={[
              { value: '', label: t('card.any') },
              ...workStates.map((value) => ({ value: value as string, label: c(`work.${value}`) })),
            ]}
          />
        }
      >
        <LedgerTable
          caption={c('orders')}
          rows={items}
          rowKey={(row) => row.card_id}
          more={more}
          busy={busy}
          empty={<Empty title={c('work.none')} />}
          columns={[
            {
              key: 'number',
              short: true,
              head: c('number'),
              cell: (row) => (
                <Link to="/agency/cards/$id" params={{ id: row.card_id }} className="mono">
                  {row.card_number}
                </Link>
              ),
            },
            { key: 'holder', head: c('holder'), cell: (row) => name({ zh: row.name, en: row.name_latin }) },
            {
              key: 'state',
              short: true,
              head: c('state'),
              cell: (row) => <Stamp tone={row.error ? 'refused' : tones[row.state]}>{c(`work.${row.state}`)}</Stamp>,
            },
            { key: 'error', head: c('error'), wide: true, cell: (row) => row.error && <code>{row.error}</code> },
            { key: 'to', head: c('to'), wide: true, cell: (row) => row.employer_code ?? c('to.holder') },
            {
              key: 'do',
              head: '',
              cell: (row) => (
                <span className="wrap-row">
                  <Button size="small" onClick={() => setFace(row.card_id)}>
                    {c('face')}
                  </Button>
                  {row.state === 'delivered' && (
                    <Button
                      size="small"
                      type="primary"
                      onClick={() =>
                        act.mutate({
                          path: `/api/cards/${row.card_id}/receive`,
                          body: { received_by: row.employer_code ?? row.name },
                        })
                      }
                    >
                      {c('receive')}
                    </Button>
                  )}
                  {row.state === 'begun' && row.error && (
                    <Popconfirm
                      title={c('spoil')}
                      description={c('spoil.sure')}
                      okText={t('yes')}
                      cancelText={t('no')}
                      onConfirm={() => act.mutate({ path: `/api/cards/${row.card_id}/spoil` })}
                    >
                      <Button size="small" danger>
                        {c('spoil')}
                      </Button>
                    </Popconfirm>
                  )}
                </span>
              ),
            },
          ]}
        />
      </Sheet>
    </>
  );
}

/** What the printer puts on the plastic, for the eye before it is done, and on paper. */
function Face({ card_id }: { card_id: string }) {
  const c = useWords(cardWords);
  const { printing, print } = usePrint();
  const { data } = useSuspenseQuery({
    queryKey: ['face', card_id],
    queryFn: () => get<FacePreview>(`/api/cards/${card_id}/face`),
  });
  const drawn = (
    <figure className="printed-face" lang="zh-CN">
      <img src={`data:image/jpeg;base64,${data.photo}`} alt="" />
      <figcaption>
        <strong>{data.title}</strong>
        <span>{data.name}</span>
        <span className="mono">{data.citizen_number}</span>
        <span className="mono">{data.card_number}</span>
        <span>
          {data.issued} — {data.valid_through}
        </span>
      </figcaption>
    </figure>
  );
  return (
    <Sheet
      title={c('face')}
      extra={
        <Button size="small" onClick={print}>
          {c('face.print')}
        </Button>
      }
    >
      {drawn}
      <p className="quiet">
        {c('face.issued')} {data.issued} · {c('face.valid')} {data.valid_through}
      </p>
      {printing && <Paper kind="statement">{drawn}</Paper>}
    </Sheet>
  );
}

function DeliveryList({ order }: { order: Order }) {
  const c = useWords(cardWords);
  const name = useName();
  const { printing, print } = usePrint();
  const { items } = usePages<Work>(['work', order.order_id, 'list'], `/api/card-orders/${order.order_id}/work`, {
    limit: 200,
  });
  const out = items.filter(({ state }) => state === 'delivered' || state === 'received');
  return (
    <>
      <Button onClick={print}>{c('deliver.list')}</Button>
      {printing && (
        <Paper kind="statement">
          <h1>{c('order', { number: order.number })}</h1>
          <table className="table">
            <thead>
              <tr>
                <th>{c('number')}</th>
                <th>{c('holder')}</th>
                <th>{c('to')}</th>
                <th>{c('deliver.sign')}</th>
              </tr>
            </thead>
            <tbody>
              {out.map((row) => (
                <tr key={row.card_id}>
                  <td className="mono">{row.card_number}</td>
                  <td>{name({ zh: row.name, en: row.name_latin })}</td>
                  <td>{row.employer_code ?? c('to.holder')}</td>
                  <td>{row.received_by ?? '__________'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Paper>
      )}
    </>
  );
}
