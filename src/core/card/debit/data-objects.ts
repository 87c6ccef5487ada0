import { concat } from '../../../kernel/bytes.ts';

/** One wish of a data object list: which element, in how many bytes. */
export type Wanted = { readonly tag: number; readonly length: number };

/** Reads a data object list (EMV Book 3 §5.4): tags and lengths without values. Ours are written by us, so whole. */
export function parseList(list: Uint8Array): readonly Wanted[] {
  const wanted: Wanted[] = [];
  for (let at = 0; at < list.length; ) {
    let tag = list[at++] as number;
    if ((tag & 0x1f) === 0x1f) tag = tag * 256 + (list[at++] ?? 0);
    wanted.push({ tag, length: list[at++] ?? 0 });
  }
  return wanted;
}

export const listLength = (list: Uint8Array): number => parseList(list).reduce((sum, { length }) => sum + length, 0);

/** What a terminal sent for a list, by tag; null when it is not as long as the list asks. */
export function valuesOf(list: Uint8Array, data: Uint8Array): ReadonlyMap<number, Uint8Array> | null {
  if (data.length !== listLength(list)) return null;
  const values = new Map<number, Uint8Array>();
  let at = 0;
  for (const { tag, length } of parseList(list)) {
    values.set(tag, data.slice(at, at + length));
    at += length;
  }
  return values;
}

/** The values of a list one after the other, zeros for what nobody gave. */
export const filled = (list: Uint8Array, values: ReadonlyMap<number, Uint8Array>): Uint8Array =>
  concat(
    ...parseList(list).map(({ tag, length }) => {
      const out = new Uint8Array(length);
      out.set((values.get(tag) ?? out).subarray(0, length));
      return out;
    }),
  );
