import type { LineView } from '../../../src/schemes/medical/contract.ts';
import { LedgerTable } from '../lists/ledger-table.tsx';
import { Amount } from '../money/amount.tsx';
import { addFen } from '../money/format.ts';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { settlementWords } from './settlement.words.ts';
import { useUnit } from './unit.ts';

const own = (line: LineView): string => addFen(line.full_own_fen, line.over_limit_fen, line.first_pay_fen);

export function BillLines({ lines }: { lines: readonly LineView[] }) {
  const t = useWords(settlementWords);
  const name = useName();
  const unit = useUnit();
  const sum = (of: (line: LineView) => string) => <Amount fen={addFen('0', ...lines.map(of))} />;
  return (
    <LedgerTable
      caption={t('lines')}
      rows={lines}
      rowKey={(line) => String(line.line_no)}
      empty={null}
      columns={[
        { key: 'item', head: t('line.item'), cell: (line) => name(line.name) },
        { key: 'class', head: t('line.class'), cell: (line) => t(`class.${line.class}`) },
        {
          key: 'quantity',
          head: t('line.quantity'),
          figures: true,
          cell: (line) => `${line.quantity} ${unit(line.unit)}`,
        },
        { key: 'price', head: t('line.price'), figures: true, wide: true, cell: (line) => line.unit_price },
        { key: 'own', head: t('line.own'), figures: true, wide: true, cell: (line) => <Amount fen={own(line)} /> },
        {
          key: 'scope',
          head: t('line.in-scope'),
          figures: true,
          wide: true,
          cell: (line) => <Amount fen={line.in_scope_fen} />,
        },
        { key: 'total', head: t('line.total'), figures: true, cell: (line) => <Amount fen={line.total_fen} /> },
      ]}
      totals={{ own: sum(own), scope: sum((line) => line.in_scope_fen), total: sum((line) => line.total_fen) }}
    />
  );
}
