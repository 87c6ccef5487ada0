import { concat, readUint, uint } from '../../../kernel/bytes.ts';

/** What vpcd asks of a card (card.md 6.1). A single byte that is no command we know is passed over. */
export type VpcdRequest =
  | { readonly kind: 'power_off' | 'power_on' | 'reset' | 'atr' | 'unknown' }
  | { readonly kind: 'apdu'; readonly apdu: Uint8Array };

const control: Readonly<Record<number, 'power_off' | 'power_on' | 'reset' | 'atr'>> = {
  0: 'power_off',
  1: 'power_on',
  2: 'reset',
  4: 'atr',
};

const headLength = 2;

/** One message either way: 2 bytes of length, big-endian, and the payload. */
export const vpcdFrame = (payload: Uint8Array): Uint8Array => concat(uint(payload.length, headLength), payload);

/** What a frame's payload asks for; an empty one asks for nothing we know. */
export function readRequest(payload: Uint8Array): VpcdRequest {
  if (payload.length > 1) return { kind: 'apdu', apdu: payload };
  return { kind: control[payload[0] ?? 0xff] ?? 'unknown' };
}

/**
 * Cuts a stream into the payloads of its frames, however the stream is cut into pieces. Two bytes of length bound what
 * is kept: never more than one unfinished frame of 65535 bytes.
 */
export function openFrames(): (piece: Uint8Array) => Uint8Array[] {
  let rest: Uint8Array = new Uint8Array();
  return (piece) => {
    rest = rest.length > 0 ? concat(rest, piece) : piece;
    const payloads: Uint8Array[] = [];
    let at = 0;
    while (rest.length - at >= headLength) {
      const end = at + headLength + readUint(rest, at, headLength);
      if (end > rest.length) break;
      payloads.push(rest.slice(at + headLength, end));
      at = end;
    }
    rest = rest.slice(at);
    return payloads;
  };
}
