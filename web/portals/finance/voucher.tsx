import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { VoucherDetail } from '../../../src/operations/finance/contract.ts';
import { get } from '../../kit/api/client.ts';
import { LedgerTable } from '../../kit/lists/ledger-table.tsx';
import { Amount } from '../../kit/money/amount.tsx';
import { addFen } from '../../kit/money/format.ts';
import { Facts, Page, Sheet } from '../../kit/shell/page.tsx';
import { useWords } from '../../kit/words/catalogue.ts';
import { kitWords } from '../../kit/words/kit.words.ts';
import { useName } from '../../kit/words/language.ts';
import { financeWords } from './finance.words.ts';
import { FundTag } from './fund-tag.tsx';

export function Voucher() {
  const t = useWords(financeWords);
  const kit = useWords(kitWords);
  const name = useName();
  const { id } = useParams({ strict: false }) as { id: string };
  const { data: voucher } = useSuspenseQuery({
    queryKey: ['voucher', id],
    queryFn: () => get<VoucherDetail>(`/api/finance/vouchers/${id}`),
  });
  const sum = (side: 'debit' | 'credit') => (
    <Amount fen={addFen('0', ...voucher.lines.filter((line) => line.side === side).map((line) => line.amount_fen))} />
  );
  return (
    <Page
      title={t('voucher', { year: voucher.year, number: voucher.number })}
      actions={<Button onClick={() => window.print()}>{kit('print')}</Button>}
    >
      <Sheet>
        <Facts
          columns={3}
          items={[
            { label: t('book'), value: <FundTag book={voucher.book} /> },
            { label: t('day'), value: voucher.business_date },
            { label: t('kind'), value: name(voucher.name) },
            { label: t('journals'), value: voucher.journals },
          ]}
        />
      </Sheet>
      <Sheet tight>
        <LedgerTable
          caption={t('voucher', { year: voucher.year, number: voucher.number })}
          rows={voucher.lines}
          rowKey={(line) => line.line_id}
          empty={null}
          columns={[
            { key: 'account', head: t('account'), cell: (line) => `${line.gl_account} ${name(line.name)}` },
            {
              key: 'journals',
              head: t('journals'),
              figures: true,
              cell: (line) => (
                <Link to="/finance/lines/$id" params={{ id: line.line_id }}>
                  {line.journals}
                </Link>
              ),
            },
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
