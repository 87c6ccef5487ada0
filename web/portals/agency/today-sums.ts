import type { Today } from '../../../src/schemes/medical/contract.ts';

export type Hour = Today['hours'][number];
type Money = { [Name in keyof Hour]: Name extends `${string}_fen` ? Name : never }[keyof Hour];

export const sumFen = (rows: readonly Hour[], name: Money): string =>
  rows.reduce((sum, row) => sum + BigInt(row[name]), 0n).toString();

export const countOf = (rows: readonly Hour[]): number => rows.reduce((sum, { settlements }) => sum + settlements, 0);

/** What the funds paid of these rows. */
export const fundsFen = (rows: readonly Hour[]): string =>
  (['pool_fen', 'serious_fen', 'civil_servant_fen', 'aid_fen'] as const)
    .reduce((sum, name) => sum + BigInt(sumFen(rows, name)), 0n)
    .toString();

/** Every hour from the first with business to the last, also those in between without. */
export function hoursOf(rows: readonly Hour[]): number[] {
  if (rows.length === 0) return [];
  const all = rows.map(({ hour }) => hour);
  const first = Math.min(...all);
  return Array.from({ length: Math.max(...all) - first + 1 }, (_, step) => first + step);
}
