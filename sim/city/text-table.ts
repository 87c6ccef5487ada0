/** Rows of a `|` table; empty lines do not count. */
export const rowsOf = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));

export type Word = { readonly zh: string; readonly latin: string };

/** "海潮Haichao 云帆Yunfan" or "建Jian国Guo" → words with their romanisation. */
export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/(\p{Script=Han}+)([A-Z][a-zü']*)/gu)].map(([, zh = '', latin = '']) => ({ zh, latin }));
