import { crc32 } from 'node:zlib';
import { damaged, type ImageReader, ImageWriter } from '../image.ts';
import type { Access, DirectoryShape, FileShape, KeyShape, KeyUse, PinShape } from '../structure.ts';

/** Order is part of images: new values go to the end. */
const kinds = ['mf', 'ddf', 'adf'] as const;
const manners = ['ssc', 'pboc'] as const;
const rules = ['any', 'all', 'state'] as const;
const protections = ['none', 'mac', 'cipher'] as const;
const fileKinds = ['transparent', 'fixed', 'tagged', 'cyclic', 'keys', 'account', 'purse'] as const;
const uses: readonly KeyUse[] = [
  'internal',
  'external',
  'maintenance',
  'unblock',
  'reload',
  'load',
  'purchase',
  'unload',
  'overdraft',
  'tac',
  'encrypt',
  'decrypt',
  'mac',
  'cipher',
];
/** No parent, no next state. */
const noParent = 0;
const noState = 0xff;

export function writeDirectoryShape(out: ImageWriter, shape: DirectoryShape): void {
  out.number(shape.fid, 2).number(shape.parent ?? noParent, 2);
  out.number(kinds.indexOf(shape.kind), 1).number(manners.indexOf(shape.manner), 1);
  out.piece(shape.name).piece(shape.label).number(shape.size, 4);
  writeAccess(out, shape.create);
  writeAccess(out, shape.erase);
  out.number(shape.files.length, 1);
  for (const file of shape.files) {
    out.number(file.fid, 2).number(fileKinds.indexOf(file.kind), 1).number(file.size, 2);
    out.number(file.recordLength, 2).number(file.capacity, 1).number(protections.indexOf(file.protection), 1);
    writeAccess(out, file.read);
    writeAccess(out, file.update);
  }
}

export const readDirectoryShape = (from: ImageReader): DirectoryShape => ({
  fid: from.number(2),
  parent: from.number(2) || null,
  kind: chosen(from, kinds),
  manner: chosen(from, manners),
  name: from.piece() ?? new Uint8Array(),
  label: from.piece() ?? new Uint8Array(),
  size: from.number(4),
  create: readAccess(from),
  erase: readAccess(from),
  files: from.list(1, () => readFileShape(from)),
});

const readFileShape = (from: ImageReader): FileShape => {
  const [fid, kind, size] = [from.number(2), chosen(from, fileKinds), from.number(2)];
  const [recordLength, capacity, protection] = [from.number(2), from.number(1), chosen(from, protections)];
  return { fid, kind, size, recordLength, capacity, protection, read: readAccess(from), update: readAccess(from) };
};

function writeAccess(out: ImageWriter, access: Access): void {
  out.number(rules.indexOf(access.rule), 1);
  if (access.rule === 'state') out.number((access.upper << 4) | access.lower, 1);
  else out.number(access.of.length, 1).bytes(Uint8Array.from(access.of));
}

function readAccess(from: ImageReader): Access {
  const rule = chosen(from, rules);
  const byte = from.number(1);
  if (rule === 'state') return { rule, upper: byte >> 4, lower: byte & 15 };
  return { rule, of: [...from.bytes(byte)] };
}

function chosen<T>(from: ImageReader, values: readonly T[]): T {
  const value = values[from.number(1)];
  if (value === undefined) throw damaged('it holds a kind that nobody knows');
  return value;
}

export function writeKeyShape(out: ImageWriter, shape: KeyShape): void {
  out.number(uses.indexOf(shape.use), 1).number(shape.id, 1).number(shape.version, 1);
  writeAccess(out, shape.using);
  writeAccess(out, shape.changing);
  out
    .number(shape.nextState ?? noState, 1)
    .number(shape.limit, 1)
    .number(shape.guarded ? 1 : 0, 1);
}

export const readKeyShape = (from: ImageReader): KeyShape => ({
  use: chosen(from, uses),
  id: from.number(1),
  version: from.number(1),
  using: readAccess(from),
  changing: readAccess(from),
  nextState: stateOf(from.number(1)),
  limit: from.number(1),
  guarded: from.number(1) === 1,
});

export function writePinShape(out: ImageWriter, shape: PinShape): void {
  out.number(shape.id, 1);
  writeAccess(out, shape.using);
  out.number(shape.nextState ?? noState, 1).number(shape.limit, 1);
}

export const readPinShape = (from: ImageReader): PinShape => ({
  id: from.number(1),
  using: readAccess(from),
  nextState: stateOf(from.number(1)),
  limit: from.number(1),
});

const stateOf = (byte: number): number | null => (byte === noState ? null : byte);

/** A structure in four bytes: an image that names a profile is read only against the structure it was written for. */
export function fingerprint(shapes: readonly DirectoryShape[]): number {
  const out = new ImageWriter('TS', 1);
  for (const shape of shapes) writeDirectoryShape(out, shape);
  return crc32(out.seal());
}
