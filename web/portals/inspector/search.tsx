import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Segmented } from 'antd';
import { type FormEvent, useState } from 'react';
import type Type from 'typebox';
import { paymentStateNames } from '../../../src/operations/payment/contract.ts';
import type { TraceList } from '../../../src/operations/trace/contract.ts';
import { get } from '../../kit/api/client.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { useFilters } from '../../kit/lists/search.ts';
import { Amount } from '../../kit/money/amount.tsx';
import { Page, Sheet, Stamp, type Tone } from '../../kit/shell/page.tsx';
import { PageBoundary } from '../../kit/states/boundary.tsx';
import { Empty } from '../../kit/states/empty.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { useName } from '../../kit/words/language.ts';
import { useMoments } from '../../kit/words/time.ts';
import { inspectorWords } from './inspector.words.ts';

type List = Type.Static<typeof TraceList>;
const stateNames: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = paymentStateNames;
const tones: Readonly<Record<string, Tone>> = {
  approved: 'waiting',
  declined: 'refused',
  reversed: 'plain',
  chip_confirmed: 'done',
};

/** A load and the purchase it was made for are one payment with one trace; the purchase speaks for both. */
const oneOfEach = (items: List['items']): List['items'] => {
  const ofTrace = Map.groupBy(items, ({ trace_id }) => trace_id);
  return [...ofTrace.values()].map((all) => all.find(({ settlement_no }) => settlement_no !== null) ?? all[0]!);
};
const ways = ['settlement', 'payment', 'voucher_line', 'journal'] as const;
type Way = (typeof ways)[number];

export function Search() {
  const t = useWords(inspectorWords);
  const [filters, setFilters] = useFilters<{ by: Way; number: string }>();
  const [by, setBy] = useState<Way>(filters.by ?? 'settlement');
  const [number, setNumber] = useState(filters.number ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFilters({ by, number: number.trim() });
  };
  return (
    <Page title={t('search')} note={t('search.note')}>
      <search>
        <form className="wrap-row" onSubmit={submit}>
          <Segmented
            value={by}
            onChange={setBy}
            options={ways.map((value) => ({ value, label: t(`by.${value}`) }))}
            aria-label={t('by')}
          />
          <Input
            style={{ flex: '1 1 240px', maxWidth: 420 }}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
            aria-label={t('number')}
            placeholder={t('number')}
            allowClear
          />
          <Button type="primary" htmlType="submit">
            {t('find')}
          </Button>
        </form>
      </search>
      <Sheet title={t(filters.number ? 'found' : 'newest')} tight>
        <PageBoundary>
          <Found by={filters.by ?? 'settlement'} number={filters.number ?? ''} />
        </PageBoundary>
      </Sheet>
    </Page>
  );
}

function Found({ by, number }: { by: Way; number: string }) {
  const t = useWords(inspectorWords);
  const name = useName();
  const moments = useMoments();
  const query = number ? { [by]: number } : {};
  const { data } = useSuspenseQuery({ queryKey: ['traces', query], queryFn: () => get<List>('/api/traces', query) });
  return (
    <LedgerTable
      caption={t('newest')}
      rows={oneOfEach(data.items)}
      rowKey={(row) => row.trace_id}
      empty={<Empty title={t('empty')}>{t('empty.note')}</Empty>}
      columns={[
        {
          key: 'at',
          head: t('at'),
          cell: (row) => (
            <Link to="/inspector/trace/$id" params={{ id: row.trace_id }}>
              {moments.at(row.at)}
            </Link>
          ),
        },
        { key: 'what', head: t('what'), cell: (row) => name(row.what) },
        {
          key: 'settlement',
          head: t('settlement'),
          wide: true,
          cell: (row) => <span className="mono">{row.settlement_no}</span>,
        },
        {
          key: 'state',
          head: t('state'),
          wide: true,
          cell: ({ state }) => (
            <Stamp tone={tones[state] ?? 'plain'}>{stateNames[state] ? name(stateNames[state]) : state}</Stamp>
          ),
        },
        { key: 'amount', head: t('amount'), figures: true, cell: (row) => <Amount fen={row.amount_fen} /> },
      ]}
    />
  );
}
