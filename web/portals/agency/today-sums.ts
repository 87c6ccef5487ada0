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

/** Hours in which desks are usually open. */
const opens = 8;
const closes = 17;

/** Every hour of an office day, and those before and after it in which there was business. */
export function hoursOf(rows: readonly Hour[]): number[] {
  const all = rows.map(({ hour }) => hour);
  const first = Math.min(opens, ...all);
  return Array.from({ length: Math.max(closes, ...all) - first + 1 }, (_, step) => first + step);
}
