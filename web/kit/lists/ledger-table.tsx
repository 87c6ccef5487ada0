import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/catalogue.ts';
import { kitWords } from '../words/kit.words.ts';
import './lists.css';

export type Column<T> = {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: T) => ReactNode;
  /** Figures stand at the right, under each other. */
  readonly figures?: boolean;
  /** Left out on a narrow screen. */
  readonly wide?: boolean;
  /** A day or a number that must not break. */
  readonly short?: boolean;
};

type Props<T> = {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly empty: ReactNode;
  readonly totals?: Readonly<Record<string, ReactNode>>;
  readonly more?: (() => void) | null;
  readonly busy?: boolean;
};

/** A plain table: a head, rows, sums; readable by a screen reader, printable, and quick with a thousand rows. */
export function LedgerTable<T>({ caption, columns, rows, rowKey, empty, totals, more, busy = false }: Props<T>) {
  const t = useWords(kitWords);
  if (rows.length === 0) return <>{empty}</>;
  const className = ({ figures, wide, short }: Column<T>) =>
    [figures && 'figures', wide && 'wide', short && 'short'].filter(Boolean).join(' ') || undefined;
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="only-heard">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={className(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key} className={className(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {totals && (
          <tfoot>
            <tr>
              {columns.map((column, index) => (
                <td key={column.key} className={className(column)}>
                  {totals[column.key] ?? (index === 0 ? t('total') : null)}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {more !== undefined && (
        <div className="table-foot">
          <span className="quiet">{t('list.count', { count: rows.length })}</span>
          {more ? (
            <Button size="small" onClick={more} loading={busy}>
              {t('more')}
            </Button>
          ) : (
            <span className="quiet">{t('end')}</span>
          )}
        </div>
      )}
    </div>
  );
}
