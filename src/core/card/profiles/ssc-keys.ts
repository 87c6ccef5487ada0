import { keyTries, pinTries } from '../chip/memory.ts';
import { free, type KeyUse, type PinShape } from '../structure.ts';
import type { KeySlot } from './profile.ts';

const uses: Readonly<Record<string, KeyUse>> = {
  IRK: 'internal',
  STK: 'maintenance',
  DLK: 'load',
  DPK: 'purchase',
  DTK: 'tac',
};

/** The key under which others are replaced: UKSSSE, whose number is that of UKMF. */
export const updateKey = 0x04;

/** Key slots of an SSC directory by name and identifier (LD9 annex B, card.md 3.6); all others are shown to the card. */
export const sscKeys = (ids: Readonly<Record<string, number>>): readonly KeySlot[] =>
  Object.entries(ids).map(([name, id]) => ({
    name,
    use: uses[name] ?? 'external',
    id,
    version: 1,
    using: free,
    changing: { rule: 'all', of: [updateKey] },
    nextState: null,
    limit: keyTries,
    guarded: true,
  }));

/** The one PIN of the social-security environment. */
export const sscPin: PinShape = { id: 0, using: free, nextState: null, limit: pinTries };
