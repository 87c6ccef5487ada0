import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The derivation of card keys written a second time, from the rules (LD9 §7.3, LD4 §8) and node:crypto alone: it shares no
 * line with `core/keys`, so that both can be wrong only in the same way by reading the rules wrongly.
 */
export function mastersOf(vault: string, passphrases: readonly [string, string]): Readonly<Record<string, string>> {
  const file = JSON.parse(readFileSync(vault, 'utf8')) as {
    readonly shares: readonly { readonly salt: string }[];
    readonly iv: string;
    readonly sealed: string;
  };
  const [first, second] = file.shares.map(({ salt }, i) =>
    scryptSync(passphrases[i as 0 | 1], Buffer.from(salt, 'hex'), 64, { N: 32_768, r: 8, p: 1, maxmem: 64 << 20 }),
  ) as [Buffer, Buffer];
  const key = Buffer.from(Uint8Array.from({ length: 32 }, (_, i) => (first[i] ?? 0) ^ (second[i] ?? 0)));
  const sealed = Buffer.from(file.sealed, 'hex');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.iv, 'hex'));
  decipher.setAAD(Buffer.from('tessera-keys/2')).setAuthTag(sealed.subarray(-16));
  const clear = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return (JSON.parse(clear.toString('utf8')) as { roots: Record<string, string> }).roots;
}

/** E(key, factor ‖ ~factor) with SM4: 16 bytes. */
function under(key: Buffer, factor: Buffer): Buffer {
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false);
  const block = Buffer.concat([factor, Buffer.from(factor.map((byte) => ~byte & 0xff))]);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

/** One key of a third-generation card: province, city, then the last 8 historical bytes of its ATR. */
export function cardKeyOf(root_hex: string, city_code: string, atr_factor: Uint8Array): Buffer {
  const province = under(Buffer.from(root_hex, 'hex'), Buffer.from(`${city_code.slice(0, 2)}0000sh`, 'latin1'));
  const city = under(province, Buffer.from(`${city_code}sx`, 'latin1'));
  return under(city, Buffer.from(atr_factor));
}
