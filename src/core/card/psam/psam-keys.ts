import type { CardKeyName } from '../../keys/index.ts';

/**
 * Usage and identifier of each key in a city-level PSAM. Usage: high three bits the diversifications the PSAM does (one,
 * by the card's factor), low five the type. Identifiers are those of LD9 annex B for the national keys and of a
 * provincial table for the others (card.md 3.6).
 */
export const psamKeys = {
  IRK: { usage: 0x27, id: 0x08 },
  STK: { usage: 0x28, id: 0x09 },
  RKSSSE: { usage: 0x27, id: 0x11 },
  RK1DF04: { usage: 0x27, id: 0x2d },
  UK1DF04: { usage: 0x28, id: 0x49 },
  DPK: { usage: 0x22, id: 0x01 },
} as const satisfies Partial<Record<CardKeyName, { usage: number; id: number }>>;

export type PsamKeyName = keyof typeof psamKeys;
export const psamKeyOrder = Object.keys(psamKeys) as PsamKeyName[];
