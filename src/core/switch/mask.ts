import { fieldOf } from './fields.ts';
import { eachField, mtiOffset } from './layout.ts';

/** Fields with something to hide, by number, so that the hot path asks one byte per field. */
const hides = new Uint8Array(129);
for (let n = 2; n <= 128; n++) {
  const rule = fieldOf(n)?.mask ?? 'open';
  hides[n] = { open: 0, secret: 1, keys: 2, account: 3 }[rule];
}

/**
 * A copy of a body that `unpack` accepted, in which every secret is zero: the middle digits of the account number, tracks, PIN block, keys.
 * It stays a well-formed body, so that the log can be taken apart years later. Cheap enough for the online path.
 */
export function maskBody(body: Uint8Array): Uint8Array {
  // Not `slice`: of a Buffer, as it comes from a socket, that is no copy.
  const masked = new Uint8Array(body);
  const keys = body[mtiOffset] === 0x08 && body[mtiOffset + 1] === 0x10;
  eachField(body, (number, from, to) => {
    const hide = hides[number];
    if (hide === 1 || (hide === 2 && keys)) masked.fill(0, from, to);
    else if (hide === 3) maskAccount(masked, from, to);
  });
  return masked;
}

/** Keeps the first six digits (three bytes) and the last four; an odd number of digits ends in half a byte. */
function maskAccount(body: Uint8Array, from: number, to: number): void {
  const odd = (body[from - 1] as number) & 1;
  const short = to - from < 6;
  const kept = (body[to - 3] as number) & 0x0f;
  body.fill(0, short ? from : from + 3, short ? to : to - 2);
  if (odd && !short) body[to - 3] = kept;
}
