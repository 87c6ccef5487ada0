import { type Decision, grant } from '../../kernel/decision.ts';
import { parseDecimal } from '../../kernel/money.ts';
import type { CatalogueEntry } from './catalogue.store.ts';
import type { BillLine, VisitKind } from './contract.ts';
import { no } from './refusals.ts';
import type { StoredLine } from './visit.store.ts';

/** More than ten million yuan on one line is a slip of the hand; it also keeps every sum far inside 64 bits. */
const largestLine_fen = 1_000_000_000n;

/** Reads the lines an institution sent. The first wrong line refuses the bill and is named by its number, from 1. */
export function readBill(
  lines: readonly BillLine[],
  items: ReadonlyMap<string, CatalogueEntry>,
  kind: VisitKind,
): Decision<readonly StoredLine[]> {
  const read: StoredLine[] = [];
  for (const [i, line] of lines.entries()) {
    const line_no = i + 1;
    const item = items.get(line.catalogue_code);
    if (!item) return no('medical.line_code_unknown', { line: line_no, code: line.catalogue_code });
    if (kind === 'pharmacy' && item.kind === 'service')
      return no('medical.line_not_for_pharmacy', { line: line_no, code: line.catalogue_code });
    const quantity = parseDecimal(line.quantity, 4);
    if (quantity === null || quantity <= 0n)
      return no('medical.line_quantity_not_positive', { line: line_no, quantity: line.quantity });
    const unit_price = parseDecimal(line.unit_price, 6);
    if (unit_price === null || unit_price <= 0n)
      return no('medical.line_price_not_positive', { line: line_no, price: line.unit_price });
    if (quantity * unit_price > largestLine_fen * 100_000_000n)
      return no('medical.line_too_large', { line: line_no, quantity: line.quantity, price: line.unit_price });
    const outside_restriction = line.outside_restriction ?? false;
    if (outside_restriction && item.restriction_zh === null)
      return no('medical.line_has_no_restriction', { line: line_no, code: line.catalogue_code });
    read.push({ line_no, catalogue_code: line.catalogue_code, quantity, unit_price, outside_restriction });
  }
  return grant(read);
}
