import {
  allowed,
  bcdLength,
  bitmapOffset,
  bitOf,
  bytesOf,
  type Message,
  maxOf,
  mtiOffset,
  prefixOf,
  typeOf,
  wire,
} from './layout.ts';

export type CodecFaultCode =
  | 'too_short'
  | 'tpdu'
  | 'mti'
  | 'unknown_field'
  | 'field_length'
  | 'field_cut'
  | 'digits'
  | 'characters'
  | 'padding'
  | 'rest';

export type CodecFault = {
  readonly code: CodecFaultCode;
  /** The field it happened in; null before the first one. */
  readonly field: number | null;
  /** Offset of the offending byte in the body. */
  readonly at: number;
  readonly what: string;
};

export type Unpacked =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly fault: CodecFault };

const refused = (code: CodecFaultCode, field: number | null, at: number, what: string): Unpacked => ({
  ok: false,
  fault: { code, field, at, what },
});

/**
 * Takes a body apart. Input from outside never throws. Binary values are views of `body`, not copies.
 * All text comes from two native conversions of the whole body; fields are cut out of them.
 */
export function unpack(body: Uint8Array): Unpacked {
  const end = body.length;
  if (end < bitmapOffset + 8)
    return refused('too_short', null, end, `${end} bytes; TPDU, header, MTI and bitmap take 21`);
  if (body[0] !== 0x60) return refused('tpdu', null, 0, 'a TPDU begins with 60');
  if (!((allowed[body[11] as number] as number) & (allowed[body[12] as number] as number) & 1))
    return refused('mti', null, mtiOffset, 'the MTI is four digits');
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, end);
  const hex = bytes.toString('hex');
  const text = bytes.toString('latin1');
  const wide = (body[bitmapOffset] as number) & 0x80;
  const last = wide ? 128 : 64;
  let at = bitmapOffset + (last >> 3);
  if (at > end) return refused('too_short', null, end, 'the second bitmap is cut off');
  const fields: Record<number, string | Uint8Array> = {};
  for (let n = 2; n <= last; n++) {
    if (!((body[bitmapOffset + ((n - 1) >> 3)] as number) & (0x80 >> ((n - 1) & 7)))) continue;
    const type = typeOf[n] as number;
    if (type === 0)
      return refused('unknown_field', n, bitmapOffset + ((n - 1) >> 3), `field ${n} is not in the profile`);
    const prefix = prefixOf[n] as number;
    const max = maxOf[n] as number;
    if (at + prefix > end) return refused('field_cut', n, end, `the length of field ${n} is cut off`);
    const length = prefix === 0 ? max : bcdLength(body, at, prefix);
    if (length < 0 || length > max)
      return refused('field_length', n, at, `field ${n} says ${length < 0 ? 'no BCD length' : length}, at most ${max}`);
    at += prefix;
    const stop = at + bytesOf(type, length);
    if (stop > end) return refused('field_cut', n, end, `field ${n} needs ${stop - end} more bytes`);
    const bit = bitOf[type] as number;
    if (bit !== 0)
      for (let i = at; i < stop; i++)
        if (!((allowed[body[i] as number] as number) & bit))
          return refused(
            type <= wire.z ? 'digits' : 'characters',
            n,
            i,
            `field ${n} does not allow byte ${hex.slice(2 * i, 2 * i + 2)}`,
          );
    if (type <= wire.z) {
      if (length & 1 && (body[stop - 1] as number) & 15)
        return refused('padding', n, stop - 1, `field ${n} has ${length} digits; the last nibble is 0`);
      const digits = hex.substring(2 * at, 2 * at + length);
      fields[n] = type === wire.n ? digits : digits.replaceAll('d', '=');
    } else fields[n] = type === wire.b ? body.subarray(at, stop) : text.substring(at, stop);
    at = stop;
  }
  if (at !== end) return refused('rest', null, at, `${end - at} bytes after the last field`);
  const mti = hex.substring(2 * mtiOffset, 2 * bitmapOffset);
  return { ok: true, message: { tpdu: hex.substring(0, 10), header: hex.substring(10, 22), mti, fields } };
}
