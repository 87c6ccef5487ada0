import { expect, test } from 'vitest';
import type { Reason } from '../../kernel/decision.ts';
import { formatYuan, price, quantity, rate } from '../../kernel/money.ts';
import { billLine } from './bill-line.rules.ts';
import type { ItemClass } from './contract.ts';
import { medicalLaws } from './policy.ts';

/** Columns: class, price, quantity, ceiling, first-pay, restriction met → total, own, over limit, first-pay, in scope. */
const table = `
| A | 12.50   | 4      | –   | 0%     | yes |  50.00 |   0.00 |  0.00 |  0.00 | 50.00 | line.class_a             |
| A | 12.50   | 4      | –   | 10%    | yes |  50.00 |   0.00 |  0.00 |  0.00 | 50.00 | line.class_a             |
| B | 12.50   | 4      | –   | 10%    | yes |  50.00 |   0.00 |  0.00 |  5.00 | 45.00 | line.class_b             |
| B | 0.05    | 1      | –   | 10%    | yes |   0.05 |   0.00 |  0.00 |  0.01 |  0.04 | line.class_b             |
| B | 0.04    | 1      | –   | 10%    | yes |   0.04 |   0.00 |  0.00 |  0.00 |  0.04 | line.class_b             |
| A | 30      | 3      | 30  | 0%     | yes |  90.00 |   0.00 |  0.00 |  0.00 | 90.00 | line.class_a             |
| A | 30.01   | 3      | 30  | 0%     | yes |  90.03 |   0.00 |  0.03 |  0.00 | 90.00 | line.above_ceiling       |
| B | 40      | 3      | 30  | 5%     | yes | 120.00 |   0.00 | 30.00 |  4.50 | 85.50 | line.above_ceiling       |
| C | 40      | 1      | 30  | 5%     | yes |  40.00 |  40.00 |  0.00 |  0.00 |  0.00 | line.class_c             |
| A | 40      | 1      | 30  | 0%     | no  |  40.00 |  40.00 |  0.00 |  0.00 |  0.00 | line.outside_restriction |
| A | 0.333333 | 3     | –   | 0%     | yes |   1.00 |   0.00 |  0.00 |  0.00 |  1.00 | line.class_a             |
| A | 3.33    | 0.3333 | –   | 0%     | yes |   1.11 |   0.00 |  0.00 |  0.00 |  1.11 | line.class_a             |`;

const rows = table
  .trim()
  .split('\n')
  .map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test.each(rows)('class %s, %s × %s, ceiling %s, first-pay %s, restriction met: %s', (...row) => {
  const [itemClass = '', unit = '', count = '', ceiling = '', first = '', met, ...expected] = row;
  const why: Reason[] = [];
  const split = billLine(
    {
      item_code: 'X1',
      name_zh: '项目',
      name_en: 'item',
      class: itemClass as ItemClass,
      price: price(unit),
      quantity: quantity(count),
      ceiling: ceiling === '–' ? null : price(ceiling),
      first_pay: rate(first),
      outside_restriction: met === 'no',
    },
    'half-up',
    medicalLaws.catalogue,
    why,
  );
  const { total_fen, full_own_fen, over_limit_fen, first_pay_fen, in_scope_fen } = split;
  const amounts = [total_fen, full_own_fen, over_limit_fen, first_pay_fen, in_scope_fen].map(formatYuan);
  expect([...amounts, ...why.map(({ step }) => step)]).toEqual(expected);
});
