import { fullProfile } from './profiles/index.ts';
import { type KnownDirectory, knownDirectory } from './profiles/places.ts';
import { masterFile } from './structure.ts';

/** The social-security environment and its medical application as every reader expects them (V2.0, card.md 3.5). */
export const root: KnownDirectory = knownDirectory(fullProfile, masterFile);
export const medical: KnownDirectory = knownDirectory(fullProfile, 0xdf04);
export const directories: readonly KnownDirectory[] = fullProfile.directories.map(({ shape }) =>
  knownDirectory(fullProfile, shape.fid),
);
