const decoder = new TextDecoder('gbk');
let table: ReadonlyMap<string, readonly [number, number]> | null = null;

/** Every character of two bytes in GBK, by asking the decoder of the runtime once. */
function twoBytes(): ReadonlyMap<string, readonly [number, number]> {
  const made = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead < 0xff; lead++)
    for (let trail = 0x40; trail < 0xff; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if ([...text].length === 1 && text !== '\ufffd') made.set(text, [lead, trail]);
    }
  return made;
}

/** Text as a card holds it (GBK), padded with 00 to `length`; null when it does not fit or cannot be written so. */
export function gbkField(text: string, length: number): Uint8Array | null {
  table ??= twoBytes();
  const written: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const pair = code < 0x80 ? [code] : table.get(character);
    if (!pair) return null;
    written.push(...pair);
  }
  if (written.length > length) return null;
  const field = new Uint8Array(length);
  field.set(written);
  return field;
}
