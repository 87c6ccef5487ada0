import { assert } from '../../kernel/assert.ts';
import { xor } from '../../kernel/bytes.ts';

/**
 * ISO 9564 format 0: the PIN field XOR the account field, 8 bytes in the clear. `account` is the card number with its
 * check digit; the 12 digits before the check digit are taken.
 */
export function pinBlock(pin: string, account: string): Uint8Array {
  assert(/^\d{4,12}$/.test(pin), 'a PIN has 4 to 12 digits');
  const field = `0${pin.length.toString(16)}${pin}`.padEnd(16, 'f');
  const digits = account.slice(0, -1).slice(-12).padStart(12, '0');
  return xor(Uint8Array.fromHex(field), Uint8Array.fromHex(`0000${digits}`));
}
