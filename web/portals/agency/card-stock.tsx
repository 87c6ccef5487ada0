import { useSuspenseQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { Stock } from '../../../src/operations/issuance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { useCommand } from '../../kit/api/command.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Page, Sheet, Stamp } from '../../kit/shell/page.tsx';
import { ProblemNote } from '../../kit/states/problem-note.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { cardWords } from './cards.words.ts';

type Line = Stock['items'][number];
const counted = ['blank', 'psam', 'reader'] as const;

export function CardStock() {
  const c = useWords(cardWords);
  const { data } = useSuspenseQuery({
    queryKey: ['card-stock'],
    queryFn: () => get<Stock>('/api/card-stock'),
    refetchInterval: 5_000,
  });
  const [kind, setKind] = useState<(typeof counted)[number]>('blank');
  const [change, setChange] = useState(100);
  const book = useCommand([['card-stock']]);
  const agrees = ({ count, moved, cards }: Line) => count === moved && (cards === null || cards === count);
  return (
    <Page title={c('stock')} note={c('stock.note')}>
      {book.error && <ProblemNote problem={book.error} />}
      <Sheet tight>
        <LedgerTable<Line>
          caption={c('stock')}
          rows={data.items}
          rowKey={(row) => row.kind}
          empty={null}
          columns={[
            { key: 'kind', head: c('stock.kind'), cell: (row) => c(`stock.${row.kind}`) },
            { key: 'count', head: c('stock.count'), figures: true, cell: (row) => row.count.toLocaleString('en') },
            { key: 'moved', head: c('stock.moved'), figures: true, cell: (row) => row.moved.toLocaleString('en') },
            {
              key: 'cards',
              head: c('stock.cards'),
              figures: true,
              wide: true,
              cell: (row) => row.cards?.toLocaleString('en') ?? '—',
            },
            {
              key: 'agrees',
              short: true,
              head: '',
              cell: (row) => (
                <Stamp tone={agrees(row) ? 'done' : 'refused'}>
                  {c(agrees(row) ? 'stock.agrees' : 'stock.differs')}
                </Stamp>
              ),
            },
          ]}
        />
      </Sheet>
      <Sheet>
        <div className="wrap-row">
          <Select
            style={{ minWidth: 130 }}
            aria-label={c('stock.kind')}
            value={kind}
            onChange={setKind}
            options={counted.map((value) => ({ value, label: c(`stock.${value}`) }))}
          />
          <InputNumber
            aria-label={c('stock.change')}
            title={c('stock.change')}
            value={change}
            onChange={(value) => setChange(Math.trunc(value ?? 0))}
          />
          <Button
            type="primary"
            disabled={change === 0}
            loading={book.isPending}
            onClick={() => book.mutate({ path: '/api/card-stock', body: { kind, change } })}
          >
            {c('stock.book')}
          </Button>
          <span className="quiet">{c('stock.change')}</span>
        </div>
      </Sheet>
    </Page>
  );
}
