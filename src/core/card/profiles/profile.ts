import { assert, defined } from '../../../kernel/assert.ts';
import type { FileContents } from '../chip/memory.ts';
import type { Words } from '../contract.ts';
import { encodeGbk } from '../gbk.ts';
import { accountBytes, directoryRoom, fileRoom, keysRoom, masterRoom, purseBytes } from '../memory-map.rules.ts';
import {
  type Access,
  type DirectoryKind,
  type DirectoryShape,
  type FileKind,
  type FileShape,
  free,
  holderPin,
  type KeyShape,
  keyFile,
  type Manner,
  never,
  type PinShape,
  type Protection,
  rights,
} from '../structure.ts';
import { buildTlv } from '../tlv.ts';
import { emptyRecord, type RecordShape, recordBytes } from './record-shapes.ts';

/** An access as a profile writes it: PIN and keys by name. */
type NamedAccess = { readonly rule: 'any' | 'all'; readonly names: readonly string[] } | Access;
export const any = (...names: string[]): NamedAccess => ({ rule: 'any', names });
export const all = (...names: string[]): NamedAccess => ({ rule: 'all', names });

/** A file as a profile writes it. */
export type FilePlan = {
  readonly fid: number;
  readonly kind: FileKind;
  readonly read: NamedAccess;
  readonly update: NamedAccess;
  readonly protection: Protection;
  readonly size: number;
  readonly recordLength: number;
  readonly capacity: number;
  readonly records: readonly RecordShape[];
  /** What stands in it from the beginning, where that is not the records as nobody has written them. */
  readonly initial?: FileContents;
};

const plain = { recordLength: 0, capacity: 0, records: [] } as const;

/** A tagged file of the social-security environment: its records are there from the beginning, updates carry a MAC. */
export const records = (fid: number, read: NamedAccess, key: string, ...shapes: RecordShape[]): FilePlan => ({
  fid,
  kind: 'tagged',
  read,
  update: all(key),
  protection: 'mac',
  ...plain,
  size: shapes.reduce((sum, shape) => sum + recordBytes(shape), 0),
  records: shapes,
});

/** Null for the key: the card alone writes. */
export const cyclic = (
  fid: number,
  read: NamedAccess,
  key: string | null,
  capacity: number,
  recordLength: number,
): FilePlan => ({
  fid,
  kind: 'cyclic',
  read,
  update: key ? all(key) : never,
  protection: key ? 'mac' : 'none',
  ...plain,
  size: capacity * recordLength,
  capacity,
  recordLength,
});

export const transparent = (fid: number, read: NamedAccess, key: string, size: number): FilePlan => ({
  fid,
  kind: 'transparent',
  read,
  update: all(key),
  protection: 'mac',
  ...plain,
  size,
});

const internal = (fid: number, kind: FileKind, size: number): FilePlan => ({
  fid,
  kind,
  read: never,
  update: never,
  protection: 'none',
  ...plain,
  size,
});

/** The amount file of a medical account, kept by the card itself. */
export const accountFile = internal(0xef02, 'account', accountBytes);
/** The update byte is the right to use it, as FMCOS scripts have it: the state of the MF from 0 on. */
export const purse = (fid: number, read: Access): FilePlan => ({
  ...internal(fid, 'purse', purseBytes(fid)),
  read,
  update: rights(0x00),
});

/** DIR: the card makes its records out of the applications; its size is theirs. */
export const dirFile: FilePlan = { ...internal(0xef1e, 'tagged', 0), read: free };

/** A key that may lie in a directory, under the name the key store gives it. */
export type KeySlot = KeyShape & { readonly name: string };

export type DirectoryPlan = {
  readonly fid: number;
  readonly kind: DirectoryKind;
  readonly manner: Manner;
  readonly name: Uint8Array;
  readonly label?: string;
  readonly create: NamedAccess;
  readonly erase: NamedAccess;
  readonly keys: readonly KeySlot[];
  readonly pins?: readonly PinShape[];
  /** What WRITE KEY asks before it adds a key. */
  readonly keyRight: NamedAccess;
  readonly files: readonly FilePlan[];
  readonly below?: readonly DirectoryPlan[];
};

