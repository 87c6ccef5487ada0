import { assert } from '../../kernel/assert.ts';
import { bytes, concat } from '../../kernel/bytes.ts';
import { encodeGbk } from './gbk.ts';
import {
  all,
  an,
  any,
  binary,
  cn,
  cyclic,
  type Directory,
  type ElementaryFile,
  free,
  groups,
  records,
} from './profile.ts';
import { buildTlv } from './tlv.ts';

/**
 * Files and data items V2.0 (人社信息函〔2012〕37号; card.md 3.5). The root is the social-security environment itself: our
 * chips carry no financial application beside it. Key identifiers: LD9 annex B and card.md 3.6; the identifier of DSK is
 * in no public text and is ours.
 */
const ssse: Directory = {
  fid: 0x3f00,
  name: bytes('7378312E73682E C9E7BBE1B1A3D5CF'),
  label: '社会保障',
  keys: { UKSSSE: 0x04, BK: 0x05, PUK: 0x06, RKSSSE: 0x0a },
  files: [
    records(
      0xef05,
      free,
      'UKSSSE',
      cn(0x01, 0x10),
      an(0x02, 1),
      an(0x03, 4),
      cn(0x04, 0x0c),
      cn(0x05, 4),
      cn(0x06, 4),
      an(0x07, 9),
    ),
    records(
      0xef06,
      free,
      'UKSSSE',
      an(0x08, 0x12),
      an(0x09, 0x1e),
      an(0x4e, 0x14),
      an(0x0a, 1),
      cn(0x0b, 1),
      cn(0x0c, 3),
      cn(0x0d, 4),
    ),
    binary(0xef07, any('RKSSSE'), 'UKSSSE', 0x300),
    binary(0xef08, any('RKSSSE'), 'UKSSSE', 0x1000),
  ],
};

const df01: Directory = {
  fid: 0xdf01,
  name: bytes('D15600000500'),
  label: '公共信息',
  keys: { RK1DF01: 0x88, UK1DF01: 0x83, UK2DF01: 0x84, UK3DF01: 0x85, UK4DF01: 0x86, UK5DF01: 0x87, UK6DF01: 0x89 },
  files: [
    records(0xef05, any('PIN', 'RK1DF01'), 'UK1DF01', an(0x20, 2), an(0x21, 0x50), cn(0x0e, 3)),
    records(
      0xef06,
      any('PIN', 'RK1DF01'),
      'UK4DF01',
      an(0x23, 0x50),
      cn(0x24, 3),
      an(0x28, 0x0f),
      an(0x2c, 0x32),
      an(0x2d, 0x0f),
    ),
    records(0xef07, any('PIN', 'RK1DF01'), 'UK2DF01', an(0x29, 1)),
    records(0xef08, any('PIN', 'RK1DF01'), 'UK3DF01', an(0x2b, 1)),
    records(0xef09, any('PIN', 'RK1DF01'), 'UK2DF01', an(0x2e, 0x46), an(0x30, 9), an(0x32, 2)),
    records(0xef0a, any('PIN', 'RK1DF01'), 'UK5DF01', an(0x37, 3), an(0x38, 2), cn(0x39, 4)),
    records(
      0xef15,
      any('PIN', 'RK1DF01'),
      'UK6DF01',
      cn(0x2a, 1),
      ...groups(0x40, 3, an(0x57, 3), cn(0x58, 3), an(0x59, 0x28)),
    ),
    binary(0xef16, free, 'UK7DF01', 0x80),
    binary(0xef17, free, 'UK8DF01', 0x80),
    binary(0xef18, free, 'UK9DF01', 0x80),
    binary(0xef19, free, 'UKADF01', 0x80),
    binary(0xef1a, free, 'UKBDF01', 0x80),
  ],
};

const df02: Directory = {
  fid: 0xdf02,
  name: bytes('D15600000501'),
  label: '就业信息',
  keys: { RK1DF02: 0x88, UK1DF02: 0x83, UK2DF02: 0x84, UK3DF02: 0x85, UK4DF02: 0x86, UK5DF02: 0x87, UK6DF02: 0x89 },
  files: [
    records(
      0xef05,
      any('PIN', 'RK1DF02'),
      'UK1DF02',
      an(0x42, 3),
      an(0x41, 3),
      ...groups(0x43, 2, an(0x5a, 7), an(0x5b, 1), an(0x5c, 0x46), cn(0x5d, 4), an(0x5e, 0x10)),
      ...groups(0x44, 2, an(0x33, 3), an(0x34, 0x46), cn(0x35, 4), an(0x36, 0x10)),
    ),
    records(
      0xef06,
      any('PIN', 'RK1DF02'),
      'UK2DF02',
      cn(0x4c, 4),
      an(0x4b, 5),
      cn(0x4d, 3),
      cn(0x60, 4),
      an(0x4f, 6),
      cn(0x50, 3),
      an(0x3a, 7),
    ),
    cyclic(0xef07, any('PIN', 'RK1DF02'), 'UK3DF02', 4, 0x55),
    records(0xef09, any('PIN', 'RK1DF02'), 'UK4DF02', an(0x55, 0x10), an(0x56, 0x46), cn(0x96, 4), cn(0x97, 3)),
    records(
      0xef15,
      any('PIN', 'RK1DF02'),
      'UK5DF02',
      ...groups(0x99, 4, an(0x10, 3), cn(0x11, 4), cn(0x12, 3)),
      cn(0x0f, 4),
      cn(0x1f, 3),
    ),
    cyclic(0xef16, any('PIN', 'RK1DF02'), 'UK6DF02', 4, 0x12),
  ],
};

