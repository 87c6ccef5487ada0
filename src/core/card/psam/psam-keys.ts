import type { CardKeyName, CipherFamily } from '../../keys/index.ts';
import type { Words } from '../contract.ts';

/** FIDs of the two applications of a PSAM: the social-security one (LD9) and the one for the PBOC purse, which is ours. */
export const applications = { socialSecurity: 0xdf01, purse: 0xdf02 } as const;

/**
 * Where each key of the key store goes in a city-level PSAM. Usage: high three bits the diversifications the PSAM does
 * (one, by the card's factor), low five the type. Identifiers are those of LD9 annex B for the national keys and of a
 * provincial table for the others (card.md 3.6).
 */
export const psamKeys = {
  IRK: { directory: applications.socialSecurity, usage: 0x27, id: 0x08 },
  STK: { directory: applications.socialSecurity, usage: 0x28, id: 0x09 },
  RKSSSE: { directory: applications.socialSecurity, usage: 0x27, id: 0x11 },
  RK1DF04: { directory: applications.socialSecurity, usage: 0x27, id: 0x2d },
  UK1DF04: { directory: applications.socialSecurity, usage: 0x28, id: 0x49 },
  DPK: { directory: applications.socialSecurity, usage: 0x22, id: 0x01 },
  PPK: { directory: applications.purse, usage: 0x22, id: 0x01 },
} as const satisfies Partial<Record<CardKeyName, { directory: number; usage: number; id: number }>>;

export type PsamKeyName = keyof typeof psamKeys;
/** The order is part of old images: new names go to the end. */
export const psamKeyOrder = Object.keys(psamKeys) as PsamKeyName[];

/** What a key delivered to a session may do in CIPHER DATA. */
export type KeyJob = 'encrypt' | 'decrypt' | 'mac';

/** The low five bits of a usage byte (LD9, card.md 1.7; 19 from a public table of PSAM keys). */
export const keyTypes: Readonly<Record<number, { readonly name: Words; readonly jobs: readonly KeyJob[] }>> = {
  0: { name: { zh: '主控密钥', en: 'master' }, jobs: [] },
  1: { name: { zh: '维护密钥', en: 'maintenance' }, jobs: [] },
  2: { name: { zh: '消费密钥', en: 'purchase' }, jobs: [] },
  3: { name: { zh: 'PIN解锁密钥', en: 'PIN unblock' }, jobs: ['encrypt', 'mac'] },
  4: { name: { zh: 'PIN重装密钥', en: 'PIN reload' }, jobs: ['encrypt', 'mac'] },
  5: { name: { zh: '用户卡维护密钥', en: 'user card maintenance' }, jobs: ['encrypt', 'mac'] },
  6: { name: { zh: 'MAC密钥', en: 'MAC' }, jobs: ['mac'] },
  7: { name: { zh: '加密密钥', en: 'encryption' }, jobs: ['encrypt'] },
  8: { name: { zh: 'MAC加密密钥', en: 'MAC and encryption' }, jobs: ['encrypt', 'mac'] },
  9: { name: { zh: '圈存密钥', en: 'load' }, jobs: ['mac'] },
  12: { name: { zh: 'TAC密钥', en: 'TAC' }, jobs: ['mac'] },
  13: { name: { zh: 'PIN密钥', en: 'PIN' }, jobs: [] },
  14: { name: { zh: '外部认证密钥', en: 'external authentication' }, jobs: ['encrypt'] },
  15: { name: { zh: '内部认证密钥', en: 'internal authentication' }, jobs: ['encrypt'] },
  25: { name: { zh: '数据加解密密钥', en: 'data' }, jobs: ['encrypt', 'decrypt'] },
  30: { name: { zh: '导出密钥', en: 'export' }, jobs: [] },
};

export const keyType = { master: 0, maintenance: 1, purchase: 2, externalAuthentication: 14 } as const;
export const typeOf = (usage: number): number => usage & 0x1f;
/** How many diversifications a PSAM does with a key: 0 to 7; in the field 0 to 3. */
export const levelOf = (usage: number): number => usage >> 5;

/** Cipher and length of a key by its algorithm byte; null for what we do not speak (02 is SSF33). */
export function cipherOf(algorithm: number): { readonly family: CipherFamily; readonly length: 8 | 16 } | null {
  if (algorithm === 0x00) return { family: 'des', length: 16 };
  if (algorithm === 0x01) return { family: 'des', length: 8 };
  return algorithm === 0x03 ? { family: 'sm4', length: 16 } : null;
}

export const algorithmOf = (family: CipherFamily): number => (family === 'sm4' ? 0x03 : 0x00);

/** The key files of a directory: national, provincial and city keys. */
export const keyFiles = { national: 0x0011, provincial: 0x0012, city: 0x0013 } as const;

/**
 * The key file an identifier belongs to (card.md 3.6): 08-0F and 20-3F national, 10-17 and 40-7F provincial, 18-1F and
 * 80-BF city. `any` for the PSAM's own keys 00-07 and for purchase keys, whose identifier is a version; null for others.
 */
export function keyFileOf(usage: number, id: number): number | 'any' | null {
  if (id < 0x08 || typeOf(usage) === keyType.purchase) return 'any';
  if (id < 0x10 || (id >= 0x20 && id < 0x40)) return keyFiles.national;
  if (id < 0x18 || (id >= 0x40 && id < 0x80)) return keyFiles.provincial;
  return id < 0x20 || (id >= 0x80 && id < 0xc0) ? keyFiles.city : null;
}
