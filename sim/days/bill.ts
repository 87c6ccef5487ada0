import { defined } from '../../src/kernel/assert.ts';
import { formatDecimal, price } from '../../src/kernel/money.ts';
import type { BillLine, CatalogueItem, ItemKind, VisitKind } from '../../src/schemes/medical/contract.ts';
import type { Random } from '../city/index.ts';

/** What one kind of visit puts on its bill: how many lines of which items, up to which price, how many of each. */
type Course = {
  readonly kind: ItemKind;
  readonly lines: readonly [least: number, most: number];
  readonly up_to_fen: number;
  readonly quantity: readonly [least: number, most: number];
};

const courses: Readonly<Record<VisitKind, readonly Course[]>> = {
  outpatient: [
    { kind: 'service', lines: [1, 3], up_to_fen: 18_000, quantity: [1, 1] },
    { kind: 'drug', lines: [1, 3], up_to_fen: 15_000, quantity: [1, 3] },
  ],
  pharmacy: [{ kind: 'drug', lines: [1, 3], up_to_fen: 9_000, quantity: [1, 3] }],
  inpatient: [
    { kind: 'service', lines: [4, 9], up_to_fen: 40_000, quantity: [1, 8] },
    { kind: 'drug', lines: [4, 9], up_to_fen: 30_000, quantity: [2, 10] },
    { kind: 'material', lines: [1, 4], up_to_fen: 300_000, quantity: [1, 2] },
  ],
};

/** A plausible bill from the city's own catalogue; no item stands on it twice. */
export function drawBill(random: Random, catalogue: readonly CatalogueItem[], kind: VisitKind): BillLine[] {
  const lines = new Map<string, BillLine>();
  for (const course of courses[kind]) {
    const items = catalogue.filter((item) => item.kind === course.kind && (ceilingOf(item) ?? 0n) <= course.up_to_fen);
    const count = random.int(...course.lines);
    for (let i = 0; i < count && items.length > 0; i++) {
      const item = defined(random.pick(items), 'an item');
      lines.set(item.code, {
        catalogue_code: item.code,
        quantity: String(random.int(...course.quantity)),
        unit_price: unitPrice(random, item),
        ...(item.restriction && random.chance(0.1) ? { outside_restriction: true } : {}),
      });
    }
  }
  return [...lines.values()];
}

/** In fen; null for what has no ceiling. */
const ceilingOf = ({ price_ceiling }: CatalogueItem): bigint | null =>
  price_ceiling === null ? null : price(price_ceiling) / 10_000n;

/** Mostly below the ceiling, now and then above: then the difference is the patient's own. */
function unitPrice(random: Random, item: CatalogueItem): string {
  const ceiling = ceilingOf(item);
  const asked = ceiling === null ? BigInt(random.int(800, 9_000)) : (ceiling * BigInt(random.int(70, 108))) / 100n;
  return formatDecimal(asked > 0n ? asked : 1n, 2, 2);
}
