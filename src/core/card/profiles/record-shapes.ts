import { concat } from '../../../kernel/bytes.ts';
import { type Coding, emptyElement } from '../coding.ts';
import { buildElement } from '../tlv.ts';

/** A record of a tagged file: its tag, coding, length of the value, and its inner elements if any. */
export type RecordShape = {
  readonly tag: number;
  readonly coding: Coding;
  readonly length: number;
  readonly parts: readonly RecordShape[];
};

export const an = (tag: number, length: number): RecordShape => ({ tag, coding: 'an', length, parts: [] });
export const cn = (tag: number, length: number): RecordShape => ({ tag, coding: 'cn', length, parts: [] });

/** `count` records with the same tag, each holding the elements of `parts` in BER-TLV. */
export function groups(tag: number, count: number, ...parts: RecordShape[]): RecordShape[] {
  const length = parts.reduce((sum, part) => sum + 2 + part.length, 0);
  return Array.from({ length: count }, () => ({ tag, coding: 'b', length, parts }));
}

/** A record as it stands on a card where nobody has written it. */
export const emptyRecord = ({ tag, coding, length, parts }: RecordShape): Uint8Array =>
  buildElement(tag, parts.length > 0 ? concat(...parts.map(emptyRecord)) : emptyElement(coding, length));

export const recordBytes = ({ length }: RecordShape): number => 2 + length;
