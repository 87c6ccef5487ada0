import { concat, readUint, uint } from '../../../kernel/bytes.ts';
import { accountBytes, purseBytes } from '../memory-map.rules.ts';
import {
  type DirectoryKind,
  type DirectoryShape,
  type FileKind,
  type FileShape,
  masterFile,
  never,
  type Protection,
  rights,
} from '../structure.ts';
import { buildTlv, parseTlv, type Tlv } from '../tlv.ts';
import { buildRules, byteOfAccess, mode, ruleOf } from './access-coding.ts';

/** What CREATE FILE is to make. `year` and `startDay` come with an account file. */
export type Creation =
  | { readonly directory: Omit<DirectoryShape, 'parent' | 'files'> }
  | { readonly file: FileShape; readonly year: number; readonly startDay: number };

const protections: readonly Protection[] = ['none', 'mac', 'cipher'];
const ofNoRecords = { recordLength: 0, capacity: 0 };
const noYear = { year: 0, startDay: 101 };

/** File types of FMCOS; both upper bits ask for protected updates: A8 with MAC, E8 enciphered with MAC. */
const fmcosTypes = { 40: 'transparent', 42: 'fixed', 44: 'tagged', 46: 'cyclic', 47: 'purse', 63: 'keys' } as const;
const fmcosDirectory = 0x38;

/** The data of `80 E0 FID` (card.md 1.6); null when they make no file. */
export function readFmcos(fid: number, data: Uint8Array): Creation | null {
  const type = data[0] as number;
  if (type === fmcosDirectory) {
    if (data.length < 8 || data.length > 24) return null;
    const kind: DirectoryKind = fid === masterFile ? 'mf' : 'adf';
    const [size, create, erase] = [readUint(data, 1, 2), rights(data[3] as number), rights(data[4] as number)];
    const names = { name: data.slice(8), label: new Uint8Array() };
    return { directory: { fid, kind, manner: 'pboc', ...names, size, create, erase } };
  }
  const kind: FileKind | undefined = fmcosTypes[(type & 0x3f) as keyof typeof fmcosTypes];
  if (!kind || data.length !== 7 || (type & 0xc0) === 0x40) return null;
  const protection: Protection = type >> 6 === 3 ? 'cipher' : type >> 6 === 2 ? 'mac' : 'none';
  const [first, second] = [data[1] as number, data[2] as number];
  const records = kind === 'fixed' || kind === 'cyclic' ? { recordLength: second, capacity: first } : ofNoRecords;
  if (kind === 'purse' && fid !== 0x0001 && fid !== 0x0002) return null;
  const size =
    { fixed: first * second, cyclic: first * second, purse: purseBytes(fid) }[kind as string] ?? readUint(data, 1, 2);
  const [read, update] =
    kind === 'keys' ? [never, rights(data[4] as number)] : [rights(data[3] as number), rights(data[4] as number)];
  return { file: { fid, kind, size, ...records, read, update, protection }, ...noYear };
}

export function buildFmcos(shape: FileShape | DirectoryShape): Uint8Array {
  if ('manner' in shape) {
    const sides = [byteOfAccess(shape.create), byteOfAccess(shape.erase)];
    return concat(
      Uint8Array.of(fmcosDirectory),
      uint(shape.size, 2),
      Uint8Array.of(...sides, 0x95, 0xff, 0xff),
      shape.name,
    );
  }
  const { kind, protection } = shape;
  const code = Number(Object.entries(fmcosTypes).find(([, it]) => it === kind)?.[0]);
  const type = code | { none: 0, mac: 0x80, cipher: 0xc0 }[protection];
  const size =
    kind === 'fixed' || kind === 'cyclic'
      ? Uint8Array.of(shape.capacity, shape.recordLength)
      : kind === 'purse'
        ? Uint8Array.of(0x02, 0x08)
        : uint(shape.size, 2);
  const [read, update] = [kind === 'keys' ? 0x95 : byteOfAccess(shape.read), byteOfAccess(shape.update)];
  return concat(Uint8Array.of(type), size, Uint8Array.of(read, update, 0xff, kind === 'purse' ? 0x18 : 0xff));
}

/** File descriptor bytes of ISO 7816-4; the internal ones (08) are the card's own. */
const descriptors: Readonly<Record<number, FileKind>> = {
  1: 'transparent',
  2: 'fixed',
  5: 'tagged',
  6: 'cyclic',
  9: 'account',
  12: 'keys',
};
const directoryDescriptor = 0x38;
const kinds: readonly DirectoryKind[] = ['adf', 'ddf', 'mf'];

