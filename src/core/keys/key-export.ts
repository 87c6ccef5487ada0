import { encrypt } from './cipher.ts';
import type { CipherFamily, ExportedKey } from './contract.ts';
import { keyCheckValue } from './mac.ts';
import { oddParity } from './parity.ts';
import { paddingLength, wrapKeyBlock } from './tr31.ts';

/** Key usages of TR-31 for keys of card issuers: E0 cryptograms, E2 integrity, E4 dynamic numbers, E6 other. */
const usages: Readonly<Record<string, string>> = { IRK: 'E4', STK: 'E2', DTK: 'E0', DLK: 'E0', DPK: 'E0', PPK: 'E0' };

/**
 * A key as it may leave: 3DES in a TR-31 key block of version B; SM4, for which TR-31 has no letter, as E(transport, key).
 * The receiver may not export it again.
 */
export function writeExport(
  { family, name, version }: { readonly family: CipherFamily; readonly name: string; readonly version: number },
  key: Uint8Array,
  transport: Uint8Array,
  random: (length: number) => Uint8Array,
): ExportedKey {
  const check_value = keyCheckValue(family, key);
  if (family === 'sm4')
    return { format: 'sm4_ecb', text: encrypt('sm4', transport, key).toHex().toUpperCase(), check_value };
  const text = wrapKeyBlock({
    protection: transport,
    header: {
      version: 'B',
      usage: usages[name] ?? 'E6',
      algorithm: 'T',
      mode: 'X',
      key_version: String(version).padStart(2, '0'),
      exportability: 'N',
      reserved: '00',
      blocks: [],
    },
    key: oddParity(key),
    padding: random(paddingLength('B', key.length)),
  });
  return { format: 'tr31', text, check_value };
}
