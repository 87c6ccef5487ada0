import { concat } from '../../../kernel/bytes.ts';
import type { FileShape } from '../structure.ts';
import { buildTlv } from '../tlv.ts';
import { type CardMemory, compositeFile, type Directory, purseLogFile, withDirectory } from './memory.ts';

/** DIR of an environment: a template 61 {4F name, 50 label} for each application of it that bears a label (LD3). */
const dirFile = 0xef1e;

export const isDirFile = (directory: Directory, file: FileShape): boolean =>
  file.fid === dirFile && directory.shape.kind !== 'adf' && directory.shape.manner === 'ssc';

const entries = new WeakMap<Directory['shape'], Uint8Array>();

/** The entry of a directory in the DIR above it. */
export function dirEntry(shape: Directory['shape']): Uint8Array {
  const known = entries.get(shape);
  if (known) return known;
  const entry = buildTlv(0x61, concat(buildTlv(0x4f, shape.name), buildTlv(0x50, shape.label)));
  entries.set(shape, entry);
  return entry;
}

/** The records of a file as a reader sees them; DIR, the purse log and the composite records lie elsewhere. */
export function recordsOf(memory: CardMemory, directory: Directory, at: number): readonly Uint8Array[] {
  const file = directory.shape.files[at] as FileShape;
  if (isDirFile(directory, file))
    return memory.directories
      .filter(({ shape }) => shape.parent === directory.shape.fid && shape.label.length > 0)
      .map(({ shape }) => dirEntry(shape));
  const { purse } = directory;
  if (purse && file.fid === purseLogFile && file.kind === 'cyclic') return purse.log;
  if (purse && file.fid === compositeFile && file.kind === 'tagged') return purse.composite;
  return directory.contents[at] as readonly Uint8Array[];
}

/** The memory with other records of a file. */
export function withRecords(
  memory: CardMemory,
  directory: Directory,
  at: number,
  records: readonly (Uint8Array | null)[],
): CardMemory {
  const file = directory.shape.files[at] as FileShape;
  const { purse } = directory;
  if (purse && file.fid === purseLogFile && file.kind === 'cyclic')
    return withDirectory(memory, { ...directory, purse: { ...purse, log: records as readonly Uint8Array[] } });
  if (purse && file.fid === compositeFile && file.kind === 'tagged')
    return withDirectory(memory, { ...directory, purse: { ...purse, composite: records as readonly Uint8Array[] } });
  const contents = directory.contents.map((it, i) => (i === at ? records : it));
  return withDirectory(memory, { ...directory, contents });
}

/** The bytes of a transparent file, zeros where nothing was written. */
export const bytesOf = (directory: Directory, at: number): Uint8Array =>
  directory.contents[at]?.[0] ?? new Uint8Array((directory.shape.files[at] as FileShape).size);
