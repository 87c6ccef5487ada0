import { recordsOf } from './chip/contents.ts';
import type { CardMemory, Directory } from './chip/memory.ts';
import { directoryHeader, fileHeader, freeRoom, keysRoom, systemArea } from './memory-map.rules.ts';
import { templateOf } from './personal-draft.ts';
import type { Profile } from './profiles/profile.ts';
import type { DirectoryKind, FileKind, FileShape } from './structure.ts';

/** One directory or file: what its header and body take, and how much of the body is in use. All in bytes. */
export type MapRow = {
  /** 0 for the MF, one more for each directory above. */
  readonly depth: number;
  readonly fid: number;
  readonly kind: DirectoryKind | FileKind;
  readonly name: Uint8Array;
  readonly header: number;
  readonly body: number;
  readonly used: number;
  readonly free: number;
};

export type MemoryMap = {
  readonly capacity: number;
  readonly system: number;
  /** What the MF has not given to any file or directory. */
  readonly free: number;
  readonly rows: readonly MapRow[];
};

/**
 * What a card, or a card of a profile with all its keys, keeps where (accounting in the README). The same sums refuse a
 * CREATE FILE that does not fit.
 */
export function memoryMap(of: CardMemory | Profile): MemoryMap {
  const memory = 'name' in of ? filled(of) : of;
  const rows: MapRow[] = [];
  walk(memory, memory.directories[0] as Directory, 0, rows);
  return { capacity: memory.capacity, system: systemArea, free: rows[0]?.free ?? 0, rows };
}

/** A card of a profile as far as its map goes: every key slot holds a key. */
function filled(profile: Profile): CardMemory {
  const directories = templateOf(profile).map((directory, i): Directory => {
    const slots = profile.directories[i]?.keys ?? [];
    return { ...directory, keys: slots.map((shape) => ({ shape, value: new Uint8Array(16), tries: shape.limit })) };
  });
  const { capacity } = profile;
  const history = new Uint8Array(13);
  return { generation: 3, family: 'sm4', history, capacity, life: 'active', transport: null, directories };
}

function walk(memory: CardMemory, directory: Directory, depth: number, rows: MapRow[]): void {
  const { shape } = directory;
  const below = memory.directories.filter((it) => it.shape.parent === shape.fid);
  const free = freeRoom(
    shape,
    below.map((it) => it.shape),
  );
  const { fid, kind, name, size: body } = shape;
  rows.push({ depth, fid, kind, name, header: directoryHeader(shape), body, used: body - free, free });
  for (const [at, file] of shape.files.entries()) {
    const used = usedOf(memory, directory, at, file);
    const row = { fid: file.fid, kind: file.kind, name: new Uint8Array(), header: fileHeader, body: file.size };
    rows.push({ depth: depth + 1, ...row, used, free: file.size - used });
  }
  for (const child of below) walk(memory, child, depth + 1, rows);
}

function usedOf(memory: CardMemory, directory: Directory, at: number, file: FileShape): number {
  switch (file.kind) {
    case 'transparent':
      return directory.contents[at]?.[0] ? file.size : 0;
    case 'keys':
      return keysRoom(
        directory.keys.map(({ shape }) => shape),
        directory.pins.map(({ shape }) => shape),
      );
    case 'account':
    case 'purse':
      return file.size;
    default:
      return recordsOf(memory, directory, at).reduce((sum, record) => sum + record.length, 0);
  }
}
