/** Encodes and decodes the GBK text of names and addresses on cards; Node decodes GBK but does not encode it. */
let inverse: Map<string, number> | null = null;

function gbkCodes(): Map<string, number> {
  if (inverse) return inverse;
  const codes: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) codes.push((lead << 8) | trail);
  // One call for all 24,000 pairs, a line each: a call for every pair takes a third of a second.
  const lines = decodeGbk(Uint8Array.from(codes.flatMap((code) => [code >> 8, code & 0xff, 0x0a]))).split('\n');
  inverse = new Map();
  for (const [i, code] of codes.entries()) {
    const character = lines[i] ?? '';
    if (character.length === 1 && character !== '\uFFFD' && !inverse.has(character)) inverse.set(character, code);
  }
  return inverse;
}

/** GBK bytes; null when a character has none. */
export function encodeGbk(text: string): Uint8Array | null {
  const out: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    if (point < 0x80) out.push(point);
    else {
      const code = gbkCodes().get(character);
      if (code === undefined) return null;
      out.push(code >> 8, code & 0xff);
    }
  }
  return Uint8Array.from(out);
}

export const decodeGbk = (bytes: Uint8Array): string => new TextDecoder('gbk').decode(bytes);
