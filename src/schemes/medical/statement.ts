import { defined } from '../../kernel/assert.ts';
import type { Reason } from '../../kernel/decision.ts';
import { formatDecimal, formatRate, type Rate } from '../../kernel/money.ts';
import type { CatalogueEntry } from './catalogue.store.ts';
import { type Amounts, amountNames, type LineView, type ReasonView } from './contract.ts';
import type { LineSplit } from './facts.ts';
import type { AmountsFen } from './settlement.store.ts';
import type { StoredLine } from './visit.store.ts';

/** Amounts as they travel: whole fen in text. */
export const amountsText = (of: AmountsFen): Amounts =>
  Object.fromEntries(amountNames.map((name) => [name, of[name].toString()])) as Amounts;

/** 12500000 millionths of a yuan → "12.50". */
export const priceText = (price: bigint): string => formatDecimal(price, 6, 2);

/** The lines of a bill with their items and their split; the three stand in the same order. */
export const lineViews = (
  lines: readonly StoredLine[],
  items: ReadonlyMap<string, CatalogueEntry>,
  splits: readonly LineSplit[],
): LineView[] =>
  lines.map((line, i) => {
    const item = defined(items.get(line.catalogue_code), `catalogue item ${line.catalogue_code}`);
    const split = defined(splits[i], `split of line ${line.line_no}`);
    return {
      line_no: line.line_no,
      catalogue_code: line.catalogue_code,
      name: { zh: item.name_zh, en: item.name_en },
      kind: item.kind,
      class: item.class,
      unit: item.unit,
      quantity: formatDecimal(line.quantity, 4),
      unit_price: priceText(line.unit_price),
      price_ceiling: item.price_ceiling === null ? null : priceText(item.price_ceiling),
      first_pay: formatRate(item.first_pay as Rate),
      outside_restriction: line.outside_restriction,
      total_fen: split.total_fen.toString(),
      full_own_fen: split.full_own_fen.toString(),
      over_limit_fen: split.over_limit_fen.toString(),
      first_pay_fen: split.first_pay_fen.toString(),
      in_scope_fen: split.in_scope_fen.toString(),
    };
  });

const factTexts = (facts: Reason['inputs']): ReasonView['inputs'] =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'bigint' ? fact.toString() : fact]),
  );

export const reasonViews = (reasons: readonly Reason[]): ReasonView[] =>
  reasons.map(({ inputs, result, ...reason }) => ({ ...reason, inputs: factTexts(inputs), result: factTexts(result) }));
