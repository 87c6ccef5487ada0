import type { Words } from '../../../core/keys/explain/contract.ts';
import type { Bit } from './bits.ts';

/** One line of something taken apart: how deep it stands, its tag or field, name, raw value, and what that says. */
export type DecodedLine = {
  readonly depth: number;
  /** Tag, field number, or empty. */
  readonly id: string;
  readonly name: Words;
  /** As it stands in the data: hex, or text where the format is text. Nothing is masked. */
  readonly value: string;
  readonly meaning: Words | null;
  readonly bits: readonly Bit[];
  /** Here reading stopped: the data are not what they were read as, or not whole. */
  readonly broken?: true;
};

type Rest = Partial<Pick<DecodedLine, 'id' | 'meaning' | 'bits' | 'broken'>>;

export const line = (depth: number, name: Words, value: string, rest: Rest = {}): DecodedLine => ({
  depth,
  id: '',
  name,
  value,
  meaning: null,
  bits: [],
  ...rest,
});

export const say = (zh: string, en: string): Words => ({ zh, en });
/** Figures and names that are the same in both languages. */
export const both = (text: string): Words => ({ zh: text, en: text });
