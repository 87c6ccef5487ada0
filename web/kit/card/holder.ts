import type { Card } from '../../../src/operations/issuance/contract.ts';
import { useName } from '../words/language.ts';

/** Whose card it is, in the letters of the page; a dash for a card without a holder. */
export function useHolder(): (card: Pick<Card, 'holder_name' | 'holder_name_latin'>) => string {
  const name = useName();
  return ({ holder_name, holder_name_latin }) => {
    const zh = holder_name ?? '—';
    return name({ zh, en: holder_name_latin ?? zh });
  };
}

/** How the chip's algorithm is written. */
export const algorithmNames: Readonly<Record<Card['algorithm'], string>> = { des: '3DES', sm4: 'SM4' };
