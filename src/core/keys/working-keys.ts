import { concat, equal } from '../../kernel/bytes.ts';
import { decrypt, encrypt } from './cipher.ts';
import { KeyFault } from './fault.ts';
import { checkBytes } from './mac.ts';

/** Bytes of field 62 with two double-length keys and no track key: key 16, check value 4, twice. */
export const workingKeysLength = 40;

/** Field 62 of a sign-in answer: PIK16 KCV4 MAK16 KCV4 under the terminal master key (card.md 4.4). */
export function wrapWorkingKeys(terminalKey: Uint8Array, pin: Uint8Array, mac: Uint8Array): Uint8Array {
  const part = (key: Uint8Array) => [encrypt('des', terminalKey, key), checkBytes('des', key)];
  return concat(...part(pin), ...part(mac));
}

/**
 * The clear working keys a terminal takes from field 62. A single-length MAK stands in its first 8 bytes with zeros
 * behind it. A check value that does not fit is a fault: the master key is wrong or the field was damaged.
 */
export function unwrapWorkingKeys(terminalKey: Uint8Array, download: Uint8Array): { pin: Uint8Array; mac: Uint8Array } {
  if (download.length !== workingKeysLength)
    throw new KeyFault(
      'keys.check_value_wrong',
      `working keys take ${workingKeysLength} bytes, not ${download.length}`,
    );
  const part = (at: number, name: string) => {
    const single = download.subarray(at + 8, at + 16).every((byte) => byte === 0);
    const key = decrypt('des', terminalKey, download.slice(at, at + (single ? 8 : 16)));
    if (!equal(checkBytes('des', key), download.subarray(at + 16, at + 20)))
      throw new KeyFault('keys.check_value_wrong', `the check value of the ${name} working key is wrong`);
    return key;
  };
  return { pin: part(0, 'PIN'), mac: part(20, 'MAC') };
}
