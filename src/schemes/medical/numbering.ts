import { luhnCheck } from '../../kernel/identifiers.ts';

/**
 * Numbers that people read aloud and terminals send: a letter, nine digits in sequence, a Luhn digit. V visit,
 * S settlement; eleven characters, so that a settlement number fits field 62 beside other text.
 */
export const numbered = (letter: 'V' | 'S', sequence: bigint): string => {
  const digits = sequence.toString().padStart(9, '0');
  return `${letter}${digits}${luhnCheck(digits)}`;
};