const df03: Directory = {
  fid: 0xdf03,
  name: bytes('D15600000502'),
  label: '社会保险一',
  keys: {
    RK1DF03: 0x84,
    RK2DF03: 0x85,
    UK1DF03: 0x86,
    UK2DF03: 0x87,
    UK3DF03: 0x88,
    UK4DF03: 0x89,
    UK5DF03: 0x8a,
    UK6DF03: 0x8b,
    UK7DF03: 0x8c,
    UK8DF03: 0x8d,
  },
  files: [
    records(
      0xef05,
      any('PIN', 'RK2DF03'),
      'UK1DF03',
      cn(0x61, 3),
      cn(0x60, 4),
      cn(0x98, 4),
      cn(0x62, 4),
      an(0x63, 3),
      an(0x64, 3),
      an(0x65, 3),
      an(0x66, 3),
    ),
    records(
      0xef06,
      any('PIN', 'RK1DF03'),
      'UK2DF03',
      an(0x45, 0x14),
      an(0x46, 2),
      an(0x47, 2),
      an(0x48, 1),
      an(0x49, 1),
      cn(0x67, 4),
      an(0x6b, 0x3c),
      ...groups(0x4a, 3, an(0x13, 2), an(0x14, 1), an(0x15, 0x14), cn(0x16, 4), an(0x17, 0x3c)),
    ),
    records(
      0xef07,
      any('PIN', 'RK1DF03'),
      'UK3DF03',
      an(0x70, 3),
      cn(0x71, 3),
      cn(0x6e, 4),
      cn(0x6c, 4),
      cn(0x6f, 4),
      cn(0x73, 4),
    ),
    records(0xef15, any('PIN', 'RK1DF03'), 'UK4DF03', cn(0x7a, 3), cn(0x7b, 4), cn(0x7c, 4)),
    records(0xef16, any('PIN', 'RK1DF03'), 'UK5DF03', cn(0x51, 3), an(0x5f, 1)),
    records(
      0xef17,
      any('PIN', 'RK1DF03'),
      'UK6DF03',
      an(0x3b, 0x14),
      an(0x3c, 0x46),
      an(0x3d, 1),
      cn(0x3e, 4),
      an(0x3f, 0x3c),
    ),
    records(0xef18, any('PIN', 'RK1DF03'), 'UK7DF03', an(0x74, 3), cn(0x75, 3), cn(0x76, 1), cn(0x77, 4), cn(0x78, 4)),
    records(
      0xef19,
      any('PIN', 'RK1DF03'),
      'UK8DF03',
      ...groups(0x79, 4, an(0x18, 3), cn(0x19, 3), cn(0x1a, 4), cn(0x1b, 4), cn(0x1c, 4), an(0x1d, 3), cn(0x1e, 4)),
    ),
  ],
};

const df04: Directory = {
  fid: 0xdf04,
  name: bytes('D15600000503'),
  label: '社会保险二',
  keys: { RK1DF04: 0x84, UK1DF04: 0x85, UK2DF04: 0x86, DSK: 0x87 },
  files: [
    records(
      0xef05,
      any('PIN', 'RK1DF04'),
      'UK1DF04',
      an(0x81, 8),
      cn(0x84, 3),
      an(0x87, 0x11),
      cn(0x8c, 1),
      cn(0x80, 4),
      an(0x8b, 0x1d),
      an(0x8a, 0x0f),
      ...[0x83, 0x86, 0x89, 0x7d, 0x7e, 0x7f, 0x8d, 0x8e].map((tag) => an(tag, 9)),
      an(0x8f, 1),
    ),
    records(0xef06, all('PIN', 'RK1DF04'), 'UK2DF04', an(0x90, 1), cn(0x92, 4), an(0x93, 2)),
    cyclic(0xef08, any('PIN'), null, 30, 0x1c),
    cyclic(0xef15, any('PIN', 'RK1DF04'), 'UK2DF04', 8, 3),
  ],
};

const applications = [df01, df02, df03, df04];

/** DIR, read by its short identifier 1E: one template 61 { 4F name, 50 label } for each application (LD3). */
const directoryFile: ElementaryFile = {
  fid: 0xef1e,
  kind: 'records',
  read: free,
  update: null,
  records: applications.map((application) => ({
    tag: 0x61,
    coding: 'b',
    length: entry(application).length - 2,
    parts: [],
  })),
  capacity: applications.length,
};

function entry(application: Directory): Uint8Array {
  const label = encodeGbk(application.label);
  assert(label && label.length <= 16, `label of ${application.label}`);
  return buildTlv(0x61, concat(buildTlv(0x4f, application.name), buildTlv(0x50, label)));
}

/** The records of DIR: the same on every card, so no image carries them. */
export const directoryEntries: readonly Uint8Array[] = applications.map(entry);

export const root: Directory = { ...ssse, files: [...ssse.files, directoryFile] };
export const medical: Directory = df04;
/** Root first, then the applications in the order in which SELECT NEXT finds them. */
export const directories: readonly Directory[] = [root, ...applications];

/** Address of a file on the card, also its key in an image. */
export const fileKey = (directory: Directory, file: ElementaryFile): number => directory.fid * 0x10000 + file.fid;

const files = new Map(
  directories.flatMap((directory) =>
    directory.files.map((file) => [fileKey(directory, file), { directory, file }] as const),
  ),
);

export const fileAt = (key: number): { directory: Directory; file: ElementaryFile } | null => files.get(key) ?? null;

/** The medical account's transaction log, which only the card writes. */
export const accountLogKey = medical.fid * 0x10000 + 0xef08;
