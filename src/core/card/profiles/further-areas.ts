import { bytes } from '../../../kernel/bytes.ts';
import { free } from '../structure.ts';
import { all, any, type FilePlan, records } from './profile.ts';
import { an, cn, groups } from './record-shapes.ts';
import { sscApplication } from './ssc-directory.ts';

/**
 * Life and health DF05, relief DF06, personnel DF07 (annexes of 人社信息函〔2012〕37号; card.md 3.5). Of DF06 only the items
 * whose form our sources give; application names of DF05 and DF06 and all key numbers are ours.
 */
export const df05 = sscApplication({
  fid: 0xdf05,
  name: bytes('D15600000505'),
  label: '生命与健康信息区',
  keys: { UK1DF05: 0x83 },
  files: [
    records(
      0xef05,
      free,
      'UK1DF05',
      an(0xa0, 1),
      an(0xa1, 1),
      an(0xb9, 1),
      an(0xa2, 4),
      cn(0xa9, 1),
      ...groups(0xa3, 5, an(0xa5, 0x10), an(0xa6, 4)),
      ...groups(0xa4, 5, an(0xa7, 0x10), an(0xa8, 3)),
      an(0xba, 0x14),
      an(0xbb, 0x64),
      an(0xaa, 0x14),
      cn(0xab, 4),
      ...[0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xbc].map((tag) => an(tag, 1)),
      an(0xb8, 0x28),
    ),
  ],
});

const relief = (tag: number) => groups(tag, 1, cn(0xe3, 1), cn(0xe4, 4), cn(0xe5, 4), cn(0xe6, 4), cn(0xe7, 3));

export const df06 = sscApplication({
  fid: 0xdf06,
  name: bytes('D15600000506'),
  label: '救助与优抚信息区',
  keys: { RK1DF06: 0x84, UK1DF06: 0x85, UK2DF06: 0x86 },
  files: [
    records(
      0xef05,
      any('PIN', 'RK1DF06'),
      'UK1DF06',
      an(0xc0, 0x46),
      an(0xc2, 9),
      ...[0xc3, 0xc4, 0xc5].flatMap(relief),
    ),
    records(0xef06, any('PIN', 'RK1DF06'), 'UK2DF06', an(0xc6, 0x46), an(0xc8, 9)),
  ],
});

const personnel = (fid: number, number: 1 | 2 | 3, ...shapes: Parameters<typeof records>[3][]): FilePlan =>
  records(fid, all(`RK${number}DF07`), `UK${number}DF07`, ...shapes);

export const df07 = sscApplication({
  fid: 0xdf07,
  name: bytes('D15600000504'),
  label: '人才信息',
  keys: { RK1DF07: 0x84, RK2DF07: 0x85, RK3DF07: 0x86, UK1DF07: 0x87, UK2DF07: 0x88, UK3DF07: 0x89 },
  files: [
    personnel(0xef05, 1, an(0xf0, 2), an(0xf1, 1), cn(0xf2, 4), an(0xf3, 3), cn(0xf4, 4)),
    personnel(0xef06, 2, an(0xf5, 3), cn(0xf6, 4), an(0xf7, 0x46)),
    personnel(0xef07, 3, cn(0xf8, 4), an(0xf9, 1)),
  ],
});
