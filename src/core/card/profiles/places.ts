import { defined } from '../../../kernel/assert.ts';
import type { Coding } from '../coding.ts';
import type { Profile } from './profile.ts';
import type { RecordShape } from './record-shapes.ts';

/** Where an element lies: place of its directory, of its file there, of its record there. */
export type Place = {
  readonly directory: number;
  readonly file: number;
  readonly record: number;
  readonly shape: RecordShape;
};

const known = new WeakMap<Profile, ReadonlyMap<number, Place>>();
const keyOf = (directory: number, tag: number): number => directory * 0x100 + tag;

/** The place of an element by its directory's identifier and its tag; null where the profile has none. */
export const placeOf = (profile: Profile, directory: number, tag: number): Place | null =>
  placesOf(profile).get(keyOf(directory, tag)) ?? null;

function placesOf(profile: Profile): ReadonlyMap<number, Place> {
  const before = known.get(profile);
  if (before) return before;
  const places = new Map<number, Place>();
  profile.directories.forEach(({ shape: { fid }, records }, directory) => {
    records.forEach((shapes, file) => {
      shapes.forEach((shape, record) => {
        const key = keyOf(fid, shape.tag);
        if (shape.parts.length === 0 && !places.has(key)) places.set(key, { directory, file, record, shape });
      });
    });
  });
  known.set(profile, places);
  return places;
}

/** The coding of every tag of a profile, those inside groups too. */
export function codingsOf(profile: Profile): ReadonlyMap<number, Coding> {
  const codings = new Map<number, Coding>();
  const remember = ({ tag, coding, parts }: RecordShape): void => {
    if (parts.length === 0) codings.set(tag, coding);
    parts.forEach(remember);
  };
  for (const { records } of profile.directories) records.flat().forEach(remember);
  return codings;
}

/** What readers know of a directory: its name, and its keys by name with their identifiers. */
export type KnownDirectory = {
  readonly fid: number;
  readonly name: Uint8Array;
  readonly keys: Readonly<Record<string, number>>;
};

export function knownDirectory(profile: Profile, fid: number): KnownDirectory {
  const found = profile.directories.find(({ shape }) => shape.fid === fid);
  const { shape, keys } = defined(found, `directory ${fid.toString(16)}`);
  return { fid, name: shape.name, keys: Object.fromEntries(keys.map(({ name, id }) => [name, id])) };
}
