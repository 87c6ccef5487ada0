import type { KeyUse } from './structure.ts';

/** What stands behind a key type in a WRITE KEY record, before the key itself (card.md 1.6). */
export type KeyForm =
  /** use right, change right, version, algorithm. */
  | 'application'
  /** use right, change right, next state (in an SSC directory: version), tries. */
  | 'counted';

type KeyType = { readonly type: number; readonly use: KeyUse; readonly form: KeyForm };

/** FMCOS key types; 35 is ours, for the internal authentication of LD4 (IRK). */
const keyTypes: readonly KeyType[] = [
  { type: 0x30, use: 'encrypt', form: 'application' },
  { type: 0x31, use: 'decrypt', form: 'application' },
  { type: 0x32, use: 'mac', form: 'application' },
  { type: 0x33, use: 'cipher', form: 'application' },
  { type: 0x34, use: 'tac', form: 'application' },
  { type: 0x35, use: 'internal', form: 'application' },
  { type: 0x36, use: 'maintenance', form: 'counted' },
  { type: 0x37, use: 'unblock', form: 'counted' },
  { type: 0x38, use: 'reload', form: 'counted' },
  { type: 0x39, use: 'external', form: 'counted' },
  { type: 0x3c, use: 'overdraft', form: 'application' },
  { type: 0x3d, use: 'unload', form: 'application' },
  { type: 0x3e, use: 'purchase', form: 'application' },
  { type: 0x3f, use: 'load', form: 'application' },
];

export const pinType = 0x3a;
/** Both upper bits of a key type ask that its replacement comes enciphered with MAC (F9 is 39 guarded). */
export const guardedBits = 0xc0;

export const keyTypeOf = (type: number): KeyType | null => keyTypes.find((it) => it.type === (type & 0x3f)) ?? null;

export const typeOfUse = (use: KeyUse): KeyType => keyTypes.find((it) => it.use === use) as KeyType;
