import { concat, equal } from '../../kernel/bytes.ts';
import { decrypt, type Encrypt, encryptor } from './cipher.ts';
import type { CipherFamily } from './contract.ts';
import { KeyFault } from './fault.ts';
import { checkBytes } from './mac.ts';
import type { Trace } from './trace.ts';

/** Bytes of field 62 with two double-length keys and no track key: key 16, check value 4, twice. */
export const workingKeysLength = 40;

/** Field 62 by its length (card.md 4.4): which keys, and how many bytes each takes before its 4-byte check value. */
export const workingKeyLayouts = {
  24: { names: ['PIK', 'MAK'], length: 8 },
  40: { names: ['PIK', 'MAK'], length: 16 },
  60: { names: ['PIK', 'MAK', 'TDK'], length: 16 },
} as const;

export type WorkingKey = {
  readonly name: 'PIK' | 'MAK' | 'TDK';
  readonly key: Uint8Array;
  /** Check value of the key, and the one that came with it: 4 bytes each. */
  readonly check: Uint8Array;
  readonly carried: Uint8Array;
};

/** Field 62 of a sign-in answer: PIK16 KCV4 MAK16 KCV4 under the terminal master key (card.md 4.4). */
export const wrapWorkingKeys = (terminalKey: Uint8Array, pin: Uint8Array, mac: Uint8Array): Uint8Array =>
  wrapWorkingKeysWith(encryptor('des', terminalKey), pin, mac);

/** The same where the master key is only there to encrypt. */
export function wrapWorkingKeysWith(cover: Encrypt, pin: Uint8Array, mac: Uint8Array): Uint8Array {
  const part = (key: Uint8Array) => [cover(key), checkBytes('des', key)];
  return concat(...part(pin), ...part(mac));
}

/**
 * Every key of field 62 (24, 40 or 60 bytes; null when it has another length), not yet checked. A single-length MAK
 * stands in its first 8 bytes with zeros behind it.
 */
export function readWorkingKeys(
  family: CipherFamily,
  terminalKey: Uint8Array,
  download: Uint8Array,
  trace?: Trace,
): readonly WorkingKey[] | null {
  const layout = workingKeyLayouts[download.length as keyof typeof workingKeyLayouts];
  if (!layout) return null;
  return layout.names.map((name, i) => {
    const at = i * (layout.length + 4);
    const field = download.slice(at, at + layout.length);
    const single = family === 'des' && layout.length === 16 && field.slice(8).every((byte) => byte === 0);
    const encrypted = single ? field.slice(0, 8) : field;
    const key = decrypt(family, terminalKey, encrypted);
    trace?.('working.key', { name, key: terminalKey, encrypted }, key);
    const check = checkBytes(family, key);
    const carried = download.slice(at + layout.length, at + layout.length + 4);
    trace?.('working.check', { name, key, expected: carried }, check);
    return { name, key, check, carried };
  });
}

/**
 * The clear working keys a terminal takes from field 62 of 40 bytes. A check value that does not fit is a fault: the
 * master key is wrong or the field was damaged.
 */
export function unwrapWorkingKeys(terminalKey: Uint8Array, download: Uint8Array): { pin: Uint8Array; mac: Uint8Array } {
  const keys = download.length === workingKeysLength ? readWorkingKeys('des', terminalKey, download) : null;
  if (!keys)
    throw new KeyFault(
      'keys.check_value_wrong',
      `working keys take ${workingKeysLength} bytes, not ${download.length}`,
    );
  for (const { name, check, carried } of keys)
    if (!equal(check, carried))
      throw new KeyFault(
        'keys.check_value_wrong',
        `the check value of the ${name === 'PIK' ? 'PIN' : 'MAC'} working key is wrong`,
      );
  const [pin, mac] = keys as readonly [WorkingKey, WorkingKey];
  return { pin: pin.key, mac: mac.key };
}
