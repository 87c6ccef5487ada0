import { historyLength } from '../atr.ts';
import { damaged, ImageReader, ImageWriter } from '../image.ts';
import { type Profile, profiles } from '../profiles/index.ts';
import type { ProfileDirectory } from '../profiles/profile.ts';
import type { KeyShape, PinShape } from '../structure.ts';
import { readApplications, writeApplications } from './application-image.ts';
import type { ApplicationLife, CardKey, CardLife, CardMemory, Directory, FileContents, Pin } from './memory.ts';
import {
  fingerprint,
  readDirectoryShape,
  readKeyShape,
  readPinShape,
  writeDirectoryShape,
  writeKeyShape,
  writePinShape,
} from './structure-image.ts';

const kind = 'TC';
const version = 2;
const lives: readonly CardLife[] = ['blank', 'active', 'blocked'];
const applicationLives: readonly ApplicationLife[] = ['active', 'blocked', 'blocked-for-ever'];

/**
 * A card in bytes. Where its structure is that of a profile, the image names the profile and holds what differs from a
 * card nobody has written to; another structure is written out in full.
 */
export function writeImage(memory: CardMemory): Uint8Array {
  const profile = profileOf(memory);
  const out = new ImageWriter(kind, version)
    .number(memory.generation, 1)
    .number(memory.family === 'sm4' ? 1 : 0, 1)
    .number(lives.indexOf(memory.life), 1)
    .bytes(memory.history)
    .number(memory.capacity, 4)
    .number(profile ? profiles.indexOf(profile) + 1 : 0, 1);
  if (profile) out.number(fingerprintOf(profile), 4);
  else {
    out.number(memory.directories.length, 1);
    for (const { shape } of memory.directories) writeDirectoryShape(out, shape);
  }
  out.piece(memory.transport?.value ?? null).number(memory.transport?.tries ?? 0, 1);
  for (const [i, directory] of memory.directories.entries())
    writeDirectory(out, directory, profile?.directories[i] ?? null);
  return out.seal();
}

export function readImage(image: Uint8Array): CardMemory {
  const from = new ImageReader(image, kind, version);
  const generation = from.number(1) === 2 ? 2 : 3;
  const family = from.number(1) === 1 ? 'sm4' : 'des';
  const life = lives[from.number(1)];
  const [history, capacity, number] = [from.bytes(historyLength), from.number(4), from.number(1)];
  const profile: Profile | undefined = profiles[number - 1];
  if (!life || (number > 0 && !profile)) throw damaged('its life or profile is unknown');
  if (profile && from.number(4) !== fingerprintOf(profile)) throw damaged('its profile has another structure by now');
  const shapes = profile?.directories.map(({ shape }) => shape) ?? from.list(1, () => readDirectoryShape(from));
  const [value, tries] = [from.piece(), from.number(1)];
  const directories = shapes.map((shape, i) => readDirectory(from, shape, profile?.directories[i] ?? null));
  from.end();
  return { generation, family, history, capacity, life, transport: value && { value, tries }, directories };
}

/** The profile whose structure a card has; known at once where it shares the profile's own shapes. */
export function profileOf({ capacity, directories }: CardMemory): Profile | null {
  const fits = (it: Profile) => it.capacity === capacity && it.directories.length === directories.length;
  const shared = profiles.find(
    (it) => fits(it) && it.directories.every(({ shape }, i) => shape === directories[i]?.shape),
  );
  if (shared) return shared;
  const candidates = profiles.filter(fits);
  if (candidates.length === 0) return null;
  const own = fingerprint(directories.map(({ shape }) => shape));
  return candidates.find((it) => fingerprintOf(it) === own) ?? null;
}

const fingerprints = new WeakMap<Profile, number>();

function fingerprintOf(profile: Profile): number {
  const known = fingerprints.get(profile);
  if (known !== undefined) return known;
  const made = fingerprint(profile.directories.map(({ shape }) => shape));
  fingerprints.set(profile, made);
  return made;
}

function writeDirectory(out: ImageWriter, directory: Directory, profile: ProfileDirectory | null): void {
  out.number(applicationLives.indexOf(directory.life), 1);
  out.number(directory.keys.length, 1);
  for (const { shape, value, tries } of directory.keys) {
    writeSlot(out, shape, profile?.keys ?? [], writeKeyShape);
    out.number(tries, 1).bytes(value);
  }
  out.number(directory.pins.length, 1);
  for (const { shape, digits, tries } of directory.pins) {
    writeSlot(out, shape, profile?.pins ?? [], writePinShape);
    out.number(tries, 1).piece(digits);
  }
  writeApplications(out, directory);
  const changed = directory.contents.flatMap((contents, i) =>
    sameContents(contents, profile?.contents[i] ?? []) ? [] : [i],
  );
  out.number(changed.length, 1);
  for (const i of changed) writeContents(out.number(i, 1), directory.contents[i]!, profile?.contents[i] ?? []);
}

function readDirectory(from: ImageReader, shape: Directory['shape'], profile: ProfileDirectory | null): Directory {
  const life = applicationLives[from.number(1)];
  if (!life) throw damaged('the life of a directory is unknown');
  const keys = from.list(1, (): CardKey => {
    const key = readSlot(from, profile?.keys ?? [], readKeyShape);
    return { shape: key, tries: from.number(1), value: from.bytes(16) };
  });
  const pins = from.list(1, (): Pin => {
    const pin = readSlot(from, profile?.pins ?? [], readPinShape);
    return { shape: pin, tries: from.number(1), digits: from.piece() };
  });
  const applications = readApplications(from);
  const contents: FileContents[] = shape.files.map((_, i) => profile?.contents[i] ?? []);
  for (const { at, pieces } of from.list(1, () => ({ at: from.number(1), pieces: from.list(1, () => from.piece()) }))) {
    if (at >= contents.length) throw damaged('it has a file its structure does not know');
    const before = contents[at] as FileContents;
    contents[at] = pieces.map((piece, i) => piece ?? before[i] ?? null);
  }
  return { shape, life, keys, pins, ...applications, contents };
}

/** A shape as the number of its slot in the profile, counted from 1, or in full behind 0. */
function writeSlot<T extends KeyShape | PinShape>(
  out: ImageWriter,
  shape: T,
  slots: readonly T[],
  write: (out: ImageWriter, shape: T) => void,
): void {
  const encoded = (it: T) => {
    const writer = new ImageWriter('TS', 1);
    write(writer, it);
    return Buffer.from(writer.seal()).toString('latin1');
  };
  let slot = slots.indexOf(shape);
  if (slot < 0) slot = slots.map(encoded).indexOf(encoded(shape));
  out.number(slot + 1, 1);
  if (slot < 0) write(out, shape);
}

function readSlot<T extends KeyShape | PinShape>(
  from: ImageReader,
  slots: readonly T[],
  read: (from: ImageReader) => T,
): T {
  const slot = from.number(1);
  if (slot === 0) return read(from);
  const shape = slots[slot - 1];
  if (!shape) throw damaged('it has a key its profile does not know');
  return shape;
}

/** Records that are still those of the profile are not written again. */
function writeContents(out: ImageWriter, contents: FileContents, before: FileContents): void {
  out.number(contents.length, 1);
  contents.forEach((piece, i) => {
    out.piece(samePiece(piece, before[i] ?? null) ? null : piece);
  });
}

const sameContents = (contents: FileContents, before: FileContents): boolean =>
  contents === before || (contents.length === before.length && contents.every((it, i) => samePiece(it, before[i]!)));

const samePiece = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === b || (a !== null && b !== null && a.length === b.length && a.every((byte, i) => byte === b[i]));
