import { DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import type { BillLine, CatalogueItem, LineView } from '../../../src/schemes/medical/contract.ts';
import { Amount } from '../money/amount.tsx';
import { useUnit } from '../settlement/unit.ts';
import { useWords } from '../words/catalogue.ts';
import { useName } from '../words/language.ts';
import { ItemClassTile } from './catalogue-search.tsx';
import { deskWords } from './desk.words.ts';

/** A line while it is written: what will be sent, and what the catalogue said of it. */
export type DraftLine = BillLine & Pick<CatalogueItem, 'name' | 'class' | 'unit' | 'price_ceiling' | 'restriction'>;

export const draftOf = (item: CatalogueItem): DraftLine => ({
  catalogue_code: item.code,
  quantity: '1',
  unit_price: item.price_ceiling ?? '',
  name: item.name,
  class: item.class,
  unit: item.unit,
  price_ceiling: item.price_ceiling,
  restriction: item.restriction,
});

/** Lines kept by the centre, as they go on being written after a reload. */
export const draftFrom = (line: LineView): DraftLine => ({
  catalogue_code: line.catalogue_code,
  quantity: line.quantity,
  unit_price: line.unit_price,
  ...(line.outside_restriction ? { outside_restriction: true } : {}),
  name: line.name,
  class: line.class,
  unit: line.unit,
  price_ceiling: line.price_ceiling,
  restriction: null,
});

const quantity = /^\d{1,12}(\.\d{1,4})?$/;
const price = /^\d{1,10}(\.\d{1,6})?$/;
const positive = (text: string): boolean => Number(text) > 0;
export const isWhole = (line: DraftLine): boolean =>
  quantity.test(line.quantity) && price.test(line.unit_price) && positive(line.quantity) && positive(line.unit_price);

type Props = {
  readonly lines: readonly DraftLine[];
  /** As the centre reckons them; the amounts come from here. */
  readonly reckoned: readonly LineView[];
  readonly onChange: (lines: readonly DraftLine[]) => void;
  readonly disabled: boolean;
};

export function BillTable({ lines, reckoned, onChange, disabled }: Props) {
  const t = useWords(deskWords);
  const name = useName();
  const unit = useUnit();
  if (lines.length === 0) return <p className="quiet bill-none">{t('lines.none')}</p>;
  const change = (index: number, part: Partial<DraftLine>) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  return (
    <div className="table-frame">
      <table className="table bill">
        <thead>
          <tr>
            <th scope="col">{t('line.class')}</th>
            <th scope="col">{t('line.item')}</th>
            <th scope="col">{t('line.quantity')}</th>
            <th scope="col">{t('line.price')}</th>
            <th scope="col" className="figures">
              {t('line.amount')}
            </th>
            <th />
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => {
            const label = name(line.name);
            const kept = reckoned[index];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: one drug may stand on two lines
              <tr key={index}>
                <td>
                  <ItemClassTile item={line} />
                </td>
                <td>
                  {label}
                  {line.restriction && (
                    <div className="bill-limit">
                      {t('line.restricted', { condition: name(line.restriction) })}
                      <Checkbox
                        disabled={disabled}
                        checked={line.outside_restriction ?? false}
                        onChange={(event) => change(index, { outside_restriction: event.target.checked })}
                      >
                        {t('line.outside')}
                      </Checkbox>
                    </div>
                  )}
                </td>
                <td className="bill-entry">
                  <Input
                    size="small"
                    disabled={disabled}
                    inputMode="decimal"
                    aria-label={`${label} ${t('line.quantity')}`}
                    value={line.quantity}
                    suffix={unit(line.unit)}
                    status={quantity.test(line.quantity) && positive(line.quantity) ? '' : 'error'}
                    onChange={(event) => change(index, { quantity: event.target.value.trim() })}
                  />
                </td>
                <td className="bill-entry">
                  <Input
                    size="small"
                    disabled={disabled}
                    inputMode="decimal"
                    // What has no ceiling has no price to begin with: it is the next thing to write.
                    autoFocus={line.unit_price === ''}
                    aria-label={`${label} ${t('line.price')}`}
                    value={line.unit_price}
                    status={price.test(line.unit_price) && positive(line.unit_price) ? '' : 'error'}
                    onChange={(event) => change(index, { unit_price: event.target.value.trim() })}
                  />
                </td>
                <td className="figures">
                  {kept?.catalogue_code === line.catalogue_code ? <Amount fen={kept.total_fen} /> : '…'}
                </td>
                <td>
                  <Button
                    type="text"
                    size="small"
                    disabled={disabled}
                    icon={<DeleteOutlined />}
                    aria-label={t('line.remove', { name: label })}
                    onClick={() => onChange(lines.filter((_, at) => at !== index))}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
