/** Public and employment information: DF01, DF02 (人社信息函〔2012〕37号; card.md 3.5). */
import { bytes } from '../../../kernel/bytes.ts';
import { free } from '../structure.ts';
import { any, cyclic, records, transparent } from './profile.ts';
import { an, cn, groups } from './record-shapes.ts';
import { sscApplication } from './ssc-directory.ts';

export const df01 = sscApplication({
  fid: 0xdf01,
  name: bytes('D15600000500'),
  label: '公共信息',
  keys: {
    RK1DF01: 0x88,
    UK1DF01: 0x83,
    UK2DF01: 0x84,
    UK3DF01: 0x85,
    UK4DF01: 0x86,
    UK5DF01: 0x87,
    UK6DF01: 0x89,
    UK7DF01: 0x8a,
    UK8DF01: 0x8b,
    UK9DF01: 0x8c,
    UKADF01: 0x8d,
    UKBDF01: 0x8e,
  },
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
    transparent(0xef16, free, 'UK7DF01', 0x80),
    transparent(0xef17, free, 'UK8DF01', 0x80),
    transparent(0xef18, free, 'UK9DF01', 0x80),
    transparent(0xef19, free, 'UKADF01', 0x80),
    transparent(0xef1a, free, 'UKBDF01', 0x80),
  ],
});

export const df02 = sscApplication({
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
});