export type ProfileDirectory = {
  readonly shape: DirectoryShape;
  readonly keys: readonly KeySlot[];
  readonly pins: readonly PinShape[];
  /** Of each file of the shape: the shapes of its records and what it holds before anything is written. */
  readonly records: readonly (readonly RecordShape[])[];
  readonly contents: readonly FileContents[];
};

/** A kind of card as it leaves the maker: what is on it, where, and with which rights. */
export type Profile = {
  readonly name: string;
  readonly words: Words;
  /** Bytes of EEPROM. */
  readonly capacity: number;
  readonly directories: readonly ProfileDirectory[];
};

/** Computes the sizes of all directories; a plan that does not fit the chip is a bug. */
export function profile(name: string, words: Words, capacity: number, master: DirectoryPlan): Profile {
  const directories = built(master, null, []);
  const [first, ...rest] = directories as [ProfileDirectory, ...ProfileDirectory[]];
  const room = masterRoom(capacity, master.name);
  assert(first.shape.size <= room, `${name} takes ${first.shape.size} of ${room} bytes`);
  return { name, words, capacity, directories: [{ ...first, shape: { ...first.shape, size: room } }, ...rest] };
}

/** The directory and everything below it, depth first: the order in which SELECT NEXT finds them. */
function built(plan: DirectoryPlan, parent: number | null, above: readonly KeySlot[]): ProfileDirectory[] {
  const pins = plan.pins ?? [];
  const known = [...plan.keys, ...above];
  const below = plan.below ?? [];
  const label = defined(encodeGbk(plan.label ?? ''), `label of ${plan.label}`);
  const inherited = plan.kind === 'adf' ? above : plan.keys;
  const children = below.flatMap((child) => built(child, plan.fid, inherited));
  const keyPlan = {
    ...internal(keyFile, 'keys', keysRoom(plan.keys, pins)),
    update: plan.keyRight,
    protection: plan.manner === 'ssc' ? ('cipher' as const) : ('none' as const),
  };
  const plans = [...(keyPlan.size > 0 ? [keyPlan] : []), ...plan.files];
  const dirSize = below.reduce((sum, child) => sum + entryBytes(child), 0);
  const files = plans.map((it) => shapeOf(it === dirFile ? { ...it, size: dirSize } : it, known));
  const direct = children.filter(({ shape }) => shape.parent === plan.fid);
  const size =
    files.reduce((sum, file) => sum + fileRoom(file), 0) +
    direct.reduce((sum, { shape }) => sum + directoryRoom(shape), 0);
  const { fid, kind, manner, name } = plan;
  const [create, erase] = [resolved(plan.create, known), resolved(plan.erase, known)];
  const shape = { fid, parent, kind, manner, name, label, size, create, erase, files };
  const shapes = plans.map((it) => it.records);
  const contents = plans.map((it) => it.initial ?? (it.kind === 'transparent' ? [null] : it.records.map(emptyRecord)));
  return [{ shape, keys: plan.keys, pins, records: shapes, contents }, ...children];
}

function entryBytes({ name, label }: DirectoryPlan): number {
  const text = label ? encodeGbk(label) : null;
  return text ? buildTlv(0x61, buildTlv(0x4f, name), buildTlv(0x50, text)).length : 0;
}

function shapeOf(plan: FilePlan, known: readonly KeySlot[]): FileShape {
  const { fid, kind, size, recordLength, capacity, protection } = plan;
  const [read, update] = [resolved(plan.read, known), resolved(plan.update, known)];
  return { fid, kind, size, recordLength, capacity, read, update, protection };
}

function resolved(access: NamedAccess, known: readonly KeySlot[]): Access {
  if (!('names' in access)) return access;
  const id = (name: string) =>
    name === 'PIN' ? holderPin : defined(known.find((key) => key.name === name)?.id, `key ${name}`);
  return { rule: access.rule, of: access.names.map(id) };
}
