import { concat } from '../../kernel/bytes.ts';
import { type Coding, emptyElement } from './coding.ts';
import { buildElement } from './tlv.ts';

/** What a reader of a file must have shown: a PIN or the authentication of a key, by name. */
export type Condition = string;
export type Access = { readonly rule: 'any' | 'all'; readonly of: readonly Condition[] };

/** Nothing to show: all of no conditions hold. */
export const free: Access = { rule: 'all', of: [] };
export const any = (...of: Condition[]): Access => ({ rule: 'any', of });
export const all = (...of: Condition[]): Access => ({ rule: 'all', of });

/** A record of a file: its tag (none in cyclic files), coding, length of the value, and its inner elements if any. */
export type RecordShape = {
  readonly tag: number | null;
  readonly coding: Coding;
  readonly length: number;
  readonly parts: readonly RecordShape[];
};

/** `records` are tagged and fixed in number, `cyclic` ones untagged with the newest first, `binary` has no records. */
export type ElementaryFile = {
  readonly fid: number;
  readonly kind: 'records' | 'cyclic' | 'binary';
  readonly read: Access;
  /** The key whose authentication allows an update (always with MAC); null: the card alone writes. */
  readonly update: string | null;
  readonly records: readonly RecordShape[];
  /** Cyclic: records kept. Binary: bytes. */
  readonly capacity: number;
};

export type Directory = {
  readonly fid: number;
  readonly name: Uint8Array;
  readonly label: string;
  /** Identifiers of the keys for EXTERNAL AUTHENTICATE (card.md 3.6). */
  readonly keys: Readonly<Record<string, number>>;
  readonly files: readonly ElementaryFile[];
};

export const an = (tag: number, length: number): RecordShape => ({ tag, coding: 'an', length, parts: [] });
export const cn = (tag: number, length: number): RecordShape => ({ tag, coding: 'cn', length, parts: [] });

/** `count` records with the same tag, each holding the elements of `parts` in BER-TLV. */
export function groups(tag: number, count: number, ...parts: RecordShape[]): RecordShape[] {
  const length = parts.reduce((sum, part) => sum + 2 + part.length, 0);
  return Array.from({ length: count }, () => ({ tag, coding: 'b', length, parts }));
}

export const records = (fid: number, read: Access, update: string, ...shapes: RecordShape[]): ElementaryFile => ({
  fid,
  kind: 'records',
  read,
  update,
  records: shapes,
  capacity: shapes.length,
});

export const cyclic = (
  fid: number,
  read: Access,
  update: string | null,
  capacity: number,
  length: number,
): ElementaryFile => ({
  fid,
  kind: 'cyclic',
  read,
  update,
  records: [{ tag: null, coding: 'b', length, parts: [] }],
  capacity,
});

export const binary = (fid: number, read: Access, update: string, capacity: number): ElementaryFile => ({
  fid,
  kind: 'binary',
  read,
  update,
  records: [],
  capacity,
});

/** A record as it stands on a card where nobody has written it. */
export function emptyRecord(shape: RecordShape): Uint8Array {
  const value =
    shape.parts.length > 0 ? concat(...shape.parts.map(emptyRecord)) : emptyElement(shape.coding, shape.length);
  return shape.tag === null ? value : buildElement(shape.tag, value);
}

/** Short file identifier: the low five bits of the file identifier (EF05 → 05, EF1A → 1A). */
export const shortIdentifier = (file: ElementaryFile): number => file.fid & 0x1f;
