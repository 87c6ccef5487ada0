import { concat } from '../../kernel/bytes.ts';

export type TlvItem = { readonly tag: number; readonly value: Uint8Array };

/** Reads primitive BER-TLV (ISO 8825-1; tags of one or two bytes, lengths up to 255); null when it is malformed. */
export function parseTlv(from: Uint8Array): TlvItem[] | null {
  const items: TlvItem[] = [];
  let at = 0;
  while (at < from.length) {
    let tag = from[at++] as number;
    if ((tag & 0x1f) === 0x1f) {
      const second = from[at++];
      if (second === undefined || second & 0x80) return null;
      tag = (tag << 8) | second;
    }
    let length = from[at++];
    if (length === 0x81) length = from[at++];
    else if (length !== undefined && length > 0x7f) return null;
    if (length === undefined || at + length > from.length) return null;
    items.push({ tag, value: from.subarray(at, at + length) });
    at += length;
  }
  return items;
}

/** Writes BER-TLV; values up to 255 bytes. */
export function writeTlv(items: readonly TlvItem[]): Uint8Array {
  return concat(
    ...items.map(({ tag, value }) => {
      const head = tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
      const length = value.length > 0x7f ? [0x81, value.length] : [value.length];
      return concat(Uint8Array.from([...head, ...length]), value);
    }),
  );
}
