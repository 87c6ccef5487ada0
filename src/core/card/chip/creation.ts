import { isStartDay } from '../account.rules.ts';
import type { Command } from '../apdu.ts';
import { directoryRoom, fileRoom, freeRoom, masterRoom } from '../memory-map.rules.ts';
import { sw } from '../status-words.ts';
import { type DirectoryShape, keyFile, masterFile } from '../structure.ts';
import { opens } from './access.ts';
import { dirEntry, isDirFile } from './contents.ts';
import { type Creation, readFmcos, readTemplate } from './creation-coding.ts';
import {
  type Card,
  type CardMemory,
  type ChipOutcome,
  current,
  type Directory,
  grownPurse,
  newAccount,
  newDirectory,
  refused,
  withDirectory,
} from './memory.ts';

/** CREATE FILE in the FMCOS form: P1 P2 the identifier. */
export const createFmcos = (card: Card, { p1, p2, data }: Command): ChipOutcome =>
  create(card, readFmcos((p1 << 8) | p2, data));

/** CREATE FILE in the form of ISO 7816-9. */
export const createFile = (card: Card, { p1, p2, data }: Command): ChipOutcome =>
  p1 === 0 && p2 === 0 ? create(card, readTemplate(data)) : refused(sw.wrongParameters);

function create(card: Card, creation: Creation | null): ChipOutcome {
  const { memory } = card;
  const directory = current(card);
  if (!opens(card, directory, directory.shape.create)) return refused(sw.security);
  if (!creation) return refused(sw.wrongData);
  if ('directory' in creation) return createDirectory(card, directory, creation.directory);
  const { file } = creation;
  const taken = directory.shape.files.some(
    ({ fid, kind }) => fid === file.fid || (kind === 'account' && kind === file.kind),
  );
  // Keys lie in file 0000 and nowhere else; money has the manner of its kind.
  const misplaced =
    (file.kind === 'keys') !== (file.fid === keyFile) ||
    (file.kind === 'purse' && directory.shape.manner !== 'pboc') ||
    (file.kind === 'account' && (directory.shape.manner !== 'ssc' || !isStartDay(creation.startDay)));
  if (taken || misplaced || (file.recordLength === 0 && (file.kind === 'fixed' || file.kind === 'cyclic')))
    return refused(sw.wrongData);
  if (fileRoom(file) > roomIn(memory, directory)) return refused(sw.noSpace);
  if (isDirFile(directory, file) && dirBytes(memory, directory) > file.size) return refused(sw.noSpace);
  const made: Directory = {
    ...directory,
    shape: { ...directory.shape, files: [...directory.shape.files, file] },
    contents: [...directory.contents, file.kind === 'transparent' ? [null] : []],
    account: file.kind === 'account' ? newAccount(creation.year, creation.startDay) : directory.account,
    purse: directory.shape.manner === 'pboc' ? grownPurse(directory.purse, file) : null,
  };
  return { status: sw.ok, memory: withDirectory(memory, made) };
}

/** Bytes a directory has left for files and directories. */
export const roomIn = (memory: CardMemory, { shape }: Directory): number =>
  freeRoom(
    shape,
    memory.directories.filter((it) => it.shape.parent === shape.fid).map((it) => it.shape),
  );

function createDirectory(card: Card, parent: Directory, made: Omit<DirectoryShape, 'parent' | 'files'>): ChipOutcome {
  const { memory } = card;
  if (made.fid === masterFile) return createMaster(card, made);
  const isTaken = ({ shape }: Directory) =>
    shape.fid === made.fid || (made.name.length > 0 && shape.name.toHex() === made.name.toHex());
  const named = made.name.length === 0 || made.name.length >= 5;
  if (memory.directories.some(isTaken) || !named || made.kind === 'mf' || parent.shape.kind === 'adf')
    return refused(sw.wrongData);
  const directory = newDirectory({ ...made, parent: parent.shape.fid, files: [] });
  const dir = parent.shape.files.find((file) => isDirFile(parent, file));
  const listed = made.label.length > 0 ? dirEntry(directory.shape).length : 0;
  const noRoom = directoryRoom(made) > roomIn(memory, parent);
  if (noRoom || (dir && dirBytes(memory, parent) + listed > dir.size)) return refused(sw.noSpace);
  return { status: sw.ok, memory: { ...memory, directories: [...memory.directories, directory] } };
}

/** What DIR of an environment takes for the applications it has. */
const dirBytes = (memory: CardMemory, { shape }: Directory): number =>
  memory.directories
    .filter((it) => it.shape.parent === shape.fid && it.shape.label.length > 0)
    .reduce((sum, it) => sum + dirEntry(it.shape).length, 0);

/** A blank card gets its MF anew: name, manner and rights are its maker's to give, its room is the card's. */
function createMaster({ memory }: Card, made: Omit<DirectoryShape, 'parent' | 'files'>): ChipOutcome {
  const [master] = memory.directories;
  if (memory.life !== 'blank' || memory.directories.length > 1 || master?.shape.files.length !== 0)
    return refused(sw.conditions);
  const room = masterRoom(memory.capacity, made.name);
  if (made.size > room) return refused(sw.noSpace);
  const directory = newDirectory({ ...made, kind: 'mf', parent: null, files: [] });
  return { status: sw.ok, memory: { ...memory, directories: [directory] } };
}

/** ERASE DF: everything in the current directory goes, its directories too; the directory itself stays. */
export function eraseDirectory(card: Card, { p1, p2 }: Command): ChipOutcome {
  const { memory } = card;
  const directory = current(card);
  if (p1 !== 0 || p2 !== 0) return refused(sw.wrongParameters);
  if (!opens(card, directory, directory.shape.erase)) return refused(sw.security);
  const gone = new Set([directory.shape.fid]);
  for (const { shape } of memory.directories) if (shape.parent !== null && gone.has(shape.parent)) gone.add(shape.fid);
  const empty = newDirectory({ ...directory.shape, files: [] });
  const rest = memory.directories.filter((it) => it === directory || !gone.has(it.shape.fid));
  return {
    status: sw.ok,
    memory: withDirectory({ ...memory, directories: rest }, { ...empty, life: directory.life }),
    session: { file: null, record: 0 },
  };
}