/** The data of `00 E0 00 00` (ISO 7816-9), template 62; null when they make no file. */
export function readTemplate(data: Uint8Array): Creation | null {
  const parsed = parseTlv(data);
  const template = parsed.ok && parsed.value.length === 1 && parsed.value[0]?.tag === 0x62 ? parsed.value[0] : null;
  if (!template) return null;
  const part = (tag: number): Tlv | undefined => template.parts.find((it) => it.tag === tag);
  const [descriptor, fid, size, access] = [part(0x82)?.value, part(0x83)?.value, part(0x80)?.value, part(0xab)];
  const own = part(0x85)?.value ?? new Uint8Array();
  if (!descriptor?.length || fid?.length !== 2 || !access) return null;
  const id = readUint(fid);
  if (descriptor[0] === directoryDescriptor) {
    const [create, erase] = [ruleOf(access, mode.create), ruleOf(access, mode.erase)];
    const [name, label] = [part(0x84)?.value ?? new Uint8Array(), part(0x50)?.value ?? new Uint8Array()];
    const kind = id === masterFile ? 'mf' : kinds[own[0] ?? 0];
    if (!create || !erase || size?.length !== 2 || name.length > 16 || label.length > 16 || !kind) return null;
    return { directory: { fid: id, kind, manner: 'ssc', name, label, size: readUint(size), create, erase } };
  }
  const kind = descriptors[descriptor[0] as number];
  const [read, update] = [ruleOf(access, mode.read), ruleOf(access, mode.update)];
  if (!kind || !read || !update) return null;
  const base = { fid: id, kind, read, update };
  if (kind === 'account') return readAccount(base, own);
  const protection = protections[own[0] ?? 0];
  if (!protection) return null;
  if (kind === 'fixed' || kind === 'cyclic') {
    if (descriptor.length !== 5) return null;
    const [recordLength, capacity] = [readUint(descriptor, 2, 2), descriptor[4] as number];
    return { file: { ...base, size: recordLength * capacity, recordLength, capacity, protection }, ...noYear };
  }
  return size?.length === 2 ? { file: { ...base, size: readUint(size), ...ofNoRecords, protection }, ...noYear } : null;
}

function readAccount(base: Pick<FileShape, 'fid' | 'kind' | 'read' | 'update'>, own: Uint8Array): Creation | null {
  const digits = own.toHex();
  if (!/^\d{8}$/.test(digits)) return null;
  const file = { ...base, size: accountBytes, ...ofNoRecords, protection: 'none' } as const;
  return { file, year: Number(digits.slice(0, 4)), startDay: Number(digits.slice(4)) };
}

/** The template of a directory or file; `own` is the year and first day of an account, packed. */
export function buildTemplate(shape: FileShape | DirectoryShape, own?: Uint8Array): Uint8Array {
  const fid = buildTlv(0x83, uint(shape.fid, 2));
  if ('manner' in shape) {
    const { name, label, kind } = shape;
    return buildTlv(
      0x62,
      buildTlv(0x82, Uint8Array.of(directoryDescriptor)),
      fid,
      buildTlv(0x80, uint(shape.size, 2)),
      ...(name.length > 0 ? [buildTlv(0x84, name)] : []),
      ...(label.length > 0 ? [buildTlv(0x50, label)] : []),
      buildTlv(0x85, Uint8Array.of(kinds.indexOf(kind))),
      buildRules([
        [mode.create, shape.create],
        [mode.erase, shape.erase],
      ]),
    );
  }
  const { kind, capacity, recordLength } = shape;
  const code = Number(Object.entries(descriptors).find(([, it]) => it === kind)?.[0]);
  const withRecords = kind === 'fixed' || kind === 'cyclic';
  const descriptor = withRecords
    ? concat(Uint8Array.of(code, 0x21), uint(recordLength, 2), uint(capacity, 1))
    : uint(code, 1);
  return buildTlv(
    0x62,
    buildTlv(0x82, descriptor),
    fid,
    ...(withRecords ? [] : [buildTlv(0x80, uint(shape.size, 2))]),
    buildTlv(0x85, own ?? Uint8Array.of(protections.indexOf(shape.protection))),
    buildRules([
      [mode.read, shape.read],
      [mode.update, shape.update],
    ]),
  );
}
