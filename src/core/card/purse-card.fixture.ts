import { bytes } from '../../kernel/bytes.ts';
import type { CipherFamily } from '../keys/index.ts';
import type { CardKey, CardMemory, Directory } from './chip/memory.ts';
import { Chip } from './index.ts';
import type { Purse, PurseApplication, PurseName } from './purse/port.ts';
import { sampleOf } from './sample-card.fixture.ts';

export const purseDirectory = 0x3f01;
export const selectPurseFile = bytes('00A40000023F01');

export const generationOf = (family: CipherFamily): 2 | 3 => (family === 'des' ? 2 : 3);

/** The memory of a card with its purse directory made another. */
export const withPurseDirectory = (memory: CardMemory, change: (it: Directory) => Directory): CardMemory => ({
  ...memory,
  directories: memory.directories.map((it) => (it.shape.fid === purseDirectory ? change(it) : it)),
});

export const newPurse = (balance = 0, changes: Partial<Purse> = {}): Purse => ({
  balance,
  overdraft: 0,
  online: 0,
  offline: 0,
  ...changes,
});

/** A key of a purse by use and number, `load 1`, with another value or version than the sample's. */
export type OtherKey = { readonly value?: Uint8Array; readonly version?: number };

/** A chip of three areas as its issuer left it, but for what is named; powered, its purse selected. */
export function purseChip(of: {
  readonly family: CipherFamily;
  readonly purses?: Readonly<Partial<Record<PurseName, Purse>>>;
  readonly composite?: readonly Uint8Array[];
  readonly keys?: Readonly<Record<string, OtherKey>>;
  readonly random?: (length: number) => Uint8Array;
}): Chip {
  const { memory } = sampleOf('three-areas', generationOf(of.family));
  const key = (it: CardKey): CardKey => {
    const other = of.keys?.[`${it.shape.use} ${it.shape.id}`];
    const shape = { ...it.shape, version: other?.version ?? it.shape.version };
    return other ? { ...it, shape, value: other.value ?? it.value } : it;
  };
  const chip = new Chip(
    withPurseDirectory(memory, (it) => {
      const own = it.purse as PurseApplication;
      const purse = { ...own, purses: { ...own.purses, ...of.purses }, composite: of.composite ?? own.composite };
      return { ...it, keys: it.keys.map(key), purse };
    }),
    of.random,
  );
  chip.powerOn();
  chip.transmit(selectPurseFile);
  return chip;
}
