import { concat, readUint } from '../../kernel/bytes.ts';

/** A BER-TLV object; `parts` holds the objects inside a constructed one. */
export type Tlv = { readonly tag: number; readonly value: Uint8Array; readonly parts: readonly Tlv[] };

export type TlvFault = {
  readonly fault: 'cut-short' | 'tag-too-long' | 'length-too-long' | 'too-deep';
  readonly at: number;
};
export type ParsedTlv = { readonly ok: true; readonly value: readonly Tlv[] } | ({ readonly ok: false } & TlvFault);

const deepest = 16;

/** Reads BER-TLV (tags of 1 to 3 bytes, lengths up to 3 bytes). Outside input is never a reason to throw. */
export const parseTlv = (bytes: Uint8Array): ParsedTlv => parseLevel(bytes, 0, 0);

function parseLevel(bytes: Uint8Array, offset: number, depth: number): ParsedTlv {
  if (depth > deepest) return { ok: false, fault: 'too-deep', at: offset };
  const value: Tlv[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = parseHead(bytes, at);
    if ('fault' in head) return { ok: false, fault: head.fault, at: offset + head.at };
    const content = bytes.slice(head.start, head.end);
    let parts: readonly Tlv[] = [];
    if (head.constructed) {
      const inner = parseLevel(content, offset + head.start, depth + 1);
      if (!inner.ok) return inner;
      parts = inner.value;
    }
    value.push({ tag: head.tag, value: content, parts });
    at = head.end;
  }
  return { ok: true, value };
}

type Head = { tag: number; constructed: boolean; start: number; end: number };

function parseHead(bytes: Uint8Array, from: number): Head | TlvFault {
  const first = bytes[from] as number;
  let at = from + 1;
  let tag = first;
  if ((first & 0x1f) === 0x1f) {
    for (;;) {
      const next = bytes[at];
      if (next === undefined) return { fault: 'cut-short', at };
      if (at - from > 2) return { fault: 'tag-too-long', at: from };
      tag = tag * 256 + next;
      at++;
      if ((next & 0x80) === 0) break;
    }
  }
  let length = bytes[at];
  if (length === undefined) return { fault: 'cut-short', at };
  at++;
  if (length > 0x7f) {
    const size = length & 0x7f;
    if (size === 0 || size > 2) return { fault: 'length-too-long', at: at - 1 };
    if (at + size > bytes.length) return { fault: 'cut-short', at };
    length = readUint(bytes, at, size);
    at += size;
  }
  if (at + length > bytes.length) return { fault: 'cut-short', at };
  return { tag, constructed: (first & 0x20) !== 0, start: at, end: at + length };
}

/** The first object with a tag, looked for at every depth; null when there is none. */
export function findTag(objects: readonly Tlv[], tag: number): Tlv | null {
  for (const object of objects) {
    const found = object.tag === tag ? object : findTag(object.parts, tag);
    if (found) return found;
  }
  return null;
}

/** Writes one BER-TLV object, at most 65535 bytes of content. */
export function buildTlv(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const value = concat(...content);
  const length =
    value.length < 0x80
      ? [value.length]
      : value.length < 0x100
        ? [0x81, value.length]
        : [0x82, value.length >> 8, value.length & 0xff];
  const tagBytes =
    tag > 0xffff ? [tag >> 16, (tag >> 8) & 0xff, tag & 0xff] : tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  return concat(Uint8Array.from([...tagBytes, ...length]), value);
}

/** A data element of a card file: one byte tag, one byte length. Unlike BER, tags such as 1F and 5F are whole. */
export type Element = { readonly tag: number; readonly value: Uint8Array };

/** The elements of a record or of a whole file read at once; null when they do not fill it exactly. */
export function parseElements(bytes: Uint8Array): readonly Element[] | null {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at + 1];
    if (length === undefined || at + 2 + length > bytes.length) return null;
    elements.push({ tag: bytes[at] as number, value: bytes.slice(at + 2, at + 2 + length) });
    at += 2 + length;
  }
  return elements;
}

export const buildElement = (tag: number, value: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(tag, value.length), value);
