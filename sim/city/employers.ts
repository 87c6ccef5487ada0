import type { EmployerImport } from '../../src/core/registry/index.ts';
import { districts } from './data/places.ts';
import { tradeNames, trades } from './data/trades.ts';
import { creditCode } from './identifiers.ts';
import { type Random, weighted } from './random.ts';
import { rowsOf, type Word, wordsOf } from './text-table.ts';

/** An employer before its size is counted. */
export type Workplace = {
  readonly employer: Omit<EmployerImport, 'size'>;
  /** Wages here compared with the city's average, 100 = average. */
  readonly pay: number;
  /** Chance that a job in the city is a job here; by rank, so that a few employ hundreds and many employ two. */
  readonly weight: number;
};

type Trade = { industry: string; injury_class: number; share: number; pay: number; zh: string; en: string };

const tradeTable: Trade[] = rowsOf(trades).map(
  ([industry = '', injury = '', share = '', pay = '', zh = '', en = '']) => ({
    industry,
    injury_class: Number(injury),
    share: Number(share),
    pay: Number(pay),
    zh,
    en,
  }),
);

/** Farms, shops and household services stay small: they are not drawn for the largest ranks. */
const smallTrades = new Set(['A01', 'F52', 'H62', 'O80', 'Q84']);
const drawTrade = weighted(tradeTable, (trade) => trade.share);
const drawLargeTrade = weighted(
  tradeTable.filter((trade) => !smallTrades.has(trade.industry)),
  (trade) => trade.share,
);

const zh = (name: readonly Word[]): string => name.map((word) => word.zh).join('');

export function makeWorkplaces(random: Random, count: number, newId: () => string): Workplace[] {
  const words = wordsOf(tradeNames);
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, rank) => {
    const trade = rank < count / 10 ? drawLargeTrade(random) : drawTrade(random);
    let name = [random.pick(words)];
    while (taken.has(zh(name) + trade.zh)) name = [random.pick(words), random.pick(words)];
    taken.add(zh(name) + trade.zh);
    const district = random.pick(districts);
    return {
      pay: trade.pay,
      weight: (rank + 1) ** -0.9,
      employer: {
        employer_id: newId(),
        credit_code: creditCode(trade.industry === 'P83' ? '52' : '91', district.code, rank + 1),
        name_zh: `临澜${zh(name)}${trade.zh}`,
        name_en: `Linlan ${name.map(({ latin }) => latin).join(' ')} ${trade.en}`,
        industry: trade.industry,
        injury_class: trade.injury_class,
      },
    };
  });
}

/** Size by the people who work there today (shortened from 统计上大中小微型企业划分办法). */
export const sizeOf = (headcount: number): EmployerImport['size'] =>
  headcount < 10 ? 'micro' : headcount < 50 ? 'small' : headcount < 200 ? 'medium' : 'large';
